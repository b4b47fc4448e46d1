"""What a night tells about directives: fallen due, falling due, asked for and not answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from workflow.accounts.records import Role
from workflow.calendar.working import WorkingCalendar
from workflow.history.records import Plain
from workflow.messages.records import Notice, Urgency

ONE_DAY = timedelta(days=1)
NAMED = 50
"""How many numbers a notice names; it always counts all."""


class Fall(StrEnum):
    """Why a directive is told tonight."""

    OVERDUE = "overdue"
    VERY_SOON = "very_soon"
    SOON = "soon"


class Request(StrEnum):
    """What waits for an answer."""

    REPORT = "report"
    EXTENSION = "extension"
    DECLINE = "decline"
    PROPOSAL = "proposal"


class Falling(NamedTuple):
    """A directive that is told to its lead agency tonight."""

    number: str
    agency_id: int
    fall: Fall


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Something that waited longer than its answer time; `is_part` where an agency handed it down.

    `agency_id` is who has to answer: the office that oversees the document, or the agency
    that handed the part down.
    """

    number: str
    agency_id: int | None
    request: Request
    is_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Days, both ends included."""

    first: date
    last: date


def spans_of_night(
    day: date, since: date | None, soon_days: tuple[int, int]
) -> Mapping[Fall, Span]:
    """Return which due days are told on the night of `day`, for each reason.

    A directive becomes overdue on the day after it was due, and is announced
    `soon_days` calendar days before. Nights that were missed since `since` are made up:
    each directive is told once, for the most urgent reason it has by now.
    """
    before = day - ONE_DAY if since is None else since
    far, near = max(soon_days), min(soon_days)
    spans = {
        Fall.OVERDUE: (before, day - ONE_DAY),
        Fall.VERY_SOON: (max(before + timedelta(days=near + 1), day), day + timedelta(days=near)),
        Fall.SOON: (
            max(before + timedelta(days=far + 1), day + timedelta(days=near + 1)),
            day + timedelta(days=far),
        ),
    }
    return {fall: Span(first=a, last=b) for fall, (a, b) in spans.items() if a <= b}


def span_unanswered(
    day: date, since: date | None, working_days: int, calendar: WorkingCalendar
) -> Span | None:
    """Return on which days a request must have come for its answer time to be over tonight.

    The answer was due within `working_days` after the day of the request; it is told on
    the night after, once. None where no day of request leads there.
    """
    first_due = day - ONE_DAY if since is None else since
    found: list[date] = []
    asked = day - ONE_DAY
    while calendar.first_day <= asked:
        due = calendar.due_on(asked, working_days)
        if due < first_due:
            break
        if due < day:
            found.append(asked)
        asked -= ONE_DAY
    return Span(first=found[-1], last=found[0]) if found else None


def notices_of_falls(
    falls: Iterable[Falling], day: date, at: datetime, soon_days: tuple[int, int]
) -> list[Notice]:
    """Return one notice for each agency with all its directives counted."""
    overdue, kinds = Fall.OVERDUE.value, tuple(fall.value for fall in Fall)
    by_agency: dict[int, dict[str, list[str]]] = {}
    for number, agency, fall in falls:
        theirs = by_agency.get(agency)
        if theirs is None:
            theirs = by_agency[agency] = {kind: [] for kind in kinds}
        theirs[fall].append(number)
    bands = {"soon_days": max(soon_days), "very_soon_days": min(soon_days)}
    today = day.isoformat()
    return [
        Notice(
            key=f"directives.due:{today}:{agency}",
            kind="directives.due",
            to_agency=agency,
            subject="directives",
            subject_key=today,
            params=_told({kind: sorted(numbers) for kind, numbers in theirs.items()}) | bands,
            urgency=Urgency.URGENT if theirs[overdue] else Urgency.NORMAL,
            at=at,
        )
        for agency, theirs in sorted(by_agency.items())
    ]


def notices_of_unanswered(waits: Iterable[Unanswered], day: date, at: datetime) -> list[Notice]:
    """Return one notice for each agency that has to answer, with all that waits counted."""
    by_agency: dict[tuple[int, bool], list[Unanswered]] = defaultdict(list)
    for wait in waits:
        by_agency[wait.agency_id or 0, wait.is_part].append(wait)
    return [
        Notice(
            key=f"directives.unanswered:{agency}:{'part' if is_part else 'own'}:{day.isoformat()}",
            kind="directives.unanswered",
            to_agency=agency or None,
            to_role=None if is_part else Role.OFFICE,
            subject="directives",
            subject_key=day.isoformat(),
            params=_told(
                {
                    request.value: sorted(w.number for w in theirs if w.request is request)
                    for request in Request
                }
            ),
            at=at,
        )
        for (agency, is_part), theirs in sorted(by_agency.items())
    ]


def _told(numbers: Mapping[str, Sequence[str]]) -> dict[str, Plain]:
    """Return counts of all, and the first numbers of each."""
    counts: dict[str, Plain] = {name: len(all_of) for name, all_of in numbers.items()}
    named: dict[str, Plain] = {name: list(all_of[:NAMED]) for name, all_of in numbers.items()}
    return {"count": sum(map(len, numbers.values())), "counts": counts, "numbers": named}
