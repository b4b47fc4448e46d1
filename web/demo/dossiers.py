"""The demo's year of dossiers: what the province's one-stop software would have exported.

Invented, and the same for every demo (one seed). It tells the seed's story: the land registry
branch of Cam Lâm keeps running late from June on and sends few apologies; the branch of Nha
Trang seems late in October because its dossiers were finished and not closed on the software,
which the next export mends. Procedure and dossier codes are the demo's own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from web.demo.people import FAMILY, GIVEN, MIDDLE
from web.demo.procedures import (
    BIRTHS,
    CHANGE,
    FIRMS,
    FIRST_TIME,
    HOUSES,
    LAND,
    PLANS,
    ROADWORKS,
    SHOPS,
    SIGNER,
    SPLITTING,
    Procedure,
    land_path,
    plain_path,
)
from workflow.calendar.working import WorkingCalendar
from workflow.days import PROVINCE_ZONE

FIRST_DAY = date(2020, 12, 1)
SEED = 79_54_82_57
PORTAL_CLOSED = (date(2021, 10, 4), date(2021, 10, 15))
"""Days on which the branch of Nha Trang did not close on the software what it had finished."""

MENDED_ON = date(2021, 11, 8)
CAM_LAM, NHA_TRANG = "Chi nhánh VPĐKĐĐ Cam Lâm", "Chi nhánh VPĐKĐĐ Nha Trang"


@dataclass(frozen=True, slots=True)
class Desk:
    """An agency, what it is asked for, how many dossiers a month, and how often it is late.

    From `worse_from` on it keeps running late. It takes dossiers in from `since` to `until`.
    """

    agency: str
    short: str
    asked: tuple[tuple[str, str, str, int], ...]
    monthly: int
    late: float
    apologises: float = 0.85
    worse_from: date = date.max
    signer: str = SIGNER
    since: date = date.min
    until: date = date.max


LATE_FROM, LATE_SHARE, LATE_APOLOGIES = date(2021, 6, 1), 0.3, 0.25
"""From here on the branch of Cam Lâm is late for three in ten, and apologises for a quarter."""

DESKS: tuple[Desk, ...] = (
    Desk(CAM_LAM, "07.04", (CHANGE, FIRST_TIME, SPLITTING), 34, 0.05, worse_from=LATE_FROM),
    Desk(NHA_TRANG, "07.01", (CHANGE, FIRST_TIME, SPLITTING), 46, 0.03),
    Desk("Chi nhánh VPĐKĐĐ Diên Khánh", "07.05", (CHANGE, SPLITTING), 28, 0.06),
    Desk("Chi nhánh VPĐKĐĐ Ninh Hòa", "07.03", (CHANGE, FIRST_TIME), 26, 0.04),
    Desk("Sở Tài nguyên và Môi trường", "00.07", (PLANS,), 8, 0.05),
    Desk("Sở Giao thông vận tải", "00.05", (ROADWORKS,), 12, 0.04),
    Desk("Sở Kế hoạch và Đầu tư", "00.03", (FIRMS,), 22, 0.01),
    Desk("UBND huyện Cam Lâm", "04.00", (SHOPS, HOUSES), 20, 0.05),
    Desk("UBND huyện Diên Khánh", "05.00", (SHOPS, HOUSES), 18, 0.04),
    Desk("UBND thành phố Nha Trang", "01.00", (SHOPS, HOUSES), 24, 0.03),
    Desk("UBND xã Cam Tân", "04.07", (BIRTHS,), 9, 0.02),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One step as it went."""

    name: str
    holder: str
    started_at: datetime
    ended_at: datetime
    limit_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A dossier with everything that will have happened to it; an export shows a part of it."""

    code: str
    agency: str
    procedure: Procedure
    officer: str
    applicant: str
    channel: str
    received_at: datetime
    promised_on: date
    asked_at: tuple[datetime, ...] = ()
    answered_at: tuple[datetime, ...] = ()
    new_dates: tuple[tuple[datetime, date], ...] = ()
    apology_on: date | None = None
    processed_at: datetime | None = None
    returned_at: datetime | None = None
    closed_late_at: datetime | None = None
    steps: tuple[Held, ...] = ()


def year_of(
    calendar: WorkingCalendar,
    last_day: date,
    desks: Sequence[Desk] = DESKS,
    first_day: date = FIRST_DAY,
) -> tuple[Told, ...]:
    """Return every dossier received from `first_day` up to `last_day`, by day of receipt."""
    dice = random.Random(SEED)  # noqa: S311 - a story, no secret
    spans = ((desk, max(first_day, desk.since), min(last_day, desk.until)) for desk in desks)
    made = [
        told for desk, first, last in spans for told in _of_desk(desk, calendar, first, last, dice)
    ]
    return tuple(sorted(made, key=lambda told: (told.received_at, told.code)))


def _of_desk(
    desk: Desk, calendar: WorkingCalendar, day: date, last_day: date, dice: random.Random
) -> Iterator[Told]:
    officers = [_name(dice) for _ in range(3)]
    serials: dict[date, int] = {}
    while day <= last_day:
        for _ in range(_arrivals(desk, calendar, day, dice)):
            serials[day] = serials.get(day, 0) + 1
            code = f"000.{desk.short}.H32-{day:%y%m%d}-{serials[day]:04d}"
            yield _dossier(desk, code, day, dice.choice(officers), calendar, dice)
        day += timedelta(days=1)


def _arrivals(desk: Desk, calendar: WorkingCalendar, day: date, dice: random.Random) -> int:
    if not calendar.is_working(day):
        return 0
    return sum(dice.random() < desk.monthly / 42 for _ in range(2))


def _name(dice: random.Random) -> str:
    return " ".join(dice.choice(part) for part in (FAMILY, MIDDLE, GIVEN))


def _at(day: date, dice: random.Random, *, after: int = 7, before: int = 17) -> datetime:
    return datetime.combine(
        day, time(dice.randrange(after, before), dice.randrange(60)), PROVINCE_ZONE
    )


def _dossier(
    desk: Desk,
    code: str,
    day: date,
    officer: str,
    calendar: WorkingCalendar,
    dice: random.Random,
) -> Told:
    number, name, of_field, limit = dice.choice(desk.asked)
    path = land_path(desk.agency, desk.signer) if of_field == LAND else plain_path(desk.agency)
    plain = Told(
        code=code,
        agency=desk.agency,
        procedure=Procedure(f"{number}.000.00.00.H32", name, of_field, limit, path),
        officer=officer,
        applicant=_name(dice),
        channel=dice.choices(("Trực tiếp", "Trực tuyến", "BCCI"), (6, 3, 1))[0],
        received_at=_at(day, dice),
        promised_on=calendar.due_on(day, limit),
    )
    asked = _with_supplements(plain, calendar, dice)
    ended = _with_end(desk, asked, calendar, dice)
    return replace(ended, steps=tuple(_steps(ended, calendar)))


def _with_supplements(told: Told, calendar: WorkingCalendar, dice: random.Random) -> Told:
    """One in fourteen is asked to complete the papers, a few of them twice."""
    times = 0 if dice.random() > 1 / 14 else 1 + (dice.random() < 1 / 7)
    asked: list[datetime] = []
    answered: list[datetime] = []
    day = told.received_at.date()
    for _ in range(times if told.procedure.working_days > 5 else 0):  # noqa: PLR2004
        day = calendar.due_on(day, dice.randint(1, 3))
        asked.append(_at(day, dice))
        day = calendar.due_on(day, dice.randint(1, 6))
        answered.append(_at(day, dice))
    return replace(told, asked_at=tuple(asked), answered_at=tuple(answered))


def _with_end(desk: Desk, told: Told, calendar: WorkingCalendar, dice: random.Random) -> Told:
    received = told.received_at.date()
    worse = received >= desk.worse_from
    waited = sum(
        calendar.working_days_between(a.date(), b.date())
        for a, b in zip(told.asked_at, told.answered_at, strict=True)
    )
    due = calendar.due_on(told.promised_on, waited) if waited else told.promised_on
    if dice.random() < (LATE_SHARE if worse else desk.late):
        return _late(desk, told, due, calendar, dice, worse=worse)
    early = dice.randint(0, max(0, min(3, told.procedure.working_days // 3)))
    done = calendar.subtract_working_days(due, early) if early else due
    last = told.answered_at[-1].date() if told.answered_at else received
    processed = _at(max(done, last), dice, after=15, before=17)
    if told.agency == NHA_TRANG and PORTAL_CLOSED[0] <= done <= PORTAL_CLOSED[1]:
        closed = _at(calendar.due_on(due, dice.randint(2, 5)), dice)
        told = replace(told, closed_late_at=closed)
    return replace(told, processed_at=processed, returned_at=_handed_out(processed, calendar, dice))


def _late(
    desk: Desk,
    told: Told,
    due: date,
    calendar: WorkingCalendar,
    dice: random.Random,
    *,
    worse: bool,
) -> Told:
    done = calendar.due_on(due, dice.randint(1, 24 if worse else 8))
    processed = _at(done, dice)
    sorry = dice.random() < (LATE_APOLOGIES if worse else desk.apologises)
    apology = calendar.subtract_working_days(due, 1) if sorry else None
    dates: list[tuple[datetime, date]] = []
    if apology is not None:
        set_at, new = _at(apology, dice), calendar.due_on(due, 5)
        dates.append((set_at, new))
        if done > new and dice.random() < 1 / 2:
            dates.append((_at(new, dice), calendar.due_on(new, 10)))
    return replace(
        told,
        apology_on=apology,
        new_dates=tuple(dates),
        processed_at=processed,
        returned_at=_handed_out(processed, calendar, dice),
    )


def _handed_out(processed: datetime, calendar: WorkingCalendar, dice: random.Random) -> datetime:
    return _at(calendar.due_on(processed.date(), 1), dice)


def _steps(told: Told, calendar: WorkingCalendar) -> Iterator[Held]:
    """Split the time from receipt to the end along the path; what ran over is the slow holder's."""
    assert told.processed_at is not None  # noqa: S101 - set just before
    whole = told.processed_at - told.received_at
    limit = datetime.combine(told.promised_on, time(17), PROVINCE_ZONE) - told.received_at
    slow = _slow_step(told)
    over = max(whole - limit, timedelta(0))
    start, limit_at = told.received_at, told.received_at
    for place, (name, holder, share) in enumerate(told.procedure.path):
        limit_at += limit * share
        end = start + (whole - over) * share + (over if place == slow else timedelta(0))
        yield Held(
            name=name,
            holder=holder,
            started_at=start.replace(microsecond=0),
            ended_at=end.replace(microsecond=0),
            limit_at=_at_work(limit_at.replace(microsecond=0), calendar),
        )
        start = end


def _at_work(limit: datetime, calendar: WorkingCalendar) -> datetime:
    """Return a step's limit on a day of work."""
    later = datetime.combine(calendar.due_on(limit.date(), 1), time(17), limit.tzinfo)
    return limit if calendar.is_working(limit.date()) else later


def _slow_step(told: Told) -> int:
    """Where a late dossier lay: mostly with the branch, sometimes with the commune or the tax."""
    if told.procedure.field != LAND:
        return 1
    return (1, 1, 4, 2, 3)[sum(map(ord, told.code)) % 5]
