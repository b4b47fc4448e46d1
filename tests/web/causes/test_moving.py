"""Logs that still move are walked once an hour, whoever looks, and again when they are mended."""

import re
from datetime import date, datetime, timedelta

import caseload
import pytest
from sqlalchemy import insert, select, update

from models.base import table_of
from models.causes.together import Left
from models.dossiers.rows import DossierImportRow, DossierRow
from web.causes import viewing
from web.causes.moving import MovingLogs
from workflow.causes.walking import take

TODAY = date(2021, 8, 23)
PAGES = ("/causes/?from=2021-01-01&kind=step", "/causes/rows?from=2021-01-01&step=Thẩm tra")


@pytest.fixture
def late(world):
    """Twelve open dossiers, overdue, at a step that ran over."""
    step = caseload.step(1, "Thẩm tra", "UBND xã Cam Tân", date(2021, 4, 1), None, date(2021, 4, 2))
    return [caseload.one(world, steps=[step])["id"] for _ in range(12)]


@pytest.fixture
def walks(monkeypatch):
    """How many logs were walked."""
    told = []

    def noting(course, *more):
        told.append(course.dossier_id)
        return take(course, *more)

    monkeypatch.setattr(viewing, "take", noting)
    return told


def shown(client):
    """Return what both pages say, without the token and the time they were drawn."""
    told = [client.get(page).text for page in PAGES]
    assert "Thẩm tra" in told[0]
    return [re.sub(r'(name="csrf_token"[^>]*value=)"[^"]*"', r"\1", one) for one in told]


def test_pages_of_one_hour_walk_each_log_once(world, late, walks):
    world.clock.at = world.clock.at.replace(minute=5)
    first = shown(world.sign_in("office"))
    assert sorted(walks) == sorted(late)
    world.clock.at += timedelta(minutes=50)
    world.sign_in("inspector").get(PAGES[0])
    again = shown(world.sign_in("office"))
    assert sorted(walks) == sorted(late)
    assert [main_of(one) for one in again] == [main_of(one) for one in first]


def main_of(page):
    return re.search(r"<main.*?</main>", page, re.DOTALL)[0]


def test_the_next_hour_walks_all_and_another_day_asked_too(world, late, walks):
    client = world.sign_in("office")
    client.get(PAGES[0])
    world.clock.at += timedelta(hours=1)
    client.get(PAGES[0])
    assert len(walks) == 2 * len(late)
    client.get(f"{PAGES[0]}&as_of=2021-06-30")
    assert len(walks) == 3 * len(late)


def test_one_that_an_import_changed_is_walked_again(world, late, walks):
    client = world.sign_in("office")
    client.get(PAGES[0])
    imports = table_of(DossierImportRow)
    with world.unit() as unit:
        first = unit.connection.execute(select(imports)).mappings().one()
        unit.connection.execute(insert(imports), dict(first) | {"id": 2})
        changed = update(DossierRow).where(DossierRow.id == late[3])
        unit.connection.execute(changed.values(last_import_id=2))
    client.get(PAGES[0])
    assert walks[len(late) :] == [late[3]]


def test_what_is_kept_says_what_walking_anew_says(world, late):
    client = world.sign_in("office")
    kept = [shown(client) for _ in range(2)][1]
    world.office.moving = MovingLogs()
    assert [main_of(one) for one in shown(client)] == [main_of(one) for one in kept]
    assert "12 hồ sơ" in kept[1]


def test_more_than_there_is_room_for_are_walked_each_time():
    asked, logs = [], MovingLogs(most=2)
    left = [Left(n, 1) for n in range(3)]

    def walk(some):
        asked.append(len(some))
        return dict.fromkeys(some)

    assert logs.of("now", left, walk) == logs.of("now", left, walk) == []
    assert asked == [3, 3]
    logs.of("now", left[:2], walk)
    logs.of("now", left[:1], walk)
    assert asked == [3, 3, 2]


def test_what_came_within_the_hour_holds_no_time_yet(world):
    now = datetime.combine(TODAY, datetime.min.time(), world.clock.at.tzinfo)
    step = caseload.step(1, "Thẩm tra", "UBND xã Cam Tân", TODAY, None, date(2021, 8, 20))
    caseload.one(world, steps=[step], received_on=TODAY, promised_on=date(2021, 8, 20))
    world.clock.at = now.replace(hour=0, minute=10)
    assert world.sign_in("office").get(PAGES[0]).status_code == 200
