"""Courses of dossiers of June 2021, for the tests of their logs."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from workflow.calendar.vietnam import vietnam_calendar
from workflow.causes.clock import WorkingClock
from workflow.causes.holders import holder_named
from workflow.causes.records import Course, CourseStep

CALENDAR = vietnam_calendar()
CLOCK = WorkingClock(CALENDAR)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ASKED = datetime(2021, 6, 30, 12, tzinfo=ZONE)
LAND = "Chi nhánh VPĐKĐĐ Cam Lâm"


def at(number, hour=9):
    return datetime(2021, 6, number, hour, tzinfo=ZONE)


def day(number):
    return date(2021, 6, number)


def step(serial, start, end=None, limit=None, holder=LAND, name=None):
    return CourseStep(
        serial=serial,
        name=name or f"Bước {serial}",
        holder=holder_named(holder),
        started_at=at(start),
        ended_at=at(end) if end else None,
        limit_at=at(limit, 17) if limit else None,
    )


def course(*steps, promised=10, ended=16, waits=(), **more):
    values = {
        "dossier_id": 1,
        "received_at": at(1),
        "received_on": day(1),
        "ended_at": at(ended) if ended else None,
        "ended_on": day(ended) if ended else None,
        "promised_on": day(promised) if promised else None,
        "promised_last_on": day(promised) if promised else None,
        "waits": waits,
        "steps": steps,
    }
    return Course(**(values | more))
