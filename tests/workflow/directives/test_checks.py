"""What must hold between the things given with an act, field by field."""

from datetime import date, timedelta

import pytest
from cases import (
    COMMUNE,
    DAY,
    DISTRICT,
    FAR_COMMUNE,
    HANDING_CLERK,
    LEAD,
    LEAD_CLERK,
    OTHER_COMMUNE,
    PEER,
    PROVINCE,
    STRANGER,
    VERIFIER,
    actor,
    after,
    agency,
    changed,
    directive,
    do,
    errors,
    file,
    part,
    part_of_district,
    piece,
)

from workflow.accounts.records import Role
from workflow.agencies.records import Tier
from workflow.directives.records import Action, State
from workflow.errors import Invalid
from workflow.evidence.records import EvidenceState, Purpose

ONE = timedelta(days=1)
DUE = date(2021, 9, 29)


# --- a new lead ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        (agency(STRANGER), {}),
        (agency(PEER), {}),
        (agency(LEAD), {"agency": "same_lead"}),
        (agency(PROVINCE), {"agency": "cannot_lead"}),
        (agency(STRANGER, tier=Tier.VERTICAL), {"agency": "cannot_lead"}),
        (agency(STRANGER, valid_to=DAY - ONE), {"agency": "cannot_lead"}),
        (agency(STRANGER, valid_to=DAY), {}),
        (agency(STRANGER, valid_from=DAY), {}),
        (agency(STRANGER, valid_from=DAY + ONE), {"agency": "cannot_lead"}),
    ],
)
def test_a_new_lead_stands_that_day_and_may_be_given_work(new, wanted):
    assert errors(Action.REASSIGN, directive(), VERIFIER, agency=new, reason="x") == wanted


@pytest.mark.parametrize(
    ("new", "wanted"),
    [
        (agency(OTHER_COMMUNE), {}),
        (agency(COMMUNE), {"agency": "same_lead"}),
        (agency(DISTRICT), {"agency": "not_a_unit_below"}),
        (agency(FAR_COMMUNE), {"agency": "not_a_unit_below"}),
        (agency(LEAD), {"agency": "not_a_unit_below"}),
    ],
)
def test_a_part_is_moved_only_among_units_of_the_agency_that_handed_it_down(new, wanted):
    of = part_of_district()
    assert errors(Action.REASSIGN, of, HANDING_CLERK, agency=new, reason="x") == wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"coordinating": (agency(LEAD),)}, {}),
        ({"coordinating": (agency(STRANGER, tier=Tier.VERTICAL), agency(LEAD))}, {}),
        ({"coordinating": (agency(OTHER_COMMUNE),)}, {"coordinating": "lead_coordinates"}),
        ({"coordinating": (agency(PEER),)}, {"coordinating": "coordinates_already"}),
        ({"coordinating": (agency(PROVINCE, tier=Tier.PROVINCE),)},
         {"coordinating": "cannot_coordinate"}),
        ({"coordinating": (agency(STRANGER, valid_to=DAY - ONE),)},
         {"coordinating": "cannot_coordinate"}),
        ({"no_longer": (agency(PEER),)}, {}),
        ({"no_longer": (agency(STRANGER),)}, {"no_longer": "coordinates_not"}),
    ],
)  # fmt: skip
def test_who_joins_stands_and_who_leaves_coordinated(given, wanted):
    of = directive(coordinating=frozenset({PEER}))
    new = agency(OTHER_COMMUNE)
    assert errors(Action.REASSIGN, of, VERIFIER, agency=new, reason="x", **given) == wanted


def test_the_lead_does_not_join_beside_itself():
    given = {"paper": "9/UBND", "coordinating": (agency(LEAD),)}
    found = errors(Action.AMEND, directive(), VERIFIER, **given)
    assert found == {"coordinating": "lead_coordinates"}


@pytest.mark.parametrize("action", [Action.REASSIGN, Action.RETURN])
@pytest.mark.parametrize(("due", "wanted"), [(DAY - ONE, "date_past"), (DAY, None)])
def test_a_date_set_today_does_not_lie_before_today(action, due, wanted):
    of = directive(State.REPORTED if action is Action.RETURN else State.ASSIGNED)
    given = {"agency": agency(STRANGER)} if action is Action.REASSIGN else {}
    found = errors(action, of, VERIFIER, due_on=due, reason="x", **given)
    assert found == ({"due_on": wanted} if wanted else {})


