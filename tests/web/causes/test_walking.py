"""What is kept of the logs of late dossiers says what the logs say, whatever came or was mended."""

import random
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import caseload
import pytest
from intake import row, take, write
from sqlalchemy import delete, insert, select, update
from world import staged

from models.base import table_of
from models.causes.courses import courses_at_keys
from models.causes.rows import DossierCauseRow, WalkedBrokenRow, WalkedHeldRow, WalkedRow
from models.causes.together import Behind, Wanted, kept_behind, kept_of
from models.causes.walks import Holding
from models.dossiers.filters import DossierFilter, Viewer, ways_to
from models.dossiers.late import LATE, ways_to_late
from models.dossiers.rows import DossierMonthRow, DossierRow, DossierStepRow
from models.dossiers.tallying import forget_months
from web.causes import broken, walking
from web.causes.walking import clock_of, walk_late
from web.dossiers.counting import count_stale
from web.jobs.nightly import sweep_night
from web.jobs.running import run_due
from workflow.causes.records import CauseCode, CauseSource
from workflow.causes.study import add_up
from workflow.causes.walking import take as take_log
from workflow.causes.walking import version_of
from workflow.dossiers.records import Channel
from workflow.dossiers.timing import Promise

TODAY = date(2021, 8, 23)
DAYS = (date(2021, 3, 1), date(2021, 6, 5), TODAY, date(2022, 1, 1))
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
VIEWS = (
    DossierFilter(),
    DossierFilter(first=date(2021, 2, 10), last=date(2021, 6, 20)),
    DossierFilter(by=Promise.LAST, field="Đất đai"),
    DossierFilter(agency="H32.03"),
    DossierFilter(channel=Channel.ONLINE, procedure="1.000"),
)
PEOPLE = ("office", "clerk", "other_clerk")
NOTHING = Holding("nothing", frozenset())
MOST = 10_000
KINDS = frozenset({"agency", "field", "cause"})


@pytest.fixture
def walked(world):
    return staged(world, "a year of dossiers, walked", _stock)


def _stock(world):
    keys = caseload.many(world, 700)
    running = caseload.step(
        1, "Thẩm tra", "UBND xã Cam Tân", date(2021, 4, 1), None, date(2021, 4, 2)
    )
    for source in ("igate", "coselog"):
        caseload.one(world, ended_on=date(2021, 6, 30), steps=[running], source=source)
        ended = running | {"ended_at": caseload.at(date(2021, 6, 30), 1)}
        caseload.one(world, ended_on=date(2021, 6, 30), steps=[ended], source=source)
    given = {
        "code": CauseCode.L02, "is_primary": True, "step": "", "days_lost": 3,
        "source": CauseSource.ENTERED, "entered_by": world.accounts["inspector"],
        "at": world.clock(),
    }  # fmt: skip
    with world.office.writing() as unit:
        unit.connection.execute(
            insert(DossierCauseRow), [given | {"dossier_id": k} for k in keys[:90]]
        )
        received = unit.connection.scalars(select(DossierRow.received_on)).all()
        forget_months(unit.connection, received)
    assert worked_off(world)


def worked_off(world):
    with world.app.app_context():
        count_stale(world.office, lambda _: None)
        return walk_late(world.office, lambda _: None)


def together(world, view, *, who="office", day=TODAY, kept=True):
    """Return all that a view says: by what is kept, or by its rows and their logs alone."""
    with world.office.reading() as unit:
        connection, clock = unit.connection, clock_of(world.office, unit)
        looks = Viewer(actor=world.actor(who), day=TODAY, as_of=day, calendar=clock.calendar)
        moment = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=ZONE)
        ways = ways_to(_late(view), looks)
        holds = Holding(version_of(clock), frozenset({"coselog"})) if kept else NOTHING
        if kept:
            ways = ways_to_late(connection, view, looks)
        found = kept_of(connection, ways, holds, moment, Wanted(by=view.by, kinds=KINDS), most=MOST)
        by_kept = found.sums.dossiers
        zones = {"coselog": ZoneInfo("Europe/Amsterdam")}
        keys = [one.id for one in found.left]
        courses = courses_at_keys(connection, keys, lambda source: zones.get(source, ZONE))
        add_up(found.sums, (take_log(course, clock, moment) for _, course in courses), view.by)
        behind = kept_behind(connection, ways, holds, moment, Behind(step="Thẩm tra hồ sơ"))
    said = (
        found.overall, found.sums.study(), found.sums.what_if(least=0),
        sorted(found.by_agency), sorted(found.by_field), sorted(found.by_cause),
    )  # fmt: skip
    return said, by_kept, behind


def _late(view):
    return replace(view, standing=LATE)


@pytest.mark.parametrize("day", DAYS)
def test_what_is_kept_says_what_the_logs_say(walked, day):
    used = 0
    for who in PEOPLE:
        for view in VIEWS:
            kept, by_kept, _ = together(walked, view, who=who, day=day)
            plain, none, _ = together(walked, view, who=who, day=day, kept=False)
            assert kept == plain, (view, who)
            assert none == 0
            used += by_kept
    assert used or day < TODAY


