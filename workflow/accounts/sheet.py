"""A sheet of people read row by row: what each would do, and what waits for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from workflow.accounts.columns import Column, heading_of
from workflow.accounts.records import Account, Membership
from workflow.accounts.rules import same_login
from workflow.accounts.sheet_records import Does, Known, PersonRow, Problem
from workflow.accounts.sheet_rows import read_row
from workflow.agencies.matching import KnownNames, match_cell
from workflow.documents.cells import CellValue, Grid, cell_text
from workflow.errors import Refused
from workflow.text import clean, fold

MOST_PEOPLE = 1_000


def logins_in(grid: Grid) -> tuple[str, ...]:
    """Return the sign-in names that a sheet speaks of, each once."""
    _, lines = _lines(grid)
    return tuple(dict.fromkeys(same_login(cells[Column.LOGIN]) for _, cells, _ in lines))


def divided_agencies(grid: Grid, names: KnownNames) -> tuple[int, ...]:
    """Return the agencies of rows that name a division: theirs have to be known."""
    _, lines = _lines(grid)
    found = (
        match_cell(cells[Column.AGENCY], names, suggesting=False)
        for _, cells, _ in lines
        if cells[Column.DIVISION]
    )
    ids = (matches[0].agency_id for matches in found if len(matches) == 1)
    return tuple(dict.fromkeys(key for key in ids if key is not None))


def read_people(grid: Grid, known: Known, *, day: date) -> tuple[PersonRow, ...]:
    """Read a sheet of people as of `day`, which stands where a row names no first day.

    One row is one role; several rows of one sign-in name are one person. Nothing is
    guessed: what is unknown, contradicts another row or what stands, waits with its reason.
    Refused: `no_people_heading`, `empty_sheet` (no row below it), `too_many_people`.
    """
    _, lines = _lines(grid)
    if not lines:
        raise Refused("empty_sheet")
    if len(lines) > MOST_PEOPLE:
        raise Refused("too_many_people", limit=MOST_PEOPLE)
    rows: list[PersonRow] = []
    names: dict[str, str] = {}
    given: dict[str, list[Membership]] = {}
    for place, cells, values in lines:
        row = read_row(place, cells, values, known, day)
        row = _settled(row, known, names, given)
        rows.append(row)
        if row.does is not Does.WAITS:
            names.setdefault(row.login, row.name)
            given.setdefault(row.login, []).append(row.membership)
    return tuple(rows)


def fingerprint(rows: tuple[PersonRow, ...]) -> str:
    """Return what tells one reading of a sheet from another: who would get what."""
    told = "\n".join(
        f"{r.place}|{r.does}|{r.login}|{r.name}|{r.email}|{r.agency_id}|{r.role}"
        f"|{r.valid_from}|{r.valid_to}|{r.division_id}"
        for r in rows
    )
    return sha256(told.encode()).hexdigest()[:32]


_Line = tuple[int, Mapping[Column, str], Mapping[Column, CellValue]]


def _lines(grid: Grid) -> tuple[Mapping[Column, int], list[_Line]]:
    found = heading_of(grid)
    if found is None:
        filled = any(value is not None for row in grid for value in row)
        raise Refused("no_people_heading" if filled else "empty_sheet")
    at, columns = found
    lines: list[_Line] = []
    for place, row in enumerate(grid[at + 1 :], start=at + 2):
        values = {c: row[p] if p < len(row) else None for c, p in columns.items()}
        cells = {c: clean(cell_text(values.get(c))) for c in Column}
        if any(cells[c] for c in (Column.LOGIN, Column.NAME, Column.AGENCY)):
            lines.append((place, cells, values))
    return columns, lines


def _settled(
    row: PersonRow,
    known: Known,
    names: Mapping[str, str],
    given: Mapping[str, list[Membership]],
) -> PersonRow:
    """Say what a row does beside what stands and the rows before it."""
    if row.problems:
        return row
    account = known.accounts.get(row.login)
    held = (*(account.memberships if account else ()), *given.get(row.login, ()))
    fault = _fault_of_person(row, account, names) or _fault_of_role(row, held)
    if fault:
        return replace(row, problems=(fault,))
    if any(_covers(role, row.membership) for role in held):
        return replace(row, does=Does.NOTHING)
    if row.login == known.own_login:
        problem = Problem(field="login", text=row.login, reason="own_roles")
        return replace(row, problems=(problem,))
    known_before = account is not None or row.login in names
    return replace(row, does=Does.ROLE if known_before else Does.ACCOUNT)


def _fault_of_person(
    row: PersonRow, account: Account | None, names: Mapping[str, str]
) -> Problem | None:
    called = account.name if account else names.get(row.login, row.name)
    if account is not None and account.is_system:
        return Problem(field="login", text=row.login, reason="login_taken")
    if account is not None and not account.is_active:
        return Problem(field="login", text=row.login, reason="account_closed")
    if not _same_name(called, row.name):
        return Problem(field="name", text=called, reason="name_differs")
    return None


def _same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: alike, or one of them typed without its marks."""
    names = {clean(one).casefold(), clean(other).casefold()}
    return len(names) == 1 or (fold(one) == fold(other) and fold(one) in names)


def _fault_of_role(row: PersonRow, held: tuple[Membership, ...]) -> Problem | None:
    for role in held:
        same = (role.role, role.agency_id) == (row.role, row.agency_id)
        if same and _overlap(role, row.membership) and not _covers(role, row.membership):
            return Problem(field="valid_from", text=f"{role.valid_from}", reason="role_overlaps")
    return None


def _overlap(one: Membership, other: Membership) -> bool:
    return one.valid_from <= (other.valid_to or date.max) and other.valid_from <= (
        one.valid_to or date.max
    )


def _covers(held: Membership, asked: Membership) -> bool:
    """Whether a role held is the one asked for: the same one, begun by then, ending alike."""
    same = (held.role, held.agency_id, held.valid_to) == (
        asked.role,
        asked.agency_id,
        asked.valid_to,
    )
    return same and held.valid_from <= asked.valid_from
