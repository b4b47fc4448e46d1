"""Commands of accounts: the first admin, a locked one, many from a sheet."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from models.unit import Unit
from web.accounts.intake import (
    Passwords,
    first_passwords,
    open_people,
    problem_of_row,
    read_rows,
)
from web.accounts.people import one_time_password
from web.exports.tables import csv_text
from web.identity import passwords
from web.terminal import Told, print_json, refusals_told, say
from web.wiring import office
from workflow.accounts.importing import import_people
from workflow.accounts.records import Actor, Membership, Role
from workflow.accounts.roles import give_role
from workflow.accounts.rules import same_login
from workflow.accounts.sheet_records import Does, PersonRow
from workflow.accounts.strength import check_password
from workflow.accounts.usecases import open_account, system_actor, unlock_account
from workflow.agencies.records import Agency, AgencyFacts, Tier
from workflow.agencies.usecases import add_agency
from workflow.documents.cells import Grid
from workflow.errors import Refused

ROOT_CODE, ROOT_NAME = "UBND", "UBND tỉnh"


@click.group()
def accounts() -> None:
    """Make the first admin, unlock an account, take in a sheet of people."""


@accounts.command("add-admin")
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option("--agency", "code", help="Code of the agency; default the office, else the province.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@click.option("--another", is_flag=True, help="Though an admin exists already.")
@with_appcontext
@refusals_told
def add_admin(
    login: str, name: str, code: str | None, *, password_stdin: bool, another: bool
) -> None:
    """Make an admin with a password to be changed at the first sign-in.

    In an empty database the province itself is made first; rename it on its page.
    """
    password = _password_from_input(login, name) if password_stdin else one_time_password()
    hashed, at = passwords().hash(password), office().clock()
    with office().writing() as unit:
        if not another and unit.accounts.admins_on(office().today()):
            raise Refused("admin_exists")
        actor = system_actor(unit.accounts, at=at)
        agency = _agency(unit, actor, code)
        account_id = open_account(
            unit.accounts, actor, login=login, name=name, email="", password_hash=hashed, at=at
        )
        role = Membership(role=Role.ADMIN, agency_id=agency.id, valid_from=office().today())
        give_role(unit.accounts, actor, account_id, role, at=at)
    say(f"{same_login(login)} · {agency.name}")
    if not password_stdin:
        click.echo(password)


def _password_from_input(login: str, name: str) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    check_password(password, login=same_login(login), name=name, field="password")
    return password


def _agency(unit: Unit, actor: Actor, code: str | None) -> Agency:
    standing = [a for a in unit.agencies.agencies() if a.stands_on(office().today())]
    if code:
        found = next((a for a in standing if a.code == code), None)
        if found is None:
            raise Told(f"no agency with code {code} stands today")
        return found
    if not standing:
        facts = AgencyFacts(
            code=ROOT_CODE, name=ROOT_NAME, tier=Tier.PROVINCE, valid_from=office().today()
        )
        return add_agency(unit.agencies, unit.history, actor, facts, at=office().clock())
    return next((a for a in standing if a.is_office), standing[0])


@accounts.command("unlock")
@click.argument("login")
@with_appcontext
@refusals_told
def unlock(login: str) -> None:
    """Forget the failed sign-ins of an account."""
    at = office().clock()
    with office().writing() as unit:
        account = unit.accounts.account_by_login(same_login(login))
        if account is None:
            raise Told("no such account")
        forgotten = unlock_account(
            unit.accounts, system_actor(unit.accounts, at=at), account.id, at=at
        )
    say(f"{forgotten} failed sign-ins forgotten")


@accounts.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Read the sheet and leave nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
@refusals_told
def import_sheet(file: Path, *, dry_run: bool, as_json: bool) -> None:
    """Make accounts and give roles from a sheet (XLSX or CSV).

    Prints the first passwords once, as CSV or within the JSON; they are kept nowhere. Who has
    an account and the role already is left as they are; rows that wait are told with reasons.
    """
    with file.open("rb") as stream:
        grid = open_people(stream, file.name)
    rows, plain = _looked_through(grid) if dry_run else _taken(grid)
    if as_json:
        print_json(_as_json(rows, plain))
    else:
        _tell(rows, plain)


def _looked_through(grid: Grid) -> tuple[tuple[PersonRow, ...], Passwords]:
    with office().reading() as unit:
        return read_rows(unit, grid), {}


def _taken(grid: Grid) -> tuple[tuple[PersonRow, ...], Passwords]:
    with office().reading() as unit:
        plain, hashes = first_passwords(read_rows(unit, grid))
    at = office().clock()
    with office().writing() as unit:
        rows = read_rows(unit, grid)
        import_people(unit.accounts, system_actor(unit.accounts, at=at), rows, hashes, at=at)
    return rows, plain


def _as_json(rows: Sequence[PersonRow], plain: Passwords) -> dict[str, object]:
    counts = Counter(row.does for row in rows)
    return {
        "rows": len(rows),
        "accounts": counts[Does.ACCOUNT],
        "roles": counts[Does.ACCOUNT] + counts[Does.ROLE],
        "unchanged": counts[Does.NOTHING],
        "unresolved": [
            {"row": row.place, "field": one.field, "text": one.text, "reason": one.reason}
            for row in rows
            for one in row.problems
        ],
        "passwords": [
            {"login": row.login, "name": row.name, "password": plain[row.login]}
            for row in rows
            if row.login in plain and row.does is Does.ACCOUNT
        ],
    }


def _tell(rows: Sequence[PersonRow], plain: Passwords) -> None:
    counts = Counter(row.does for row in rows)
    given = counts[Does.ACCOUNT] + counts[Does.ROLE]
    say(f"{counts[Does.ACCOUNT]} accounts, {given} roles, {counts[Does.NOTHING]} stood already")
    for row in rows:
        for one in row.problems:
            say(f"row {row.place}: {one.field} {one.text!r}: {problem_of_row(one)}")
    slips = [
        (row.login, row.name, plain[row.login])
        for row in rows
        if row.login in plain and row.does is Does.ACCOUNT
    ]
    if slips:
        click.echo(csv_text(["login", "name", "password"], slips), nl=False)