def test_nearly_all_that_ended_late_is_kept(walked):
    (overall, *_), by_kept, _ = together(walked, DossierFilter())
    assert overall.logged > by_kept > overall.logged * 0.6


def test_a_view_that_is_kept_reads_no_ended_dossier(walked):
    before, by_kept, _ = together(walked, DossierFilter())
    with walked.office.writing() as unit:
        ended = update(DossierRow).where(DossierRow.ended_on.is_not(None))
        unit.connection.execute(ended.values(promised_on=None))
    after, still_kept, _ = together(walked, DossierFilter())
    assert (after[0], still_kept) == (before[0], by_kept)
    assert together(walked, DossierFilter(), kept=False)[0][0] != before[0]


def test_the_dossiers_behind_a_bar_are_those_it_counts(walked):
    said, _, (days, left) = together(walked, DossierFilter())
    [bar] = [bar for bar in said[1].by_step if bar.key == "Thẩm tra hồ sơ"]
    plain = together(walked, DossierFilter(), kept=False)
    assert days
    assert set(left) < set(plain[2][1])
    assert not set(days) & set(left)
    assert len(days) <= bar.count <= len(days) + len(left)


def test_another_hour_of_work_walks_all_anew_by_night(walked):
    before = together(walked, DossierFilter())[1]
    assert worked_off(walked) == 0
    with walked.office.writing() as unit:
        unit.connection.execute(update(WalkedRow).values(version="another"))
        unit.connection.execute(update(DossierMonthRow).values(walked="another"))
    assert together(walked, DossierFilter())[1] == 0
    with walked.app.app_context():
        steps = sweep_night(walked.office, TODAY).steps
    assert steps["causes.walk"]["walked"] > before * 0.9
    assert together(walked, DossierFilter())[1] == before
    assert worked_off(walked) == 0


def test_walked_some_at_a_time_it_is_the_same(walked, monkeypatch):
    def everything():
        with walked.office.reading() as unit:
            run = unit.connection.execute
            return [
                sorted(map(tuple, run(select(table_of(one)))))
                for one in (WalkedRow, WalkedHeldRow, WalkedBrokenRow)
            ]

    before = everything()
    assert all(before)
    with walked.office.writing() as unit:
        for one in (WalkedBrokenRow, WalkedHeldRow, WalkedRow):
            unit.connection.execute(delete(one))
        unit.connection.execute(update(DossierMonthRow).values(walked=""))
    monkeypatch.setattr(walking, "AT_ONCE", 7)
    assert worked_off(walked) == len(before[0])
    assert everything() == before


def made(dice, number):
    received = date(2021, 1, 5) + timedelta(days=dice.randrange(200))
    promised = received + timedelta(days=dice.randrange(1, 20))
    ended = received + timedelta(days=dice.randrange(60)) if dice.random() < 0.8 else None
    return row(
        f"H32-{number:04d}",
        received=f"{received:%d/%m/%Y}",
        promised=promised,
        processed=ended,
    )


def test_after_any_imports_and_mends_it_says_what_the_logs_say(world, tmp_path):
    dice, used = random.Random(3), 0
    for turn in range(5):
        rows = [made(dice, number) for number in dice.sample(range(60), dice.randrange(10, 40))]
        take(world, write(tmp_path / f"{turn}.csv", rows))
        _log_all(world)
        for _ in range(2):
            for day in (date(2021, 5, 15), date(2021, 9, 30)):
                kept, by_kept, _ = together(world, DossierFilter(), day=day)
                assert kept == together(world, DossierFilter(), day=day, kept=False)[0]
                used += by_kept
            with world.app.app_context():
                run_due(world.office)
    assert used


def _log_all(world):
    """Give each dossier a log that follows from how it stands, as its file would."""
    with world.office.writing() as unit:
        unit.connection.execute(delete(table_of(DossierStepRow)))
        rows = unit.connection.execute(select(DossierRow.__table__)).all()
        logged = partial(caseload.step, 1, "Thẩm tra", "Chi cục Thuế")
        steps = [
            caseload.step_row(one.id, logged(one.received_on, one.ended_on, one.promised_on))
            for one in rows
        ]
        unit.connection.execute(insert(table_of(DossierStepRow)), steps)


def rows_shown(client, monkeypatch, size):
    monkeypatch.setattr(broken, "PAGE", size)
    address, seen = "/causes/rows?from=2020-12-01&step=Ký giấy chứng nhận", []
    while address:
        text = client.get(address).text
        rows = text.partition('id="rows"')[2].partition("</table>")[0]
        seen += re.findall(r"/dossiers/igate/([^\"]+)\"", rows)
        following = re.search(r'rel="next" href="([^"]+)"', text)
        address = following.group(1).replace("&amp;", "&") if following else ""
    return seen


def test_the_rows_behind_a_bar_come_in_one_order_page_by_page(walked, monkeypatch):
    client = walked.sign_in("office")
    whole = rows_shown(client, monkeypatch, 1_000)
    assert len(whole) > 20
    assert rows_shown(client, monkeypatch, 3) == whole
    with walked.office.writing() as unit:
        unit.connection.execute(update(WalkedRow).values(version="another"))
    assert rows_shown(client, monkeypatch, 1_000) == whole
