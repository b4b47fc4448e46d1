"""A sheet of people from its file to its rows: the same way through a page and a command."""

from __future__ import annotations

from dataclasses import replace
from typing import IO

from models.unit import Unit
from web.accounts.people import one_time_password
from web.accounts.words import ROW_PROBLEMS
from web.documents.intake import agencies_known
from web.identity import passwords
from web.refusals import field_error
from web.uploads.spreadsheet import IMPORT_LIMITS, read_spreadsheet
from web.wiring import office
from workflow.accounts.columns import heading_of
from workflow.accounts.importing import new_logins
from workflow.accounts.sheet import divided_agencies, logins_in, read_people
from workflow.accounts.sheet_records import Known, PersonRow, Problem
from workflow.agencies.matching import KnownNames
from workflow.documents.cells import Grid, cell_text
from workflow.text import clean

Passwords = dict[str, str]


def open_people(stream: IO[bytes], filename: str | None) -> Grid:
    """Read a file (XLSX or CSV) as a sheet of people; Refused says why not."""
    limits = replace(IMPORT_LIMITS, max_bytes=office().settings.sheet_bytes)
    file = read_spreadsheet(
        stream, filename, limits, heading=heading_of, without="no_people_heading"
    )
    return file.sheet.grid


def as_text(grid: Grid) -> str:
    """Return a sheet as lines with tabs between cells, as a spreadsheet program pastes it."""
    lines = ["\t".join(clean(cell_text(value)) for value in row).rstrip("\t") for row in grid]
    return "\n".join(lines).rstrip("\n")


def grid_of(text: str) -> Grid:
    """Return the sheet that lines with tabs hold; every line keeps its place."""
    return [[cell or None for cell in line.split("\t")] for line in text.splitlines()]


def read_rows(unit: Unit, grid: Grid, own_login: str = "") -> tuple[PersonRow, ...]:
    """Understand a sheet beside the accounts and agencies that stand today."""
    today = office().today()
    names = KnownNames(agencies_known(unit, today))
    known = Known(
        names=names,
        agencies={agency.id: agency for agency in unit.agencies.agencies()},
        divisions={key: unit.agencies.divisions(key) for key in divided_agencies(grid, names)},
        accounts=unit.accounts.accounts_by_login(logins_in(grid)),
        own_login=own_login,
    )
    return read_people(grid, known, day=today)


def first_passwords(rows: tuple[PersonRow, ...]) -> tuple[Passwords, Passwords]:
    """Return a one-time password for each new account by sign-in name, and its hash.

    They are as hard to guess as random signs are, so a light hash serves until the first
    sign-in, where they must be changed: a sheet of hundreds does not keep its page waiting.
    """
    plain = {login: one_time_password() for login in new_logins(rows)}
    return plain, {login: passwords().hash_random(word) for login, word in plain.items()}


def problem_of_row(problem: Problem) -> str:
    """Return in words why a row waits."""
    words = ROW_PROBLEMS.get(problem.reason)
    return str(words) if words is not None else field_error(problem.reason)
