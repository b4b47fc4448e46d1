"""One act on several directives: each line whole or untouched, none dropped in silence."""

import pytest
from turns import Second

from models.directives.rows import DirectiveRow
from models.directives.several import directives_where
from workflow.directives.records import Action, State
from workflow.directives.usecases import take_action
from workflow.errors import Invalid, Stale, WorkflowError
from workflow.papers.lines import MOST_LINES, act_on_lines
from workflow.papers.records import Line


@pytest.fixture
def numbers(world):
    """Three clauses of one document, given to one agency."""
    made = world.issue(*(world.clause(n, expected_output="Báo cáo") for n in (1, 2, 3)))
    return [one.number for one in made]


def lines(world, numbers, action, **given):
    return [
        Line(number=n, action=action, given=given, version=world.directive(n).version)
        for n in numbers
    ]


def act(world, who, chosen):
    actor = world.actor(who)
    with world.unit() as unit:
        return act_on_lines(unit.papers, actor, chosen, ground=world.office.ground(unit))


def states(world, numbers):
    return [world.directive(n).state for n in numbers]


def history_of(world, number):
    with world.office.reading() as unit:
        return [link.entry for link in unit.history.walk() if link.entry.subject_key == number]


def test_an_agency_accepts_all_its_clauses_at_once_each_with_its_own_entry(world, numbers):
    outcomes = act(world, "clerk", lines(world, numbers, Action.ACCEPT))
    assert [one.is_done for one in outcomes] == [True] * 3
    assert states(world, numbers) == [State.IN_PROGRESS] * 3
    assert [history_of(world, n)[-1].action for n in numbers] == ["accept"] * 3


def test_a_paper_and_its_file_stand_on_every_line(world, numbers):
    paper = world.signed() | {"report_number": "45/BC-STNMT", "result": "Xong"}
    paper["files"] = (world.file(),)
    act(world, "clerk", lines(world, numbers, Action.REPORT, **paper))
    assert states(world, numbers) == [State.REPORTED] * 3
    hashes = {piece.sha256 for n in numbers for piece in world.directive(n).evidence}
    assert len(hashes) == 1
    assert {history_of(world, n)[-1].given["report_number"] for n in numbers} == {"45/BC-STNMT"}


def test_a_line_whose_door_is_shut_is_told_and_undoes_no_other(world, numbers):
    world.act("clerk", numbers[1], Action.ACCEPT)
    outcomes = act(world, "clerk", lines(world, numbers, Action.ACCEPT))
    assert [one.refusal.code if one.refusal else None for one in outcomes] == [
        None, "wrong_state", None,
    ]  # fmt: skip
    assert states(world, numbers) == [State.IN_PROGRESS] * 3
    assert len(history_of(world, numbers[1])) == 2


def test_a_line_somebody_changed_meanwhile_is_told_as_stale(world, numbers):
    chosen = lines(world, numbers, Action.UPDATE, done="x")
    world.act("officer", numbers[0], Action.UPDATE, done="của người khác")
    outcomes = act(world, "clerk", chosen)
    assert [one.refusal.code if one.refusal else None for one in outcomes] == ["stale", None, None]


def test_a_line_outside_the_scope_looks_as_if_it_were_not_there(world, numbers):
    [foreign] = world.issue(world.clause(lead="H32.11", coordinating=()))
    outcomes = act(world, "clerk", lines(world, [foreign.number, numbers[0]], Action.ACCEPT))
    assert [one.refusal.code if one.refusal else None for one in outcomes] == ["not_found", None]
    assert world.directive(foreign.number).state is State.ASSIGNED


def test_a_wrong_field_keeps_nothing_and_names_its_line(world, numbers):
    """The output is shown on no line: the paper waits until it is whole."""
    chosen = lines(world, numbers, Action.REPORT, result="Xong", **world.signed())
    chosen[0] = Line(number=numbers[0], action=Action.ACCEPT)
    with pytest.raises(Invalid) as error:
        act(world, "clerk", chosen)
    assert error.value.errors == {f"{n} files": "evidence_missing" for n in numbers[1:]}
    assert states(world, numbers) == [State.ASSIGNED] * 3


