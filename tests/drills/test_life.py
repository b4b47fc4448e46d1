"""The whole life under random hands: thousands of steps, judged after each one."""

import random
from collections import Counter
from datetime import timedelta

import law
import pytest
from giving import cannot_be_given, fitting, hostile
from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from life import Province
from often import often
from summarizing import adds_up
from world import build_world

from workflow.directives.records import Action, State
from workflow.errors import Stale

pytestmark = pytest.mark.drill
SEEDS = st.integers(min_value=0, max_value=2**32 - 1)
STEPS = often(
    {"sqlite": 17_000, "postgresql": 3_000}, night={"sqlite": 450_000, "postgresql": 50_000}
)
STEPS_OF_ONE_LIFE = 100
JUDGING = (
    Action.VERIFY,
    Action.RETURN,
    Action.REOPEN,
    Action.ACCEPT_EVIDENCE,
    Action.REJECT_EVIDENCE,
)
WEIGHTS = {
    Action.REPORT: 12,
    Action.VERIFY: 12,
    Action.HAND_DOWN: 10,
    Action.REOPEN: 8,
    Action.DECIDE_EXTENSION: 8,
    Action.ACCEPT: 8,
    Action.WITHDRAW: 0.1,
    Action.AMEND: 1,
    Action.CORRECT: 1,
    Action.REASSIGN: 1,
    Action.SUSPEND: 1,
    Action.RESUME: 8,
    Action.REQUEST_INPUT: 8,
    Action.GIVE_INPUT: 20,
    Action.ROUTE: 2,
    Action.GIVE_BACK: 20,
    Action.HAND_BACK: 10,
    Action.TAKE_BACK: 6,
    Action.TAKE_BACK_INPUT: 6,
    Action.INSIST: 10,
    Action.ANSWER: 8,
}
"""How often a life takes a turn, where several are open: onwards more often than aside."""


TURNS = (
    *["somebody_does_what_is_open"] * 10,
    *["anybody_tries_anything"] * 3,
    *["who_is_bound_to_the_work_tries_to_judge_it"] * 2,
    "somebody_acts_on_what_they_saw_before",
    "a_transaction_breaks_off",
    *["the_world_moves"] * 3,
)
"""What may happen next, as often as it stands here."""


class Counters:
    """What happened over all lives."""

    def __init__(self):
        self.steps = self.taken = self.refused = self.stale = self.lives = 0
        self.actions: set[str] = set()
        self.arrows: Counter[tuple[str, str]] = Counter()
        self.moved = 0
        self.codes: set[str] = set()
        self.by: Counter[str] = Counter()


