"""Commands of accounts: the first admin, and a locked one."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from models.unit import Unit
from web.accounts.people import one_time_password
from web.identity import passwords
from web.terminal import Told, refusals_told, say
from web.wiring import office
from workflow.accounts.records import Actor, Membership, Role
from workflow.accounts.roles import give_role
from workflow.accounts.rules import same_login
from workflow.accounts.strength import check_password
from workflow.accounts.usecases import open_account, system_actor, unlock_account
from workflow.agencies.records import Agency, AgencyFacts, Tier
from workflow.agencies.usecases import add_agency
from workflow.errors import Refused

ROOT_CODE, ROOT_NAME = "UBND", "UBND tỉnh"


@click.group()
def accounts() -> None:
    """Make the first admin, unlock an account."""


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
