"""Many at once: one winner, everybody else told clearly, and no update lost."""

import random
import threading
from collections import Counter

import pytest
from often import often
from sqlalchemy import func, select

from models.directives.rows import DirectiveRow, ReportRow
from models.history.rows import HistoryRow
from workflow.accounts.records import Membership, Role
from workflow.directives.records import Action, State
from workflow.directives.usecases import take_action
from workflow.errors import Refused, Stale

pytestmark = pytest.mark.drill
CLIENTS = 16
ROUNDS = often(300, night=1_000)
MIXED_ROUNDS = often(40, night=200)


class Clients:
    """Sixteen people on threads and connections of their own, let go together each round."""

    def __init__(self, world, actors):
        self.world, self.actors = world, actors
        self.gate = threading.Barrier(len(actors) + 1)
        self.job = None
        self.answers = [None] * len(actors)
        self.threads = [
            threading.Thread(target=self._work, args=(place,), daemon=True)
            for place in range(len(actors))
        ]
        for thread in self.threads:
            thread.start()

    def _work(self, place):
        while True:
            self.gate.wait()
            if self.job is None:
                return
            self.answers[place] = self._try(place)
            self.gate.wait()

    def _try(self, place):
        number, action, given, version = self.job(place)
        try:
            with self.world.office.writing() as unit:
                return take_action(
                    unit.directives,
                    self.actors[place],
                    number,
                    action,
                    given,
                    ground=self.world.office.ground(unit),
                    version=version,
                )
        except Exception as error:  # noqa: BLE001 - what it was is judged by the test
            return error

    def round(self, job):
        """Let everybody do `job(place)` at once and return what each was told."""
        self.job = job
        self.gate.wait(60)
        self.gate.wait(60)
        return list(self.answers)

    def close(self):
        self.job = None
        self.gate.wait(60)
        for thread in self.threads:
            thread.join(10)


def people(world, role, code, count=CLIENTS):
    """Return `count` actors of one role in one agency."""
    names = [f"one-of-many-{place}" for place in range(count)]
    with world.unit() as unit:
        for name in names:
            world.accounts[name] = unit.accounts.add_account(
                login=name,
                name=name,
                password_hash="x",
                at=world.clock(),
                must_change_password=False,
            )
            unit.accounts.add_membership(
                world.accounts[name],
                Membership(
                    role=role, agency_id=world.agencies[code].id, valid_from=world.office.today()
                ),
            )
    return [world.actor(name) for name in names]


def reported(world, count):
    """Return the numbers of `count` directives that wait for a verifier."""
    numbers = []
    while len(numbers) < count:
        clauses = [world.clause(place) for place in range(1, min(50, count - len(numbers)) + 1)]
        numbers += [made.number for made in world.issue(*clauses)]
    for number in numbers:
        world.report(number, files=())
    return numbers


@pytest.fixture
def verifiers(world):
    clients = Clients(world, people(world, Role.OFFICE, "H32.01"))
    yield clients
    clients.close()


def winners(answers):
    return [answer for answer in answers if not isinstance(answer, Exception)]


def told(answers):
    """Return the refusals by code; anything that is no refusal stands out by its name."""
    return Counter(
        answer.code if isinstance(answer, Refused | Stale) else repr(answer)
        for answer in answers
        if isinstance(answer, Exception)
    )


def test_sixteen_verify_one_directive_at_once(world, verifiers):
    for number in reported(world, ROUNDS):
        answers = verifiers.round(
            lambda place, number=number: (
                number,
                Action.VERIFY,
                {"verdict": "met"},
                2 if place % 2 else None,
            )
        )
        assert len(winners(answers)) == 1, told(answers)
        refusals = told(answers)
        assert refusals.total() == CLIENTS - 1
        assert set(refusals) <= {"stale", "wrong_state"}, refusals
        for answer in answers:
            if isinstance(answer, Stale):
                assert answer.params["version"] in {3, None}
    with world.office.reading() as unit:
        run = unit.connection.execute
        rows = run(
            select(DirectiveRow.state, DirectiveRow.version, func.count()).group_by(
                DirectiveRow.state, DirectiveRow.version
            )
        ).all()
        acts = run(
            select(HistoryRow.action, func.count())
            .where(HistoryRow.subject == "directive")
            .group_by(HistoryRow.action)
        ).all()
        outcomes = run(select(ReportRow.outcome, func.count()).group_by(ReportRow.outcome)).all()
        assert unit.history.verify().ok
    assert [tuple(row) for row in rows] == [(State.VERIFIED, 3, ROUNDS)]
    assert dict(map(tuple, acts)) == {"assign": ROUNDS, "report": ROUNDS, "verify": ROUNDS}
    assert dict(map(tuple, outcomes)) == {"verified": ROUNDS}


