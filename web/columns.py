"""Columns of a list as its page shows them: which are hidden, how each is headed and sorts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from flask import request
from flask_babel import LazyString

from web.addresses import from_start


class Column(Protocol):
    """What every list says of a column: its words, and whether one sees it at first."""

    @property
    def words(self) -> LazyString: ...

    @property
    def at_first(self) -> bool: ...


class Order(Protocol):
    """The order that a list stands in."""

    @property
    def by(self) -> StrEnum: ...

    @property
    def falling(self) -> bool: ...


def hidden_of(columns: Mapping[str, Column], lead: str) -> frozenset[str]:
    """Return the columns that do not stand in the list; without a word, those hidden at first.

    `lead` names the row and is never hidden. An address says `show`, so that a view kept before a
    column was added goes on showing what it showed; older ones say `hide`, all but these.
    """
    shown = columns_shown()
    if shown is not None:
        return frozenset(columns) - {lead} - shown
    text = request.args.get("hide")
    if text is None:
        return frozenset(key for key, column in columns.items() if not column.at_first)
    return frozenset(text.split(",")) & (frozenset(columns) - {lead})


def columns_shown() -> frozenset[str] | None:
    """Return the columns that the address names; None where it names none."""
    text = request.args.get("show")
    return None if text is None else frozenset(text.split(","))


def columns_asked() -> dict[str, str]:
    """Return what the address says of columns, for an address beside it."""
    return {name: request.args[name] for name in ("show", "hide") if request.args.get(name)}


def heading(key: str, column: Column, hidden: frozenset[str], lead: str) -> dict[str, object]:
    """Return a column as the table macro reads it, less what sorts it."""
    return {
        "key": key,
        "label": str(column.words),
        "hidden": key in hidden,
        "lead": key == lead,
    }


def sorting(sort: StrEnum | None, order: Order, *, rises_first: bool) -> dict[str, object]:
    """Return how the list sorts by a column: the address that does so, and the present direction.

    Pressing a heading first sorts it rising or falling as `rises_first` says, then turns it round.
    """
    if sort is None:
        return {"sort_url": None, "sorted": None}
    is_sorted = order.by is sort
    falls = is_sorted and not order.falling if rises_first else not (is_sorted and order.falling)
    now = "descending" if order.falling else "ascending"
    return {
        "sort_url": from_start(sort=f"-{sort.value}" if falls else sort.value),
        "sorted": now if is_sorted else None,
    }
