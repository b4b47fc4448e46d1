"""What is kept of a month's ended dossiers says what its rows say, whatever came or was mended."""

import random
from datetime import date, timedelta

import caseload
import pytest
from intake import row, take, write
from sqlalchemy import select, update
from world import staged

from models.dossiers.filters import DossierFilter, Viewer, ways_to
from models.dossiers.imports import note_ids
from models.dossiers.kept_rates import rates_of
from models.dossiers.lists import count_of
from models.dossiers.rates import By, rates
from models.dossiers.rows import DossierImportRow, DossierMonthRow, DossierRow
from models.dossiers.tallying import STALE, forget_months
from web.dossiers.counting import count_stale
from web.jobs.nightly import sweep_night
from web.jobs.running import run_due
from workflow.calendar.vietnam import vietnam_calendar
from workflow.dossiers.records import Channel

TODAY = date(2021, 8, 23)
DAYS = (date(2021, 3, 1), date(2021, 6, 5), TODAY, date(2022, 1, 1))
MANY = 700
VIEWS = (
    DossierFilter(),
    DossierFilter(first=date(2021, 1, 1)),
    DossierFilter(first=date(2021, 2, 10), last=date(2021, 6, 20)),
    DossierFilter(last=date(2021, 5, 31)),
    DossierFilter(first=date(2021, 8, 1), last=date(2021, 12, 31)),
    DossierFilter(field="Đất đai"),
    DossierFilter(agency="H32.03"),
    DossierFilter(agency="H32.03", alone=True, field="Đất đai"),
    DossierFilter(agency_text="Chi nhánh VPĐKĐĐ Cam Lâm"),
    DossierFilter(procedure="1.004199"),
    DossierFilter(procedure_text="Tách thửa"),
    DossierFilter(channel=Channel.ONLINE),
)
PEOPLE = ("office", "clerk")


@pytest.fixture
def counted(world):
    return staged(world, "a year of dossiers, counted", _stock)


def _stock(world):
    caseload.year(world, MANY)
    for name in ("Cấp đổi giấy", "Tách thửa", "Tách thửa", ""):
        caseload.one(
            world, procedure_code="", procedure_text=name, ended_on=date(2021, 6, 20), status=9
        )
    with world.office.writing() as unit:
        received = unit.connection.scalars(select(DossierRow.received_on)).all()
        forget_months(unit.connection, received)
    assert counted_now(world)


def work_off(world):
    with world.app.app_context():
        run_due(world.office)


def counted_now(world):
    return count_stale(world.office, lambda _: None)


def viewer(world, calendar, who="office", as_of=TODAY):
    return Viewer(actor=world.actor(who), day=TODAY, as_of=as_of, calendar=calendar)


def both(world, view, by, who="office", as_of=TODAY, calendar=None):
    """Return a view's rates as the page has them, and as its rows alone give them."""
    with world.office.reading() as unit:
        looks = viewer(world, calendar or world.office.calendar(unit), who, as_of)
        shown = rates_of(unit.connection, view, looks, by)
        plain = rates(unit.connection, (ways_to(view, looks),), looks, by)
    return tuple(map(by_key, shown)), tuple(map(by_key, plain))


def by_key(groups):
    return {(group.key, group.code, group.words): group for group in groups}


def months_counted(world):
    with world.office.reading() as unit:
        counted = DossierMonthRow.calendar_version != STALE
        return set(unit.connection.scalars(select(DossierMonthRow.month).where(counted)))


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("day", DAYS)
def test_kept_rates_are_those_of_the_rows(counted, by, day):
    for who in PEOPLE:
        for view in VIEWS:
            shown, plain = both(counted, view, by, who, day)
            assert shown == plain, (view, who)


def test_a_usual_view_reads_no_ended_dossier(counted):
    """Were ended rows read beside what is kept, mending them behind its back would show."""
    before = both(counted, DossierFilter(), By.FIELD)
    with counted.office.writing() as unit:
        ended = update(DossierRow).where(DossierRow.ended_on.is_not(None))
        unit.connection.execute(ended.values(promised_on=None))
    after = both(counted, DossierFilter(), By.FIELD)
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_on_another_calendar_nothing_kept_is_used_until_it_is_counted_again(counted):
    with counted.office.writing() as unit:
        changed = update(DossierMonthRow).values(calendar_version="another")
        unit.connection.execute(changed)
        ended = update(DossierRow).where(DossierRow.ended_on.is_not(None))
        unit.connection.execute(ended.values(promised_on=None))
    shown, plain = both(counted, DossierFilter(), By.MONTH)
    assert shown == plain
    assert counted_now(counted) == len(months_counted(counted))
    assert counted_now(counted) == 0
    shown, plain = both(counted, DossierFilter(), By.MONTH)
    assert shown == plain


