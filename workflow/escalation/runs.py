"""One version of a rule over all groups at once: runs of days, and when each level is reached.

For every violation i let j be the first one of its group, from i on, with which the weights
from i to j make the level. The score is at least that level on a day exactly when, for some i,
the day lies between j's date and the last day on which i counts. Both ends grow with i, so the
runs of product.md §6 are these spans, laid end to end where they touch.

A group and a day are one number here: the group's place times `span`, plus the days since the
first violation. `span` leaves a day free between groups, so that no span reaches into the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from workflow.escalation.columns import NARROW, NO_GROUP, Columns, Flags, Ints, by_code, keys_of
from workflow.escalation.records import ALL_TYPES, Period, Rule, Version, Window

NEVER = np.iinfo(np.int64).max
LONGEST = 10_000_000
"""Days; longer than all dates there are."""
HIGHEST = 1 << 62
"""A score nothing reaches."""
MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}
EPOCH = date(1970, 1, 1).toordinal()
LINE = 1 << 16
"""Violations on one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Violations that count, in the order of their groups, moments and ids.

    `rows` are their places in the columns, `places` group and day of each, `lasts` group and
    last day on which it counts, `totals` the weights before each and after the last (None when
    each weighs 1). `first_day` is the ordinal that stands for 0.
    """

    rows: Ints
    codes: Ints
    places: Ints
    lasts: Ints
    bases: Ints
    totals: Ints | None
    first_day: int

    def completed(self, level: int) -> Ints:
        """Return for each violation the place on which the weights from it on make the level.

        Those at the end, from which on nothing can make it, may be left out.
        """
        if self.totals is None:
            return self.places[min(level, len(self.places) + 1) - 1 :]
        beyond = np.append(self.places, np.iinfo(self.places.dtype).max)
        reached = np.searchsorted(self.totals, self.totals[:-1] + min(level, HIGHEST))
        return beyond[reached - 1]

    def window(self, places: Ints) -> tuple[Ints, Ints, Ints]:
        """Return from where to where the window of each group and day goes, and its score."""
        begins = np.searchsorted(self.lasts, places)
        ends = np.searchsorted(self.places, places, side="right")
        totals = self.totals
        return begins, ends, ends - begins if totals is None else totals[ends] - totals[begins]


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """The runs of days at or above the first level under one version on a line, by group and day.

    `starts` and `ends` are ordinals, both included. `reached[run, k]` is the first day of the
    run with a score of `levels[k]`, NEVER when there is none. `bases` turn a day of the run
    into a place on the line, `heads` are rows that show the group.
    """

    version: Version
    line: Line
    codes: Ints
    heads: Ints
    bases: Ints
    starts: Ints
    ends: Ints
    reached: Ints


Cuts = Callable[[Ints], Ints]
"""Says from which day on groups are judged, as ordinals (0: any), by rows that show them."""


def runs_of(
    columns: Columns, version: Version, as_of: date, cuts: Cuts | None = None
) -> list[Runs]:
    """Find the runs under one version, as of the evening of a day, line by line.

    With `cuts` a run begins on its group's cut at the earliest, as it does on the version's day.
    """
    horizon = min(as_of, version.to_on or as_of).toordinal()
    opens = version.from_on.toordinal() if version.from_on else 0
    found = (
        _runs(line, version, _floors(line, opens, cuts))
        for line in lines_of(columns, version.rule, horizon)
    )
    return [runs for runs in found if runs is not None]


def _floors(line: Line, opens: int, cuts: Cuts | None) -> Ints | None:
    """Return the first place that is judged of the group of each violation; None: all are."""
    if cuts is None:
        return line.bases + (opens - line.first_day) if opens > line.first_day else None
    heads = np.flatnonzero(np.append(True, line.bases[1:] != line.bases[:-1]))
    first = np.maximum(cuts(line.rows[heads]), opens) - line.first_day
    each = np.repeat(np.maximum(first, 0), np.diff(np.append(heads, len(line.rows))))
    floors: Ints = line.bases + each
    return floors


def lines_of(columns: Columns, rule: Rule, horizon: int) -> Iterator[Line]:
    """Lay out what counts for a rule up to a day, some whole groups to a line, in their order.

    A line is as long as the processor's own memory holds at once, or one group if that is more.
    """
    codes, rows = _by_group(columns, rule, horizon)
    begin = 0
    while begin < len(codes):
        last = codes[min(begin + LINE, len(codes)) - 1]
        end = int(np.searchsorted(codes, last, side="right"))
        yield _line(columns, rule, horizon, codes[begin:end], rows[begin:end])
        begin = end


def _line(columns: Columns, rule: Rule, horizon: int, codes: Ints, rows: Ints) -> Line:
    count, days = len(codes), columns.days[rows]
    first_day = int(days.min())
    span = horizon - first_day + 2
    kind: type[np.int32 | np.int64] = np.int32 if count * span < NARROW else np.int64
    bases: Ints = np.zeros(count, kind)
    np.cumsum(codes[1:] != codes[:-1], out=bases[1:])
    bases *= span
    shifts = bases - first_day
    lasts = np.minimum(last_days(days, rule.window), horizon)
    return Line(
        rows=rows,
        codes=codes,
        places=(days + shifts).astype(kind, copy=False),
        lasts=(lasts + shifts).astype(kind, copy=False),
        bases=bases,
        totals=_totals(columns, rule, rows),
        first_day=first_day,
    )


def _by_group(columns: Columns, rule: Rule, horizon: int) -> tuple[Ints, Ints]:
    """Return the groups and rows of what counts, by group; no row moves where none has to."""
    codes = columns.groups(keys_of(rule.group_by))
    rows = _counted(columns, rule, codes, horizon)
    if rows is not None:
        codes = codes[rows]
    if (codes[1:] >= codes[:-1]).all():
        return codes, np.arange(len(codes)) if rows is None else rows
    order = by_code(codes)
    return codes[order], order if rows is None else rows[order]


def _counted(columns: Columns, rule: Rule, codes: Ints, horizon: int) -> Ints | None:
    """Return the rows that count for a rule (§6, 1); None when every one does."""
    counts: Flags = codes != NO_GROUP
    counts &= columns.days <= horizon
    if columns.overturned is not None:
        counts &= ~columns.overturned
    if ALL_TYPES not in rule.violation_types:
        wanted = np.array([rule.counts_type(word) for word in columns.types.words], np.bool_)
        counts &= wanted[columns.types.codes]
    return None if counts.all() else np.flatnonzero(counts)


def _totals(columns: Columns, rule: Rule, order: Ints) -> Ints | None:
    words = columns.types.words
    if not any(word in rule.weights for word in words):
        return None
    weights = np.array([rule.weight(word) for word in words], np.int64)
    totals = np.zeros(len(order) + 1, np.int64)
    np.cumsum(weights[columns.types.codes[order]], out=totals[1:])
    return totals


def last_days(days: Ints, window: Window) -> Ints:
    """Return the last day on which a violation of each day counts (§6, 2)."""
    if window.days is not None:
        return days + (min(window.days, LONGEST) - 1)
    return last_day_of_period(days, window.calendar or Period.YEAR)


def last_day(day: int, window: Window) -> int:
    """Return the last day on which a violation of one day counts."""
    if window.days is not None:
        return day + (min(window.days, LONGEST) - 1)
    return int(last_day_of_period(np.array([day]), window.calendar or Period.YEAR)[0])


def last_day_of_period(days: Ints, period: Period) -> Ints:
    """Return the last day of the calendar period of each day, as ordinals."""
    months = MONTHS[period]
    since_epoch = (days.astype(np.int64) - EPOCH).astype("datetime64[D]")
    next_period = (since_epoch.astype("datetime64[M]").astype(np.int64) // months + 1) * months
    first: npt.NDArray[np.int64] = (
        next_period.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    )
    return first + (EPOCH - 1)


def _runs(line: Line, version: Version, floors: Ints | None) -> Runs | None:
    levels = version.rule.levels
    completed, hits = _spans(line, levels[0], floors)
    if not len(hits):
        return None
    starts, ends = _not_before(completed, hits, floors), line.lasts[hits]
    begins = np.flatnonzero(np.append(True, starts[1:] > ends[:-1] + 1))
    first = hits[begins]
    bases, shift = line.bases[first], line.first_day
    reached = np.full((len(begins), len(levels)), NEVER, np.int64)
    reached[:, 0] = starts[begins]
    for number, level in enumerate(levels[1:], 1):
        _reach(line, level, floors, first, reached[:, number])
    reached[reached != NEVER] += shift
    reached -= np.where(reached != NEVER, bases[:, None], 0)
    return Runs(
        version=version,
        line=line,
        codes=line.codes[first],
        heads=line.rows[first],
        bases=bases,
        starts=reached[:, 0],
        ends=ends[np.append(begins[1:], len(hits)) - 1] - bases + np.int64(shift),
        reached=reached,
    )


def _spans(line: Line, level: int, floors: Ints | None) -> tuple[Ints, Ints]:
    """Return where each violation completes the level, and those that do so in time."""
    completed = line.completed(level)
    count = len(completed)
    in_time = completed <= line.lasts[:count]
    if floors is not None:
        in_time &= line.lasts[:count] >= floors[:count]
    return completed, np.flatnonzero(in_time)


def _not_before(completed: Ints, hits: Ints, floors: Ints | None) -> Ints:
    found = completed[hits]
    return found if floors is None else np.maximum(found, floors[hits])


def _reach(line: Line, level: int, floors: Ints | None, first: Ints, into: Ints) -> None:
    """Enter the first place of each run that has the level; `first` begin the runs."""
    completed, hits = _spans(line, level, floors)
    if not len(hits):
        return
    at = np.searchsorted(hits, first)
    candidates = hits[np.minimum(at, len(hits) - 1)]
    has = (candidates >= first) & (candidates < np.append(first[1:], len(line.places)))
    into[has] = _not_before(completed, candidates[has], floors)
