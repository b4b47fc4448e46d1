"""The desk through its use cases on both databases: papers, holders, history, notices."""

from datetime import timedelta

import pytest
from desking import (
    act,
    add_case,
    add_violations,
    bring_to,
    case_of,
    furnish_desk,
    letter,
    order,
    papers_of,
    put,
    raise_again,
    signed,
)
from sqlalchemy import select

from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.history.rows import HistoryRow
from models.messages.rows import MessageRow
from workflow.errors import Forbidden, Invalid, NotFound, Refused, Stale
from workflow.review.records import Basis, EscalationState, Measure, PaperKind, ReviewAction
from workflow.violations.records import ViolationState


@pytest.fixture(autouse=True)
def _desk(world):
    furnish_desk(world)


def entries(world, number):
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(HistoryRow.action, HistoryRow.before, HistoryRow.after, HistoryRow.given)
            .where(HistoryRow.subject == "escalation", HistoryRow.subject_key == number)
            .order_by(HistoryRow.serial)
        )
        return list(rows)


def notices(world, kind):
    with world.office.reading() as unit:
        return list(
            unit.connection.execute(
                select(MessageRow.__table__).where(MessageRow.kind == kind).order_by(MessageRow.id)
            )
        )


def test_a_case_is_read_with_the_facts_its_guards_need(world):
    settled = add_violations(world, 2)
    open_ones = add_violations(world, 1, state=ViolationState.RECORDED, agency="H32.04")
    contested = add_violations(world, 1, state=ViolationState.CONTESTED)
    case = case_of(world, add_case(world, violations=[*settled, *open_ones, *contested]))
    assert case.basis == Basis(confirmed=2, unconfirmed=1, contested=1)
    assert case.concerned == {world.agencies["H32.03.1"].id, world.agencies["H32.04"].id}
    assert (case.state, case.raise_serial, case.heard) == (EscalationState.RAISED, 1, False)
    assert case.agency_name == "Chi nhánh VPĐKĐĐ Cam Lâm"


def test_a_case_of_a_hundred_thousand_violations_is_counted_in_the_database(world):
    few = add_violations(world, 2)
    case = case_of(world, add_case(world, violations=few * 50_000))
    assert case.basis.confirmed == 100_000


def test_the_whole_way_from_raised_to_closed_leaves_every_paper(world):
    number = bring_to(world, EscalationState.CLOSED, level=2)
    kinds = [paper.kind for paper in papers_of(world, number)]
    assert kinds == [
        PaperKind.LETTER,
        PaperKind.EXPLANATION,
        PaperKind.PROPOSAL,
        PaperKind.DECISION,
        PaperKind.CLOSING,
    ]
    case = case_of(world, number)
    assert case.decided_measure is Measure.CRITICISM
    told = [entry.action for entry in entries(world, number)]
    assert told == [
        "acknowledge",
        "request_explanation",
        "explain",
        "propose",
        "decide",
        "close",
    ]
    states = [entry.after["state"] for entry in entries(world, number)]
    assert states[-1] == "closed"


def test_one_letter_and_one_explanation_serve_all_open_cases_of_an_agency(world):
    first, second, third = (bring_to(world, EscalationState.ACKNOWLEDGED) for _ in range(3))
    versions = {n: case_of(world, n).version for n in (second, third)}
    act(
        world,
        "inspector",
        first,
        ReviewAction.REQUEST_EXPLANATION,
        also={second: versions[second]},
        **letter(world),
    )
    assert case_of(world, second).state is EscalationState.EXPLANATION_REQUESTED
    assert case_of(world, third).state is EscalationState.ACKNOWLEDGED
    (one,), (other,) = papers_of(world, first), papers_of(world, second)
    assert one.id == other.id
    done = act(
        world,
        "unit_head",
        second,
        ReviewAction.EXPLAIN,
        also={first: case_of(world, first).version},
        text="Do thiếu người",
        files=(world.file("giải trình", "giai-trinh.pdf"),),
    )
    assert done.state is EscalationState.EXPLAINED
    assert case_of(world, first).heard
    assert papers_of(world, first)[-1].id == papers_of(world, second)[-1].id


def test_one_paper_serves_only_cases_of_one_agency_and_only_where_it_may(world):
    first = bring_to(world, EscalationState.ACKNOWLEDGED)
    other = bring_to(world, EscalationState.ACKNOWLEDGED, agency="H32.04")
    also = {other: case_of(world, other).version}
    with pytest.raises(Invalid) as error:
        act(
            world,
            "inspector",
            first,
            ReviewAction.REQUEST_EXPLANATION,
            also=also,
            **letter(world),
        )
    assert error.value.errors == {"also": "not_same_agency"}
    same = bring_to(world, EscalationState.ACKNOWLEDGED)
    with pytest.raises(Invalid):
        act(
            world,
            "inspector",
            first,
            ReviewAction.PROPOSE,
            also={same: case_of(world, same).version},
            measure="admonition",
            reason="x",
        )
    assert case_of(world, first).state is EscalationState.ACKNOWLEDGED


