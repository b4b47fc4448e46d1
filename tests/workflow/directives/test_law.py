"""Every action, from every state, for every role in every place, against the law kept by hand."""

from datetime import timedelta

import law
import pytest
from cases import (
    AT,
    BRANCH,
    COMMUNE,
    DAY,
    DISTRICT,
    FAR_DISTRICT,
    FOLLOWER,
    FOLLOWER_BRANCH,
    HAMLET,
    LEAD,
    OFFICE,
    OTHER_COMMUNE,
    PEER,
    PROVINCE,
    SIGNED,
    STRANGER,
    actor,
    agency,
    asked,
    case,
    changed,
    directive,
    draft,
    file,
    member,
    part_of_district,
    path_of,
    piece,
    prepared,
    proposal,
    ready,
    routed,
)

from workflow.accounts.records import Actor, Role
from workflow.directives.matters import Colleague
from workflow.directives.records import Action, State
from workflow.directives.rules import LIFECYCLE, doors, refusal_of, take
from workflow.directives.standing import standings
from workflow.directives.table import TABLE
from workflow.errors import Forbidden, Refused

FACTS = {
    Action.DECLINE: {"lead_since": DAY - timedelta(days=3)},
    Action.INSIST: {"decline_standing": True},
    Action.DECIDE_EXTENSION: {"extension_asked_to": DAY + timedelta(days=40)},
    Action.ACCEPT_EVIDENCE: {"evidence": (piece(70),)},
    Action.REJECT_EVIDENCE: {"evidence": (piece(70),)},
    Action.GIVE_INPUT: {"inputs": (asked(50),)},
    Action.ANSWER: {"proposals": (proposal(60),), "proposed_on": DAY},
    Action.RESUME: {"suspended_since": DAY - timedelta(days=3)},
    Action.GIVE_BACK: {
        "prepared": tuple(prepared(by) for by in (LEAD, COMMUNE, FOLLOWER)),
        "drafts": (draft(PEER), draft(DISTRICT)),
    },
    Action.PREPARE: {"prepared": tuple(prepared(by) for by in (LEAD, COMMUNE, FOLLOWER))},
    Action.HAND_BACK: {"routings": tuple(routed(in_) for in_ in (LEAD, PEER, COMMUNE, FOLLOWER))},
    Action.TAKE_BACK: {"extension_asked_to": DAY + timedelta(days=40)},
    Action.TAKE_BACK_INPUT: {"inputs": (asked(50),)},
}
"""What must stand for an action to have anything to act on."""

GIVEN = {
    Action.ACCEPT: {},
    Action.UPDATE: {"done": "Đã rà soát"},
    Action.REPORT: {"result": "Đã xong"} | SIGNED,
    Action.RECORD_REPORT: {
        "result": "Đã xong",
        "report_number": "88/BC-STNMT",
        "report_date": DAY,
        "signer": "Võ Đình Khôi",
        "received_on": DAY,
    },
    Action.REMIND: {"text": "Đề nghị báo cáo ngay"},
    Action.DIRECT: {"text": "Ưu tiên hồ sơ tồn", "reference": "Kết luận họp 12/TB"},
    Action.DECLINE: {"paper": "12/STNMT", "ask": "other_lead", "reason": "x", "files": (file(),)},
    Action.INSIST: {"reason": "Đúng chức năng"},
    Action.REASSIGN: {"agency": agency(STRANGER), "reason": "Sai chức năng"},
    Action.HAND_DOWN: {"content": "Rà soát", "due_on": DAY + timedelta(days=4)},
    Action.REQUEST_EXTENSION: {"due_on": DAY + timedelta(days=60), "reason": "Mưa bão"},
    Action.DECIDE_EXTENSION: {"decision": "refused", "reason": "Không đủ lý do", "paper": "5/UBND"},
    Action.RECALL: {"reason": "Nhầm số liệu"},
    Action.RETURN: {"reason": "Thiếu số liệu"},
    Action.VERIFY: {"verdict": "met"},
    Action.REOPEN: {"reason": "Số liệu sai"},
    Action.ACCEPT_EVIDENCE: {"evidence": 70},
    Action.REJECT_EVIDENCE: {"evidence": 70, "reason": "Mờ"},
    Action.CORRECT: {"content": "Chữ đúng", "reason": "Lỗi gõ"},
    Action.AMEND: {"paper": "99/UBND", "content": "Chữ mới"},
    Action.WITHDRAW: {"paper": "99/UBND", "reason": "Không còn cần"},
    Action.ROUTE: {"person": Colleague(id=502, name="Đặng Chuyên Viên"), "note": "Làm ngay"},
    Action.PREPARE: {"result": "Đã xong"},
    Action.GIVE_BACK: {"note": "Thiếu số liệu"},
    Action.HAND_BACK: {"note": "Không phải việc của phòng"},
    Action.TAKE_BACK: {"taken_back": "extension", "reason": "Nhầm"},
    Action.TAKE_BACK_INPUT: {"asked_input": 50, "reason": "Đã có"},
    Action.REQUEST_INPUT: {
        "agencies": (agency(PEER),),
        "what": "Số liệu quy hoạch",
        "needed_on": DAY + timedelta(days=5),
    },
    Action.GIVE_INPUT: {"request": 50, "answer": "Gửi số liệu"},
    Action.ANSWER: {"proposed": 60, "answer": "Đồng ý"},
    Action.SUSPEND: {"paper": "99/UBND"},
    Action.RESUME: {"paper": "100/UBND"},
}
"""What a person who knows the form gives with each action."""


