"""What was read of a chunk: columns of values as the database holds them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from workflow.dossiers.misread import Rejected
from workflow.dossiers.steps import StepValues

Columns = dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Taken:
    """What could be read: columns of equal length by their names in the database.

    `places` are the dossiers' places in the chunk, in the order in which they are kept (by
    receipt, then by code), `steps` those of each dossier in order; empty where rows tell none.
    `rejected` are the rows of those that are kept out.
    """

    places: list[int]
    columns: Columns
    steps: list[list[StepValues]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process with what a column says throughout told once."""
        packed = {name: _packed(values) for name, values in self.columns.items()}
        return _unpacked, (self.places, packed, self.steps, self.rejected)

    def picked(self, wanted: Sequence[bool]) -> Taken:
        """Return the dossiers that are wanted, beside each of which stands a yes."""
        return Taken(
            list(compress(self.places, wanted)),
            {name: list(compress(values, wanted)) for name, values in self.columns.items()},
            list(compress(self.steps, wanted)),
            self.rejected,
        )

    def at(self, places: Collection[int], codes: Collection[str]) -> Taken:
        """Return what was read of some places of the chunk, whose codes are `codes`."""
        only = self.picked([place in places for place in self.places])
        kept = [one for one in self.rejected if one.code in codes]
        return Taken(only.places, only.columns, only.steps, kept)


def in_order_of(columns: Columns, order: Sequence[int]) -> Columns:
    """Return columns in another order; one that stands under two names still does."""
    each = {id(values): values for values in columns.values()}
    moved = {key: list(map(values.__getitem__, order)) for key, values in each.items()}
    return {name: moved[id(values)] for name, values in columns.items()}


def _packed(values: list[Any]) -> list[Any] | tuple[Any, int]:
    if not values:
        return values
    first = values[0]
    is_alike = values[-1] == first and values.count(first) == len(values)
    return (first, len(values)) if is_alike else values


def _unpacked(
    places: list[int],
    packed: dict[str, list[Any] | tuple[Any, int]],
    steps: list[list[StepValues]],
    rejected: list[Rejected],
) -> Taken:
    columns = {
        name: [values[0]] * values[1] if isinstance(values, tuple) else values
        for name, values in packed.items()
    }
    return Taken(places, columns, steps, rejected)
