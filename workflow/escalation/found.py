"""Episodes in columns, as the engine finds them; iterating makes them records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from workflow.collecting import collector_at_rest
from workflow.escalation.columns import Columns, Ints, keys_of
from workflow.escalation.records import Episode, Raise
from workflow.escalation.runs import Runs

RUNNING = 0
"""Stands for the day of closing while an episode runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Episodes of one rule, by group then day of opening.

    `heads` are rows that show each one's group, `codes` its code among the groups of the same
    keys, `sources` the places in `runs` of those it opened in. Days are ordinals; `closed` is
    RUNNING while an episode runs. The raises of episode k are those from `offsets[k]` to
    `offsets[k + 1]`; the violations of a raise stand in `runs[raise_sources].line.rows` from
    `raise_begins` to `raise_ends`.
    """

    columns: Columns
    runs: Sequence[Runs]
    heads: Ints
    codes: Ints
    sources: Ints
    opened: Ints
    closed: Ints
    levels: Ints
    offsets: Ints
    raise_levels: Ints
    raise_days: Ints
    raise_scores: Ints
    raise_sources: Ints
    raise_begins: Ints
    raise_ends: Ints

    def __len__(self) -> int:
        return len(self.opened)

    def __iter__(self) -> Iterator[Episode]:
        return iter(self.records())

    def records(self) -> list[Episode]:
        """Return the episodes as records, by group then day of opening."""
        with collector_at_rest():
            return self._records()

    def _records(self) -> list[Episode]:
        raises = self._raises()
        groups = self._groups()
        code = self.runs[0].version.rule.code
        numbers = (
            column.tolist()
            for column in (self.opened, self.closed, self.levels, self.offsets, self.offsets[1:])
        )
        return [
            Episode(
                code,
                group,
                date.fromordinal(opened),
                date.fromordinal(closed) if closed else None,
                level,
                tuple(raises[begin:end]),
            )
            for group, opened, closed, level, begin, end in zip(groups, *numbers, strict=False)
        ]

    def _groups(self) -> list[tuple[tuple[str, str], ...]]:
        keys = [keys_of(one.version.rule.group_by) for one in self.runs]
        if len(set(keys)) == 1:
            return self.columns.groups_of(keys[0], self.heads)
        places = zip(self.sources.tolist(), range(len(self)), strict=True)
        return [
            self.columns.groups_of(keys[place], self.heads[number : number + 1])[0]
            for place, number in places
        ]

    def _raises(self) -> list[Raise]:
        ids = self.columns.ids
        rows = [one.line.rows for one in self.runs]
        numbers = [one.version.number for one in self.runs]
        columns = (
            column.tolist()
            for column in (
                self.raise_levels,
                self.raise_days,
                self.raise_scores,
                self.raise_sources,
                self.raise_begins,
                self.raise_ends,
            )
        )
        return [
            Raise(
                level,
                date.fromordinal(day),
                score,
                tuple([ids[row] for row in rows[source][begin:end].tolist()]),
                numbers[source],
            )
            for level, day, score, source, begin, end in zip(*columns, strict=True)
        ]
