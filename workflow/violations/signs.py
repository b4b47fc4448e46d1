"""What dossiers show that just came, told column by column: the rules of `detection`, many at once.

The columns are those that an import writes: days and instants (in UTC) are texts, which order
as time does. Nothing is asked of the database for them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from workflow.days import local_day
from workflow.dossiers.records import Channel, Wait
from workflow.dossiers.waiting import waits_from
from workflow.violations.catalogue import FROM_DOSSIERS, ViolationType
from workflow.violations.detection import (
    MOMENTS,
    apologised,
    morning_after,
    overdue,
    received_late,
)

Told = Mapping[str, Sequence[Any]]
DueOn = Callable[[date, Sequence[Wait]], date]
"""Push a promised day back by waits of which one is still open, as of the day asked."""

_Found = list[tuple[str, int, str]]
"""Signs of one type: the day in the province, the dossier's place, the instant."""

_TO_THE_HOUR = slice(0, len("2021-09-01 02"))


@dataclass(frozen=True, slots=True)
class Signs:
    """Signs of one type by day, then by dossier: whose places in the columns, and when.

    `facts` are the columns of a violation that its dossier tells: whose act, about what.
    """

    kind: ViolationType
    places: Sequence[int]
    at: Sequence[str]
    on: Sequence[str]
    facts: Told


def signs_in(told: Told, day: date, off: Collection[str], due_on: DueOn) -> list[Signs]:
    """Return what dossiers show as of `day`, type by type in the order of their codes.

    Types that are `off` are not looked for. It is what `detection.signs_of` says of each.
    """
    looked = _Looked(told, day.isoformat(), _dues(told, day, due_on))
    several = []
    for kind in sorted(FROM_DOSSIERS, key=lambda one: one.code):
        if kind.code not in off and (found := sorted(looked.found(kind.code))):
            on, places, at = zip(*found, strict=True)
            several.append(Signs(kind, places, at, on, _facts(told, places, kind)))
    return several


def _facts(told: Told, places: Sequence[int], kind: ViolationType) -> Told:
    charged = [_charged(told, place, kind) for place in places]
    facts: dict[str, list[Any]] = {
        "agency_id": [number for number, _ in charged],
        "agency_text": [words if number is None else "" for number, words in charged],
    }
    for name in ("field_text", "procedure_code", "officer"):
        facts[name] = list(map(told[name].__getitem__, places))
    return facts


def _charged(told: Told, place: int, kind: ViolationType) -> tuple[int | None, str]:
    """Return whose act it is: of the unit that received, where the file names one, or resolves."""
    if kind.at_receipt:
        number, words = told["receiving_id"][place], told["receiving_text"][place]
        if number is not None or words:
            return number, words
    return told["agency_id"][place], told["agency_text"][place]


class _Looked:
    """Dossiers looked at as of a day, with their due days as of it."""

    def __init__(self, told: Told, today: str, dues: Sequence[str | None]) -> None:
        self._told, self._today, self._dues = told, today, dues
        ends = enumerate(zip(dues, told["ended_on"], strict=True))
        self._late = [place for place, (due, ended) in ends if overdue(due, ended, today)]

    def found(self, code: str) -> _Found:
        """Return the signs of a type, in no order."""
        if code == "V16":
            return self._mornings(self._late)
        if code == "V17":
            told, dues = self._told["apology_on"], self._dues
            return self._mornings(at for at in self._late if not apologised(told[at], dues[at]))
        return self._moments(self._late_receipts() if code == "V19" else self._told[MOMENTS[code]])

    def _mornings(self, places: Iterable[int]) -> _Found:
        return [(on, place, at) for place in places for on, at in (_morning(self._dues[place]),)]

    def _moments(self, moments: Sequence[str | None]) -> _Found:
        moved = [(place, at) for place, at in enumerate(moments) if at]
        days = [(_day(at[_TO_THE_HOUR]), place, at) for place, at in moved]
        return [one for one in days if one[0] <= self._today]

    def _late_receipts(self) -> Sequence[str | None]:
        limits, told = self._told["receipt_limit_at"], self._told
        if not any(limits):
            return ()
        rows = zip(told["channel"], told["received_at"], limits, strict=True)
        return [
            limit if received_late(received, limit, is_online=channel == Channel.ONLINE) else None
            for channel, received, limit in rows
        ]


def _dues(told: Told, day: date, due_on: DueOn) -> Sequence[str | None]:
    """Return the due days as of a day: a wait that had not ended by then is counted to it.

    The day that an import keeps holds the waits that ended; `day` may lie in the past.
    """
    dues, today = told["due_on"], day.isoformat()
    if told["waits"].count("[]") == len(dues):
        return dues
    moved = list(dues)
    for place, promised in enumerate(told["promised_on"]):
        is_moving = promised and promised < today and not told["waits_included"][place]
        if is_moving and _waits(told, place, today):
            waits = waits_from(json.loads(told["waits"][place]))
            moved[place] = due_on(date.fromisoformat(promised), waits).isoformat()
    return moved


def _waits(told: Told, place: int, today: str) -> bool:
    ended = told["ended_on"][place]
    runs = ended is None or ended > today
    return bool(told["waiting_since"][place] or (told["waited_days"][place] and runs))


@lru_cache(maxsize=4_096)
def _morning(due: str) -> tuple[str, str]:
    """Return the day after a due day, and the instant at which it begins in the province."""
    at = morning_after(date.fromisoformat(due))
    utc = at.astimezone(UTC).replace(tzinfo=None)
    return at.date().isoformat(), utc.isoformat(" ", "microseconds")


@lru_cache(maxsize=32_768)
def _day(hour: str) -> str:
    """Return the day in the province of an hour in UTC: it is whole hours from it."""
    return local_day(datetime.fromisoformat(f"{hour}:00:00+00:00")).isoformat()
