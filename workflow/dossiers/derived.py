"""What follows from a file's columns: days, the end, the waits, the due day, the marks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from workflow.calendar.working import WorkingCalendar
from workflow.dossiers import fields
from workflow.dossiers.instants import Moment
from workflow.dossiers.profile import Profile, WaitKind
from workflow.dossiers.records import ENDED, Channel, Status, Wait
from workflow.dossiers.timing import pushed_back
from workflow.dossiers.waiting import counted_waits, waits_of
from workflow.errors import Invalid

Columns = dict[str, list[Any]]
Faults = dict[int, tuple[str, str]]
NO_WAITS = "[]"
NOT_TAKEN_UP = frozenset({Status.NEW, Status.NOT_RECEIVED})
"""Statuses in which a dossier has not been received."""


class Derivation:
    """Makes the database's columns of the file's, by one profile and one calendar."""

    def __init__(self, profile: Profile, calendar: WorkingCalendar) -> None:
        self._profile, self._calendar = profile, calendar
        self._channel = Channel(profile.constants.get("channel", Channel.OTHER))

    def columns(self, read: Columns, count: int) -> tuple[Columns, Faults]:
        """Return the columns of `count` dossiers, and what keeps a dossier out, by place."""
        faults: Faults = {}
        made = self._texts(read, count)
        self._moments(read, made, count)
        self._promises(read, made, count)
        self._waits(read, made, count, faults)
        self._supplements(read, made, count)
        self._statuses(read, made, count, faults)
        self._marks(read, made, count)
        self._due(made, faults)
        return made, faults

    def _texts(self, read: Columns, count: int) -> Columns:
        def of(name: str) -> list[Any]:
            return read.get(name) or [self._profile.constants.get(name, "")] * count

        channel = read.get("channel") or [self._channel] * count
        return {
            "code": read["code"],
            "agency_text": of("agency"),
            "receiving_text": of("receiving"),
            "field_text": of("field"),
            "procedure_code": of("procedure_code"),
            "procedure_text": of("procedure"),
            "officer": of("officer"),
            "applicant": of("applicant"),
            "channel": [one.value if one else Channel.OTHER.value for one in channel],
            "online_level": read.get("online_level") or [None] * count,
        }

    def _moments(self, read: Columns, made: Columns, count: int) -> None:
        nothing: list[Moment | None] = [None] * count
        for name in ("submitted_at", "receipt_limit_at"):
            made[name] = _instants(read.get(name, nothing))
        received = read.get("received_at", nothing)
        made["received_at"], made["received_on"] = _instants(received), _days(received)
        ends = [read.get(name, nothing) for name in ("processed_at", "returned_at", "stopped_at")]
        made["processed_at"], made["returned_at"], made["stopped_at"] = map(_instants, ends)
        made["ended_on"] = _days([a or b or c for a, b, c in zip(*ends, strict=True)])

    def _promises(self, read: Columns, made: Columns, count: int) -> None:
        nothing: list[Moment | None] = [None] * count
        first, last = (_days(read.get(f"promised{x}_on", nothing)) for x in ("", "_last"))
        made["promised_on"] = [a or b for a, b in zip(first, last, strict=True)]
        made["promised_last_on"] = [b or a for a, b in zip(first, last, strict=True)]
        made["waits_included"] = [self._profile.promised_includes_waits] * count
        made["apology_on"] = _days(read.get("apology_on", nothing))

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
        asked: list[list[Moment | None]] = [
            read[f"waits.{n}.asked"]
            for n, wait in enumerate(self._profile.waits, start=1)
            if wait.kind is WaitKind.SUPPLEMENT and f"waits.{n}.asked" in read
        ]
        times = [sorted(filter(None, one)) for one in zip(*asked, strict=True)] or [[]] * count
        told = read.get("supplement_requests") or [None] * count
        made["supplement_requests"] = [
            max(number or 0, len(moments)) for number, moments in zip(told, times, strict=True)
        ]
        seconds = _instants(read.get("second_supplement_at", [None] * count))
        made["second_supplement_at"] = [
            second or (moments[1][0] if len(moments) > 1 else None)
            for second, moments in zip(seconds, times, strict=True)
        ]

    def _statuses(self, read: Columns, made: Columns, count: int, faults: Faults) -> None:
        told: list[int | None] = read.get("status") or [None] * count
        made["status"] = [
            self._status(made, place) if status is None else int(status)
            for place, status in enumerate(told)
        ]
        rows = zip(made["status"], made["received_on"], made["ended_on"], strict=True)
        for place, (status, received, ended) in enumerate(rows):
            if received is None and ended is None and status not in NOT_TAKEN_UP:
                faults.setdefault(place, ("received_at", "required"))
            elif ended is None and received is not None and status in ENDED:
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
        for name in sorted(fields.MARKS - {"second_supplement_at", "apology_on"}):
            made[name] = _instants(read.get(name, [None] * count))
        for name, mark in self._profile.marks.items():
            marked = read.get(f"marks.{name}")
            if marked is None:
                continue
            is_day = name == "apology_on"
            moments = self._stand_in(read, made, mark.at, is_day=is_day)
            made[name] = [
                moment if stands else told
                for stands, moment, told in zip(marked, moments, made[name], strict=True)
            ]

    def _stand_in(self, read: Columns, made: Columns, at: str, *, is_day: bool) -> list[Any]:
        """Return the moments of a field, and where it has none the day of receipt."""
        count = len(made["received_at"])
        name = "waits.1.asked" if at == fields.ASKED_AT else at
        moments = read.get(name) or [None] * count
        received = read.get("received_at") or [None] * count
        pick = 1 if is_day else 0
        return [(a or b)[pick] if a or b else None for a, b in zip(moments, received, strict=True)]

    def _due(self, made: Columns, faults: Faults) -> None:
        made["due_on"] = list(made["promised_on"])
        made["due_last_on"] = list(made["promised_last_on"])
        if self._profile.promised_includes_waits:
            return
        for place, waited in enumerate(made["waited_days"]):
            if waited and place not in faults:
                try:
                    for due, promised in _DUE:
                        day = made[promised][place]
                        made[due][place] = day and self._pushed(day, waited)
                except Invalid:
                    faults[place] = ("promised_on", "outside_calendar")

    def _pushed(self, day: str, waited: int) -> str:
        return pushed_back(date.fromisoformat(day), waited, self._calendar).isoformat()


_DUE = (("due_on", "promised_on"), ("due_last_on", "promised_last_on"))


def _instants(moments: Sequence[Moment | None]) -> list[str | None]:
    return [one and one[0] for one in moments]


def _days(moments: Sequence[Moment | None]) -> list[str | None]:
    return [one and one[1] for one in moments]
