"""One act on several directives: each through the use case of a single one, told line by line."""

from __future__ import annotations

from collections.abc import Sequence

from workflow.accounts.records import Actor
from workflow.directives.records import Action, Directive
from workflow.directives.usecases import Ground, take_action
from workflow.doors import Refusal
from workflow.errors import Invalid, NotFound, Refused, Stale
from workflow.papers.ports import LineMemory
from workflow.papers.records import Line, Outcome
from workflow.periods.records import PeriodAction
from workflow.periods.table import BY_ACTION
from workflow.periods.usecases import act_on_period

MOST_LINES = 500
OF_PERIOD = {
    Action.REPORT: PeriodAction.REPORT,
    Action.RECORD_REPORT: PeriodAction.RECORD,
}
"""What a report of a directive is for one of its periods."""


def act_on_lines(
    memory: LineMemory,
    actor: Actor,
    lines: Sequence[Line],
    *,
    ground: Ground,
    told: bool = True,
) -> tuple[Outcome, ...]:
    """Carry out an act on each of several directives in one transaction (product.md, section 3).

    Each line goes through `take_action`, or `act_on_period` where it names a period, with its
    own history entry and notices; none of these where not `told`, because the paper has one
    notice over all. One whose
    door is shut, or that somebody changed meanwhile, stays whole as it was and is told with
    its code; it does not undo the others. A field that is wrong does: Invalid names each as
    "<number> <field>" and nothing is kept, so that no paper is half filed for a slip of the
    pen. Invalid also when nothing is chosen, a directive twice, or more than `MOST_LINES`.
    """
    _check_choice(lines)
    memory.hold(line.number for line in lines)
    outcomes: list[Outcome] = []
    wrong: dict[str, str] = {}
    for line in lines:
        try:
            outcomes.append(_act(memory, actor, line, ground, told=told))
        except Invalid as error:
            wrong |= {f"{line.number} {name}": code for name, code in error.errors.items()}
    if wrong:
        raise Invalid(wrong)
    return tuple(outcomes)


def _check_choice(lines: Sequence[Line]) -> None:
    if not lines:
        raise Invalid({"lines": "no_line_chosen"})
    if len(lines) > MOST_LINES:
        raise Invalid({"lines": "too_many_lines"})
    if len({line.number for line in lines}) < len(lines):
        raise Invalid({"lines": "line_twice"})


def _carried_out(
    memory: LineMemory, actor: Actor, line: Line, ground: Ground, *, told: bool
) -> Directive | None:
    """Do what a line says: a report of standing work is one of its period."""
    if line.period is None:
        return take_action(
            memory.directives, actor, line.number, line.action, line.given,
            ground=ground, version=line.version, told=told,
        )  # fmt: skip
    action = OF_PERIOD[line.action]
    asked = {need.name for need in BY_ACTION[action].needs}
    given = {name: value for name, value in line.given.items() if name in asked}
    act_on_period(
        memory.periods, actor, line.number, line.period, action, given,
        ground=ground, version=line.version,
    )  # fmt: skip
    return memory.directives.directive(line.number)


def _act(memory: LineMemory, actor: Actor, line: Line, ground: Ground, *, told: bool) -> Outcome:
    of_period = line.period is not None
    try:
        with memory.apart():
            after = _carried_out(memory, actor, line, ground, told=told)
    except (Refused, Stale, NotFound) as error:
        params = {name: value for name, value in error.params.items() if name != "action"}
        refusal = Refusal(code=error.code, params=params)
        return Outcome(number=line.number, action=line.action, of_period=of_period, refusal=refusal)
    return Outcome(number=line.number, action=line.action, of_period=of_period, directive=after)
