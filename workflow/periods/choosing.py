"""Setting the reporting periods of standing work: at issue by its rule, or by the office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from workflow.accounts.records import Actor
from workflow.deadlines.records import Deadline, DeadlineKind
from workflow.directives.records import Directive
from workflow.directives.rules import changed_by
from workflow.directives.standing import Standing, standings
from workflow.directives.usecases import Ground, look_at
from workflow.doors import Refusal, raise_shut
from workflow.errors import Forbidden, Invalid, Stale
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.periods.guards import HAVE_ENDED
from workflow.periods.notices import planned
from workflow.periods.planning import plan_of, spans_of, start_of
from workflow.periods.ports import PeriodMemory
from workflow.periods.records import STANDING_KINDS, Period, PeriodState, Plan, Rhythm

CHOOSE_RHYTHM = "choose_rhythm"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceCase:
    """All that decides whether the periods of a directive can be set now."""

    directive: Directive
    deadline: Deadline
    plan: Plan | None
    periods: Sequence[Period]
    actor: Actor
    day: date


def is_standing_work(directive: Directive, deadline: Deadline) -> bool:
    """Whether a directive has reporting periods; a part of one has its own date instead."""
    return directive.parent_id is None and deadline.kind in STANDING_KINDS


def refusal_to_choose(case: ChoiceCase) -> Refusal | None:
    """Return why the periods cannot be set or changed now, or None when they can.

    They change only while none of them counts yet: once one was reported, or fell due, a
    document ends the work and another one begins it.
    """
    if not case.actor.holds_role_on(case.day):
        return Refusal(code="role_not_held")
    if Standing.OVERSEER not in standings(case.actor, case.directive, case.day):
        return Refusal(code="not_yours", params={"who": [Standing.OVERSEER]})
    if not is_standing_work(case.directive, case.deadline):
        return Refusal(code="not_standing_work")
    if case.directive.state in HAVE_ENDED:
        return Refusal(code="directive_ended", params={"state": case.directive.state})
    if case.plan is not None and case.deadline.kind is DeadlineKind.RECURRING:
        return Refusal(code="rhythm_of_document")
    return Refusal(code="rhythm_fixed") if _counts(case.periods, case.day) else None


def _counts(periods: Iterable[Period], day: date) -> bool:
    return any(p.state is not PeriodState.OPEN or p.due_on < day for p in periods)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the office chose: a rhythm, the day of the month, and for whom.

    The rhythm is left out where the document's own rule is laid down. `for_all`: for every
    agency the clause was given to, as far as its periods can be set.
    """

    rhythm: Rhythm | None = None
    due_day: int
    for_all: bool = False


def choose_rhythm(
    memory: PeriodMemory,
    actor: Actor,
    number: str,
    choice: Choice,
    *,
    ground: Ground,
    version: int | None = None,
) -> tuple[str, ...]:
    """Set the reporting periods of standing work; return the numbers for which they were set.

    In one transaction, with an entry for each directive. NotFound outside the scope, Stale,
    Forbidden or Refused with a code; Invalid where the rhythm is missing or gives no period.
    """
    directive, _ = look_at(memory.directives, actor, number, ground.day)
    if version is not None and version != directive.version:
        raise Stale("stale", number=number, version=directive.version, seen=version)
    _raise_if_shut(memory, directive, actor, ground)
    others = memory.tied(directive) if choice.for_all else ()
    done = [number]
    _set_periods(memory, actor, directive, choice, ground)
    for other in others:
        tied = memory.directives.directive(other) if other != number else None
        if tied and refusal_to_choose(_case(memory, tied, actor, ground)) is None:
            _set_periods(memory, actor, tied, choice, ground)
            done.append(other)
    return tuple(sorted(done))


def _case(memory: PeriodMemory, directive: Directive, actor: Actor, ground: Ground) -> ChoiceCase:
    return ChoiceCase(
        directive=directive,
        deadline=memory.facts(directive).deadline,
        plan=memory.plan(directive),
        periods=memory.periods(directive),
        actor=actor,
        day=ground.day,
    )


def _raise_if_shut(
    memory: PeriodMemory, directive: Directive, actor: Actor, ground: Ground
) -> None:
    refusal = refusal_to_choose(_case(memory, directive, actor, ground))
    raise_shut(refusal, action=CHOOSE_RHYTHM)


def set_by_document(memory: PeriodMemory, actor: Actor, number: str, *, ground: Ground) -> bool:
    """Set the periods of running work whose document names their rule; True when they were set.

    Only the system account does so, for work that was issued before there were periods. What
    fell due before today is left out: nobody was asked for it.
    """
    if not actor.is_system:
        raise Forbidden("not_yours", who=[])
    directive = memory.directives.directive(number)
    if directive is None or directive.has_periods or directive.state in HAVE_ENDED:
        return False
    facts = memory.facts(directive)
    if not is_standing_work(directive, facts.deadline):
        return False
    day = ground.limits.period_due_day
    start = max(directive.assigned_on, ground.day)
    plan = plan_of(facts.deadline, start, day=day)
    if plan is None:
        return False
    _keep(memory, actor, directive, plan, ground)
    return True


def _set_periods(
    memory: PeriodMemory, actor: Actor, directive: Directive, choice: Choice, ground: Ground
) -> None:
    facts = memory.facts(directive)
    if facts.deadline.kind is DeadlineKind.ONGOING and choice.rhythm is None:
        raise Invalid({"rhythm": "required"})
    start = start_of(directive.assigned_on, facts.entered_on, carried_over=directive.carried_over)
    plan = plan_of(facts.deadline, start, day=choice.due_day, rhythm=choice.rhythm)
    if plan is None:
        raise Invalid({"rhythm": "no_period_falls_due"})
    _keep(memory, actor, directive, plan, ground)


def _keep(
    memory: PeriodMemory, actor: Actor, directive: Directive, plan: Plan, ground: Ground
) -> None:
    spans = spans_of(plan)
    step = changed_by(directive, {})
    memory.directives.save_step(directive, step)
    memory.put_plan(directive, plan, spans, actor, ground.at)
    entry = entry_by(
        actor,
        ground.at,
        Subject.DIRECTIVE,
        directive.number,
        CHOOSE_RHYTHM,
        given={"rhythm": plan.rhythm, "recurs": plan.recurs, "periods": len(spans)},
    )
    memory.directives.append(entry)
    told = planned(step.directive, len(spans), spans[0].due_on, ground.at)
    memory.directives.post_all([told])
