"""Rates of a view, its ended dossiers by the month from what is kept of them (ADR 0028).

Exactly what `rates` counts from the rows: a month is taken from what is kept where the view
has the whole of it and nobody stood otherwise on the day asked; the rest comes from its rows.
Open dossiers always do: whether they are late is a matter of the day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)

from models.agencies import scope
from models.agencies.rows import AgencyRow
from models.base import table_of
from models.dossiers.counted import months_counted, rest_of, runs_of, stretches_of
from models.dossiers.filters import DossierFilter, Viewer, told, ways_to
from models.dossiers.lists import Ways
from models.dossiers.months import Stretch, days_of
from models.dossiers.rates import By, Groups, named, rates
from models.dossiers.rows import DossierRow, DossierTallyRow
from models.dossiers.scope import reads_all
from workflow.dossiers.timing import Promise

_T = table_of(DossierTallyRow).c


def rates_of(connection: Connection, view: DossierFilter, viewer: Viewer, by: By) -> Groups:
    """Count a view: its groups, and the same dossiers by month of receipt; in any order."""
    ways = ways_to(view, viewer)
    by_procedure = _told_by_procedure(view, viewer, by)
    counted = () if by_procedure is None else months_counted(connection, viewer)
    months = tuple(month for month in counted if _has_whole(view, viewer, month))
    rest = rest_of(months, view, viewer)
    if by_procedure is None or not months or rest is None:
        return rates(connection, (ways,), viewer, by)
    kept = connection.execute(_kept(view, by, by_procedure, months)).all()
    parts = [_open_in(ways, months)]
    if rest:
        parts.append(_received_in(ways, rest))
    return rates(connection, parts, viewer, by, kept)


def _told_by_procedure(view: DossierFilter, viewer: Viewer, by: By) -> bool | None:
    """Tell which of the two counts answers a view: by procedure, by agency, None for neither."""
    plain = replace(
        view, agency="", alone=False, agency_text="", field="", procedure="", procedure_text="",
        first=None, last=None, by=Promise.FIRST,
    )  # fmt: skip
    if plain != DossierFilter() or not reads_all(viewer.actor, viewer.day):
        return None
    of_agency = bool(view.agency or view.agency_text) or by is By.AGENCY
    of_procedure = bool(view.procedure or view.procedure_text) or by is By.PROCEDURE
    return None if of_agency and of_procedure else of_procedure


def _has_whole(view: DossierFilter, viewer: Viewer, month: str) -> bool:
    first, last = days_of(month)
    return (view.first or first) <= first and min(last, viewer.as_of) <= (view.last or last)


@lru_cache(maxsize=64)
def _received_in(ways: Ways, stretches: tuple[Stretch, ...]) -> Ways:
    """Narrow a view to some days of receipt."""
    some = or_(*(DossierRow.received_on.between(*stretch) for stretch in stretches))
    return tuple(and_(way, some) for way in ways)


@lru_cache(maxsize=64)
def _open_in(ways: Ways, months: tuple[str, ...]) -> Ways:
    """Narrow a view to the open dossiers of some months, found by the index of what is open."""
    some = or_(*(DossierRow.received_on.between(*stretch) for stretch in stretches_of(months)))
    is_open = DossierRow.id.in_(select(DossierRow.id).where(DossierRow.ended_on.is_(None)))
    return tuple(and_(way, is_open, some) for way in ways)


@lru_cache(maxsize=64)
def _kept(
    view: DossierFilter,
    by: By,
    by_procedure: bool,  # noqa: FBT001 - lru_cache wants it by its place
    months: tuple[str, ...],
) -> Select[*tuple[Any, ...]]:
    """Return what is kept as rows that `rates` reads."""
    nothing: ColumnElement[Any] = literal("")
    unnumbered = case((_T.procedure_code == "", _T.procedure_text), else_="")
    keys: dict[By, tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]] = {
        By.AGENCY: (_T.agency_id, _T.agency_text, nothing),
        By.FIELD: (_T.field_text, nothing, _T.field_text),
        By.PROCEDURE: (_T.procedure_code, unnumbered, _T.procedure_text),
        By.MONTH: (nothing, nothing, nothing),
    }
    key, apart, words = keys[by]
    each = (
        select(
            key.label("key"), apart.label("apart"), words.label("words"), _T.month,
            _T.first, _T.last, _T.number,
        )
        .where(_T.by_procedure.is_(by_procedure), *_narrowed(view))
        .where(or_(*(_T.month.between(*ends) for ends in runs_of(months))))
        .subquery()
    )  # fmt: skip
    c = each.c
    grouped = (c.key, c.apart, c.month, c.first, c.last)
    counted = (func.max(c.words).label("words"), func.sum(c.number).label("number"))
    found = select(*grouped, *counted).group_by(*grouped)
    return named(found.subquery()) if by is By.AGENCY else found


def _narrowed(view: DossierFilter) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions of a view on what is kept, as `filters` has them on the rows."""
    if view.agency and view.alone:
        yield _T.agency_id.in_(select(AgencyRow.id).where(AgencyRow.code == view.agency))
    elif view.agency:
        yield _T.agency_id.in_(scope.with_below(view.agency))
    if view.agency_text:
        yield _T.agency_id.is_(None)
        yield _T.agency_text == told(view.agency_text)
    if view.field:
        yield _T.field_text == told(view.field)
    if view.procedure:
        yield _T.procedure_code == told(view.procedure)
    if view.procedure_text:
        yield _T.procedure_code == ""
        yield _T.procedure_text == told(view.procedure_text)