def test_a_letter_for_several_is_all_or_nothing(world):
    first = bring_to(world, EscalationState.ACKNOWLEDGED)
    second = bring_to(world, EscalationState.EXPLAINED)
    raised = add_case(world, holder="inspector")
    also = {n: case_of(world, n).version for n in (second, raised)}
    with pytest.raises(Refused) as error:
        act(
            world,
            "inspector",
            first,
            ReviewAction.REQUEST_EXPLANATION,
            also=also,
            **letter(world),
        )
    assert (error.value.code, error.value.params["number"]) == ("wrong_case_state", raised)
    assert papers_of(world, first) == []
    assert case_of(world, second).state is EscalationState.EXPLAINED


def test_a_second_person_is_told_which_version_stands(world):
    number = add_case(world)
    seen = case_of(world, number).version
    act(world, "inspector2", number, ReviewAction.ACKNOWLEDGE, version=seen)
    with pytest.raises(Stale) as error:
        act(world, "inspector", number, ReviewAction.ACKNOWLEDGE, version=seen)
    assert error.value.params["version"] == seen + 1


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("office", True),
        ("leader", True),
        ("inspector", True),
        ("head", True),
        ("officer", True),
        ("unit_head", True),
        ("other_clerk", False),
        ("district", False),
        ("admin", False),
    ],
)
def test_outside_the_scope_a_case_is_not_there(world, who, sees):
    number = add_case(world)
    wanted = Forbidden if sees else NotFound
    if who in {"inspector", "leader"}:
        wanted = Invalid
    with pytest.raises(wanted):
        act(world, who, number, ReviewAction.ACKNOWLEDGE, nothing="here")


def test_a_case_whose_agency_nobody_knows_is_the_provinces_to_see(world):
    number = add_case(world, agency=None)
    assert act(world, "inspector", number, ReviewAction.ACKNOWLEDGE).holder_id
    with pytest.raises(NotFound):
        act(world, "head", number, ReviewAction.EXPLAIN, text="x")


def test_the_hearing_is_about_the_raise_that_stands(world):
    number = bring_to(world, EscalationState.EXPLAINED)
    assert case_of(world, number).heard
    raise_again(world, number, 2, add_violations(world, 5))
    again = case_of(world, number)
    assert (again.state, again.level, again.heard) == (EscalationState.RAISED, 2, False)
    act(world, "inspector", number, ReviewAction.ACKNOWLEDGE)
    given = {"measure": "criticism", "reason": "Lặp lại"}
    with pytest.raises(Invalid) as error:
        act(world, "inspector", number, ReviewAction.PROPOSE, **given)
    assert error.value.errors == {"measure": "not_heard"}


def test_earlier_decisions_stand_in_the_file_after_a_new_raise(world):
    number = bring_to(world, EscalationState.DECIDED)
    raise_again(world, number, 2, add_violations(world, 5))
    kept = [(p.kind, p.level) for p in papers_of(world, number)]
    assert (PaperKind.DECISION, 1) in kept
    act(world, "inspector", number, ReviewAction.ACKNOWLEDGE)
    act(world, "inspector", number, ReviewAction.REQUEST_EXPLANATION, **letter(world))
    assert (PaperKind.LETTER, 2) in [(p.kind, p.level) for p in papers_of(world, number)]


def test_a_signed_decision_is_recorded_with_its_file(world):
    number = bring_to(world, EscalationState.PROPOSED)
    act(world, "office", number, ReviewAction.RECORD_DECISION, **signed(world))
    paper = papers_of(world, number)[-1]
    assert (paper.is_signed, paper.number, paper.measure) == (True, "99/QĐ-UBND", "criticism")
    (entry,) = [e for e in entries(world, number) if e.action == "record_decision"]
    assert entry.given["signer"] == "Chủ tịch"


def test_a_decision_issues_a_directive_in_one_step_and_both_name_each_other(world):
    number = bring_to(world, EscalationState.DECIDED)
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    case = case_of(world, number)
    assert case.state is EscalationState.DECIDED
    (made,) = case.directives
    directive = world.directive(made)
    assert directive.lead_name == "Sở Tài nguyên và Môi trường"
    assert directive.content == "Khắc phục dứt điểm hồ sơ đất đai trễ hạn"
    (issued,) = [e for e in entries(world, number) if e.action == "issue_directive"]
    assert issued.given["directives"] == [made]
    with world.office.reading() as unit:
        told = unit.connection.execute(
            select(HistoryRow.given).where(
                HistoryRow.subject_key == made, HistoryRow.action == "issued_from"
            )
        ).scalar_one()
    assert told == {"escalation": number}


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        ({"paper": "không số"}, {"paper": "reference_form"}),
        ({"deadline_text": "sớm nhất có thể"}, {"deadline_text": "deadline_unread"}),
        ({"deadline_text": "trước ngày 15/01/2021"}, {"deadline_text": "due_before_paper"}),
    ],
)
def test_what_a_document_refuses_the_act_refuses_at_its_own_field(world, wrong, errors):
    number = bring_to(world, EscalationState.DECIDED)
    with pytest.raises(Invalid) as error:
        act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world, **wrong))
    assert error.value.errors == errors
    with world.office.reading() as unit:
        assert unit.connection.execute(select(DirectiveRow.id)).first() is None
        assert unit.connection.execute(select(DocumentRow.id)).first() is None
    assert case_of(world, number).directives == ()


