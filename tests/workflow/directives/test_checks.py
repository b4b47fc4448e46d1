"""What must hold between the things given with an act, field by field."""

from datetime import date, timedelta

import pytest
from cases import (
    BRANCH,
    COMMUNE,
    DAY,
    DISTRICT,
    FAR_COMMUNE,
    FAR_DISTRICT,
    HAMLET,
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
    case,
    changed,
    directive,
    do,
    file,
    part,
    part_of_district,
    path_of,
    piece,
    ready,
)

from workflow.accounts.records import Role
from workflow.agencies.records import Tier
from workflow.directives.checks import latest_day_for_part
from workflow.directives.limits import Limits
from workflow.directives.records import Action, State
from workflow.directives.rules import take
from workflow.errors import Invalid
from workflow.evidence.records import EvidenceState, Purpose

ONE = timedelta(days=1)
DUE = date(2021, 9, 29)


def errors(action, of, who, day=DAY, limits=None, **given):
    """Return the fields refused, or nothing when the act is taken."""
    more = {"limits": limits} if limits else {}
    try:
        take(action, case(of, who, day, **more), ready(action, **given), _at(day))
    except Invalid as error:
        return error.errors
    return {}


def _at(day):
    from datetime import UTC, datetime

    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


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


# --- parts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        (agency(BRANCH), {}),
        (agency(LEAD), {"agency": "not_a_unit_below"}),
        (agency(STRANGER), {"agency": "not_a_unit_below"}),
        (agency(PROVINCE), {"agency": "not_a_unit_below"}),
        (agency(BRANCH, valid_to=DAY - ONE), {"agency": "not_a_unit_below"}),
        (agency(BRANCH, valid_to=DAY), {}),
        (agency(BRANCH, tier=Tier.VERTICAL), {"agency": "not_a_unit_below"}),
        (agency(BRANCH, path="/1/44/10/"), {"agency": "not_a_unit_below"}),
    ],
)
def test_a_part_goes_to_a_unit_under_the_lead(unit, wanted):
    of = directive(State.IN_PROGRESS)
    given = {"agency": unit, "content": "x", "due_on": DAY}
    assert errors(Action.HAND_DOWN, of, LEAD_CLERK, **given) == wanted


def test_a_unit_two_steps_below_is_below():
    of = directive(State.IN_PROGRESS, lead_agency_id=DISTRICT, lead_path=path_of(DISTRICT))
    given = {"agency": agency(HAMLET), "content": "x", "due_on": DAY}
    assert errors(Action.HAND_DOWN, of, actor(Role.AGENCY_HEAD, DISTRICT), **given) == {}


@pytest.mark.parametrize(
    ("buffer", "latest"),
    [
        (5, date(2021, 9, 22)),  # 23, 24, 27, 28, 29 September are left for the parent
        (1, date(2021, 9, 28)),
        (0, date(2021, 9, 29)),
    ],
)
def test_a_part_is_due_inside_the_parent_s_time_minus_the_buffer(buffer, latest):
    of = directive(State.IN_PROGRESS)
    limits = Limits(part_buffer_working_days=buffer)
    assert latest_day_for_part(case(of, LEAD_CLERK, limits=limits)) == latest
    for due, wanted in [(latest, {}), (latest + ONE, {"due_on": "outside_parent"})]:
        given = {"agency": agency(BRANCH), "content": "x", "due_on": due}
        assert errors(Action.HAND_DOWN, of, LEAD_CLERK, limits=limits, **given) == wanted


def test_a_dated_directive_hands_down_dated_parts():
    given = {"agency": agency(BRANCH), "content": "x"}
    dated, undated = directive(State.IN_PROGRESS), directive(State.IN_PROGRESS, due_on=None)
    assert errors(Action.HAND_DOWN, dated, LEAD_CLERK, **given) == {"due_on": "required"}
    assert errors(Action.HAND_DOWN, undated, LEAD_CLERK, **given) == {}
    assert errors(Action.HAND_DOWN, undated, LEAD_CLERK, due_on=DAY, **given) == {}
    assert latest_day_for_part(case(undated, LEAD_CLERK)) is None
    past = errors(Action.HAND_DOWN, undated, LEAD_CLERK, due_on=DAY - ONE, **given)
    assert past == {"due_on": "date_past"}


def test_a_date_beyond_the_calendar_bounds_a_part_by_itself():
    far = date(2099, 1, 1)
    of = directive(State.IN_PROGRESS, due_on=far)
    assert latest_day_for_part(case(of, LEAD_CLERK)) == far


@pytest.mark.parametrize(
    ("action", "state", "given"),
    [
        (Action.REASSIGN, State.ASSIGNED, {"agency": agency(OTHER_COMMUNE), "reason": "x"}),
        (Action.RETURN, State.REPORTED, {"reason": "x"}),
        (Action.CORRECT, State.ASSIGNED, {"reason": "x"}),
        (Action.AMEND, State.IN_PROGRESS, {"paper": "1/A"}),
        (Action.DECIDE_EXTENSION, State.IN_PROGRESS, {"decision": "granted"}),
    ],
)
@pytest.mark.parametrize(
    ("due", "wanted"),
    [(date(2021, 9, 22), {}), (date(2021, 9, 23), {"due_on": "outside_parent"})],
)
def test_a_part_s_date_stays_inside_the_parent_s_whoever_moves_it(
    action, state, given, due, wanted
):
    asked = {"extension_asked_to": due} if action is Action.DECIDE_EXTENSION else {}
    of = part_of_district(state, parent_due_on=DUE, **asked)
    assert errors(action, of, HANDING_CLERK, due_on=due, **given) == wanted
    free = changed(of, parent_due_on=None)
    assert errors(action, free, HANDING_CLERK, due_on=due, **given) == {}


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


def test_far_units_stay_far():
    of = directive(State.IN_PROGRESS, lead_agency_id=DISTRICT, lead_path=path_of(DISTRICT))
    for key in (FAR_COMMUNE, FAR_DISTRICT):
        given = {"agency": agency(key), "content": "x", "due_on": DAY}
        found = errors(Action.HAND_DOWN, of, actor(Role.AGENCY_HEAD, DISTRICT), **given)
        assert found == {"agency": "not_a_unit_below"}


# --- a report that came by paper, an instruction that is written down ---------------------


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
