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
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    Subquery,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from models.agencies.rows import AgencyRow
from models.dossiers.filters import Viewer
from models.dossiers.lists import Ways
from models.dossiers.rows import DossierRow
from models.dossiers.timing import Judging
from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.timing import Promise, Verdict, rate

_VERDICTS = tuple(verdict.value for verdict in Verdict)


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

    def add(self, first: int, last: int, number: int) -> None:
        """Count dossiers with two verdicts, each by its place."""
        self.first[_VERDICTS[first]] += number
        self.last[_VERDICTS[last]] += number

    def rated(self, key: str, code: str = "") -> Rated:
        """Return what was counted, called by its key where nothing else calls it."""
        first, last = Tally(**self.first), Tally(**self.last)
        return Rated(key=key, code=code, words=self.words or key, first=first, last=last)


Groups = tuple[tuple[Rated, ...], tuple[Rated, ...]]


def rates(
    connection: Connection,
    parts: Iterable[Ways],
    viewer: Viewer,
    by: By,
    kept: Iterable[Row[*tuple[Any, ...]]] = (),
) -> Groups:
    """Count the parts of a view: its groups, and the same dossiers by month of receipt.

    One statement for each part; `kept` are rows as such a statement has them, counted before.
    Neither in any order.
    """
    groups: defaultdict[tuple[str, str], _Counts] = defaultdict(_Counts)
    months: defaultdict[str, _Counts] = defaultdict(_Counts)
    rows = (connection.execute(_counted(ways, viewer, by)) for ways in parts)
    for row in chain(kept, *rows):
        group = groups[row.month if by is By.MONTH else row.key or "", row.apart or ""]
        group.words = max(group.words, row.words or "")
        for counts in (group, months[row.month]):
            counts.add(row.first, row.last, row.number)
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
        places = {
            By.AGENCY: (row.key or "", row.apart or "", row.key or ""),
            By.FIELD: (row.field, "", row.field),
            By.PROCEDURE: (row.procedure, row.unnumbered, row.words or ""),
            By.MONTH: (row.month, "", ""),
        }
        for by, (key, apart, words) in places.items():
            counts = found[by][key, apart]
            counts.words = max(counts.words, words)
            counts.add(row.first, row.last, row.number)
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
    """Group by what stands in the rows; agencies are named when there are few rows left."""
    keys = _KEYS[by]
    told = {"key": keys.key, "apart": keys.apart, "words": keys.words}
    rows = judged_rows(ways, viewer.as_of, viewer.calendar, told)
    c = rows.c
    grouped = (c.key, c.apart, c.month, c.first, c.last)
    counted = (func.max(c.words).label("words"), func.count().label("number"))
    found = select(*grouped, *counted).group_by(*grouped)
    return named(found.subquery()) if by is By.AGENCY else found


@lru_cache(maxsize=64)
def _counted_by_each(ways: Ways, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    agency, procedure = _KEYS[By.AGENCY], _KEYS[By.PROCEDURE]
    rows = judged_rows(
        ways,
        viewer.as_of,
        viewer.calendar,
        {
            "key": agency.key,
            "apart": agency.apart,
            "field": DossierRow.field_text.expression,
            "procedure": procedure.key,
            "unnumbered": procedure.apart,
            "words": procedure.words,
        },
    )
    c = rows.c
    grouped = (c.key, c.apart, c.field, c.procedure, c.unnumbered, c.month, c.first, c.last)
    counted = (func.max(c.words).label("words"), func.count().label("number"))
    return named(select(*grouped, *counted).group_by(*grouped).subquery())


def judged_rows(
    ways: Ways, as_of: date, calendar: WorkingCalendar, told: Mapping[str, ColumnElement[Any]]
) -> Subquery:
    """Return the rows of a view with what is told of each, its month and both its verdicts."""
    judging = [Judging(as_of, calendar, promise).numbered() for promise in Promise]
    return (
        select(
            *(column.label(name) for name, column in told.items()),
            MonthOf(DossierRow.received_on).label("month"),
            judging[0].label("first"),
            judging[1].label("last"),
        )
        .where(or_(*ways), DossierRow.received_on <= as_of)
        .subquery()
    )


def named(counted: Subquery) -> Select[*tuple[Any, ...]]:
    """Return counts by agency with its name and code; one that is not known keeps its words."""
    c = counted.c
    others = (one for one in c if one.name not in {"key", "apart"})
    return select(
        func.coalesce(AgencyRow.name, c.apart).label("key"),
        func.coalesce(AgencyRow.code, "").label("apart"),
        *others,
    ).select_from(counted.outerjoin(AgencyRow, AgencyRow.id == c.key))


class MonthOf(FunctionElement[str]):
    """The month of a day as `2021-08`."""

    name = "month_of"
    type = String()
    inherit_cache = True


@compiles(MonthOf, "sqlite")
def _month_on_sqlite(element: MonthOf, compiler: SQLCompiler, **options: Any) -> str:
    return f"substr({compiler.process(element.clauses, **options)}, 1, 7)"


@compiles(MonthOf, "postgresql")
def _month_on_postgresql(element: MonthOf, compiler: SQLCompiler, **options: Any) -> str:
    """Go by way of an instant without a zone: with one, each row looks the zone up."""
    day = compiler.process(element.clauses, **options)
    return f"to_char(CAST({day} AS TIMESTAMP), 'YYYY-MM')"


class _Keys(NamedTuple):
    """The key of a group, what else tells it apart, and what the group is called."""

    key: ColumnElement[Any]
    apart: ColumnElement[Any]
    words: ColumnElement[Any]


_NOTHING: ColumnElement[Any] = literal("")
_CODE, _NAME = DossierRow.procedure_code.expression, DossierRow.procedure_text.expression
_FIELD = DossierRow.field_text.expression
UNKNOWN = case((DossierRow.agency_id.is_(None), DossierRow.agency_text), else_="")
_KEYS = {
    By.AGENCY: _Keys(DossierRow.agency_id.expression, UNKNOWN, _NOTHING),
    By.FIELD: _Keys(_FIELD, _NOTHING, _FIELD),
    By.PROCEDURE: _Keys(_CODE, case((_CODE == "", _NAME), else_=""), _NAME),
    By.MONTH: _Keys(_NOTHING, _NOTHING, _NOTHING),
}


def month_of(key: str) -> date:
    """Return the first day of the month that a key of `By.MONTH` names."""
    return date.fromisoformat(f"{key}-01")
