"""The desk with many at once: one winner, everybody else told, no case lost, no circle."""

import threading
from collections import Counter

import pytest
from desking import (
    act,
    add_case,
    add_person,
    add_violations,
    bring_to,
    case_of,
    climb_now,
    furnish_desk,
    letter,
    papers_of,
)
from sqlalchemy import func, select

from models.history.rows import HistoryRow
from workflow.accounts.records import Role
from workflow.errors import Refused, Stale
from workflow.review.records import EscalationState, PaperKind, ReviewAction

pytestmark = pytest.mark.drill
CLIENTS = 16
ROUNDS = 12


def at_once(jobs):
    """Let every job go at the same moment, each on its own thread; return what each was told."""
    gate, answers = threading.Barrier(len(jobs)), [None] * len(jobs)

    def work(place):
        gate.wait(60)
        try:
            answers[place] = jobs[place]()
        except Exception as error:  # noqa: BLE001 - what it was is judged by the test
            answers[place] = error

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return answers


def winners(answers):
    return [answer for answer in answers if not isinstance(answer, Exception)]


def told(answers):
    return Counter(
        answer.code if isinstance(answer, Refused | Stale) else repr(answer)
        for answer in answers
        if isinstance(answer, Exception)
    )


@pytest.fixture
def crowd(world):
    furnish_desk(world)
    for place in range(CLIENTS):
        add_person(world, f"inspector-{place}", f"Người {place}", Role.INSPECTOR, "H32.02")
    return [world.actor(f"inspector-{place}") for place in range(CLIENTS)]


def entries_of(world, number, action):
    with world.office.reading() as unit:
        return unit.connection.execute(
            select(func.count()).where(
                HistoryRow.subject_key == number, HistoryRow.action == action
            )
        ).scalar_one()


def test_sixteen_inspectors_acknowledge_one_case_at_once(world, crowd):
    basis = add_violations(world, 3)
    for _ in range(ROUNDS):
        number = add_case(world, violations=basis)
        seen = case_of(world, number).version
        answers = at_once(
            [
                lambda who=who, n=number, seen=seen if place % 2 else None: act(
                    world, who, n, ReviewAction.ACKNOWLEDGE, version=seen
                )
                for place, who in enumerate(crowd)
            ]
        )
        assert len(winners(answers)) == 1, told(answers)
        assert set(told(answers)) <= {"stale", "wrong_case_state"}, told(answers)
        assert case_of(world, number).holder_id == winners(answers)[0].holder_id
        assert entries_of(world, number, "acknowledge") == 1


def test_an_agency_explains_once_however_many_press(world, crowd):
    basis = add_violations(world, 3)
    heads = [world.actor(who) for who in ("head", "clerk", "unit_head")] * 5
    for _ in range(4):
        numbers = [
            bring_to(world, EscalationState.EXPLANATION_REQUESTED, violations=basis)
            for _ in range(3)
        ]
        versions = {n: case_of(world, n).version for n in numbers}

        def explain(who, turn, numbers=numbers, versions=versions):
            first, *rest = numbers[turn % 3 :] + numbers[: turn % 3]
            return act(
                world,
                who,
                first,
                ReviewAction.EXPLAIN,
                version=versions[first],
                also={n: versions[n] for n in rest},
                text="Do thiếu người",
            )

        answers = at_once(
            [lambda who=who, turn=turn: explain(who, turn) for turn, who in enumerate(heads)]
        )
        assert len(winners(answers)) == 1, told(answers)
        assert set(told(answers)) <= {"stale", "conflict"}, told(answers)
        for number in numbers:
            kinds = [paper.kind for paper in papers_of(world, number)]
            assert kinds.count(PaperKind.EXPLANATION) == 1
            assert case_of(world, number).state is EscalationState.EXPLAINED


def test_the_night_and_an_inspector_meet_at_a_case_and_neither_is_lost(world, crowd, clock):
    basis = add_violations(world, 3)
    numbers = [
        add_case(world, violations=basis, holder="inspector-0", answer_by=world.office.today())
        for _ in range(ROUNDS)
    ]
    clock.at = clock.at.replace(day=clock.at.day + 2)
    acts = [
        lambda n=number: act(world, crowd[0], n, ReviewAction.ACKNOWLEDGE) for number in numbers
    ]
    answers = at_once([*acts, lambda: climb_now(world)])
    night = answers.pop()
    assert not isinstance(night, Exception), night
    for number, answer in zip(numbers, answers, strict=True):
        case = case_of(world, number)
        climbed = entries_of(world, number, "climb")
        acknowledged = entries_of(world, number, "acknowledge")
        assert acknowledged == (0 if isinstance(answer, Exception) else 1)
        assert climbed + acknowledged >= 1
        assert case.holder_id is not None
        assert case.version == 1 + climbed + acknowledged


def test_a_leader_and_an_office_decide_one_proposal_at_once(world, crowd):
    basis = add_violations(world, 3)
    given = {"measure": "admonition", "reason": "Đồng ý"}
    for _ in range(ROUNDS):
        number = bring_to(world, EscalationState.PROPOSED, violations=basis)
        people = ["leader", "deputy", "office", "office2", "office3"] * 3
        answers = at_once(
            [
                lambda who=who, n=number: act(world, who, n, ReviewAction.DECIDE, **given)
                for who in people
            ]
        )
        assert len(winners(answers)) == 1, told(answers)
        assert set(told(answers)) == {"wrong_case_state"}
        kinds = [paper.kind for paper in papers_of(world, number)]
        assert kinds.count(PaperKind.DECISION) == 1


def test_letters_over_the_same_cases_in_any_order_wait_in_no_circle(world, crowd):
    basis = add_violations(world, 3)
    for _ in range(4):
        numbers = [
            bring_to(world, EscalationState.ACKNOWLEDGED, violations=basis) for _ in range(4)
        ]

        def ask(place, numbers=numbers):
            first, *rest = numbers[place % 4 :] + numbers[: place % 4]
            also = {n: case_of(world, n).version for n in rest}
            given = letter(world, paper=f"{place}/VP-NC")
            return act(
                world, "inspector", first, ReviewAction.REQUEST_EXPLANATION, also=also, **given
            )

        answers = at_once([lambda place=place: ask(place) for place in range(CLIENTS)])
        assert len(winners(answers)) == 1, told(answers)
        assert set(told(answers)) <= {"stale", "wrong_case_state"}, told(answers)