def test_a_line_that_breaks_in_the_middle_leaves_nothing_of_itself(world, numbers, monkeypatch):
    from models.directives.register import DirectiveRegister

    append = DirectiveRegister.append

    def break_after(self, entry):
        append(self, entry)
        if entry.subject_key == numbers[1]:
            raise Stale

    monkeypatch.setattr(DirectiveRegister, "append", break_after)
    chosen = lines(world, numbers, Action.REPORT, result="Xong", **world.signed(),
                   files=(world.file(),))  # fmt: skip
    outcomes = act(world, "clerk", chosen)
    assert [one.is_done for one in outcomes] == [True, False, True]
    broken = world.directive(numbers[1])
    assert (broken.state, broken.evidence) == (State.ASSIGNED, ())
    assert [e.action for e in history_of(world, numbers[1])] == ["assign"]
    with world.office.reading() as unit:
        assert unit.history.verify().ok


@pytest.mark.parametrize(
    ("choose", "code"),
    [
        (lambda _n: [], "no_line_chosen"),
        (lambda n: [n[0], n[0]], "line_twice"),
        (lambda _n: [f"2021-0001-{k:04d}" for k in range(MOST_LINES + 1)], "too_many_lines"),
    ],
)
def test_what_cannot_be_a_paper_is_refused_whole(world, numbers, choose, code):
    chosen = [Line(number=n, action=Action.ACCEPT) for n in choose(numbers)]
    with pytest.raises(Invalid) as error:
        act(world, "clerk", chosen)
    assert error.value.errors == {"lines": code}


def test_two_papers_over_the_same_lines_wait_for_each_other_and_the_second_is_told(world, numbers):
    """In whatever order each names them: nobody waits in a circle."""
    chosen = lines(world, numbers, Action.UPDATE, done="x")
    clerk, officer = world.actor("clerk"), world.actor("officer")

    def later():
        with world.unit() as unit:
            ground = world.office.ground(unit)
            return act_on_lines(unit.papers, officer, chosen[::-1], ground=ground)

    with Second(world.office.engine, later) as second, world.unit() as unit:
        first = act_on_lines(unit.papers, clerk, chosen, ground=world.office.ground(unit))
        second.begin()
    assert all(one.is_done for one in first)
    assert second.error is None
    assert [one.refusal.code for one in second.answer] == ["stale"] * 3


def test_several_directives_are_loaded_as_each_is_alone(world, numbers):
    world.act("officer", numbers[0], Action.UPDATE, done="x", files=(world.file(),))
    [top] = world.issue(world.clause(lead="H32.10", coordinating=("H32.03", "H32.04")))
    world.act("district", top.number, Action.ACCEPT)
    world.act(
        "district", top.number, Action.HAND_DOWN, agency=world.agencies["H32.10.1"].id,
        content="x", due_on=world.office.today(),
    )  # fmt: skip
    with world.office.reading() as unit:
        found = directives_where(unit.connection, DirectiveRow.id > 0, 100)
        assert len(found) == 5
        assert [unit.directives.directive(one.number) for one in found] == list(found)


class Enough(Exception):
    """Ends a unit whose work is not to be kept."""


def tried(world, do):
    """Return what `do` gives on a unit that is rolled back afterwards."""
    found = []
    with pytest.raises(Enough), world.unit() as unit:
        found.append(do(unit, world.office.ground(unit)))
        raise Enough
    return found[0]


def alone(world, actor, line):
    """Return how one act ends by itself: done, or the code it is refused with."""

    def do(unit, ground):
        try:
            take_action(unit.directives, actor, line.number, line.action, line.given, ground=ground)
        except WorkflowError as error:
            return error.code
        return None

    return tried(world, do)


@pytest.mark.parametrize("who", ["clerk", "officer", "other_clerk", "office", "inspector"])
def test_each_line_ends_as_the_same_act_alone(world, numbers, who):
    """Whatever the state and the person: together is nothing but one after the other."""
    world.report(numbers[0])
    world.act("clerk", numbers[1], Action.ACCEPT)
    [verified] = world.issue(world.clause())
    world.report(verified.number)
    world.act("office2", verified.number, Action.VERIFY, verdict="met")
    actor, everything = world.actor(who), [*numbers, verified.number]
    acts = {
        Action.ACCEPT: {}, Action.UPDATE: {"done": "x"}, Action.REMIND: {"text": "x"},
        Action.REPORT: world.signed() | {"result": "x", "files": (world.file(),)},
        Action.VERIFY: {"verdict": "met"}, Action.RETURN: {"reason": "x"},
    }  # fmt: skip
    for action, given in acts.items():
        chosen = [Line(number=n, action=action, given=given) for n in everything]
        outcomes = tried(world, lambda u, g, c=chosen: act_on_lines(u.papers, actor, c, ground=g))
        codes = [one.refusal.code if one.refusal else None for one in outcomes]
        assert codes == [alone(world, actor, line) for line in chosen], action
