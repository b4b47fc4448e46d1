"""Every act, from every state, for every role in every place, against the law kept by hand."""

from datetime import timedelta

import desk
import law
import pytest
from cases import BRANCH, DAY, LEAD, OFFICE, PROVINCE, STRANGER, actor, agency, file, member
from desk import HOME, OFFICE_UNIT, desk_case, escalation, given_for

from workflow.accounts.records import Role
from workflow.errors import Forbidden, Refused
from workflow.review.records import EscalationState, ReviewAction
from workflow.review.rules import LIFECYCLE, NOT_THEIR_CASE, doors, refusal_of, take
from workflow.review.table import TABLE

GIVEN = {
    ReviewAction.ACKNOWLEDGE: {},
    ReviewAction.REQUEST_EXPLANATION: {
        "paper": "15/UBND-NC",
        "paper_on": DAY,
        "text": "Đề nghị giải trình",
        "working_days": 5,
    },
    ReviewAction.EXPLAIN: {"text": "Do thiếu người"},
    ReviewAction.RECORD_EXPLANATION: {
        "text": "Do thiếu người",
        "paper": "88/UBND",
        "paper_on": DAY,
    },
    ReviewAction.NOTE_NO_EXPLANATION: {},
    ReviewAction.PROPOSE: {"measure": "admonition", "reason": "Lần đầu"},
    ReviewAction.SEND_BACK: {"reason": "Chưa rõ"},
    ReviewAction.DECIDE: {"measure": "admonition", "reason": "Đồng ý"},
    ReviewAction.RECORD_DECISION: {
        "measure": "criticism",
        "paper": "99/QĐ-UBND",
        "paper_on": DAY,
        "signer": "Chủ tịch",
        "files": (file(),),
    },
    ReviewAction.ISSUE_DIRECTIVE: {
        "paper": "100/UBND-NC",
        "paper_on": DAY,
        "signer": "Chủ tịch",
        "issuer": "UBND tỉnh",
        "subject": "Chấn chỉnh",
        "agency": agency(LEAD),
        "content": "Chấn chỉnh việc giải quyết hồ sơ",
        "deadline_text": "30/9/2021",
    },
    ReviewAction.CLOSE: {"result": "Đã nhắc nhở"},
    ReviewAction.HAND_ON: {"colleague": 602, "reason": "Nghỉ phép"},
}
"""What a person who knows the form gives with each act."""
KINDS = {
    "a branch": (
        law.read(desk.ABOUT_A_BRANCH),
        BRANCH,
        {
            "own": BRANCH,
            "above": LEAD,
            "province": PROVINCE,
            "home": HOME,
            "office": OFFICE,
            "other": STRANGER,
        },
        {},
    ),
    "the office's own unit": (
        law.read(desk.ABOUT_THE_OFFICE),
        OFFICE_UNIT,
        {
            "own": OFFICE_UNIT,
            "office": OFFICE,
            "province": PROVINCE,
            "home": HOME,
            "other": STRANGER,
        },
        {ReviewAction.HAND_ON: {"colleague": 603, "reason": "Nghỉ phép"}},
    ),
}
STATES = law.read(desk.STATES)


def someone(role, where, **more):
    if where != OFFICE_UNIT:
        return actor(role, where, **more)
    own: dict = {"agency_id": OFFICE_UNIT, "agency_path": desk.path(OFFICE_UNIT)}
    own |= {"agency_is_office": False, "memberships": (member(role, OFFICE_UNIT),)}
    return actor(role, OFFICE, **(own | more))


def expected(grid, action, state, letter, place):
    """Return what the hand-kept tables say: a refusal's code, or None when it is open."""
    cell = grid.rows[action.value][place]
    if letter.casefold() not in cell.casefold():
        return "not_yours"
    if STATES.rows[action.value][state.value] == ".":
        return "wrong_case_state"
    if letter.lower() in cell:
        return "conflict_of_interest"
    return "goes_to_home_affairs" if f"{letter}!" in cell else None


def outcome(action, one, given):
    """Take the act and return its refusal's code and the step that stands afterwards."""
    try:
        step = take(action, one, given_for(action, **given))
    except Refused as error:
        theirs = error.code not in NOT_THEIR_CASE
        return error.code if theirs is not isinstance(error, Forbidden) else repr(error), None
    return None, step


def cells(kind):
    grid, about, places, _ = KINDS[kind]
    for state in EscalationState:
        for place in grid.columns:
            for letter, role in law.ROLES.items():
                yield grid, about, state, place, letter, Role(role), places[place]


def test_the_tables_name_every_act_state_and_place():
    actions = {action.value for action in ReviewAction}
    assert set(STATES.rows) == actions
    assert set(STATES.columns) == {state.value for state in EscalationState}
    assert {row.action for row in TABLE} == set(ReviewAction) == set(GIVEN)
    for grid, _, places, _ in KINDS.values():
        assert set(grid.rows) == actions
        assert set(grid.columns) == set(places)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("action", ReviewAction)
def test_a_click_and_its_door_say_what_the_law_says(kind, action):
    wrong = []
    given = GIVEN[action] | KINDS[kind][3].get(action, {})
    for grid, about, state, place, letter, role, where in cells(kind):
        one = desk_case(escalation(state, about=about), someone(role, where))
        door = next(door for door in doors(one) if door.action is action)
        told = door.refusal.code if door.refusal else None
        code, step = outcome(action, one, given)
        wanted = expected(grid, action, state, letter, place)
        landed = step.escalation.state.value if step else "."
        target = STATES.rows[action.value][state.value] if wanted is None else "."
        if (told, code, landed) != (wanted, wanted, target):
            wrong.append((state.value, place, role.value, wanted, told, code, landed))
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("action", ReviewAction)
def test_nothing_is_open_to_whoever_does_not_hold_the_role_that_day(kind, action):
    yesterday, tomorrow = DAY - timedelta(days=1), DAY + timedelta(days=1)
    for _, about, state, _place, _letter, role, where in cells(kind):
        for period in (
            member(role, where, until=yesterday),
            member(role, where, since=tomorrow),
            member(role, where + 1),
        ):
            who = someone(role, where, memberships=(period,))
            refusal = refusal_of(action, desk_case(escalation(state, about=about), who))
            assert refusal is not None
            assert refusal.code == "role_not_held"


def test_the_drawn_diagram_has_the_arrows_of_the_law_and_no_other():
    stated = {
        (state, target, action)
        for action, row in STATES.rows.items()
        for state, target in row.items()
        if target not in {".", state}
    }
    drawn = set()
    for line in LIFECYCLE.diagram().splitlines()[1:]:
        source, _, rest = line.strip().partition(" --> ")
        target, _, names = rest.partition(": ")
        if "[*]" not in (source, target):
            drawn |= {(source, target, name) for name in names.split(", ")}
    assert drawn == stated


def test_no_act_of_people_leads_into_or_out_of_a_retracted_case():
    for row in STATES.rows.values():
        assert row["retracted"] == "."
        assert "retracted" not in row.values()