def led_by_follower(state, **more):
    own = {"lead_agency_id": FOLLOWER, "lead_path": path_of(FOLLOWER)}
    return directive(state, **(own | more))


KINDS = {
    "directive": (
        law.read(law.DIRECTIVE),
        directive,
        {
            "own": LEAD,
            "above": PROVINCE,
            "below": BRANCH,
            "coordinating": PEER,
            "foreign": STRANGER,
            "overseer": FOLLOWER,
            "office": OFFICE,
        },
        {Action.HAND_DOWN: {"agency": agency(BRANCH)}},
    ),
    "part": (
        law.read(law.PART),
        part_of_district,
        {
            "own": COMMUNE,
            "above": PROVINCE,
            "handing": DISTRICT,
            "below": HAMLET,
            "coordinating": PEER,
            "foreign": FAR_DISTRICT,
            "overseer": FOLLOWER,
            "office": OFFICE,
        },
        {
            Action.HAND_DOWN: {"agency": agency(HAMLET)},
            Action.REASSIGN: {"agency": agency(OTHER_COMMUNE), "reason": "Sai địa bàn"},
        },
    ),
    "followed by its own lead": (
        law.read(law.OF_THE_FOLLOWER),
        led_by_follower,
        {
            "own": FOLLOWER,
            "above": PROVINCE,
            "below": FOLLOWER_BRANCH,
            "coordinating": PEER,
            "foreign": STRANGER,
            "office": OFFICE,
        },
        {Action.HAND_DOWN: {"agency": agency(FOLLOWER_BRANCH)}},
    ),
}
STATES = law.read(law.STATES)


def expected(grid, action, state, letter, place):
    """Return what the hand-kept tables say: a refusal's code, or None when it is open."""
    cell = grid.rows[action.value][place]
    if letter.casefold() not in cell.casefold():
        return "not_yours"
    if STATES.rows[action.value][state.value] == ".":
        return "wrong_state"
    if letter.lower() in cell:
        return "four_eyes_agency"
    return law.EXCEPTIONS.get((action.value, state.value, place))


def outcome(action, one, given):
    """Take the action and return its refusal's code and the state that stands afterwards."""
    try:
        step = take(action, one, ready(action, **given), AT)
    except Refused as error:
        theirs = error.code not in {"not_yours", "role_not_held"}
        return error.code if theirs is not isinstance(error, Forbidden) else repr(error), None
    return None, step


def cells(kind):
    grid, make, places, _ = KINDS[kind]
    for state in State:
        for place in grid.columns:
            for letter, role in law.ROLES.items():
                yield grid, make, state, place, letter, Role(role), places[place]


def test_the_tables_name_every_action_state_role_and_place():
    actions = {action.value for action in Action}
    assert set(STATES.rows) == actions
    assert set(STATES.columns) == {state.value for state in State}
    assert set(law.ROLES.values()) == {role.value for role in Role}
    assert {row.action for row in TABLE} == set(Action) == set(GIVEN)
    for grid, _, places, _ in KINDS.values():
        assert set(grid.rows) == actions
        assert set(grid.columns) == set(places)
        letters = {letter for row in grid.rows.values() for cell in row.values() for letter in cell}
        assert letters <= set("HCOFLIAif-")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("action", Action)