def life_on(backend, clock, counters):
    """Return the machine of one province's life on a database."""

    class Life(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            backend.reset()
            clock.at = clock.START
            self.province = Province(build_world(backend.app, clock))
            counters.lives += 1

        @initialize(seed=SEEDS)
        def a_document_begins_it(self, seed):
            self.province.issue(random.Random(seed))
            self.province.follow()

        def teardown(self):
            self.province.whole()
            if counters.lives % 4 == 0:
                adds_up(self.province, random.Random(counters.lives))
            counters.arrows += self.province.arrows
            counters.moved += self.province.moved

        @rule(turn=st.sampled_from(TURNS), seed=SEEDS)
        def something_happens(self, turn, seed):
            getattr(self, turn)(seed)

        def pick(self, dice):
            """Rather a part, or what has parts, than work that stands alone."""
            numbers = sorted(self.province.books)
            family = [n for n in numbers if self.province.books[n].part_of]
            family += [self.province.books[n].part_of for n in family]
            return dice.choice(family if family and dice.random() < 0.5 else numbers)

        def weight(self, action, before):
            """Ends are rare, so that lives grow long; over parts they are worth a try."""
            if action is Action.WITHDRAW and (before.parts or before.state is State.REPORTED):
                return 2
            return WEIGHTS.get(action, 4)

        def done(self, action, error):
            counters.steps += 1
            note(f"{action.value}: {error.code if error else 'taken'}")
            if error is None:
                counters.taken += 1
                counters.actions.add(action.value)
                counters.by[action.value] += 1
            else:
                counters.refused += 1
                counters.codes.add(error.code)

        def somebody_does_what_is_open(self, seed):
            """An open door with a careful hand always leads on."""
            dice = random.Random(seed)
            number = self.pick(dice)
            found = self.province.open_doors(number)
            before = self.province.directive(number)
            if not found:
                return self.the_world_moves(seed)
            actions = sorted({action for _, action in found})
            weights = [self.weight(action, before) for action in actions]
            [action] = dice.choices(actions, weights)
            actor = dice.choice([actor for actor, one in found if one is action])
            if cannot_be_given(self.province, before, action):
                return self.the_world_moves(seed)
            given = fitting(self.province, before, action, dice, actor)
            error = self.province.act(actor, number, action, given, before.version)
            assert error is None, (action, error.code, error.params, given)
            self.province.dates_kept(number, before, action)
            return self.done(action, error)

        def anybody_tries_anything(self, seed):
            """Any role in any place, any action, any words; what succeeds is judged by the law."""
            dice = random.Random(seed)
            number, action = self.pick(dice), dice.choice(list(Action))
            before = self.province.directive(number)
            actor = self.province.some_actor(dice)
            given = hostile(self.province, before, action, dice, actor)
            self.done(action, self.province.act(actor, number, action, given, None))

        def who_is_bound_to_the_work_tries_to_judge_it(self, seed):
            """Who worked on it, or is of the lead agency, stays shut out whatever they become."""
            dice = random.Random(seed)
            number = self.pick(dice)
            before = self.province.directive(number)
            judge = self.province.bound_judge(number, before, dice)
            if judge is None:
                return self.the_world_moves(seed)
            action = dice.choice(JUDGING)
            given = fitting(self.province, before, action, dice)
            error = self.province.act(judge, number, action, given, None)
            assert error is not None
            return self.done(action, error)

        def somebody_acts_on_what_they_saw_before(self, seed):
            """A page that is older than the row is told so, whoever shows it."""
            dice = random.Random(seed)
            number = self.pick(dice)
            found = self.province.open_doors(number)
            before = self.province.directive(number)
            if not found or before.version == 1:
                return self.the_world_moves(seed)
            actor, action = dice.choice(found)
            given = fitting(self.province, before, action, dice)
            seen = dice.randrange(1, before.version)
            error = self.province.act(actor, number, action, given, seen)
            assert isinstance(error, Stale)
            counters.stale += 1
            return self.done(action, error)

        def a_transaction_breaks_off(self, seed):
            dice = random.Random(seed)
            number = self.pick(dice)
            found = self.province.open_doors(number)
            if not found:
                return self.the_world_moves(seed)
            actor, action = dice.choice(found)
            given = fitting(self.province, self.province.directive(number), action, dice, actor)
            self.province.break_off(actor, number, action, given)
            counters.steps += 1
            return None

        def the_world_moves(self, seed):
            """Time passes, people come and go, the office issues another document."""
            dice = random.Random(seed)
            kind = dice.randrange(7)
            if kind == 0:
                self.province.settle_people()
            elif kind == 1:
                self.province.move_person(dice)
            elif kind == 2 and self.province.running() < 5:
                self.province.issue(dice)
                self.province.follow()
            elif kind == 3 and dice.random() < 0.2:
                self.province.move_calendar(dice)
            else:
                clock.at += dice.choice(
                    [timedelta(minutes=1), timedelta(hours=3), timedelta(days=1), timedelta(days=9)]
                )
            counters.steps += 1

    return Life


def test_no_illegal_move_succeeds_and_the_history_tells_all(backend, clock):
    name = backend.app.extensions["office"].engine.dialect.name
    counters = Counters()
    life = life_on(backend, clock, counters)
    while counters.steps < STEPS[name]:
        left = STEPS[name] - counters.steps
        run_state_machine_as_test(
            life,
            settings=settings(
                max_examples=max(1, left // STEPS_OF_ONE_LIFE),
                stateful_step_count=STEPS_OF_ONE_LIFE,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
                phases=[Phase.generate],
            ),
        )
    assert counters.steps >= STEPS[name]
    assert counters.taken > counters.steps // 6
    assert counters.refused > counters.steps // 10
    assert counters.stale > counters.steps // 100
    if name == "sqlite":
        assert counters.moved > 0
        assert counters.actions == {action.value for action in Action}
        assert set(counters.arrows) == law.arrows()
        assert {"four_eyes_reporter", "four_eyes_hand", "four_eyes_agency"} <= counters.codes
