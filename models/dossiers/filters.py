"""What a list of dossiers can be narrowed to; every figure on a page is one of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from models.agencies.rows import AgencyRow
from models.causes.rows import DossierCauseRow
from models.dossiers.rows import (
    DossierChangeRow,
    DossierImportRow,
    DossierRow,
    DossierStepRow,
)
from models.dossiers.scope import ways_to_read, with_below
from models.dossiers.timing import standing_is
from workflow.accounts.records import Actor
from workflow.calendar.working import WorkingCalendar
from workflow.causes.records import CauseCode
from workflow.dossiers.records import Channel
from workflow.dossiers.timing import Promise, Verdict

NONE = "-"
ANY = "any"
MOST_KEY = 2**31 - 1
"""A field or procedure that the file left empty, in an address and in a view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFilter:
    """One view of the dossiers a person may read.

    `agency` is a code, with the units below it unless `alone`; `agency_text` an agency that
    the province does not know, as the file names it; `procedure_text` a procedure that the
    file names without a code. `first` and `last` are days of
    receipt, both included. `standing` is judged by the first promised day, or by the last
    one if `by_last`. `cause` is a code, `-` for those that have none yet, `any` for those that
    have one. `logged`: with a log of steps.
    `new_in` is the import that a dossier came by, `changed_in` the last one that changed it
    after that.
    """

    code: str = ""
    agency: str = ""
    alone: bool = False
    agency_text: str = ""
    field: str = ""
    procedure: str = ""
    procedure_text: str = ""
    first: date | None = None
    last: date | None = None
    status: int | None = None
    channel: Channel | None = None
    standing: frozenset[Verdict] = frozenset()
    by: Promise = Promise.FIRST
    cause: str = ""
    logged: bool = False
    new_in: int | None = None
    changed_in: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Who looks, today, at how things stood on `as_of`; `fields` are those their agency studies."""

    actor: Actor
    day: date
    as_of: date
    calendar: WorkingCalendar
    fields: frozenset[str] = frozenset()


@lru_cache(maxsize=256)
def ways_to(view: DossierFilter, viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """Return conditions that together are the view, each with an index of its own.

    Looking back at an earlier day, what was received later is not there. The same view
    gives the same objects, so that statements over them are built once.
    """
    narrowed = tuple(narrowed_by(view, viewer.as_of, viewer.calendar))
    if viewer.as_of < viewer.day:
        narrowed += (DossierRow.received_on <= viewer.as_of,)
    ways = ways_to_read(viewer.actor, viewer.day, viewer.fields)
    return tuple(and_(way, *narrowed) for way in ways)


def narrowed_by(
    view: DossierFilter, as_of: date, calendar: WorkingCalendar
) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of a view, without the scope of whoever looks."""
    yield from _of_agency(view)
    yield from _of_facts(view)
    yield from _of_receipt(view)
    yield from _of_imports(view)
    if view.standing:
        yield standing_is(view.standing, as_of, calendar, view.by)
    if view.logged:
        yield DossierRow.id.in_(select(DossierStepRow.dossier_id))
    if view.cause == NONE:
        yield DossierRow.id.not_in(select(DossierCauseRow.dossier_id))
    elif view.cause == ANY:
        yield DossierRow.id.in_(select(DossierCauseRow.dossier_id))
    elif view.cause:
        coded = DossierCauseRow.code == CauseCode(view.cause)
        yield DossierRow.id.in_(select(DossierCauseRow.dossier_id).where(coded))


def _of_agency(view: DossierFilter) -> Iterator[ColumnElement[bool]]:
    if view.agency and view.alone:
        yield DossierRow.agency_id.in_(select(AgencyRow.id).where(AgencyRow.code == view.agency))
    elif view.agency:
        yield with_below(view.agency)
    if view.agency_text:
        yield DossierRow.agency_id.is_(None)
        yield DossierRow.agency_text == told(view.agency_text)


def _of_facts(view: DossierFilter) -> Iterator[ColumnElement[bool]]:
    if view.code:
        yield DossierRow.code.contains(view.code, autoescape=True)
    if view.field:
        yield DossierRow.field_text == told(view.field)
    if view.procedure:
        yield DossierRow.procedure_code == told(view.procedure)
    if view.procedure_text:
        yield DossierRow.procedure_code == ""
        yield DossierRow.procedure_text == told(view.procedure_text)
    if view.status:
        yield DossierRow.status == view.status
    if view.channel:
        yield DossierRow.channel == view.channel


def _of_imports(view: DossierFilter) -> Iterator[ColumnElement[bool]]:
    """Go by the ids that an import gave, and by what it changed: dossiers have no index of it."""
    if view.new_in is not None:
        yield DossierRow.id >= _of_import(DossierImportRow.first_dossier_id, view.new_in, 0)
        yield DossierRow.id <= _of_import(DossierImportRow.last_dossier_id, view.new_in, MOST_KEY)
        yield DossierRow.first_import_id == view.new_in
    if view.changed_in is not None:
        changed = select(DossierChangeRow.dossier_id)
        yield DossierRow.id.in_(changed.where(DossierChangeRow.import_id == view.changed_in))
        yield DossierRow.last_import_id == view.changed_in
        yield DossierRow.first_import_id != view.changed_in


def _of_import(
    end: InstrumentedAttribute[int | None], key: int, unknown: int
) -> ColumnElement[int]:
    told = select(end).where(DossierImportRow.id == key).scalar_subquery()
    return func.coalesce(told, unknown)


def _of_receipt(view: DossierFilter) -> Iterator[ColumnElement[bool]]:
    if view.first:
        yield DossierRow.received_on >= view.first
    if view.last:
        yield DossierRow.received_on <= view.last


def told(text: str) -> str:
    """Return what a dossier says where a view names what it leaves empty."""
    return "" if text == NONE else text
