"""The button beside a directive: what usually comes next for whoever looks."""

from dataclasses import dataclass
from datetime import date

import pytest
from cases import DISTRICT as ABOVE
from cases import FOLLOWER, LEAD, OFFICE, actor

from workflow.accounts.records import Role
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Action, State
from workflow.directives.usual import next_step

DAY = date(2021, 9, 1)


@dataclass(frozen=True)
class Row:
    state: State = State.IN_PROGRESS
    lead_id: int = LEAD
    handed_by_id: int | None = None
    overseer_id: int | None = OFFICE
    assigner_id: int | None = None
    deadline_kind: DeadlineKind = DeadlineKind.FIXED
    decline_standing: bool = False
    extension_asked_to: date | None = None
    proposed_on: date | None = None
    suspended_since: date | None = None


HEAD, CLERK = actor(Role.AGENCY_HEAD, LEAD), actor(Role.AGENCY_CLERK, LEAD)
OFFICER, INSPECTOR = actor(Role.OFFICE, OFFICE), actor(Role.INSPECTOR, OFFICE)
LEADER = actor(Role.LEADER, OFFICE, account=7)
GIVEN, REPORTED = State.ASSIGNED, State.REPORTED


@pytest.mark.parametrize(
    ("who", "row", "step"),
    [
        (HEAD, Row(state=GIVEN), Action.ACCEPT),
        (HEAD, Row(state=GIVEN, decline_standing=True), None),
        (HEAD, Row(), Action.REPORT),
        (CLERK, Row(), Action.REPORT),
        (actor(Role.AGENCY_OFFICER, LEAD), Row(), Action.UPDATE),
        (HEAD, Row(suspended_since=DAY), None),
        (HEAD, Row(state=REPORTED), None),
        (HEAD, Row(deadline_kind=DeadlineKind.ONGOING), None),
        (HEAD, Row(lead_id=ABOVE), None),
        (OFFICER, Row(), None),
        (OFFICER, Row(state=REPORTED), Action.VERIFY),
        (OFFICER, Row(decline_standing=True), Action.REASSIGN),
        (OFFICER, Row(extension_asked_to=DAY), Action.DECIDE_EXTENSION),
        (OFFICER, Row(extension_asked_to=DAY, suspended_since=DAY), None),
        (OFFICER, Row(extension_asked_to=DAY, state=REPORTED), Action.VERIFY),
        (OFFICER, Row(proposed_on=DAY), Action.ANSWER),
        (OFFICER, Row(state=REPORTED, overseer_id=FOLLOWER), Action.VERIFY),
        (actor(Role.OFFICE, FOLLOWER), Row(state=REPORTED, overseer_id=FOLLOWER), Action.VERIFY),
        (actor(Role.OFFICE, FOLLOWER), Row(state=REPORTED), None),
        (OFFICER, Row(state=REPORTED, handed_by_id=ABOVE), None),
        (actor(Role.AGENCY_HEAD, ABOVE), Row(state=REPORTED, handed_by_id=ABOVE), Action.VERIFY),
        (actor(Role.AGENCY_CLERK, ABOVE), Row(handed_by_id=ABOVE), None),
        (LEADER, Row(state=REPORTED), None),
        (LEADER, Row(extension_asked_to=DAY), Action.DECIDE_EXTENSION),
        (LEADER, Row(extension_asked_to=DAY, assigner_id=7), Action.DECIDE_EXTENSION),
        (LEADER, Row(extension_asked_to=DAY, assigner_id=8), None),
        (INSPECTOR, Row(state=REPORTED), Action.VERIFY),
        (INSPECTOR, Row(), None),
    ],
)
def test_what_usually_comes_next(who, row, step):
    assert next_step(row, who) is step
