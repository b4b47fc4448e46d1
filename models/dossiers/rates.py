"""How many dossiers were on time, by agency, field, procedure or month, as of a day.

Counted by the rule itself (`models.dossiers.timing`), by the first and by the last
promised day in one pass over the view.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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

    def plus(self, verdict: str, number: int) -> Tally:
        """Return the tally with more of one verdict."""
        values = {one.value: getattr(self, one.value) for one in Verdict}
        return Tally(**(values | {verdict: values[verdict] + number}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One group by both promised days; `code` is an agency's, `words` what it is called."""

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


def rates(connection: Connection, ways: Ways, viewer: Viewer, by: By) -> tuple[Rated, ...]:
    """Count a view in one statement; groups in no particular order."""
    found: dict[tuple[str, str], Rated] = {}
    for key, code, words, first, last, number in connection.execute(_counted(ways, viewer, by)):
        told = _told(key)
        place = (told, code or "")
        had = found.get(place, Rated(key=told, code=code or "", words=words or told))
        found[place] = Rated(
            key=told,
            code=had.code,
            words=max(had.words, words or ""),
            first=had.first.plus(first, number),
            last=had.last.plus(last, number),
        )
    return tuple(found.values())


def total_of(groups: Iterable[Rated]) -> Rated:
    """Return all groups taken together."""
    first, last = Tally(), Tally()
    for group in groups:
        for verdict in Verdict:
            first = first.plus(verdict.value, getattr(group.first, verdict.value))
            last = last.plus(verdict.value, getattr(group.last, verdict.value))
    return Rated(key="", first=first, last=last)


def _told(key: Any) -> str:
    if isinstance(key, int):
        return f"{key // 100:04d}-{key % 100:02d}"
    return str(key or "")


@lru_cache(maxsize=64)
def _counted(ways: Ways, viewer: Viewer, by: By) -> Select[*tuple[Any, ...]]:
    key, code, words = _key(by)
    judging = [Judging(viewer.as_of, viewer.calendar, promise).verdict() for promise in Promise]
    each = select(
        key.label("key"),
        code.label("code"),
        words.label("words"),
        judging[0].label("first"),
        judging[1].label("last"),
    ).select_from(DossierRow)
    if by is By.AGENCY:
        each = each.outerjoin(AgencyRow, AgencyRow.id == DossierRow.agency_id)
    rows = each.where(or_(*ways), DossierRow.received_on <= viewer.as_of).subquery()
    grouped: Sequence[ColumnElement[Any]] = (rows.c.key, rows.c.code, rows.c.first, rows.c.last)
    return select(
        rows.c.key, rows.c.code, func.max(rows.c.words), rows.c.first, rows.c.last, func.count()
    ).group_by(*grouped)


def _key(by: By) -> tuple[ColumnElement[Any], ColumnElement[Any], ColumnElement[Any]]:
    """Return the key of a group, an agency's code, and what the group is called."""
    nothing: ColumnElement[Any] = literal("")
    if by is By.AGENCY:
        name = func.coalesce(AgencyRow.name, DossierRow.agency_text)
        return name, func.coalesce(AgencyRow.code, ""), name
    if by is By.FIELD:
        return DossierRow.field_text.expression, nothing, DossierRow.field_text.expression
    if by is By.PROCEDURE:
        named = DossierRow.procedure_text.expression
        return DossierRow.procedure_code.expression, nothing, named
    received = DossierRow.received_on
    month = extract("year", received) * 100 + extract("month", received)
    return cast(month, Integer), nothing, nothing


def month_of(key: str) -> date:
    """Return the first day of the month that a key of `By.MONTH` names."""
    return date.fromisoformat(f"{key}-01")
