"""Giving causes: who may, what is refused, what it leaves behind; one by one and many at once."""

from datetime import date

import caseload
import pytest
from digest import digest_of
from sqlalchemy import select

from models.causes.rows import DossierCauseRow
from models.history.rows import HistoryRow
from workflow.causes.records import CauseCode, CauseSource
from workflow.causes.usecases import MOST_AT_ONCE, Assignment, assign_causes
from workflow.errors import Forbidden, Invalid, NotFound

LATE = {"ended_on": date(2021, 7, 2)}


@pytest.fixture
def own(world):
    return caseload.one(world, **LATE)["id"]


def give(world, who, *ids, fields=frozenset(), **given):
    values = {"primary": CauseCode.L05, "secondary": (CauseCode.L12,)} | given
    with world.office.writing() as unit:
        return assign_causes(
            unit.causes, world.actor(who), ids, Assignment(**values),
            at=world.clock(), fields=fields,
        )  # fmt: skip


def standing(world, key):
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(DossierCauseRow.__table__)
            .where(DossierCauseRow.dossier_id == key)
            .order_by(DossierCauseRow.is_primary.desc(), DossierCauseRow.code)
        )
        return [(row.code, row.is_primary, row.step, row.days_lost, row.agency_id) for row in rows]


def entries(world):
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(HistoryRow.__table__)
            .where(HistoryRow.action == "assign_causes")
            .order_by(HistoryRow.serial)
        )
        return list(rows)


@pytest.mark.parametrize("who", ["head", "clerk", "officer", "office", "inspector"])
def test_who_handles_it_or_follows_it_gives_causes(world, own, who):
    tax = world.agencies["H32.90"].id
    assert give(world, who, own, agency_id=tax, step="Ra thông báo thuế", days_lost=6) == 1
    assert standing(world, own) == [
        ("L05", True, "Ra thông báo thuế", 6, tax),
        ("L12", False, "", None, None),
    ]


@pytest.mark.parametrize("who", ["leader", "admin"])
def test_leader_and_admin_see_it_and_give_none(world, own, who):
    with pytest.raises(Forbidden) as refused:
        give(world, who, own)
    assert refused.value.code == "not_yours"


@pytest.mark.parametrize("who", ["foreign", "other_clerk", "district"])
def test_for_others_it_is_not_there(world, own, who):
    with pytest.raises(NotFound):
        give(world, who, own)


def test_the_agency_above_may_and_the_receiving_one_too(world):
    below = caseload.one(world, agency="H32.10.1", **LATE)["id"]
    received = caseload.one(world, agency="H32.11", receiving="H32.10", **LATE)["id"]
    assert give(world, "district", below, received) == 2


def test_who_studies_a_field_gives_causes_in_it(world):
    land = caseload.one(world, agency="H32.11", **LATE)["id"]
    with pytest.raises(NotFound):
        give(world, "clerk", land)
    assert give(world, "clerk", land, fields=frozenset({"Đất đai"})) == 1


def test_each_change_leaves_one_entry_and_the_same_again_leaves_none(world, own):
    give(world, "clerk", own, reason="đọc nhật ký")
    give(world, "clerk", own, reason="lần nữa")
    give(world, "office", own, primary=CauseCode.L02, secondary=())
    first, second = entries(world)
    assert first.after["causes"] == ["L05", "L12"]
    assert (first.before, first.reason, first.subject_key) == ({}, "đọc nhật ký", str(own))
    assert second.before["causes"] == ["L05", "L12"]
    assert second.after["causes"] == ["L02"]
    assert standing(world, own) == [("L02", True, "", None, None)]


def test_whether_a_cause_was_taken_as_suggested_is_kept(world, own):
    give(world, "clerk", own, suggested=frozenset({CauseCode.L05}))
    with world.office.reading() as unit:
        rows = dict(
            unit.connection.execute(select(DossierCauseRow.code, DossierCauseRow.source)).all()
        )
    assert rows == {"L05": CauseSource.SUGGESTED, "L12": CauseSource.ENTERED}


def test_many_at_once_are_all_or_none(world, own):
    others = [caseload.one(world, **LATE)["id"] for _ in range(4)]
    abroad = caseload.one(world, agency="H32.11", **LATE)["id"]
    before = digest_of(world.office.engine)
    with pytest.raises(NotFound):
        give(world, "clerk", own, *others, abroad)
    assert digest_of(world.office.engine) == before
    assert give(world, "clerk", own, *others) == 5
    assert len(entries(world)) == 5


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"primary": None}, {"primary": "required"}),
        ({"secondary": (CauseCode.L05,)}, {"secondary": "cause_twice"}),
        ({"secondary": (CauseCode.L01, CauseCode.L01)}, {"secondary": "cause_twice"}),
        ({"agency_id": 999_999}, {"agency_id": "not_an_agency"}),
        ({"step": "x" * 501}, {"step": "too_long"}),
        ({"days_lost": -1}, {"days_lost": "not_a_number"}),
        ({"days_lost": 5_001}, {"days_lost": "not_a_number"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, own, given, errors):
    before = digest_of(world.office.engine)
    with pytest.raises(Invalid) as refused:
        give(world, "clerk", own, **given)
    assert refused.value.errors == errors
    assert digest_of(world.office.engine) == before


def test_nothing_and_too_many_are_refused(world):
    for ids in ((), tuple(range(MOST_AT_ONCE + 1))):
        with pytest.raises(Invalid) as refused:
            give(world, "clerk", *ids)
        assert refused.value.errors == {"ids": "choose_dossiers"}