DIFFERENT = {
    Action.VERIFY: {"verdict": "met"},
    Action.RETURN: {"reason": "Thiếu số liệu"},
    Action.AMEND: {"paper": "1/UBND", "content": "Chữ mới"},
    Action.WITHDRAW: {"paper": "1/UBND", "reason": "Đã thay thế"},
}
"""Acts that only one of can happen to a report."""


def test_different_acts_at_once_leave_one_lawful_line(world, verifiers):
    """Whatever order they fall in: the history leads from state to state, nothing on the side."""
    dice = random.Random(5)
    for number in reported(world, MIXED_ROUNDS):
        actions = [dice.choice(list(DIFFERENT)) for _ in range(CLIENTS)]
        answers = verifiers.round(
            lambda place, number=number, actions=actions: (
                number,
                actions[place],
                DIFFERENT[actions[place]],
                2,
            )
        )
        assert len(winners(answers)) == 1, told(answers)
        assert told(answers) == {"stale": CLIENTS - 1}
    with world.office.reading() as unit:
        assert unit.history.verify().ok


def test_two_different_acts_at_once_without_a_version_are_judged_one_after_the_other(
    world, verifiers
):
    for number in reported(world, MIXED_ROUNDS):
        answers = verifiers.round(
            lambda place, number=number: (
                (number, Action.VERIFY, {"verdict": "met"}, None)
                if place % 2
                else (number, Action.RETURN, {"reason": "x"}, None)
            )
        )
        assert len(winners(answers)) == 1
        assert set(told(answers)) == {"wrong_state"}


def test_no_update_of_sixteen_is_lost(world):
    """Each adds itself to who had a hand in the work, and raises the version by one."""
    each = 8
    clients = Clients(world, people(world, Role.AGENCY_CLERK, "H32.03"))
    [made] = world.issue()
    world.act("clerk", made.number, Action.ACCEPT)
    try:
        for turn in range(each):
            answers = clients.round(
                lambda place, turn=turn: (
                    made.number,
                    Action.UPDATE,
                    {"done": f"{place} {turn}"},
                    None,
                )
            )
            assert told(answers) == {}
            assert sorted(answer.version for answer in answers) == list(
                range(3 + turn * CLIENTS, 3 + (turn + 1) * CLIENTS)
            )
    finally:
        clients.close()
    stands = world.directive(made.number)
    assert stands.version == 2 + each * CLIENTS
    assert stands.touched_by == {actor.account_id for actor in clients.actors}
    with world.office.reading() as unit:
        said = {
            link.entry.given["done"]
            for link in unit.history.walk()
            if link.entry.action == "update"
        }
        assert unit.history.verify().ok
    assert said == {f"{place} {turn}" for place in range(CLIENTS) for turn in range(each)}


def test_documents_issued_at_once_get_a_serial_each(world):
    """The year's serial is counted once for every document, whoever presses first."""
    from workflow.documents.usecases import issue_document, save_draft

    actor = world.actor("office")
    drafts = []
    for _ in range(CLIENTS):
        with world.unit() as unit:
            drafts.append(
                save_draft(
                    unit.documents,
                    actor,
                    world.head(),
                    (world.clause(),),
                    ground=world.office.ground(unit),
                )
            )
    gate, made, errors = threading.Barrier(CLIENTS), [], []

    def issue(draft):
        gate.wait()
        try:
            with world.office.writing() as unit:
                made.extend(
                    issue_document(unit.documents, actor, draft, ground=world.office.ground(unit))
                )
        except Exception as error:  # noqa: BLE001 - judged below
            errors.append(error)

    threads = [threading.Thread(target=issue, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert sorted(d.number for d in made) == [f"2021-{n:04d}-01" for n in range(1, CLIENTS + 1)]
    with world.office.reading() as unit:
        assert unit.history.verify().ok
