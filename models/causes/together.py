"""Overdue dossiers taken together: counted, and what is kept of their logs added up (ADR 0030)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    CTE,
    CompoundSelect,
    Connection,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.causes.rows import DossierCauseRow, WalkedBrokenRow, WalkedHeldRow, WalkedRow
from models.causes.walks import Holding, usable
from models.dossiers.lists import Ways
from models.dossiers.rows import DossierRow, DossierStepRow
from workflow.causes.records import CauseCode, HolderKind
from workflow.causes.study import Sums
from workflow.causes.walking import Walked
from workflow.dossiers.timing import Promise

Part = Select[*tuple[Any, ...]]


class Counted(NamedTuple):
    """How many overdue dossiers a key has; `code` is an agency's, where the key is one."""

    key: str
    code: str
    number: int


class Left(NamedTuple):
    """A dossier whose log is not kept, and the import that last changed it."""

    id: int
    import_id: int


class CauseCount(NamedTuple):
    """How often a cause was given as the primary one, and as another; days lost with it."""

    code: CauseCode
    primary: int
    secondary: int
    days: int


@dataclass(frozen=True, slots=True)
class Overall:
    """How many dossiers a view has, how many of them with a log, how many with a cause."""

    dossiers: int = 0
    logged: int = 0
    caused: int = 0


@dataclass(slots=True)
class Kept:
    """A view counted as it was asked, what is kept of its logs added up, and what is not kept.

    `left` are the dossiers whose log is still to be walked, at most as many as were asked for and
    one more.
    """

    overall: Overall = Overall()
    sums: Sums = field(default_factory=Sums)
    left: list[Left] = field(default_factory=list)
    by_agency: list[Counted] = field(default_factory=list)
    by_field: list[Counted] = field(default_factory=list)
    by_cause: list[CauseCount] = field(default_factory=list)

    def add(self, row: Row[*tuple[Any, ...]]) -> None:
        """Take one row of the statement."""
        what, key, other, number, more, most = row
        if what == "all":
            self.overall = Overall(number, int(more), int(most))
        elif what == "left":
            self.left.append(Left(number, int(more)))
        elif what == "agency":
            self.by_agency.append(Counted(key, other, number))
        elif what == "field":
            self.by_field.append(Counted(key, "", number))
        elif what == "cause":
            self.by_cause.append(CauseCount(CauseCode(key), number, int(more), int(most)))
        else:
            _ADDING[what](self.sums, key, other, number, int(more), int(most))


def _add_worst(sums: Sums, step: str, fault: str, number: int, days: int, _: int) -> None:
    sums.dossiers += number
    sums.worst[step, fault] += number
    sums.worst_days[step, fault] += days


def _add_held(sums: Sums, kind: str, _: str, _number: int, seconds: int, _most: int) -> None:
    sums.held[HolderKind(kind)] += seconds
    sums.seconds += seconds


def _add_broken(sums: Sums, step: str, _: str, number: int, days: int, saved: int) -> None:
    sums.broken[step] += number
    sums.broken_days[step] += days
    sums.saved[step] += saved