# --- extensions ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "wanted"),
    [(DUE - ONE, "not_later"), (DUE, "not_later"), (DUE + ONE, None)],
)
def test_an_extension_is_asked_for_and_granted_to_a_later_date(due, wanted):
    refused = {"due_on": wanted} if wanted else {}
    of = directive(State.IN_PROGRESS)
    found = errors(Action.REQUEST_EXTENSION, of, LEAD_CLERK, due_on=due, reason="x")
    assert found == refused
    asked = changed(of, extension_asked_to=DUE + 5 * ONE)
    found = errors(
        Action.DECIDE_EXTENSION, asked, VERIFIER, decision="granted", paper="5/UBND", due_on=due
    )
    assert found == refused


def test_a_grant_without_a_date_takes_the_one_asked_for():
    of = directive(State.IN_PROGRESS, extension_asked_to=DUE + 5 * ONE)
    granted = after(Action.DECIDE_EXTENSION, of, VERIFIER, decision="granted", paper="5/UBND")
    assert granted.due_on == DUE + 5 * ONE


def test_a_grant_never_brings_the_date_forward():
    """The date was moved by a document while the request stood."""
    of = directive(State.IN_PROGRESS, extension_asked_to=DUE + 5 * ONE)
    moved = after(Action.AMEND, of, VERIFIER, paper="9/UBND", due_on=DUE + 20 * ONE)
    assert moved.extension_asked_to == DUE + 5 * ONE
    assert errors(Action.DECIDE_EXTENSION, moved, VERIFIER, decision="granted", paper="5/UBND") == {
        "due_on": "not_later"
    }
    refused = after(
        Action.DECIDE_EXTENSION, moved, VERIFIER, decision="refused", paper="5/UBND", reason="x"
    )
    assert refused.due_on == DUE + 20 * ONE


def test_a_refused_extension_says_why():
    of = directive(State.IN_PROGRESS, extension_asked_to=DUE + 5 * ONE)
    assert errors(Action.DECIDE_EXTENSION, of, VERIFIER, decision="refused", paper="5/UBND") == {
        "reason": "required"
    }
    assert (
        errors(
            Action.DECIDE_EXTENSION, of, VERIFIER, decision="refused", paper="5/UBND", reason="x"
        )
        == {}
    )


def test_the_office_says_where_the_decision_it_records_stands_and_nobody_else_needs_to():
    of = directive(State.IN_PROGRESS, extension_asked_to=DUE + 5 * ONE)
    granted = {"decision": "granted"}
    assert errors(Action.DECIDE_EXTENSION, of, VERIFIER, **granted) == {"paper": "decision_unnamed"}
    recorded = granted | {"paper": "5/UBND", "said_by": "Nguyễn Tấn Tuân"}
    assert errors(Action.DECIDE_EXTENSION, of, VERIFIER, **recorded) == {}
    leader = actor(Role.LEADER, PROVINCE)
    assert errors(Action.DECIDE_EXTENSION, of, leader, **granted) == {}
    assert errors(Action.DECIDE_EXTENSION, of, leader, **recorded) == {"said_by": "unknown_field"}


@pytest.mark.parametrize("action", [Action.CORRECT, Action.AMEND, Action.WITHDRAW, Action.SUSPEND])
def test_the_document_an_act_rests_on_is_not_dated_after_it(action):
    of = directive(State.IN_PROGRESS)
    given = {"paper": "9/UBND", "reason": "x"}
    given |= {"content": "Chữ khác"} if action in {Action.CORRECT, Action.AMEND} else {}
    assert errors(action, of, VERIFIER, paper_date=DAY, **given) == {}
    found = errors(action, of, VERIFIER, paper_date=DAY + ONE, **given)
    assert found == {"paper_date": "date_future"}


def test_a_decision_is_one_of_two():
    of = directive(State.IN_PROGRESS, extension_asked_to=DUE + 5 * ONE)
    for word in ("perhaps", "GRANTED", "granted\u0000x"):
        with pytest.raises(Invalid) as caught:
            do(Action.DECIDE_EXTENSION, of, VERIFIER, decision=word, paper="5/UBND")
        assert caught.value.errors == {"decision": "not_a_choice"}


# --- reports ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "evidence", "files", "wanted"),
    [
        ("", (), (), {}),
        ("Báo cáo", (), (), {"files": "evidence_missing"}),
        ("Báo cáo", (), (file(),), {}),
        ("Báo cáo", (piece(),), (), {}),
        ("Báo cáo", (piece(state=EvidenceState.ACCEPTED),), (), {}),
        ("Báo cáo", (piece(state=EvidenceState.REJECTED),), (), {"files": "evidence_missing"}),
        ("Báo cáo", (piece(is_current=False),), (), {"files": "evidence_missing"}),
        ("Báo cáo", (piece(purpose=Purpose.PAPER),), (), {"files": "evidence_missing"}),
    ],
)
def test_a_report_shows_the_output_that_is_expected(output, evidence, files, wanted):
    of = directive(State.IN_PROGRESS, expected_output=output, evidence=evidence)
    assert errors(Action.REPORT, of, LEAD_CLERK, result="x", files=files) == wanted


