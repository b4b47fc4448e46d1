"""Forms of acts ask the database for what they show, and no more for more that is held."""

from __future__ import annotations

import pytest
from escalating import Truth
from upkeep import counted_queries
from violating import add_dossiers

from workflow.accounts.usecases import system_actor
from workflow.escalation.records import GroupKey, Rule, Version, Window
from workflow.violations.scopes import DossierScope
from workflow.violations.usecases import detect

BY = {
    "MC-01": (GroupKey.AGENCY, GroupKey.FIELD),
    "MC-02": (GroupKey.AGENCY,),
    "MC-03": (),
    "MC-04": (GroupKey.TYPE,),
}
OF_THE_PAGE = 3
"""Who looks, the violation with what stands behind it, the tree of agencies."""
OF_FORESEEING = 5
"""The clock with the rules, mergers, cases with their raises, agencies' codes, violations."""


def statements(world, client, address):
    client.get(address)
    with counted_queries(world) as sent:
        assert client.get(address).status_code == 200
    return len([one for one in sent if one != "BEGIN"])


@pytest.fixture
def ruled(world, life):
    with world.unit() as unit:
        truth = Truth(
            connection=unit.connection,
            agencies={code: agency.id for code, agency in world.agencies.items()},
            by=(world.accounts["office"], world.accounts["leader"]),
            at=world.clock(),
        )
        for code, keys in BY.items():
            rule = Rule(
                code=code, violation_types=("V16",), group_by=keys, window=Window(days=30),
                levels=(1,),
            )  # fmt: skip
            truth.enact(Version(rule=rule, from_on=world.office.today().replace(month=1, day=1)))
    return life


def happen(world, count):
    """Let more dossiers of the same agency and field run late, and more cases of them stand."""
    today = world.office.today()
    late = {
        "agency_id": world.agencies["H32.03"].id, "field_text": "Đất đai",
        "promised_on": today.replace(day=1), "due_on": today.replace(day=1),
    }  # fmt: skip
    ids = add_dossiers(world, *([late] * count))
    with world.unit() as unit:
        scope = DossierScope(dossier_ids=tuple(ids), off=frozenset({"V17"}))
        actor = system_actor(unit.accounts, at=world.clock())
        detect(unit.violations, actor, scope, day=today, at=world.clock())


def test_a_form_of_an_act_asks_for_no_more_than_it_shows(ruled, overdue):
    client = ruled.sign_in("inspector")
    assert statements(ruled, client, f"/violations/{overdue.id}/confirm") <= OF_THE_PAGE


def test_foreseeing_asks_the_same_however_much_is_counted(ruled, overdue):
    client, address = ruled.sign_in("inspector"), f"/violations/{overdue.id}/overturn"
    happen(ruled, 2)
    before = statements(ruled, client, address)
    assert before <= OF_THE_PAGE + OF_FORESEEING
    happen(ruled, 30)
    assert statements(ruled, client, address) == before
