"""How many dossiers were on time, by agency, field, procedure or month, as of a day.

Counted by the rule itself (`models.dossiers.timing`), by the first and by the last
promised day in one pass over the view.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    case,
    cast,
    extract,
    func,
    literal,
    or_,
    select,
)

from models.agencies.rows import AgencyRow
from models.dossiers.filters import Viewer
from models.dossiers.lists import Ways
from models.dossiers.rows import DossierRow
from models.dossiers.timing import Judging
from workflow.dossiers.timing import Promise, Verdict, rate


class By(StrEnum):
    """What rates are told by."""

    AGENCY = "agency"
    FIELD = "field"
    PROCEDURE = "procedure"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Dossiers received by a day, as they stood on it by one of their promised days.

    Those still open and late are in the denominator of the rate; those open in time and
    those without a promised day are not (product.md, 5).
    """

    on_time: int = 0
    late: int = 0
    open_late: int = 0
    open_in_time: int = 0
    unpromised: int = 0

    @property
    def received(self) -> int:
        """All of them."""
        return self.on_time + self.late + self.open_late + self.open_in_time + self.unpromised

    @property
    def judged(self) -> int:
        """The denominator of the rate."""
        return self.on_time + self.late + self.open_late

    @property
    def rate(self) -> float | None:
        """The share on time, None where nothing can be judged."""
        return rate(self.on_time, self.late, self.open_late)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One group by both promised days; `words` is what it is called.

    `code` is an agency's. Dossiers whose file gives no procedure code are told apart by the
    procedure's name: their key is "", their words are the name.
    """

    key: str
    code: str = ""
    words: str = ""
    first: Tally = Tally()
    last: Tally = Tally()

    @property
    def gap(self) -> float | None:
        """By how much the rate by the last day is better than by the first one."""
        if self.first.rate is None or self.last.rate is None:
            return None
        return self.last.rate - self.first.rate


class _Counts:
    """One group while it is counted."""

    def __init__(self) -> None:
        self.words = ""
        self.first: Counter[str] = Counter()
        self.last: Counter[str] = Counter()

    def rated(self, key: str, code: str = "") -> Rated:
        """Return what was counted, called by its key where nothing else calls it."""
        first, last = Tally(**self.first), Tally(**self.last)
        return Rated(key=key, code=code, words=self.words or key, first=first, last=last)


def rates(
    connection: Connection, ways: Ways, viewer: Viewer, by: By
) -> tuple[tuple[Rated, ...], tuple[Rated, ...]]:
    """Count a view in one statement: its groups, and the same dossiers by month of receipt.

    Neither in any order.
    """
    groups: defaultdict[tuple[str, str], _Counts] = defaultdict(_Counts)
    months: defaultdict[str, _Counts] = defaultdict(_Counts)
    for row in connection.execute(_counted(ways, viewer, by)):
        month = f"{row.month // 100:04d}-{row.month % 100:02d}"
        group = groups[month if by is By.MONTH else row.key or "", row.apart or ""]
        group.words = max(group.words, row.words or "")
        for counts in (group, months[month]):
            counts.first[row.first] += row.number
            counts.last[row.last] += row.number
    return (
        _rated(groups, by),
        tuple(counts.rated(month) for month, counts in months.items()),
    )


def rates_by_each(
    connection: Connection, ways: Ways, viewer: Viewer
) -> dict[By, tuple[Rated, ...]]:
    """Count a view by every key at once, in one pass: what `rates` tells by each of them."""
    found: dict[By, defaultdict[tuple[str, str], _Counts]] = {by: defaultdict(_Counts) for by in By}
    for row in connection.execute(_counted_by_each(ways, viewer)):
        month = f"{row.month // 100:04d}-{row.month % 100:02d}"
        places = {
            By.AGENCY: (row.agency or "", row.code or "", row.agency or ""),
            By.FIELD: (row.field, "", row.field),
            By.PROCEDURE: (row.procedure, row.unnumbered, row.words or ""),
            By.MONTH: (month, "", ""),
        }
        for by, (key, apart, words) in places.items():
            counts = found[by][key, apart]
            counts.words = max(counts.words, words)
            counts.first[row.first] += row.number
            counts.last[row.last] += row.number
    return {by: _rated(groups, by) for by, groups in found.items()}


def _rated(groups: Mapping[tuple[str, str], _Counts], by: By) -> tuple[Rated, ...]:
    return tuple(
        counts.rated(key, apart if by is By.AGENCY else "")
        for (key, apart), counts in groups.items()
    )


def total_of(groups: Iterable[Rated]) -> Rated:
    """Return all groups taken together."""
    whole = _Counts()
    for group in groups:
        for verdict in Verdict:
            whole.first[verdict.value] += getattr(group.first, verdict.value)
            whole.last[verdict.value] += getattr(group.last, verdict.value)
    return whole.rated("")


@lru_cache(maxsize=64)
def _counted(ways: Ways, viewer: Viewer, by: By) -> Select[*tuple[Any, ...]]:
    key, apart, words = _key(by)
    judging = [Judging(viewer.as_of, viewer.calendar, promise).verdict() for promise in Promise]
    received = DossierRow.received_on
    month = extract("year", received) * 100 + extract("month", received)
    each = select(
        key.label("key"),
        cast(month, Integer).label("month"),
        apart.label("apart"),
        words.label("words"),
        judging[0].label("first"),
        judging[1].label("last"),
    ).select_from(DossierRow)
    if by is By.AGENCY:
        each = each.outerjoin(AgencyRow, AgencyRow.id == DossierRow.agency_id)
    rows = each.where(or_(*ways), DossierRow.received_on <= viewer.as_of).subquery()
    grouped = (rows.c.key, rows.c.apart, rows.c.month, rows.c.first, rows.c.last)
    counted = func.max(rows.c.words).label("words"), func.count().label("number")
    return select(*grouped, *counted).group_by(*grouped)


@lru_cache(maxsize=64)
def _counted_by_each(ways: Ways, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    judging = [Judging(viewer.as_of, viewer.calendar, promise).verdict() for promise in Promise]
    received = DossierRow.received_on
    agency, code, _words = _key(By.AGENCY)
    procedure, unnumbered, words = _key(By.PROCEDURE)
    month = extract("year", received) * 100 + extract("month", received)
    rows = (
        select(
            agency.label("agency"),
            code.label("code"),
            DossierRow.field_text.expression.label("field"),
            procedure.label("procedure"),
            unnumbered.label("unnumbered"),
            words.label("words"),
            cast(month, Integer).label("month"),
            judging[0].label("first"),
            judging[1].label("last"),
        )
        .select_from(DossierRow)
        .outerjoin(AgencyRow, AgencyRow.id == DossierRow.agency_id)
        .where(or_(*ways), received <= viewer.as_of)
        .subquery()
    )
    c = rows.c
    grouped = (c.agency, c.code, c.field, c.procedure, c.unnumbered, c.month, c.first, c.last)
    counted = func.max(c.words).label("words"), func.count().label("number")
    return select(*grouped, *counted).group_by(*grouped)


def _key(by: By) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """Return the key of a group, what else tells it apart, and what the group is called."""
    nothing: ColumnElement[Any] = literal("")
    if by is By.AGENCY:
        name = func.coalesce(AgencyRow.name, DossierRow.agency_text)
        return name, func.coalesce(AgencyRow.code, ""), name
    if by is By.FIELD:
        return DossierRow.field_text.expression, nothing, DossierRow.field_text.expression
    if by is By.PROCEDURE:
        code, named = DossierRow.procedure_code.expression, DossierRow.procedure_text.expression
        return code, case((code == "", named), else_=""), named
    return nothing, nothing, nothing


def month_of(key: str) -> date:
    """Return the first day of the month that a key of `By.MONTH` names."""
    return date.fromisoformat(f"{key}-01")