def test_a_click_and_its_door_say_what_the_law_says(kind, action):
    wrong = []
    own = KINDS[kind][3].get(action, {})
    for grid, make, state, place, letter, role, where in cells(kind):
        one = case(make(state, **FACTS.get(action, {})), actor(role, where))
        door = next(door for door in doors(one) if door.action is action)
        code, step = outcome(action, one, GIVEN[action] | own)
        told = door.refusal.code if door.refusal else None
        wanted = expected(grid, action, state, letter, place)
        landed = step.directive.state.value if step else "."
        target = STATES.rows[action.value][state.value] if wanted is None else "."
        if (told, code, landed) != (wanted, wanted, target):
            wrong.append((state.value, place, role.value, wanted, told, code, landed))
    assert wrong == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("action", Action)
def test_nothing_is_open_to_whoever_does_not_hold_the_role_that_day(kind, action):
    yesterday, tomorrow = DAY - timedelta(days=1), DAY + timedelta(days=1)
    own = GIVEN[action] | KINDS[kind][3].get(action, {})
    for _, make, state, _place, _letter, role, where in cells(kind):
        of = make(state, **FACTS.get(action, {}))
        for period in (
            member(role, where, until=yesterday),
            member(role, where, since=tomorrow),
            member(role, where + 1),
        ):
            one = case(of, actor(role, where, memberships=(period,)))
            refusal = refusal_of(action, one)
            assert refusal is not None
            assert refusal.code == "role_not_held"
            assert outcome(action, one, own) == ("role_not_held", None)
            assert standings(one.actor, of, DAY) == frozenset()


@pytest.mark.parametrize("day", [DAY - timedelta(days=5), DAY, DAY + timedelta(days=5)])
def test_a_role_counts_from_its_first_day_to_its_last(day):
    own = member(Role.AGENCY_CLERK, LEAD, DAY - timedelta(days=5), DAY + timedelta(days=5))
    one = case(directive(), actor(Role.AGENCY_CLERK, LEAD, memberships=(own,)), day)
    assert refusal_of(Action.ACCEPT, one) is None


def test_the_system_account_acts_on_no_directive():
    system = Actor(account_id=1, name="Hệ thống", role=None, agency_id=None, is_system=True)
    for state in State:
        one = case(directive(state), system)
        assert {door.refusal.code for door in doors(one)} == {"role_not_held"}


@pytest.mark.parametrize("action", Action)
def test_every_door_of_a_page_is_judged_as_its_click(action):
    """Whatever stands on the directive: the door shows what the click would answer."""
    facts = [
        {},
        {"decline_standing": True},
        {"extension_asked_to": DAY},
        {"ever_reported": True, "judged": True},
        {"extensions_granted": 2},
        {"due_on": None},
        {"due_on": DAY - timedelta(days=1)},
        {"touched_by": frozenset({500})},
        {"reported_by": 500},
        {"verified_on": DAY - timedelta(days=400)},
        {"expected_output": "Báo cáo"},
    ]
    for kind in KINDS:
        own = KINDS[kind][3].get(action, {})
        for _, make, state, _place, _letter, role, where in cells(kind):
            for more in facts:
                of = changed(make(state), **(FACTS.get(action, {}) | more))
                one = case(of, actor(role, where))
                refusal = refusal_of(action, one)
                if refusal is None:
                    continue
                assert outcome(action, one, GIVEN[action] | own)[0] == refusal.code


def test_the_drawn_diagram_has_the_arrows_of_the_law_and_no_other():
    drawn = set()
    for line in LIFECYCLE.diagram().splitlines()[1:]:
        source, _, rest = line.strip().partition(" --> ")
        target = rest.split(":")[0]
        if "[*]" not in (source, target):
            drawn.add((source, target))
    assert drawn == law.arrows()


def test_the_diagram_begins_at_assigned_and_ends_where_nothing_leads_on():
    lines = [line.strip() for line in LIFECYCLE.diagram().splitlines()]
    assert [line for line in lines if line.startswith("[*]")] == ["[*] --> assigned"]
    assert [line for line in lines if line.endswith("[*]")] == ["withdrawn --> [*]"]


def test_every_arrow_of_the_diagram_names_its_actions():
    for line in LIFECYCLE.diagram().splitlines()[1:]:
        source, _, rest = line.strip().partition(" --> ")
        target, _, names = rest.partition(": ")
        if "[*]" in (source, target):
            continue
        stated = {action for action, row in STATES.rows.items() if row[source] == target != source}
        assert set(names.split(", ")) == stated


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_the_machine_leaves_a_state_only_by_the_law(state, action):
    stated = STATES.rows[action.value][state.value]
    assert LIFECYCLE.leaves(state.value, action.value) is (stated != ".")
