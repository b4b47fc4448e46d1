"""Who held a dossier: working time only, and the parts always add up to the whole."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.calendar.vietnam import vietnam_calendar
from workflow.causes.clock import WorkingClock, WorkingHours, working_hours
from workflow.causes.holders import holder_named, kind_of
from workflow.causes.records import CITIZEN, UNLOGGED, Course, CourseStep, HolderKind
from workflow.causes.splitting import split_time, stretches_of
from workflow.dossiers.records import Wait
from workflow.errors import Invalid

CALENDAR = vietnam_calendar()
CLOCK = WorkingClock(CALENDAR)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = 8 * 3600
COUNTER, LAND, TAX = (
    holder_named("Bộ phận Một cửa"),
    holder_named("Chi nhánh VPĐKĐĐ Cam Lâm", 7),
    holder_named("Chi cục Thuế"),
)


def at(day, hour=0, minute=0):
    """An hour of June 2021, a month without a holiday; the 1st is a Tuesday."""
    return datetime(2021, 6, day, hour, minute, tzinfo=ZONE)


def day(number):
    return date(2021, 6, number)


def step(serial, holder, start, end=None, limit=None, name="Bước"):
    return CourseStep(
        serial=serial, name=name, holder=holder, started_at=start, ended_at=end, limit_at=limit
    )


START, END, ASKED = at(1, 8), at(11, 16), at(30)


def course(*steps, received=START, ended=END, waits=()):
    return Course(dossier_id=1, received_at=received, ended_at=ended, waits=waits, steps=steps)


def held(found, as_of=ASKED):
    split = split_time(found, CLOCK, as_of)
    return {(p.holder.kind.value, p.holder.text): p.seconds for p in split.parts}, split.whole


# --- the clock ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(1, 8), at(1, 11), 3),
        (at(1, 6), at(1, 7), 0),
        (at(1, 11), at(1, 14), 1.5),
        (at(1, 16), at(2, 8), 1.5),
        (at(1), at(2), 8),
        (at(4, 16), at(7, 8), 1.5),
        (at(5), at(7), 0),
        (at(2), at(1), 0),
    ],
    ids=[
        "a morning",
        "before work",
        "over noon",
        "over night",
        "a whole day",
        "over a weekend",
        "a weekend",
        "reversed",
    ],
)
def test_only_working_hours_of_working_days_count(start, end, hours):
    assert CLOCK.between(start, end) == hours * 3600


def test_a_day_of_work_is_as_long_as_the_working_hours_say():
    assert CLOCK.days_in(CLOCK.between(at(1), at(8))) == 5
    short = WorkingClock(CALENDAR, working_hours("08:00-11:00, 14:00-16:00"))
    assert short.hours.a_day == 5 * 3600
    assert short.days_in(short.between(at(1), at(8))) == 5


def test_a_holiday_and_a_compensatory_day_are_counted_as_the_calendar_says():
    tet = datetime(2021, 2, 9, tzinfo=ZONE), datetime(2021, 2, 18, tzinfo=ZONE)
    assert CLOCK.days_in(CLOCK.between(*tet)) == 2
    worked_saturday = datetime(2026, 8, 22, tzinfo=ZONE), datetime(2026, 8, 23, tzinfo=ZONE)
    assert CLOCK.days_in(CLOCK.between(*worked_saturday)) == 1


def test_an_instant_beyond_the_calendar_reads_as_its_nearer_end():
    before, after = datetime(1990, 1, 1, tzinfo=UTC), datetime(2990, 1, 1, tzinfo=UTC)
    assert CLOCK.reading(before) == 0
    assert CLOCK.reading(after) == CLOCK.reading(datetime(2995, 1, 1, tzinfo=UTC)) > 0


def test_days_are_those_of_the_files_own_zone():
    night = datetime(2011, 6, 14, 22, 30, tzinfo=UTC)
    assert CLOCK.day_of(night) == date(2011, 6, 15)
    assert WorkingClock(CALENDAR, zone=ZoneInfo("Europe/Amsterdam")).day_of(night) == date(
        2011, 6, 15
    )
    assert WorkingClock(CALENDAR, zone=ZoneInfo("UTC")).day_of(night) == date(2011, 6, 14)


@pytest.mark.parametrize(
    "text", ["", "8-17", "08:00-07:00", "08:00-12:00,11:00-17:00", "08:00-25:00", "aa:00-12:00"]
)
def test_working_hours_that_cannot_be_are_refused(text):
    with pytest.raises(Invalid) as refused:
        working_hours(text)
    assert refused.value.errors == {"working_hours": "working_hours"}


# --- the split ---------------------------------------------------------------------------


def test_each_holder_has_the_time_of_its_steps():
    found, whole = held(
        course(
            step(1, COUNTER, at(1, 8), at(1, 9)),
            step(2, LAND, at(1, 9), at(8, 9)),
            step(3, COUNTER, at(8, 9), at(11, 16)),
        )
    )
    assert found["land_office", LAND.text] == 5 * DAY
    assert found["counter", COUNTER.text] == whole - 5 * DAY


def test_while_the_citizen_is_waited_for_nobody_else_has_the_time():
    found, whole = held(course(step(1, LAND, at(1, 8), at(11, 16)), waits=(Wait(day(1), day(3)),)))
    assert found["citizen", ""] == 2 * DAY
    assert found["land_office", LAND.text] == whole - 2 * DAY


def test_waits_that_overlap_count_once_and_an_open_one_lasts_to_the_day_asked():
    waits = (Wait(day(1), day(3)), Wait(day(2), day(3)), Wait(day(8)))
    found, _ = held(course(step(1, LAND, at(1)), received=at(1), ended=None, waits=waits), at(12))
    assert found["citizen", ""] == 5 * DAY
    assert found["land_office", LAND.text] == 4 * DAY


def test_of_two_steps_at_once_the_later_begun_has_the_time():
    found, _ = held(
        course(
            step(1, LAND, at(1), at(11)),
            step(2, TAX, at(2), at(4)),
            received=at(1),
            ended=at(11),
        )
    )
    assert found == {("land_office", LAND.text): 6 * DAY, ("tax", TAX.text): 2 * DAY}


def test_time_no_step_speaks_of_is_named_so():
    found, whole = held(
        course(step(1, LAND, at(2), at(3)), received=at(1), ended=at(4)),
    )
    assert found == {("unlogged", ""): 2 * DAY, ("land_office", LAND.text): DAY}
    assert whole == 3 * DAY


def test_a_dossier_without_a_log_is_silence_from_end_to_end():
    found, whole = held(course(received=at(1), ended=at(3)))
    assert found == {("unlogged", ""): whole}


def test_what_came_before_receipt_or_after_the_end_is_not_counted():
    found, whole = held(
        course(step(1, LAND, at(1), at(30)), received=at(8), ended=at(9)), as_of=at(30)
    )
    assert found == {("land_office", LAND.text): DAY}
    assert whole == DAY


def test_an_end_after_the_day_asked_is_not_known_on_that_day():
    _, whole = held(course(step(1, LAND, at(1)), received=at(1), ended=at(11)), as_of=at(3))
    assert whole == 2 * DAY


instants = st.integers(0, 60 * 24 * 90).map(lambda minutes: at(1) + timedelta(minutes=minutes))
spans = st.tuples(instants, st.none() | instants)
days = st.integers(0, 90).map(lambda number: date(2021, 6, 1) + timedelta(days=number))
some_waits = st.lists(st.builds(Wait, days, st.none() | days), max_size=4)
holders = st.sampled_from([COUNTER, LAND, TAX, CITIZEN])
logs = st.lists(st.tuples(holders, spans), max_size=12)


@given(logs, some_waits, instants, st.none() | instants, instants)
def test_the_parts_add_up_to_the_whole_whatever_the_log(log, waits, received, ended, as_of):
    steps = [step(n, holder, *span) for n, (holder, span) in enumerate(log)]
    found = course(*steps, received=received, ended=ended, waits=tuple(waits))
    split = split_time(found, CLOCK, as_of)
    assert sum(part.seconds for part in split.parts) == split.whole
    assert len({part.holder for part in split.parts}) == len(split.parts)
    assert all(part.seconds > 0 for part in split.parts)


@given(logs, some_waits, instants, st.none() | instants, instants)
def test_stretches_follow_each_other_without_gap(log, waits, received, ended, as_of):
    steps = [step(n, holder, *span) for n, (holder, span) in enumerate(log)]
    found = course(*steps, received=received, ended=ended, waits=tuple(waits))
    stretches = list(stretches_of(found, CLOCK, as_of))
    assert all(a.end == b.start for a, b in pairwise(stretches))
    assert all(_right_holder(found, stretch) for stretch in stretches)


def _right_holder(found, stretch):
    """Read the rule again, slowly: one instant, all steps."""
    here = stretch.start
    today = CLOCK.day_of(here)
    if any(w.asked_on < today and (w.answered_on or date.max) >= today for w in found.waits):
        return stretch.holder == CITIZEN
    running = [
        s for s in found.steps if s.started_at <= here and (s.ended_at is None or here < s.ended_at)
    ]
    if not running:
        return stretch.holder == UNLOGGED
    latest = max(running, key=lambda s: (s.started_at, s.serial))
    return stretch.holder == latest.holder and stretch.serial == latest.serial


# --- whose body it is --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Bộ phận Một cửa UBND xã Cam Tân", HolderKind.COUNTER),
        ("Trung tâm Phục vụ hành chính công tỉnh", HolderKind.COUNTER),
        ("Chi nhánh Văn phòng Đăng ký đất đai Cam Lâm", HolderKind.LAND_OFFICE),
        ("CN VPĐKĐĐ Diên Khánh", HolderKind.LAND_OFFICE),
        ("UBND xã Suối Cát", HolderKind.COMMUNE),
        ("UBND phường Vĩnh Hải", HolderKind.COMMUNE),
        ("UBND thị xã Ninh Hòa", HolderKind.AUTHORITY),
        ("Phòng TN&MT thị xã Ninh Hòa", HolderKind.DIVISION),
        ("Đơn vị đo đạc", HolderKind.SURVEY),
        ("Chi cục Thuế khu vực", HolderKind.TAX),
        ("Kho bạc Nhà nước", HolderKind.TREASURY),
        ("UBND huyện Cam Lâm", HolderKind.AUTHORITY),
        ("Sở Tài nguyên và Môi trường", HolderKind.DEPARTMENT),
        ("Công dân", HolderKind.CITIZEN),
        ("560464", HolderKind.OTHER),
        ("Tổ số 3", HolderKind.OTHER),
        ("  ", HolderKind.UNLOGGED),
    ],
)
def test_words_name_a_sort_of_body(words, kind):
    assert kind_of(words) is kind


def test_the_citizen_is_one_holder_however_called():
    assert holder_named("Người dân", 3) == holder_named("Chủ hồ sơ") == CITIZEN


def test_working_hours_know_the_time_of_day():
    hours = WorkingHours(((8 * 3600, 12 * 3600),))
    assert hours.until(datetime(2021, 6, 1, 9, 0, 30, tzinfo=UTC).time()) == 3630
