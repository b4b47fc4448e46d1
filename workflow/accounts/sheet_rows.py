"""Reads one row of a sheet of people: who, as what, where, from and to which day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from workflow.accounts.columns import Column, role_named
from workflow.accounts.rules import check_details, same_login, tidy_email
from workflow.accounts.sheet_records import Known, PersonRow, Problem
from workflow.documents.cells import CellValue, read_date
from workflow.errors import Invalid
from workflow.text import fold


def read_row(
    place: int,
    cells: Mapping[Column, str],
    values: Mapping[Column, CellValue],
    known: Known,
    day: date,
) -> PersonRow:
    """Read one row; `day` is its first day where it names none, and nothing is guessed."""
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
    matches = known.agencies_in(words)
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
