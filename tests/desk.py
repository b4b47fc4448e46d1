"""Cases on the inspectors' desk for tests of its rules, and the law of the desk kept by hand.

Nothing in the tables is computed from the code: an action, a state, a role or a place that is
missing from a table makes the tests fail.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cases import (
    AT,
    BRANCH,
    DAY,
    FOLLOWER,
    NAMES,
    OFFICE,
    PROVINCE,
    STRANGER,
    calendar,
    path_of,
)

from workflow.accounts.records import Actor
from workflow.directives.needs import Given
from workflow.directives.reading import check_needs
from workflow.review.conflict import Organisation
from workflow.review.guards import Case
from workflow.review.records import Basis, Escalation, EscalationState, Measure, ReviewAction
from workflow.review.roster import Person, Roster
from workflow.review.rules import Step, take
from workflow.review.table import BY_ACTION

OFFICE_UNIT = 20
"""Trung tâm Phục vụ hành chính công, a unit of Văn phòng UBND."""
HOME = FOLLOWER
"""Sở Nội vụ."""

STATES = """
action               raised        acknowledged           explanation_requested  explained              proposed      decided  closed  retracted
acknowledge          acknowledged  .                      .                      .                      .             .        .       .
request_explanation  .             explanation_requested  .                      explanation_requested  .             .        .       .
explain              .             .                      explained              .                      .             .        .       .
record_explanation   .             .                      explained              .                      .             .        .       .
note_no_explanation  .             .                      explained              .                      .             .        .       .
propose              .             proposed               .                      proposed               .             .        .       .
send_back            .             .                      .                      .                      acknowledged  .        .       .
decide               .             .                      .                      .                      decided       .        .       .
record_decision      .             .                      .                      .                      decided       .        .       .
issue_directive      .             .                      .                      .                      .             decided  .       .
close                .             .                      .                      .                      .             closed   .       .
hand_on              raised        acknowledged           explanation_requested  explained              proposed      decided  .       .
"""
"""Where each act leads from each state; a dot: it cannot be done there."""

ABOUT_A_BRANCH = """
action               own   above  province  home  office  other
acknowledge          il    il     IL        IL    IL      IL
request_explanation  il    il     IL        IL    IL      IL
explain              HC    HC     -         -     -       -
record_explanation   i     i      I         IF    IF      I
note_no_explanation  il    il     IL        IL    IL      IL
propose              il    il     IL        IL    IL      IL
send_back            l     l      L         LFI   LF      L
decide               l     l      L         LFI   LF      L
record_decision      -     -      -         F     F       -
issue_directive      -     -      -         F     F       -
close                il    il     IL        ILF   ILF     IL
hand_on              IL    IL     IL        IL    IL      IL
"""
"""Who may, on a case about a branch of a department; the person holds it and did not propose.

Columns are where the person belongs, letters their role: H head, C clerk, O officer, F office,
L leader, I inspector, A admin. A small letter: theirs by role, and shut by a tie.
"""

ABOUT_THE_OFFICE = """
action               own   office  province  home  other
acknowledge          il    il      I!L       IL    I!L
request_explanation  il    il      I!L       IL    I!L
explain              HC    HC      -         -     -
record_explanation   i     if      I!        IF    I!
note_no_explanation  il    il      I!L       IL    I!L
propose              il    il      I!L       IL    I!L
send_back            l     lf      L         LFI   L
decide               l     lf      L         LFI   L
record_decision      -     f       -         F     -
issue_directive      -     f       -         F     -
close                il    ilf     I!L       ILF   I!L
hand_on              IL    IL      IL        IL    IL
"""
"""Who may, on a case about a unit of Văn phòng UBND; `!`: it goes to Sở Nội vụ."""


def path(agency: int) -> str:
    return f"{path_of(OFFICE)}{OFFICE_UNIT}/" if agency == OFFICE_UNIT else path_of(agency)


def organisation(**more: Any) -> Organisation:
    known = (*NAMES, OFFICE_UNIT)
    values: dict[str, Any] = {
        "paths": {key: path(key) for key in known},
        "names": {key: NAMES[key][0] for key in NAMES} | {OFFICE_UNIT: "Trung tâm PVHCC"},
        "office": OFFICE,
        "home_affairs": HOME,
    }
    return Organisation(**(values | more))


def inspector(account: int, where: int = HOME, **more: Any) -> Person:
    values: dict[str, Any] = {
        "account_id": account,
        "name": f"Thanh tra viên {account}",
        "agencies": frozenset({where}),
        "inspects_in": frozenset({where}),
    }
    return Person(**(values | more))


def leader(account: int, **more: Any) -> Person:
    values: dict[str, Any] = {
        "account_id": account,
        "name": f"Lãnh đạo {account}",
        "agencies": frozenset({PROVINCE}),
    }
    return Person(**(values | more))


ROSTER = Roster(
    inspectors=(inspector(601), inspector(602, STRANGER), inspector(603)), leaders=(leader(700),)
)


def escalation(
    state: EscalationState = EscalationState.RAISED, *, about: int = BRANCH, **more: Any
) -> Escalation:
    """A case at level 1 held by account 500, whose agency was heard; another one proposed."""
    values: dict[str, Any] = {
        "id": 9,
        "number": "VPNL-2021-0001",
        "state": state,
        "version": 4,
        "level": 1,
        "raise_serial": 1,
        "agency_id": about,
        "agency_name": "Đơn vị",
        "concerned": frozenset({about}),
        "basis": Basis(confirmed=3),
        "holder_id": 500,
        "holder_name": "Người thử",
        "holder_since": AT,
        "answer_by": DAY + timedelta(days=3),
        "letter_due_on": DAY - timedelta(days=1),
        "heard": True,
        "proposed_by": 601,
        "proposed_measure": Measure.ADMONITION,
    }
    return Escalation(**(values | more))


def desk_case(of: Escalation, who: Actor, day: date = DAY, **more: Any) -> Case:
    values: dict[str, Any] = {"organisation": organisation(), "roster": ROSTER}
    return Case(
        escalation=of,
        actor=who,
        at=AT + (day - DAY),
        day=day,
        calendar=calendar(),
        **(values | more),
    )


def given_for(action: ReviewAction, **given: Any) -> Given:
    return check_needs(BY_ACTION[action].needs, given)


def do(action: ReviewAction, case: Case, **given: Any) -> Step:
    return take(action, case, given_for(action, **given))


def changed(of: Escalation, **more: Any) -> Escalation:
    return replace(of, **more)