@pytest.mark.parametrize("state", State)
def test_a_report_over_parts_that_still_run_says_why(state):
    of = directive(State.IN_PROGRESS, parts=(part("a", State.VERIFIED), part("b", state)))
    still_runs = state not in {State.VERIFIED, State.WITHDRAWN}
    wanted = {"open_parts_reason": "open_parts"} if still_runs else {}
    assert errors(Action.REPORT, of, LEAD_CLERK, result="x") == wanted
    told = {"result": "x", "open_parts_reason": "Xã chưa gửi số liệu"}
    assert errors(Action.REPORT, of, LEAD_CLERK, **told) == {}


@pytest.mark.parametrize(
    ("day", "wanted"), [(DAY, {}), (DAY + ONE, {"report_date": "date_future"})]
)
def test_a_report_is_not_dated_after_the_day_it_is_filed(day, wanted):
    of = directive(State.IN_PROGRESS)
    assert errors(Action.REPORT, of, LEAD_CLERK, result="x", report_date=day) == wanted


@pytest.mark.parametrize("action", [Action.UPDATE, Action.REPORT])
@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        (DAY - ONE, DAY, {}),
        (DAY, DAY, {}),
        (DAY, DAY - ONE, {"period_to": "period_reversed"}),
        (DAY + ONE, None, {"period_from": "date_future"}),
        (None, DAY - ONE, {}),
        (None, DAY + 30 * ONE, {}),
    ],
)
def test_the_period_that_evidence_proves_is_in_order(action, start, end, wanted):
    of = directive(State.IN_PROGRESS)
    words = {"done": "x"} if action is Action.UPDATE else {"result": "x"}
    found = errors(action, of, LEAD_CLERK, period_from=start, period_to=end, **words)
    assert found == wanted


# --- corrections -------------------------------------------------------------------------


@pytest.mark.parametrize("action", [Action.CORRECT, Action.AMEND])
def test_a_rewrite_changes_something(action):
    of = directive(State.IN_PROGRESS, expected_output="Báo cáo")
    words = {"reason": "x"} if action is Action.CORRECT else {"paper": "1/A"}
    same = {"content": of.content, "expected_output": "Báo cáo", "due_on": of.due_on}
    assert errors(action, of, VERIFIER, **words) == {"": "no_change"}
    assert errors(action, of, VERIFIER, **words, **same) == {"": "no_change"}
    for field, value in [("content", "khác"), ("expected_output", "khác"), ("due_on", DUE + ONE)]:
        assert errors(action, of, VERIFIER, **words, **(same | {field: value})) == {}


# --- judging evidence ------------------------------------------------------------------


@pytest.mark.parametrize("action", [Action.ACCEPT_EVIDENCE, Action.REJECT_EVIDENCE])
def test_a_piece_is_judged_once_and_belongs_here(action):
    of = directive(
        State.REPORTED,
        evidence=(
            piece(1),
            piece(2, state=EvidenceState.ACCEPTED),
            piece(3, state=EvidenceState.REJECTED),
            piece(4, is_current=False),
            piece(5, purpose=Purpose.PAPER),
        ),
    )
    reason = {"reason": "x"} if action is Action.REJECT_EVIDENCE else {}
    for key, wanted in [
        (1, {}),
        (2, {"evidence": "already_judged"}),
        (3, {"evidence": "already_judged"}),
        (4, {"evidence": "not_evidence"}),
        (5, {"evidence": "not_evidence"}),
        (6, {"evidence": "not_evidence"}),
        (-1, {"evidence": "not_evidence"}),
    ]:
        assert errors(action, of, VERIFIER, evidence=key, **reason) == wanted


def test_nobody_judges_a_piece_they_uploaded():
    """Even where nothing else on the directive says that they had a hand in it."""
    of = directive(State.REPORTED, evidence=(piece(1, uploaded_by=VERIFIER.account_id), piece(2)))
    given = {"evidence": 1}
    assert errors(Action.ACCEPT_EVIDENCE, of, VERIFIER, **given) == {"evidence": "four_eyes_hand"}
    assert errors(Action.ACCEPT_EVIDENCE, of, VERIFIER, evidence=2) == {}


def test_a_rejected_piece_has_its_reason():
    with pytest.raises(Invalid) as caught:
        do(
            Action.REJECT_EVIDENCE,
            directive(State.REPORTED, evidence=(piece(),)),
            VERIFIER,
            evidence=70,
        )
    assert caught.value.errors == {"reason": "required"}
