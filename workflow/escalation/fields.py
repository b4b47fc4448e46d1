"""How each field of a rule is read from data; Refused carries the code of what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from workflow.errors import Refused
from workflow.escalation.records import ALL_TYPES, GroupKey, Period, Window

LONGEST_CODE = 64
LONGEST_TITLE = 300
HEAVIEST = 1_000_000_000
"""A weight; a million such violations still make a score that can be counted."""


def _text(longest: int, *, needed: bool) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value is None and not needed:
            return ""
        if value is None or (needed and isinstance(value, str) and not value.strip()):
            raise Refused("required")
        if not isinstance(value, str):
            raise Refused("not_text")
        if len(value) > longest:
            raise Refused("too_long")
        return value

    return read


def _whole(value: object, least: int, most: int | None = None) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refused("not_whole")
    if value < least:
        raise Refused("below_one" if least else "negative")
    if most is not None and value > most:
        raise Refused("too_large")
    return value


def _listed(value: object) -> list[object]:
    if value is None:
        raise Refused("required")
    if not isinstance(value, list | tuple):
        raise Refused("not_a_list")
    return list(value)


def _types(value: object) -> tuple[str, ...]:
    words = _listed(value)
    if not words:
        raise Refused("required")
    if not all(isinstance(word, str) and word.strip() for word in words):
        raise Refused("not_text")
    named = dict.fromkeys(str(word) for word in words)
    return (ALL_TYPES,) if ALL_TYPES in named else tuple(named)


def _keys(value: object) -> tuple[GroupKey, ...]:
    words = _listed(value)
    known = [GroupKey(word) for word in words if isinstance(word, str) and word in set(GroupKey)]
    if len(known) < len(words):
        raise Refused("not_a_choice")
    if len(set(known)) < len(known):
        raise Refused("given_twice")
    return tuple(known)


def _window(value: object) -> Window:
    if value is None:
        raise Refused("required")
    if not isinstance(value, Mapping) or set(value) not in ({"days"}, {"calendar"}):
        raise Refused("window_form")
    if "days" in value:
        return Window(days=_whole(value["days"], 1))
    if not isinstance(value["calendar"], str) or value["calendar"] not in set(Period):
        raise Refused("window_form")
    return Window(calendar=Period(value["calendar"]))


def _levels(value: object) -> tuple[int, ...]:
    levels = tuple(_whole(level, 1) for level in _listed(value))
    if not levels:
        raise Refused("required")
    if any(lower >= higher for lower, higher in pairwise(levels)):
        raise Refused("not_rising")
    return levels


def _weights(value: object) -> dict[str, int]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise Refused("not_weights")
    return {str(name): _whole(weight, 0, HEAVIEST) for name, weight in value.items()}


def _repeat(value: object) -> int | None:
    return None if value is None else _whole(value, 0)


READERS: Mapping[str, Callable[[object], Any]] = {
    "code": _text(LONGEST_CODE, needed=True),
    "title": _text(LONGEST_TITLE, needed=False),
    "violation_types": _types,
    "group_by": _keys,
    "window": _window,
    "levels": _levels,
    "weights": _weights,
    "repeat_within_days": _repeat,
}
