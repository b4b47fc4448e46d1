"""A task sheet as a file becomes one draft: the same way through a page and a command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import IO

from models.agencies.ended import ended_agencies
from models.documents.page import who_give_and_follow
from models.unit import Unit
from web.uploads.spreadsheet import IMPORT_LIMITS, Spreadsheet, read_spreadsheet
from web.wiring import office
from workflow.accounts.records import Actor
from workflow.agencies.matching import KnownAgency, KnownGroup, KnownNames
from workflow.agencies.records import Tier
from workflow.agencies.rules import members_on
from workflow.agencies.standard import phrases_on
from workflow.documents.clauses import with_year
from workflow.documents.importing import HeadGiven, ImportedDraft, Known, day_to_match, draft_of
from workflow.documents.newcomers import add_newcomers, unknown_names
from workflow.documents.reading import SheetReading
from workflow.documents.sheet import has_tasks, read_sheet
from workflow.documents.usecases import keep_import
from workflow.evidence.records import StoredFile
from workflow.text import fold

ROUNDS = 3
NOTHING_GIVEN = HeadGiven()


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A sheet as read, the draft it makes, and the day its agencies are those of."""

    file_name: str
    reading: SheetReading
    draft: ImportedDraft
    day: date


def open_sheet(stream: IO[bytes], filename: str | None) -> Spreadsheet:
    """Read a file as a task sheet within the settings' limit; Refused says why not."""
    limits = replace(IMPORT_LIMITS, max_bytes=office().settings.sheet_bytes)
    return read_spreadsheet(stream, filename, limits, holds=has_tasks)


def take_in(
    unit: Unit,
    actor: Actor,
    file: Spreadsheet,
    *,
    year: int | None = None,
    create_agencies: bool = False,
    given: HeadGiven = NOTHING_GIVEN,
) -> TakenIn:
    """Understand a sheet as of its own day; with `create_agencies` nobody's names are added.

    What is `given` of the document stands above what the sheet says of it.
    """
    blank = _read(file, KnownNames(()), year)
    head = given.over(draft_of(blank, Known()).head)
    year_known = year or blank.year or _only_year(blank)
    day = day_to_match(office().today(), issued_on=head.issued_on, year=year_known)
    reading = _read(file, names_on(unit, day), year)
    if create_agencies:
        since = min(date(year_known or day.year, 1, 1), day)
        reading, day = _with_newcomers(unit, actor, file, year, reading, since, day)
    draft = draft_of(reading, _known(unit, actor, day), other_sheets=file.other_sheets)
    return TakenIn(
        file_name=file.filename,
        reading=reading,
        draft=_as_given(draft, given),
        day=day,
    )


def _as_given(draft: ImportedDraft, given: HeadGiven) -> ImportedDraft:
    """Return a draft with the head as given; deadlines that only lacked a year have one then."""
    head, strict = given.over(draft.head), office().settings.before_is_strict
    clauses = with_year(draft.clauses, head, before_is_strict=strict)
    return replace(draft, head=head, clauses=clauses if given.issued_on else draft.clauses)


def keep(unit: Unit, actor: Actor, taken: TakenIn, *, signed: StoredFile | None = None) -> int:
    """Keep what was taken in as a draft, with the signed document, and return its id."""
    return keep_import(
        unit.documents,
        actor,
        taken.draft.head,
        taken.draft.clauses,
        ground=office().ground(unit),
        file_name=taken.file_name,
        left_out=taken.draft.left_out,
        signed=signed,
    )


def names_on(unit: Unit, day: date) -> KnownNames:
    """Return what words can stand for on `day`, groups with their members."""
    agencies = unit.agencies.agencies()
    known = [
        KnownGroup(
            code=group.code,
            phrases=phrases_on(group, day),
            members=frozenset(a.id for a in members_on(group, agencies, day)),
        )
        for group in unit.agencies.groups()
    ]
    return KnownNames(agencies_known(unit, day), known)


def agencies_known(unit: Unit, day: date) -> tuple[KnownAgency, ...]:
    """Return who stands on `day` and who ended before, as they can be named."""
    return (
        *unit.agencies.known_agencies(day),
        *ended_agencies(unit.connection, unit.agencies, day),
    )


def _read(file: Spreadsheet, names: KnownNames, year: int | None) -> SheetReading:
    return read_sheet(
        file.sheet.grid,
        names,
        year=year,
        before_is_strict=office().settings.before_is_strict,
        name=f"{file.sheet.name} {file.filename}",
        merged=file.sheet.merged,
        hidden=file.sheet.hidden_rows,
    )


def _only_year(reading: SheetReading) -> int | None:
    years = {row.year for row in reading.rows if row.year}
    return years.pop() if len(years) == 1 else None


def _with_newcomers(
    unit: Unit,
    actor: Actor,
    file: Spreadsheet,
    year: int | None,
    reading: SheetReading,
    since: date,
    day: date,
) -> tuple[SheetReading, date]:
    """Add names until none is unknown: one that is another's spelling is found the next time."""
    for _round in range(ROUNDS):
        names = unknown_names(reading)
        if not names:
            break
        made = add_newcomers(
            unit.agencies, unit.history, actor, names, since=since, at=office().clock()
        )
        day = max(day, *(agency.valid_from for agency in made))
        reading = _read(file, names_on(unit, day), year)
    return reading, day


def _known(unit: Unit, actor: Actor, day: date) -> Known:
    agencies = unit.agencies.agencies()
    province = next((a for a in agencies if a.tier is Tier.PROVINCE), None)
    offices = [a for a in agencies if a.is_office and a.stands_on(day)]
    followed_by = actor.agency_id or (offices[0].id if len(offices) == 1 else None)
    return Known(
        issuer=province.name if province else "",
        overseer_id=followed_by,
        people=_people(unit, day),
    )


def _people(unit: Unit, day: date) -> Mapping[str, int]:
    """Return who may give and follow by folded name, those of one name left out."""
    by_name: dict[str, set[int]] = {}
    for person in who_give_and_follow(unit.connection, day):
        by_name.setdefault(fold(person.name), set()).add(person.id)
    return {name: ids.copy().pop() for name, ids in by_name.items() if len(ids) == 1}
