"""Who reads what of a directive: the scope of product.md section 1."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cases import (
    AT,
    BRANCH,
    COMMUNE,
    DAY,
    DISTRICT,
    FAR_COMMUNE,
    FAR_DISTRICT,
    FOLLOWER,
    HAMLET,
    LEAD,
    LEAD_CLERK,
    NAMES,
    OFFICE,
    OTHER_COMMUNE,
    PEER,
    PROVINCE,
    STRANGER,
    VERIFIER,
    actor,
    calendar,
    directive,
    member,
    part_of_district,
    path_of,
)

from workflow.accounts.records import Actor, Role
from workflow.directives.records import Action, Sight
from workflow.directives.standing import Standing, sight, standings
from workflow.directives.usecases import Ground, look_at, take_action
from workflow.errors import NotFound, Stale

AGENCY = (Role.AGENCY_HEAD, Role.AGENCY_CLERK, Role.AGENCY_OFFICER)
PROVINCIAL = (Role.OFFICE, Role.LEADER, Role.INSPECTOR)


def seen(role, where, of, *, shares=False, **more):
    return sight(actor(role, where, **more), of, DAY, shares_document=shares)


@pytest.mark.parametrize("role", AGENCY)
@pytest.mark.parametrize(
    ("of", "full"),
    [
        (directive(), {LEAD, PEER, PROVINCE}),
        (part_of_district(), {COMMUNE, DISTRICT, PROVINCE, PEER}),
        (
            directive(coordinating=frozenset({COMMUNE}), coordinating_paths=(path_of(COMMUNE),)),
            {LEAD, COMMUNE, DISTRICT, PROVINCE},
        ),
    ],
)
def test_an_agency_reads_its_own_work_and_that_of_units_under_it(role, of, full):
    for where in NAMES:
        wanted = Sight.FULL if where in full else Sight.NONE
        assert seen(role, where, of) is wanted, NAMES[where]


@pytest.mark.parametrize("role", AGENCY)
def test_who_holds_another_clause_reads_the_clause_and_not_the_reports(role):
    for where in (STRANGER, FAR_COMMUNE, HAMLET, BRANCH):
        assert seen(role, where, directive(), shares=True) is Sight.CLAUSE


@pytest.mark.parametrize("role", PROVINCIAL)
@pytest.mark.parametrize("where", [OFFICE, PROVINCE, FOLLOWER, STRANGER, FAR_COMMUNE])
def test_office_leader_and_inspector_read_the_province(role, where):
    for of in (directive(), part_of_district()):
        assert seen(role, where, of) is Sight.FULL


@pytest.mark.parametrize("where", [OFFICE, LEAD, PROVINCE])
def test_an_administrator_has_no_say_and_no_sight_in_any_case(where):
    for shares in (False, True):
        assert seen(Role.ADMIN, where, directive(), shares=shares) is Sight.NONE


@pytest.mark.parametrize("role", Role)
def test_a_role_not_held_that_day_reads_nothing(role):
    for period in (
        (),
        (member(role, LEAD, until=DAY - timedelta(days=1)),),
        (member(role, LEAD, since=DAY + timedelta(days=1)),),
        (member(role, PEER),),
    ):
        for shares in (False, True):
            assert seen(role, LEAD, directive(), shares=shares, memberships=period) is Sight.NONE


OVERSEES = {Standing.OVERSEER, Standing.JUDGE, Standing.DECIDER, Standing.DIRECTOR}


def test_a_scope_that_cannot_be_resolved_reads_nothing():
    lost = actor(Role.AGENCY_CLERK, LEAD, agency_path="")
    for shares in (False, True):
        assert sight(lost, directive(), DAY, shares_document=shares) is Sight.NONE
    nobody = Actor(account_id=9, name="", role=None, agency_id=None)
    assert sight(nobody, directive(), DAY, shares_document=True) is Sight.NONE


def test_a_path_is_compared_step_by_step_and_not_letter_by_letter():
    """Agency 4 is not above agency 44."""
    of = directive(lead_agency_id=44, lead_path="/1/44/", coordinating_paths=())
    assert seen(Role.AGENCY_HEAD, LEAD, of) is Sight.NONE


def test_the_named_system_account_reads_everything_and_stands_nowhere():
    system = Actor(account_id=1, name="Hệ thống", role=None, agency_id=None, is_system=True)
    assert sight(system, directive(), DAY, shares_document=False) is Sight.FULL
    assert standings(system, directive(), DAY) == frozenset()


@pytest.mark.parametrize(
    ("role", "where", "wanted"),
    [
        (Role.AGENCY_OFFICER, LEAD, {Standing.LEAD, Standing.LEAD_OFFICER}),
        (Role.AGENCY_CLERK, LEAD, {Standing.LEAD, Standing.LEAD_SUBMITTER}),
        (Role.AGENCY_HEAD, LEAD, {Standing.LEAD, Standing.LEAD_SUBMITTER}),
        (Role.AGENCY_HEAD, PEER, {Standing.COORDINATOR, Standing.COORDINATOR_SUBMITTER}),
        (Role.AGENCY_HEAD, BRANCH, set()),
        (Role.AGENCY_HEAD, PROVINCE, set()),
        (Role.OFFICE, OFFICE, OVERSEES),
        (Role.OFFICE, FOLLOWER, OVERSEES),
        (Role.OFFICE, STRANGER, set()),
        (Role.OFFICE, LEAD, set()),
        (Role.AGENCY_HEAD, OFFICE, set()),
        (Role.AGENCY_CLERK, FOLLOWER, set()),
        (Role.INSPECTOR, STRANGER, {Standing.JUDGE}),
        (Role.LEADER, PROVINCE, {Standing.DECIDER, Standing.DIRECTOR}),
        (Role.ADMIN, OFFICE, set()),
    ],
)
def test_what_a_person_is_to_a_directive(role, where, wanted):
    assert standings(actor(role, where), directive(), DAY) == wanted


@pytest.mark.parametrize(
    ("role", "where", "wanted"),
    [
        (Role.AGENCY_CLERK, DISTRICT, OVERSEES | {Standing.HANDING_SUBMITTER}),
        (Role.AGENCY_OFFICER, DISTRICT, set()),
        (Role.AGENCY_CLERK, COMMUNE, {Standing.LEAD, Standing.LEAD_SUBMITTER}),
        (Role.AGENCY_CLERK, OTHER_COMMUNE, set()),
        (Role.AGENCY_CLERK, FAR_DISTRICT, set()),
        (Role.OFFICE, OFFICE, set()),
        (Role.OFFICE, DISTRICT, set()),
        (Role.INSPECTOR, STRANGER, set()),
        (Role.LEADER, PROVINCE, {Standing.DIRECTOR}),
    ],
)
def test_what_a_person_is_to_a_part(role, where, wanted):
    assert standings(actor(role, where), part_of_district(), DAY) == wanted


def test_a_part_of_a_part_is_verified_by_who_handed_it_down_and_by_no_one_further_up():
    deeper = part_of_district(
        lead_agency_id=HAMLET,
        lead_path=path_of(HAMLET),
        handed_by_id=COMMUNE,
        handed_by_path=path_of(COMMUNE),
    )
    judges = {
        where
        for where in NAMES
        for role in Role
        if Standing.JUDGE in standings(actor(role, where), deeper, DAY)
    }
    assert judges == {COMMUNE}


# --- what the use case answers -------------------------------------------------------------


class OneDirective:
    """A memory that holds one directive and keeps nothing."""

    def __init__(self, of, *, shares=False, followed=False):
        self.of, self.shares, self.followed, self.asked = of, shares, followed, 0

    def directive(self, number):
        return self.of if number == self.of.number else None

    def follows(self, *_):
        return self.followed

    def shares_document(self, *_):
        self.asked += 1
        return self.shares


def test_what_is_outside_the_scope_is_not_there():
    stranger = actor(Role.AGENCY_CLERK, STRANGER)
    for memory in (OneDirective(directive()), OneDirective(replace(directive(), number="x"))):
        with pytest.raises(NotFound):
            look_at(memory, stranger, "2021-0001-01", DAY)


def test_holding_another_clause_is_asked_only_where_it_matters():
    memory = OneDirective(directive(), shares=True)
    assert look_at(memory, LEAD_CLERK, "2021-0001-01", DAY)[1] is Sight.FULL
    assert memory.asked == 0
    assert (
        look_at(memory, actor(Role.AGENCY_CLERK, STRANGER), "2021-0001-01", DAY)[1] is Sight.CLAUSE
    )
    assert memory.asked == 1


def test_an_act_outside_the_scope_says_no_more_than_that_nothing_is_there():
    """Neither the state, nor the version, nor a field's error leaks out."""
    memory = OneDirective(directive())
    ground = Ground(calendar=calendar(), at=AT)
    for given in ({}, {"nonsense": 1}):
        with pytest.raises(NotFound):
            take_action(
                memory,
                actor(Role.AGENCY_CLERK, STRANGER),
                "2021-0001-01",
                Action.REPORT,
                given,
                ground=ground,
                version=1,
            )


def test_an_older_version_is_told_before_anything_else():
    memory = OneDirective(directive())
    ground = Ground(calendar=calendar(), at=AT)
    with pytest.raises(Stale) as caught:
        take_action(memory, VERIFIER, "2021-0001-01", Action.VERIFY, {}, ground=ground, version=2)
    assert caught.value.params == {"number": "2021-0001-01", "version": 3, "seen": 2}


@pytest.mark.parametrize("role", AGENCY)
def test_who_follows_an_agency_reads_its_old_work_whole_and_has_no_act_on_it(role):
    clerk = actor(role, COMMUNE)
    assert standings(clerk, directive(), DAY) == frozenset()
    assert (
        look_at(OneDirective(directive(), followed=True), clerk, directive().number, DAY)[1]
        is Sight.FULL
    )
    with pytest.raises(NotFound):
        look_at(OneDirective(directive()), clerk, directive().number, DAY)