def test_a_body_that_cannot_lead_is_refused_and_nothing_is_kept(world):
    number = bring_to(world, EscalationState.DECIDED)
    vertical = order(world, agency=world.agencies["H32.90"].id)
    with pytest.raises(Refused) as error:
        act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **vertical)
    assert error.value.code == "cannot_lead"
    with world.office.reading() as unit:
        assert unit.connection.execute(select(DocumentRow.id)).first() is None


def test_a_directive_stands_when_its_case_is_retracted(world):
    number = bring_to(world, EscalationState.DECIDED)
    act(world, "office", number, ReviewAction.ISSUE_DIRECTIVE, **order(world))
    put(
        world,
        number,
        state=EscalationState.RETRACTED,
        retracted_at=world.clock(),
        state_before_retraction=EscalationState.DECIDED,
    )
    case = case_of(world, number)
    assert case.state is EscalationState.RETRACTED
    assert world.directive(case.directives[0]).state == "assigned"
    with pytest.raises(Refused) as error:
        act(world, "leader", number, ReviewAction.CLOSE, result="x")
    assert error.value.code == "wrong_case_state"


def test_silence_is_noted_and_the_case_goes_on(world, clock):
    number = bring_to(world, EscalationState.EXPLANATION_REQUESTED)
    with pytest.raises(Refused) as error:
        act(world, "inspector", number, ReviewAction.NOTE_NO_EXPLANATION)
    assert error.value.code == "explanation_day_not_over"
    clock.at += timedelta(days=10)
    done = act(world, "inspector", number, ReviewAction.NOTE_NO_EXPLANATION)
    assert done.state is EscalationState.EXPLAINED
    assert case_of(world, number).heard


def test_each_act_tells_whom_it_concerns_once(world):
    number = bring_to(world, EscalationState.PROPOSED)
    act(world, "office", number, ReviewAction.RECORD_DECISION, **signed(world))
    (asked,) = notices(world, "review_request_explanation")
    assert asked.to_agency == world.agencies["H32.03.1"].id
    assert asked.params["answer_on"] == "2021-08-26"
    (answered,) = notices(world, "review_explain")
    assert answered.to_account == world.accounts["inspector"]
    (proposed,) = notices(world, "review_propose")
    assert (proposed.to_role, proposed.to_agency) == ("office", world.agencies["H32.01"].id)
    decided = notices(world, "review_record_decision")
    assert {(n.to_agency, n.to_account) for n in decided} == {
        (world.agencies["H32.03.1"].id, None),
        (None, world.accounts["inspector"]),
    }


def test_a_proposal_above_a_reminder_tells_the_leaders(world):
    bring_to(world, EscalationState.PROPOSED, level=2)
    (proposed,) = notices(world, "review_propose")
    assert (proposed.to_role, proposed.to_agency) == ("leader", None)


def test_a_conflict_through_a_merger_is_refused_by_memory_too(world):
    from workflow.agencies.records import SuccessionKind

    with world.unit() as unit:
        unit.agencies.add_succession(
            world.agencies["H32.05"].id,
            world.agencies["H32.04"].id,
            SuccessionKind.MERGE,
            "01/NQ",
            world.office.today(),
            takes_over="",
        )
    number = add_case(world, agency="H32.04")
    with pytest.raises(Forbidden) as error:
        act(world, "inspector", number, ReviewAction.ACKNOWLEDGE)
    assert error.value.code == "conflict_of_interest"
    assert act(world, "inspector2", number, ReviewAction.ACKNOWLEDGE).holder_id


def test_a_case_about_the_offices_own_unit_goes_to_home_affairs(world):
    number = add_case(world, agency="H32.01.1")
    with pytest.raises(Refused) as error:
        act(world, "inspector", number, ReviewAction.ACKNOWLEDGE)
    assert error.value.code == "goes_to_home_affairs"
    act(world, "inspector2", number, ReviewAction.ACKNOWLEDGE)
    act(world, "inspector2", number, ReviewAction.PROPOSE, measure="admonition", reason="x")
    with pytest.raises(Forbidden) as forbidden:
        act(world, "office", number, ReviewAction.DECIDE, measure="admonition", reason="x")
    assert forbidden.value.code == "conflict_of_interest"
    (told,) = notices(world, "review_propose")
    assert told.to_agency == world.agencies["H32.02"].id
    done = act(world, "office3", number, ReviewAction.DECIDE, measure="admonition", reason="x")
    assert done.state is EscalationState.DECIDED
