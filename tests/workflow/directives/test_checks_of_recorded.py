"""What must hold of what the office records: a report that came by paper, an instruction."""

from datetime import date, timedelta

import pytest
from cases import (
    DAY,
    PROVINCE,
    STRANGER,
    VERIFIER,
    actor,
    agency,
    directive,
    errors,
    part_of_district,
)

from workflow.accounts.records import Role
from workflow.agencies.records import Tier
from workflow.directives.records import Action, State

ONE = timedelta(days=1)
DUE = date(2021, 9, 29)


RECORDED = {
    "result": "x",
    "report_number": "88/BC-STNMT",
    "report_date": DAY - timedelta(days=4),
    "signer": "Võ Đình Khôi",
}


@pytest.mark.parametrize(
    ("received", "wanted"),
    [
        (DAY, {}),
        (DAY - timedelta(days=4), {}),
        (DAY + timedelta(days=1), {"received_on": "date_future"}),
        (DAY - timedelta(days=5), {"received_on": "before_report_date"}),
    ],
)
def test_a_signed_report_is_received_between_its_own_day_and_today(received, wanted):
    of = directive(State.IN_PROGRESS, assigned_on=DAY - timedelta(days=9))
    given = RECORDED | {"received_on": received}
    assert errors(Action.RECORD_REPORT, of, VERIFIER, **given) == wanted


def test_a_report_is_not_received_before_the_work_was_given():
    of = directive(State.IN_PROGRESS, assigned_on=DAY - timedelta(days=1))
    given = RECORDED | {"received_on": DAY - timedelta(days=2)}
    found = errors(Action.RECORD_REPORT, of, VERIFIER, **given)
    assert found == {"received_on": "before_assignment"}


def test_a_recorded_report_shows_the_output_that_is_expected():
    of = directive(State.IN_PROGRESS, expected_output="Đề án", assigned_on=DAY)
    given = RECORDED | {"report_date": DAY, "received_on": DAY}
    assert errors(Action.RECORD_REPORT, of, VERIFIER, **given) == {"files": "evidence_missing"}


def test_a_leader_speaks_for_themself_and_the_office_says_where_it_was_said():
    of = directive(State.IN_PROGRESS)
    leader = actor(Role.LEADER, PROVINCE)
    assert errors(Action.DIRECT, of, leader, text="Làm ngay") == {}
    assert errors(Action.DIRECT, of, VERIFIER, text="Làm ngay") == {"reference": "required"}
    assert errors(Action.DIRECT, of, VERIFIER, text="Làm ngay", reference="Họp 3/9") == {}
    spoken = {"text": "Làm ngay", "reference": "Họp", "said_by": "Phó Chủ tịch"}
    assert errors(Action.DIRECT, of, leader, **spoken) == {"said_by": "unknown_field"}
    late = spoken | {"said_on": date.max}
    assert errors(Action.DIRECT, of, VERIFIER, **late) == {"said_on": "date_future"}


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, {}),
        ({"new_content": "Rà soát thêm"}, {}),
        ({"new_content": "x", "new_agency": agency(STRANGER), "new_due_on": DAY}, {}),
        ({"new_due_on": DAY}, {"new_content": "required"}),
        ({"new_agency": agency(STRANGER)}, {"new_content": "required"}),
        ({"new_content": "x", "new_due_on": date.min}, {"new_due_on": "date_past"}),
        (
            {"new_content": "x", "new_agency": agency(STRANGER, tier=Tier.VERTICAL)},
            {"new_agency": "cannot_lead"},
        ),
    ],
)
def test_new_work_has_words_a_lead_and_time(more, wanted):
    leader = actor(Role.LEADER, PROVINCE)
    assert errors(Action.DIRECT, directive(State.REPORTED), leader, text="x", **more) == wanted


def test_new_work_is_not_given_from_a_part():
    leader = actor(Role.LEADER, PROVINCE)
    given = {"text": "x", "new_content": "Rà soát thêm"}
    found = errors(Action.DIRECT, part_of_district(), leader, **given)
    assert found == {"new_content": "clause_of_a_part"}
