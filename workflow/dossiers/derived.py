"""What follows from a file's columns: days, the end, the waits, the due day, the marks."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from itertools import compress
from typing import Any

from workflow.calendar.working import WorkingCalendar
from workflow.dossiers import fields
from workflow.dossiers.instants import Moment
from workflow.dossiers.profile import Profile, WaitKind
from workflow.dossiers.records import ENDED, Channel, Status, Wait
from workflow.dossiers.taken import Columns
from workflow.dossiers.timing import pushed_back
from workflow.dossiers.waiting import counted_waits, waits_of
from workflow.errors import Invalid

Faults = dict[int, tuple[str, str]]
NO_WAITS = "[]"
OTHER = Channel.OTHER.value
NOT_TAKEN_UP = frozenset({Status.NEW, Status.NOT_RECEIVED})
"""Statuses in which a dossier has not been received."""


class Derivation:
    """Makes the database's columns of the file's, by one profile and one calendar."""

    def __init__(
        self, profile: Profile, calendar: WorkingCalendar, beginning: Callable[[str], str]
    ) -> None:
        self._profile, self._calendar, self._beginning = profile, calendar, beginning
        self._channel = Channel(profile.constants.get("channel", Channel.OTHER)).value

    def columns(self, read: Columns, count: int) -> tuple[Columns, Faults]:
        """Return the columns of `count` dossiers, and what keeps a dossier out, by place."""
        faults: Faults = {}
        made = self._texts(read, count)
        self._moments(read, made, count)
        self._promises(read, made, count)
        _promised_before_receipt(made, faults)
        self._waits(read, made, count, faults)
        self._supplements(read, made, count)
        self._statuses(read, made, count, faults)
        self._marks(read, made, count)
        self._due(made, faults)
        return made, faults

    def _texts(self, read: Columns, count: int) -> Columns:
        def of(name: str) -> list[Any]:
            return read.get(name) or [self._profile.constants.get(name, "")] * count

        channel = read.get("channel")
        return {
            "code": read["code"],
            "agency_text": of("agency"),
            "receiving_text": of("receiving"),
            "field_text": of("field"),
            "procedure_code": of("procedure_code"),
            "procedure_text": of("procedure"),
            "officer": of("officer"),
            "applicant": of("applicant"),
            "channel": [one or OTHER for one in channel] if channel else [self._channel] * count,
            "online_level": read.get("online_level", [None] * count),
        }

    def _moments(self, read: Columns, made: Columns, count: int) -> None:
        nothing: list[Moment | None] = [None] * count
        for name in ("submitted_at", "receipt_limit_at"):
            made[name] = _instants(read.get(name, nothing))
        received = read.get("received_at", nothing)
        made["received_at"], made["received_on"] = _instants(received), _days(received)
        ends = [read.get(name, nothing) for name in _ENDS]
        made |= zip(_ENDS, map(_instants, ends), strict=True)
        told = [one for one in ends if one is not nothing] or [nothing]
        made["ended_on"] = _days(told[0] if len(told) == 1 else _first_of(told))

    def _promises(self, read: Columns, made: Columns, count: int) -> None:
        nothing: list[str | None] = [None] * count
        first, last = (read.get(f"promised{x}_on", nothing) for x in ("", "_last"))
        made["promised_on"] = made["promised_last_on"] = first
        if last is not nothing:
            made["promised_on"] = [a or b for a, b in zip(first, last, strict=True)]
            made["promised_last_on"] = [b or a for a, b in zip(first, last, strict=True)]
        made["waits_included"] = [self._profile.promised_includes_waits] * count
        made["apology_on"] = read.get("apology_on", nothing)

    def _waits(self, read: Columns, made: Columns, count: int, faults: Faults) -> None:
        """Note who waited: few dossiers do, so these alone are looked at one by one."""
        made["waits"] = [NO_WAITS] * count
        made["waiting_since"] = [None] * count
        made["waited_days"] = [0] * count
        made["calendar_version"] = [""] * count
        pairs = self._wait_columns(read, count)
        asked = {place for one, _ in pairs for place, moment in enumerate(one) if moment}
        states = read.get("supplement") or [None] * count
        for place in asked:
            try:
                waits = waits_of(pairs, place, states[place])
                self._count(made, place, waits)
            except Invalid as error:
                faults[place] = ("waits", next(iter(error.errors.values())))

    def _wait_columns(
        self, read: Columns, count: int
    ) -> list[tuple[list[Moment | None], list[Moment | None]]]:
        nothing: list[Moment | None] = [None] * count
        return [
            (read[f"waits.{n}.asked"], read.get(f"waits.{n}.answered", nothing))
            for n in range(1, len(self._profile.waits) + 1)
            if f"waits.{n}.asked" in read
        ]

    def _count(self, made: Columns, place: int, waits: Sequence[Wait]) -> None:
        if not waits:
            return
        for name in ("promised_on", "promised_last_on"):
            if made[name][place]:
                self._calendar.mark(date.fromisoformat(made[name][place]))
        made["waits"][place] = json.dumps(
            [
                [w.asked_on.isoformat(), w.answered_on.isoformat() if w.answered_on else None]
                for w in waits
            ]
        )
        ended = made["ended_on"][place]
        still = [w.asked_on for w in waits if w.answered_on is None]
        if still and ended is None:
            made["waiting_since"][place] = min(still).isoformat()
        counted = counted_waits(waits, ended, self._calendar)
        made["waited_days"][place] = counted
        if counted or made["waiting_since"][place]:
            made["calendar_version"][place] = self._calendar.version.identifier

    def _supplements(self, read: Columns, made: Columns, count: int) -> None:
        """Count the requests, and say when the second was made.

        A file that counts several and tells one moment tells that of the last it made.
        """
        asked: list[list[Moment | None]] = [
            read[f"waits.{n}.asked"]
            for n, wait in enumerate(self._profile.waits, start=1)
            if wait.kind is WaitKind.SUPPLEMENT and f"waits.{n}.asked" in read
        ]
        told = read.get("supplement_requests") or [None] * count
        made["supplement_requests"] = [number or 0 for number in told]
        made["second_supplement_at"] = _instants(read.get("second_supplement_at", [None] * count))
        if not asked:
            return
        for place, moments in enumerate(zip(*asked, strict=True)):
            times = sorted(filter(None, moments))
            number = max(made["supplement_requests"][place], len(times))
            made["supplement_requests"][place] = number
            if number > 1 and times and made["second_supplement_at"][place] is None:
                made["second_supplement_at"][place] = times[:2][-1][0]

    def _statuses(self, read: Columns, made: Columns, count: int, faults: Faults) -> None:
        told: list[int | None] = read.get("status") or [None] * count
        made["status"] = [
            self._status(made, place) if status is None else status
            for place, status in enumerate(told)
        ]
        for place in [at for at, ended in enumerate(made["ended_on"]) if ended is None]:
            status, received = made["status"][place], made["received_on"][place]
            if received is None and status not in NOT_TAKEN_UP:
                faults.setdefault(place, ("received_at", "required"))
            elif received is not None and status in ENDED:
                faults.setdefault(place, ("processed_at", "end_missing"))

    @staticmethod
    def _status(made: Columns, place: int) -> int:
        """Say where a dossier stands whose file has no word for it."""
        if made["returned_at"][place]:
            return Status.RETURNED.value
        if made["processed_at"][place]:
            return Status.PROCESSED.value
        if made["stopped_at"][place]:
            return Status.STOPPED.value
        waiting = made["waiting_since"][place]
        return Status.SUPPLEMENT_ASKED.value if waiting else Status.PROCESSING.value

    def _marks(self, read: Columns, made: Columns, count: int) -> None:
        nothing: list[Moment | None] = [None] * count
        for name in sorted(fields.MARKS - {"second_supplement_at", "apology_on"}):
            told = read.get(name)
            made[name] = _instants(told) if told else nothing
        for name, mark in self._profile.marks.items():
            marked = read.get(f"marks.{name}")
            if marked is not None:
                places = list(compress(range(count), marked))
                self._mark(read, made, name, mark.at, places)
                if name == "second_supplement_at":
                    told = made["supplement_requests"]
                    for place in places:
                        told[place] = max(told[place], 2)

    def _mark(
        self, read: Columns, made: Columns, name: str, at: str, places: Sequence[int]
    ) -> None:
        """Put the moments of a field where a mark stands, or else the moment of receipt."""
        field = "waits.1.asked" if at == fields.ASKED_AT else at
        moments, received = read.get(field), read.get("received_at")
        is_day = name == "apology_on"
        made[name] = list(made[name])
        for place in places:
            moment = moments[place] if moments else None
            if moment and field == "promised_on":
                moment = ("" if is_day else self._beginning(moment), moment)
            moment = moment or (received[place] if received else None)
            made[name][place] = moment and moment[1 if is_day else 0]

    def _due(self, made: Columns, faults: Faults) -> None:
        made["due_on"] = list(made["promised_on"])
        made["due_last_on"] = list(made["promised_last_on"])
        if self._profile.promised_includes_waits:
            return
        for place in [at for at, waited in enumerate(made["waited_days"]) if waited]:
            waited = made["waited_days"][place]
            if place not in faults:
                try:
                    for due, promised in _DUE:
                        day = made[promised][place]
                        made[due][place] = day and self._pushed(day, waited)
                except Invalid:
                    faults[place] = ("promised_on", "outside_calendar")

    def _pushed(self, day: str, waited: int) -> str:
        return pushed_back(date.fromisoformat(day), waited, self._calendar).isoformat()


_ENDS = ("processed_at", "returned_at", "stopped_at")
"""What ends a dossier, in the order in which it counts."""

_DUE = (("due_on", "promised_on"), ("due_last_on", "promised_last_on"))


def _promised_before_receipt(made: Columns, faults: Faults) -> None:
    """Keep out a dossier that was promised for a day before it was received: one is mistaken."""
    if not any(made["promised_on"]):
        return
    rows = zip(made["promised_on"], made["received_on"], strict=True)
    for place, (promised, received) in enumerate(rows):
        if promised and received and promised < received:
            faults.setdefault(place, ("promised_on", "promised_before_received"))


def _first_of(columns: Sequence[Sequence[Moment | None]]) -> list[Moment | None]:
    return [next(filter(None, several), None) for several in zip(*columns, strict=True)]


def _instants(moments: Sequence[Moment | None]) -> list[str | None]:
    return [one and one[0] for one in moments]


def _days(moments: Sequence[Moment | None]) -> list[str | None]:
    return [one and one[1] for one in moments]
