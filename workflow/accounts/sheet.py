"""A sheet of people read row by row: what each would do, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from workflow.accounts.columns import Column, heading_of, role_named
from workflow.accounts.records import Account, Membership, Role
from workflow.accounts.rules import check_details, same_login, tidy_email
from workflow.agencies.matching import KnownNames, match_cell
from workflow.agencies.records import Agency, Division
from workflow.documents.cells import CellValue, Grid, cell_text, read_date
from workflow.errors import Invalid, Refused
from workflow.text import clean, fold

MOST_PEOPLE = 1_000


class Does(StrEnum):
    """What taking in a row would do: a new account, a further role, nothing, or it waits."""

    ACCOUNT = "new_account"
    ROLE = "further_role"
    NOTHING = "stands_already"
    WAITS = "waits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row waits: the field, what was written there, a code, and agencies it may mean."""

    field: str
    text: str
    reason: str
    suggestions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What stands before the sheet: agencies with their divisions, accounts by sign-in name.

    `own_login` is who takes it in: nobody gives a role to themselves.
    """

    names: KnownNames
    agencies: Mapping[int, Agency] = field(default_factory=dict)
    divisions: Mapping[int, tuple[Division, ...]] = field(default_factory=dict)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    own_login: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """One row as it was understood; `place` is its line in the sheet, from 1."""

    place: int
    login: str
    name: str
    email: str = ""
    agency_words: str = ""
    agency_id: int | None = None
    role_words: str = ""
    role: Role | None = None
    division_words: str = ""
    division_id: int | None = None
    valid_from: date
    valid_to: date | None = None
    does: Does = Does.WAITS
    problems: tuple[Problem, ...] = ()

    @property
    def membership(self) -> Membership:
        """The role that the row gives; only of one whose agency and role are known."""
        assert self.role is not None  # noqa: S101 - such a row waits
        assert self.agency_id is not None  # noqa: S101 - such a row waits
        return Membership(
            role=self.role,
            agency_id=self.agency_id,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            division_id=self.division_id,
        )


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
        row = _read(place, cells, values, known, day)
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


def _read(
    place: int,
    cells: Mapping[Column, str],
    values: Mapping[Column, CellValue],
    known: Known,
    day: date,
) -> PersonRow:
    problems: list[Problem] = []
    login, name, email = (
        same_login(cells[Column.LOGIN]),
        cells[Column.NAME],
        tidy_email(cells[Column.EMAIL]),
    )
    problems += _faults_of_details(login, name, email)
    agency_id = _agency(cells[Column.AGENCY], known, problems)
    role = role_named(cells[Column.ROLE])
    if role is None:
        problems.append(_missing("role", cells[Column.ROLE], "unknown_role"))
    first = _day(Column.FROM, cells, values, problems) or day
    last = _day(Column.TO, cells, values, problems)
    if last is not None and last < first:
        problems.append(Problem(field="valid_to", text=cells[Column.TO], reason="period_reversed"))
    return PersonRow(
        place=place,
        login=login,
        name=name,
        email=email,
        agency_words=cells[Column.AGENCY],
        agency_id=agency_id,
        role_words=cells[Column.ROLE],
        role=role,
        division_words=cells[Column.DIVISION],
        division_id=_division(cells[Column.DIVISION], agency_id, known, first, problems),
        valid_from=first,
        valid_to=last,
        problems=(*problems, *_standing_fault(agency_id, known, first, cells[Column.AGENCY])),
    )


def _missing(name: str, text: str, reason: str) -> Problem:
    return Problem(field=name, text=text, reason=reason if text else "required")


def _faults_of_details(login: str, name: str, email: str) -> Iterator[Problem]:
    try:
        check_details(name=name, email=email, login=login)
    except Invalid as error:
        texts = {"login": login, "name": name, "email": email}
        for fault, code in error.errors.items():
            yield Problem(field=fault, text=texts[fault], reason=code)


def _agency(words: str, known: Known, problems: list[Problem]) -> int | None:
    if not words:
        problems.append(Problem(field="agency", text="", reason="required"))
        return None
    matches = match_cell(words, known.names)
    found = matches[0] if len(matches) == 1 else None
    if found is not None and found.is_settled and found.agency_id is not None:
        return found.agency_id
    suggested = (s.agency_id for m in matches for s in m.suggestions)
    problems.append(
        Problem(
            field="agency",
            text=words,
            reason=(found.reason if found else "") or "one_agency",
            suggestions=tuple(dict.fromkeys(key for key in suggested if key is not None)),
        )
    )
    return None


def _standing_fault(
    agency_id: int | None, known: Known, first: date, words: str
) -> Iterator[Problem]:
    agency = known.agencies.get(agency_id) if agency_id is not None else None
    if agency is not None and not agency.stands_on(first):
        yield Problem(field="agency", text=words, reason="agency_not_standing")


def _division(
    words: str, agency_id: int | None, known: Known, day: date, problems: list[Problem]
) -> int | None:
    if not words or agency_id is None:
        return None
    for division in known.divisions.get(agency_id, ()):
        stands = division.valid_from <= day and not (division.valid_to and division.valid_to < day)
        if stands and fold(division.name) == fold(words):
            return division.id
    problems.append(Problem(field="division", text=words, reason="unknown_division"))
    return None


def _day(
    column: Column,
    cells: Mapping[Column, str],
    values: Mapping[Column, CellValue],
    problems: list[Problem],
) -> date | None:
    found = read_date(values.get(column))
    if found.reason:
        problems.append(Problem(field=column.value, text=cells[column], reason=found.reason))
    return found.day


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
    if fold(called) != fold(row.name):
        return Problem(field="name", text=called, reason="name_differs")
    return None


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