_ADDING: dict[str, Callable[[Sums, str, str, int, int, int], None]] = {
    "worst": _add_worst,
    "held": _add_held,
    "broken": _add_broken,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of a view is counted beside the sums: `kinds` of `agency`, `field`, `cause`."""

    by: Promise
    kinds: frozenset[str] = frozenset()


def kept_of(
    connection: Connection,
    ways: Ways,
    holding: Holding,
    moment: datetime,
    wanted: Wanted,
    *,
    most: int,
) -> Kept:
    """Count a view and add up what is kept of it as of an instant, in one statement."""
    kept = Kept()
    given = {"moment": moment, "version": holding.version, "most_left": most + 1}
    for row in connection.execute(_asked(ways, holding.foreign, wanted), given):
        kept.add(row)
    return kept


@lru_cache(maxsize=64)
def _asked(ways: Ways, foreign: frozenset[str], wanted: Wanted) -> CompoundSelect[*tuple[Any, ...]]:
    caused = select(DossierCauseRow.dossier_id).where(DossierCauseRow.dossier_id == DossierRow.id)
    late = (
        select(
            DossierRow.id,
            DossierRow.agency_id,
            DossierRow.agency_text,
            DossierRow.field_text,
            DossierRow.last_import_id,
            WalkedRow.dossier_id.label("walked"),
            WalkedRow.step,
            WalkedRow.fault,
            WalkedRow.days_over,
            or_(WalkedRow.dossier_id.is_not(None), _logged().exists()).label("logged"),
            caused.exists().label("caused"),
        )
        .outerjoin(WalkedRow, usable(foreign))
        .where(or_(*ways))
        .cte("late")
        .prefix_with("MATERIALIZED")
    )
    more = (_COUNTING[kind](late) for kind in sorted(wanted.kinds & _COUNTING.keys()))
    return union_all(*_sums(late, wanted.by), *more)


def _logged() -> Part:
    return select(DossierStepRow.dossier_id).where(DossierStepRow.dossier_id == DossierRow.id)


def _sums(late: CTE, by: Promise) -> Iterator[Part]:
    """Yield the count of all, what is left, and sums by worst step, by holder, by any step."""
    c, no_words, none = late.c, literal(""), literal(0)
    yield select(
        literal("all").label("what"), no_words.label("key"), no_words.label("other"),
        func.count().label("number"),
        func.count().filter(c.logged).label("more"), func.count().filter(c.caused).label("most"),
    ).select_from(late)  # fmt: skip
    still = select(c.id, c.last_import_id).where(c.walked.is_(None), c.logged)
    left = still.limit(bindparam("most_left")).subquery()
    yield select(literal("left"), no_words, no_words, left.c.id, left.c.last_import_id, none)
    days = func.sum(c.days_over)
    worst = select(literal("worst"), c.step, c.fault, func.count(), days, none)
    yield worst.where(c.walked.is_not(None)).group_by(c.step, c.fault)
    h, b = table_of(WalkedHeldRow).c, table_of(WalkedBrokenRow).c
    kind = cast(h.kind, String)
    held = select(literal("held"), kind, no_words, none, func.sum(h.seconds), none)
    yield held.join(late, c.walked == h.dossier_id).group_by(kind)
    saved = func.count().filter(b.saved_first if by is Promise.FIRST else b.saved_last)
    broken = select(literal("broken"), b.step, no_words, func.count(), func.sum(b.days_over), saved)
    yield broken.join(late, c.walked == b.dossier_id).group_by(b.step)


def _by_agency(late: CTE) -> Part:
    """Count by the agency that resolves, known by its name or the file's words."""
    name = func.coalesce(AgencyRow.name, late.c.agency_text)
    code = func.coalesce(AgencyRow.code, "")
    counted = select(literal("agency"), name, code, func.count(), literal(0), literal(0))
    joined = late.outerjoin(AgencyRow, AgencyRow.id == late.c.agency_id)
    return counted.select_from(joined).group_by(name, code)


def _by_field(late: CTE) -> Part:
    """Count by field; one that the file left empty is an empty key."""
    words, none = late.c.field_text, literal(0)
    counted = select(literal("field"), words, literal(""), func.count(), none, none)
    return counted.group_by(words)


def _by_cause(late: CTE) -> Part:
    """Count the causes that were given."""
    code, is_primary = cast(DossierCauseRow.code, String), DossierCauseRow.is_primary
    lost = func.coalesce(func.sum(DossierCauseRow.days_lost).filter(is_primary), 0)
    times = func.count().filter(is_primary), func.count().filter(~is_primary)
    counted = select(literal("cause"), code, literal(""), *times, lost)
    return counted.join(late, late.c.id == DossierCauseRow.dossier_id).group_by(code)


_COUNTING: dict[str, Callable[[CTE], Part]] = {
    "agency": _by_agency,
    "field": _by_field,
    "cause": _by_cause,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Which dossiers are behind a bar: by the step that ran over the longest, or by its holder.

    With `broken`, those in which a step ran over at all, whatever else is asked.
    """

    step: str | None = None
    fault: str | None = None
    broken: str | None = None

    def days_of(self, walked: Walked) -> int | None:
        """Return by how many days a dossier that is meant ran over; None for any other."""
        if self.broken is not None:
            return next((b.longest for b in walked.broken if b.step == self.broken), None)
        is_meant = self.step in {None, walked.step} and self.fault in {None, walked.fault}
        return walked.days_over if is_meant else None


def kept_behind(
    connection: Connection, ways: Ways, holding: Holding, moment: datetime, meant: Behind
) -> tuple[dict[int, int], Sequence[Left]]:
    """Return the dossiers of a view that are meant, by what is kept of them, and all that is left.

    With the days they ran over; one statement.
    """
    given = {"version": holding.version, "moment": moment}
    found, left = {}, []
    for key, change, walked, days in connection.execute(
        _behind(ways, holding.foreign, meant), given
    ):
        if walked is None:
            left.append(Left(key, change))
        elif days is not None:
            found[key] = days
    return found, left


@lru_cache(maxsize=64)
def _behind(ways: Ways, foreign: frozenset[str], meant: Behind) -> Part:
    days: Any = WalkedRow.days_over
    rows = select(DossierRow.id, DossierRow.last_import_id, WalkedRow.dossier_id)
    rows = rows.outerjoin(WalkedRow, usable(foreign))
    is_meant = [
        column == asked
        for column, asked in ((WalkedRow.step, meant.step), (WalkedRow.fault, meant.fault))
        if asked is not None
    ]
    if meant.broken is not None:
        this = and_(
            WalkedBrokenRow.dossier_id == WalkedRow.dossier_id, WalkedBrokenRow.step == meant.broken
        )
        rows, days, is_meant = rows.outerjoin(WalkedBrokenRow, this), WalkedBrokenRow.longest, []
    walked = WalkedRow.dossier_id.is_not(None)
    counts = or_(and_(walked, *is_meant), and_(~walked, _logged().exists()))
    return rows.add_columns(days).where(or_(*ways), counts)
