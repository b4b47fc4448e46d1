"""Which episodes a rule makes of violations, exactly as product.md §6 has it.

The answer depends on the violations only, not on the order in which they came. One engine for
all sizes: a year of a province in one go, or the five violations of a group that was touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from workflow.errors import Invalid
from workflow.escalation.columns import Columns, Ints, columns_of
from workflow.escalation.found import RUNNING, Found
from workflow.escalation.levels import Before, Pieces, Raises, cuts_of, pieces_of, raises_of
from workflow.escalation.records import Episode, Occurrence, Rule, Version
from workflow.escalation.runs import Runs, runs_of

Judged = Rule | Sequence[Version]
"""A rule that was always in force as it is, or its versions in time."""


def versions_of(judged: Judged) -> tuple[Version, ...]:
    """Return the versions in the order of their days; Invalid when two stand on one day."""
    if isinstance(judged, Rule):
        return (Version(rule=judged),)
    ordered = tuple(sorted(judged, key=lambda version: version.from_on or date.min))
    for earlier, later in pairwise(ordered):
        if earlier.to_on is None or later.from_on is None or later.from_on <= earlier.to_on:
            raise Invalid({"from_on": "versions_overlap"})
    return ordered


def found_in(
    columns: Columns, judged: Judged, as_of: date, before_of: Before | None = None
) -> Found | None:
    """Find the episodes of one rule as of the evening of a day; None where there are none.

    `before_of` says from which day on each group is asked for, and what was settled before.
    """
    versions = versions_of(judged)
    cuts = None if before_of is None else cuts_of(before_of)
    runs = [runs for version in versions for runs in runs_of(columns, version, as_of, cuts)]
    if not runs:
        return None
    pieces = pieces_of(runs, before_of)
    if not len(pieces.codes):
        return None
    return _found(columns, runs, pieces, raises_of(pieces), as_of.toordinal())


def _found(
    columns: Columns, runs: Sequence[Runs], pieces: Pieces, raises: Raises, as_of: int
) -> Found:
    first = np.flatnonzero(pieces.begins)
    last = np.append(first[1:], len(pieces.begins)) - 1
    ends = pieces.ends[last]
    begins, stops, scores = _windows(runs, pieces, raises)
    return Found(
        columns=columns,
        runs=runs,
        heads=pieces.heads[first],
        codes=pieces.codes[first],
        sources=pieces.source[first],
        opened=pieces.starts[first],
        closed=np.where(ends == as_of, RUNNING, ends + 1),
        levels=pieces.after[last],
        offsets=np.append(np.searchsorted(raises.pieces, first), len(raises.pieces)),
        raise_levels=raises.levels,
        raise_days=raises.days,
        raise_scores=scores,
        raise_sources=pieces.source[raises.pieces],
        raise_begins=begins,
        raise_ends=stops,
    )


def _windows(runs: Sequence[Runs], pieces: Pieces, raises: Raises) -> tuple[Ints, Ints, Ints]:
    """Return from where to where the violations of each raise stand in its line, and the score."""
    sources = pieces.source[raises.pieces]
    days = raises.days + pieces.bases[raises.pieces]
    if len(runs) == 1:
        return runs[0].line.window(days - runs[0].line.first_day)
    found = np.zeros((3, len(days)), np.int64)
    for number, one in enumerate(runs):
        here = sources == number
        found[:, here] = one.line.window(days[here] - one.line.first_day)
    return found[0], found[1], found[2]


def episodes_of(
    judged: Judged, occurrences: Iterable[Occurrence] | Columns, as_of: date
) -> list[Episode]:
    """Return the episodes of one rule as of the evening of a day, by group then day of opening.

    The violations may come in any order and be of any groups; each id stands once.
    """
    columns = occurrences if isinstance(occurrences, Columns) else columns_of(occurrences)
    found = found_in(columns, judged, as_of)
    return [] if found is None else sorted(found, key=_place)


def replay(
    rules: Iterable[Judged], occurrences: Iterable[Occurrence] | Columns, as_of: date
) -> list[Episode]:
    """Return the episodes of all rules, by rule, group and day of opening (product.md §9)."""
    columns = occurrences if isinstance(occurrences, Columns) else columns_of(occurrences)
    found = [episode for judged in rules for episode in episodes_of(judged, columns, as_of)]
    return sorted(found, key=_place)


def _place(episode: Episode) -> tuple[object, ...]:
    return episode.rule, episode.group, episode.opened_on
