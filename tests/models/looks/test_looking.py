"""An applicant's name opens to who handles the case, and every look leaves a trace."""

from datetime import date

import caseload
import pytest
from sqlalchemy import insert, select

from models.looks.queries import looks_page
from models.looks.rows import DossierLookRow
from models.violations.rows import ViolationRow
from workflow.errors import Forbidden, Invalid, NotFound
from workflow.looks.usecases import (
    find_applicant,
    initials_of,
    keep_found,
    look_at_applicant,
    may_look,
)


@pytest.fixture
def own(world):
    return caseload.one(world, applicant="Nguyễn Thị Ánh")


def look(world, who, key):
    with world.office.writing() as unit:
        return look_at_applicant(unit.looks, world.actor(who), key, at=world.clock())


def looks(world):
    with world.office.reading() as unit:
        return unit.connection.execute(select(DossierLookRow.__table__)).all()


@pytest.mark.parametrize("who", ["head", "clerk", "officer"])
def test_who_handles_it_sees_the_name_and_that_is_kept(world, own, who):
    assert look(world, who, own["id"]).applicant == "Nguyễn Thị Ánh"
    [kept] = looks(world)
    assert (kept.dossier_id, kept.account_id) == (own["id"], world.accounts[who])
    assert (kept.way, kept.agency_id) == ("opened", world.agencies["H32.03"].id)


@pytest.mark.parametrize("who", ["office", "leader", "admin", "inspector"])
def test_others_who_read_the_dossier_see_initials_only(world, own, who):
    with pytest.raises(Forbidden) as refused:
        look(world, who, own["id"])
    assert refused.value.code == "applicant_closed"
    assert looks(world) == []


@pytest.mark.parametrize("who", ["foreign", "commune"])
def test_for_others_the_dossier_is_not_there(world, own, who):
    with pytest.raises(NotFound):
        look(world, who, own["id"])


def test_the_receiving_agency_and_the_one_above_handle_it_too(world):
    received = caseload.one(world, agency="H32.11", receiving="H32.10.1")["id"]
    for who in ("commune", "district", "foreign"):
        assert look(world, who, received).applicant == "Nguyễn Văn An"


def test_an_inspector_sees_it_once_a_violation_stands_on_it(world, own):
    at = world.clock()
    with world.office.writing() as unit:
        unit.connection.execute(
            insert(ViolationRow),
            {
                "type": "V16", "dossier_id": own["id"], "occurred_at": at,
                "occurred_on": date(2021, 6, 16), "recorded_at": at, "source": "detected",
                "severity": "minor", "state": "recorded", "known_from": at, "after_the_fact": False,
            },
        )  # fmt: skip
    assert look(world, "inspector", own["id"]).applicant == "Nguyễn Thị Ánh"
    with pytest.raises(Forbidden):
        look(world, "leader", own["id"])


def test_a_role_not_held_on_the_day_opens_nothing(world):
    clerk = world.actor("clerk")
    assert not may_look(clerk, date(2019, 1, 1), is_handled=True, is_case=True)
    assert may_look(clerk, date(2021, 1, 1), is_handled=True, is_case=False)


def search(world, who, words):
    with world.office.reading() as unit:
        found = find_applicant(unit.looks, world.actor(who), words, at=world.clock())
    with world.office.writing() as unit:
        keep_found(unit.looks, world.actor(who), found, at=world.clock())
    return [one.applicant for one in found]


def test_a_search_by_name_needs_no_diacritics_and_keeps_each_it_found(world, own):
    caseload.one(world, applicant="Trần Ánh Dương")
    caseload.one(world, applicant="Nguyễn Thị Ánh", agency="H32.11")
    assert search(world, "clerk", "nguyen anh") == ["Nguyễn Thị Ánh"]
    assert sorted(search(world, "clerk", "ÁNH ánh")) == ["Nguyễn Thị Ánh", "Trần Ánh Dương"]
    assert [row.way for row in looks(world)] == ["searched"] * 3
    assert search(world, "clerk", "không có ai") == []


@pytest.mark.parametrize("who", ["office", "leader", "inspector", "admin"])
def test_who_handles_nothing_searches_no_names(world, own, who):
    with pytest.raises(Forbidden):
        search(world, who, "nguyen anh")


def test_a_name_too_short_to_mean_anybody_is_refused(world, own):
    with pytest.raises(Invalid) as refused:
        search(world, "clerk", "An .")
    assert refused.value.errors == {"words": "name_too_short"}


def test_the_ledger_pages_newest_first_and_tells_no_name(world, own):
    for _ in range(3):
        look(world, "clerk", own["id"])
    with world.office.reading() as unit:
        page = looks_page(unit.connection)
        assert [row.id for row in page.rows] == sorted((r.id for r in page.rows), reverse=True)
        assert page.rows[0].who == "Hồ Văn Thư"
        assert "Ánh" not in repr(page)
        older = looks_page(unit.connection, older=page.rows[0].id)
        assert len(older.rows) == 2
        assert older.newer == older.rows[0].id
        newer = looks_page(unit.connection, newer=page.rows[-1].id)
        assert [row.id for row in newer.rows] == [row.id for row in page.rows[:2]]
        assert looks_page(unit.connection, dossier_id=own["id"] + 1).rows == ()


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Nguyễn Văn An", "N.V.A."), ("  đỗ  Đức ", "Đ.Đ."), ("", ""), ("CÔNG TY (TNHH) X", "C.T.X.")],
)
def test_initials(name, initials):
    assert initials_of(name) == initials