def made(dice, number):
    received = date(2021, 1, 5) + timedelta(days=dice.randrange(200))
    promised = received + timedelta(days=dice.randrange(1, 30)) if dice.random() < 0.9 else ""
    ended = received + timedelta(days=dice.randrange(60)) if dice.random() < 0.8 else None
    asked = received + timedelta(days=1) if dice.random() < 0.3 else None
    return row(
        f"H32-{number:04d}",
        agency=dice.choice(("UBND huyện Cam Lâm", "Sở Xây dựng", "Không ai biết")),
        field=dice.choice(("Đất đai", "Hộ tịch", "")),
        received=f"{received:%d/%m/%Y}",
        promised=promised,
        processed=ended,
        asked=asked,
        answered=asked and dice.choice((None, asked + timedelta(days=dice.randrange(20)))),
    )


def test_after_any_imports_and_mends_the_rates_are_those_of_the_rows(world, tmp_path):
    dice = random.Random(2)
    for turn in range(6):
        numbers = dice.sample(range(120), dice.randrange(10, 60))
        take(world, write(tmp_path / f"{turn}.csv", [made(dice, number) for number in numbers]))
        work_off(world)
        assert months_counted(world), "each import leaves its months to a worker"
        for by in By:
            for day in (date(2021, 4, 15), date(2021, 9, 15)):
                shown, plain = both(world, DossierFilter(), by, as_of=day)
                assert shown == plain


def test_until_it_is_counted_what_an_import_changed_is_read_from_its_rows(world, tmp_path):
    late = row("A-1", received="03/02/2021", promised="05/02/2021", processed="20/02/2021")
    take(world, write(tmp_path / "1.csv", [late, row("A-2", received="03/03/2021")]))
    work_off(world)
    assert months_counted(world) == {"2021-02", "2021-03"}
    moved = row("A-1", received="03/04/2021", promised="05/04/2021", processed="04/04/2021")
    take(world, write(tmp_path / "2.csv", [moved]))
    assert months_counted(world) == {"2021-03"}, "both its months are forgotten"
    shown, plain = both(world, DossierFilter(), By.MONTH)
    assert shown == plain
    with world.app.app_context():
        assert sweep_night(world.office, TODAY).steps["dossiers.count"] == {"months": 2}
    assert months_counted(world) == {"2021-02", "2021-03", "2021-04"}
    shown, plain = both(world, DossierFilter(), By.MONTH)
    assert shown == plain
    assert {key[0] for key in shown[0]} == {"2021-03", "2021-04"}


def listed(world, **view):
    with world.office.reading() as unit:
        looks = viewer(world, vietnam_calendar(), as_of=date(2021, 12, 31))
        return count_of(unit.connection, ways_to(DossierFilter(**view), looks))


def test_an_import_finds_its_own_dossiers_by_their_ids(world, tmp_path):
    first = take(world, write(tmp_path / "1.csv", [row(f"A-{n}") for n in range(5)])).done.id
    mended = [row("A-1", applicant="Người khác"), row("B-1"), row("B-2")]
    second = take(world, write(tmp_path / "2.csv", mended)).done.id
    for _ in range(2):
        assert (listed(world, new_in=first), listed(world, changed_in=first)) == (5, 0)
        assert (listed(world, new_in=second), listed(world, changed_in=second)) == (2, 1)
        with world.office.writing() as unit:  # as a release before this one left them
            none = {"first_dossier_id": None, "last_dossier_id": None}
            unit.connection.execute(update(DossierImportRow).values(none))


def test_the_ids_of_an_import_begun_by_an_older_release_begin_with_nothing(world, tmp_path):
    done = take(world, write(tmp_path / "1.csv", [row(f"A-{n}") for n in range(5)])).done.id
    with world.office.writing() as unit:
        none = {"first_dossier_id": None, "last_dossier_id": None}
        unit.connection.execute(update(DossierImportRow).values(none))
        note_ids(unit.connection, done, range(4, 6))
    assert listed(world, new_in=done) == 5
