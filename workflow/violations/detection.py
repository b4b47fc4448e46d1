"""Which violations a dossier shows as of a day: the table of product.md §5.

`workflow.violations.signs` lays the same rules over the columns of what just came. For what
stood before they stand in SQL in `models.violations.finding`; a test holds all three equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from workflow.days import PROVINCE_ZONE, local_day

ONE_DAY = timedelta(days=1)
Day = TypeVar("Day", date, str)
"""A day, or its ISO text: both order as time does."""
At = TypeVar("At", datetime, str)
"""An instant, or its ISO text in UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What of a dossier detection looks at, as of the day asked.

    `due_on` is the first promised day, pushed back by the working days spent waiting for the
    citizen unless the file's date holds them already (`workflow.dossiers.timing`). Days are the
    file's own.
    """

    due_on: date | None = None
    ended_on: date | None = None
    apology_on: date | None = None
    is_online: bool = False
    received_at: datetime | None = None
    receipt_limit_at: datetime | None = None
    second_new_date_at: datetime | None = None
    second_supplement_at: datetime | None = None
    wrong_jurisdiction_at: datetime | None = None
    no_slip_at: datetime | None = None
    refused_without_reason_at: datetime | None = None
    not_synced_at: datetime | None = None
    late_transfer_at: datetime | None = None


def signs_of(facts: Facts, day: date) -> dict[str, datetime]:
    """Return the types that hold as of `day`, each with the instant at which it occurred.

    Nothing that occurs after `day` holds yet.
    """
    moments = {code: rule(facts, day) for code, rule in RULES.items()}
    return {code: at for code, at in moments.items() if at is not None and local_day(at) <= day}


def morning_after(day: date) -> datetime:
    """Return 00:00 in the province on the day after `day`."""
    return datetime.combine(day + ONE_DAY, time.min, PROVINCE_ZONE)


def overdue(due_on: Day | None, ended_on: Day | None, day: Day) -> bool:
    """Whether a dossier ended, or still runs as of `day`, after its promised day.

    An end after `day` has not come yet: as of `day` the dossier runs.
    """
    if due_on is None or day <= due_on:
        return False
    return ended_on is None or due_on < ended_on


def apologised(apology_on: Day | None, due_on: Day | None) -> bool:
    """Whether an apology came on or before the promised day."""
    return apology_on is not None and due_on is not None and apology_on <= due_on


def received_late(received: At | None, limit: At | None, *, is_online: bool) -> bool:
    """Whether a dossier handed in online was received after its limit."""
    if not is_online or received is None or limit is None:
        return False
    return limit < received


def is_late(facts: Facts, day: date) -> bool:
    """Whether the dossier is overdue as of `day`."""
    return overdue(facts.due_on, facts.ended_on, day)


def _overdue(facts: Facts, day: date) -> datetime | None:
    if facts.due_on is None or not is_late(facts, day):
        return None
    return morning_after(facts.due_on)


def _no_apology(facts: Facts, day: date) -> datetime | None:
    if facts.due_on is None or not is_late(facts, day):
        return None
    in_time = apologised(facts.apology_on, facts.due_on)
    return None if in_time else morning_after(facts.due_on)


def _late_receipt(facts: Facts, day: date) -> datetime | None:
    del day
    limit = facts.receipt_limit_at
    is_late_one = received_late(facts.received_at, limit, is_online=facts.is_online)
    return limit if is_late_one else None


def _own_moment(name: str) -> Callable[[Facts, date], datetime | None]:
    def at(facts: Facts, day: date) -> datetime | None:
        del day
        moment: datetime | None = getattr(facts, name)
        return moment

    return at


MOMENTS: Mapping[str, str] = {
    "V10": "wrong_jurisdiction_at",
    "V11": "second_supplement_at",
    "V12": "no_slip_at",
    "V14": "refused_without_reason_at",
    "V18": "second_new_date_at",
    "V20": "not_synced_at",
    "V21": "late_transfer_at",
}
"""Types whose own field says when they occurred."""

RULES: Mapping[str, Callable[[Facts, date], datetime | None]] = {
    "V16": _overdue,
    "V17": _no_apology,
    "V19": _late_receipt,
    **{code: _own_moment(name) for code, name in MOMENTS.items()},
}

NOT_OVERDUE, APOLOGISED, FACT_GONE, FACT_BACK = (
    "not_overdue", "apologised", "fact_gone", "fact_back",
)  # fmt: skip
RECORDED_IN_TIME = "recorded_in_time"
"""The report had come in time on paper and was recorded after the night that looked for it."""


def why_gone(code: str, *, still_late: bool) -> str:
    """Return the reason for which a detected violation no longer holds."""
    if code == "V17" and still_late:
        return APOLOGISED
    return NOT_OVERDUE if code in {"V16", "V17"} else FACT_GONE
