"""Acting on a directive. Pages, commands and jobs all come through here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.agencies.rules import may_lead
from workflow.calendar.working import WorkingCalendar
from workflow.days import local_day
from workflow.directives.changes import NewClause, NewPart
from workflow.directives.doing import doers_told
from workflow.directives.draft_ends import ended_drafts
from workflow.directives.given import read_given
from workflow.directives.guards import Case
from workflow.directives.limits import Limits
from workflow.directives.matters import PreparedState
from workflow.directives.needs import Given
from workflow.directives.notices import instructed, notices_of, rescoped, sent
from workflow.directives.ports import DirectiveMemory
from workflow.directives.records import Action, Directive, Sight
from workflow.directives.rescoping import OF_CLAUSE, told_beside
from workflow.directives.row import Row
from workflow.directives.rules import FAMILY, Step, raise_if_shut, snapshot, take
from workflow.directives.standing import sight
from workflow.directives.table import BY_ACTION
from workflow.errors import Invalid, NotFound, Refused, Stale
from workflow.history.records import Entry, Plain, Subject
from workflow.history.rules import entry_by, plain, routing_key
from workflow.messages.records import Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What every act stands on: the calendar, the province's limits, and the instant."""

    calendar: WorkingCalendar
    at: datetime
    limits: Limits = Limits()  # noqa: RUF009 - frozen, safe to share

    @property
    def day(self) -> date:
        """The province's day of the act."""
        return local_day(self.at)


def look_at(
    memory: DirectiveMemory, actor: Actor, number: str, day: date
) -> tuple[Directive, Sight]:
    """Return a directive and how much of it the actor may read; NotFound outside the scope."""
    directive = memory.directive(number)
    if directive is None:
        raise NotFound
    seen = sight(actor, directive, day, shares_document=False)
    if seen is Sight.NONE and memory.follows(actor, directive, day):
        return directive, sight(actor, directive, day, shares_document=False, follows=True)
    if seen is Sight.NONE and memory.shares_document(actor, directive, day):
        seen = sight(actor, directive, day, shares_document=True)
    if seen is Sight.NONE:
        raise NotFound
    return directive, seen


def take_action(
    memory: DirectiveMemory,
    actor: Actor,
    number: str,
    action: Action,
    given: Mapping[str, object],
    *,
    ground: Ground,
    version: int | None = None,
    told: bool = True,
) -> Directive:
    """Carry out one action on one directive, with its history entry, in one transaction.

    `version` is the one the person saw; another one standing now is Stale. NotFound
    outside the scope, Forbidden or Refused with a code, Invalid field by field. `told` is
    False where a paper over several directives tells of all of them at once.
    """
    directive, _ = look_at(memory, actor, number, ground.day)
    case = Case(
        directive=directive,
        actor=actor,
        day=ground.day,
        calendar=ground.calendar,
        limits=ground.limits,
    )
    if version is not None and version != directive.version:
        raise Stale("stale", number=number, version=directive.version, seen=version)
    row = BY_ACTION[action]
    ready = read_given(memory, row, given, case, raise_if_shut)
    step = take(action, case, ready, ground.at)
    if action in SAID_ONCE:
        _refuse_saying_twice(memory, case, row, ready)
    if row.inside:
        _keep_inside(memory, row, case, ready, step, ground)
        return directive
    _keep(memory, row, case, ready, step, ground, told=told)
    return step.directive


MADE = "made"
"""What an instruction's entry calls the directive that came of it."""
SAID_ONCE = frozenset({Action.DIRECT, Action.REMIND})
"""Acts that only say something: the same again, by going back to the form, is no second one."""


def _refuse_saying_twice(memory: DirectiveMemory, case: Case, row: Row, given: Given) -> None:
    """Refuse what the same person said of the same directive, word for word, the same day."""
    said = memory.said_on(case.directive, row.action, case.actor, case.day)
    if _told_of(given) in [{n: v for n, v in one.items() if n != MADE} for one in said]:
        raise Refused("said_already", action=row.action)


def _told_of(given: Given) -> dict[str, Plain]:
    """Return what was said as the history keeps it beside reason and files."""
    said = given.for_history().items()
    return {name: plain(value) for name, value in said if name not in {"reason", "files"}}


def _keep_inside(
    memory: DirectiveMemory, row: Row, case: Case, given: Given, step: Step, ground: Ground
) -> None:
    """Keep an act that is seen in one agency only: its entry is none of the directive's."""
    directive, actor = case.directive, case.actor
    memory.keep_records_of(row, directive, given, step, actor, ground.at)
    memory.append(
        entry_by(
            actor,
            ground.at,
            Subject.ROUTING,
            routing_key(directive.number, actor.agency_id),
            row.action,
            given=given.for_history(),
        )
    )
    memory.post_all(notices_of(row.action, step, ground.at))


