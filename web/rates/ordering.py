"""The order of a table of rates: most that ran late first, or by the column that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask import request

from models.dossiers.rates import By, Rated
from web.columns import sorting
from workflow.text import sort_key


class SortBy(StrEnum):
    """What a table of rates is sorted by; `usual` is no column."""

    USUAL = "usual"
    RATE = "rate"
    LAST = "last"
    RECEIVED = "received"
    ON_TIME = "on_time"
    LATE = "late"
    OPEN_LATE = "open_late"
    OPEN_IN_TIME = "open_in_time"


FIGURES: Mapping[SortBy, Callable[[Rated], float | None]] = {
    SortBy.RATE: lambda group: group.first.rate,
    SortBy.LAST: lambda group: group.last.rate,
    SortBy.RECEIVED: lambda group: group.first.received,
    SortBy.ON_TIME: lambda group: group.first.on_time,
    SortBy.LATE: lambda group: group.first.late,
    SortBy.OPEN_LATE: lambda group: group.first.open_late,
    SortBy.OPEN_IN_TIME: lambda group: group.first.open_in_time,
}
RATES = frozenset({SortBy.RATE, SortBy.LAST})
"""Sorted rising at first: the lowest rate is what one looks for."""


@dataclass(frozen=True, slots=True)
class Order:
    """The order that a table of rates stands in."""

    by: SortBy = SortBy.USUAL
    falling: bool = False


def asked_order() -> Order:
    """Return the order that the address asks for; the usual one where it names no column."""
    text = request.args.get("sort", "")
    name = text.removeprefix("-")
    known = name in set(map(str, FIGURES))
    return Order(SortBy(name), falling=text.startswith("-")) if known else Order()


def headings(order: Order) -> dict[str, dict[str, object]]:
    """Return how each column of figures sorts, by its key."""
    return {one.value: sorting(one, order, rises_first=one in RATES) for one in FIGURES}


def in_order(groups: Sequence[Rated], by: By, order: Order) -> list[Rated]:
    """Return the groups in an order; what has no figure stands last either way.

    The usual order: months as they follow each other, all others by how many ran late.
    """
    if order.by is SortBy.USUAL:
        return sorted(groups, key=(lambda group: group.key) if by is By.MONTH else _latest_first)
    figure = FIGURES[order.by]
    usual = in_order(groups, by, Order())
    told = [group for group in usual if figure(group) is not None]
    silent = [group for group in usual if figure(group) is None]
    return sorted(told, key=lambda group: figure(group) or 0, reverse=order.falling) + silent


def _latest_first(group: Rated) -> tuple[int, int, str]:
    over = group.first.late + group.first.open_late
    return -over, -group.first.received, sort_key(group.words)