def _keep(
    memory: DirectiveMemory,
    row: Row,
    case: Case,
    given: Given,
    step: Step,
    ground: Ground,
    *,
    told: bool,
) -> None:
    directive, actor = case.directive, case.actor
    hashes = memory.add_evidence(directive, row.action, given, actor, ground.at)
    entry = entry_of(row.action, case, given, step, ground.at, hashes)
    if step.change.clause:
        made = _open_clause(memory, directive, step.change.clause, actor, ground)
        entry = replace(entry, given={**entry.given, MADE: made.number})
    doers = doers_told(memory, row.action, directive, actor, ground.day) if told else ()
    with memory.together():
        memory.save_step(directive, step)
        memory.keep_records_of(row, directive, given, step, actor, ground.at)
        memory.append(entry)
        if told:
            memory.post_all(notices_of(row.action, step, ground.at, doers))
        memory.post_all(_told_drafters(row.action, case, given, step, ground.at))
    for part in step.change.parts:
        _open_part(memory, step.directive, part, actor, ground)
    if row.action in FAMILY:
        _follow_in_parts(memory, row, case, given, step, ground)
    if OF_CLAUSE & set(step.change.fields):
        others = memory.of_clause(directive.number)
        for other in others:
            memory.append(told_beside(entry, other.number))
        if told:
            memory.post_all(rescoped(step.directive, others, ground.at))


def _told_drafters(
    action: Action, case: Case, given: Given, step: Step, at: datetime
) -> Iterator[Notice]:
    """Yield what an officer hears whose draft somebody else sent."""
    actor, after = case.actor, step.directive
    for draft, state in ended_drafts(case.directive, after, action, given, actor):
        if state is PreparedState.SUBMITTED and draft.by not in actor.hands:
            yield sent(after, draft, actor.name, at)


def entry_of(
    action: Action, case: Case, given: Given, step: Step, at: datetime, hashes: tuple[str, ...]
) -> Entry:
    """Return the history entry of a step."""
    return entry_by(
        case.actor,
        at,
        Subject.DIRECTIVE,
        case.directive.number,
        action,
        before=step.before,
        after=step.after,
        given=_told_of(given),
        reason=given.text("reason"),
        evidence=hashes,
    )


AT_THE_ENTRY = frozenset({"reason", "files", "prepared_files"})
"""What an entry says in its own columns."""


def assigned_entry(actor: Actor, directive: Directive, at: datetime, *, source: str) -> Entry:
    """Return the first entry of a directive: every tracked field as it was issued."""
    return entry_by(
        actor,
        at,
        Subject.DIRECTIVE,
        directive.number,
        "assign",
        after=snapshot(directive),
        given={"source": source},
    )


def _open_part(
    memory: DirectiveMemory, parent: Directive, part: NewPart, actor: Actor, ground: Ground
) -> None:
    child = memory.add_part(parent, part, ground.at)
    memory.append(assigned_entry(actor, child, ground.at, source=parent.number))


def _open_clause(
    memory: DirectiveMemory, of: Directive, clause: NewClause, actor: Actor, ground: Ground
) -> Directive:
    """Make what an instruction gives beside the work it speaks of; its lead is told."""
    lead = memory.agency(clause.agency_id)
    if lead is None or not may_lead(lead, ground.day):
        raise Invalid({"new_agency": "cannot_lead"})
    made = memory.add_clause(of, clause)
    entry = assigned_entry(actor, made, ground.at, source=clause.reference)
    memory.append(replace(entry, given={**entry.given, "instruction": of.number}))
    memory.post_all([instructed(made, ground.at)])
    return made


def _follow_in_parts(
    memory: DirectiveMemory, row: Row, case: Case, given: Given, above: Step, ground: Ground
) -> None:
    """What ends, pauses or goes on takes everything open below it along, by the same paper."""
    for number in memory.open_numbers_below(case.directive):
        part = memory.directive(number)
        assert part is not None  # noqa: S101 - just named, and the family is held
        step = FAMILY[row.action](case, part, above.directive)
        if step is None:
            continue
        memory.save_step(part, step)
        memory.keep_records_of(row, part, given, step, case.actor, ground.at)
        memory.append(
            entry_of(row.action, replace(case, directive=part), given, step, ground.at, ())
        )
        doers = doers_told(memory, row.action, part, case.actor, ground.day)
        memory.post_all(notices_of(row.action, step, ground.at, doers))
