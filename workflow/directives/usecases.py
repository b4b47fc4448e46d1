"""Acting on a directive. Pages, commands and jobs all come through here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.agencies.rules import may_lead
from workflow.calendar.working import WorkingCalendar
from workflow.days import local_day
from workflow.directives.changes import NewClause, NewPart
from workflow.directives.doing import doers_told
from workflow.directives.guards import Case
from workflow.directives.inside import begun_report
from workflow.directives.limits import Limits
from workflow.directives.matters import Prepared
from workflow.directives.needs import Given, Kind, check_needs
from workflow.directives.notices import instructed, notices_of
from workflow.directives.ports import DirectiveMemory
from workflow.directives.records import Action, Directive, Sight
from workflow.directives.rescoping import OF_CLAUSE, told_beside
from workflow.directives.row import Row
from workflow.directives.rules import FAMILY, Step, raise_if_shut, snapshot, take
from workflow.directives.standing import sight
from workflow.directives.table import BY_ACTION
from workflow.directives.wrong import all_wrong
from workflow.errors import Invalid, NotFound, Refused, Stale
from workflow.history.records import Entry, Plain, Subject
from workflow.history.rules import entry_by, plain, routing_key


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
    ready = _read_given(memory, row, given, case)
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


def _read_given(
    memory: DirectiveMemory, row: Row, given: Mapping[str, object], case: Case
) -> Given:
    """Find who was named, then check what the action needs.

    Whoever may not act learns that first, not which field is wrong.
    """
    values = dict(given)
    for need in row.needs:
        if need.name in values:
            values[need.name] = _found(memory, need.kind, values[need.name], case)
    try:
        return check_needs(row.needs, values)
    except Refused:
        raise_if_shut(row.action, case)
        raise
    except Invalid as error:
        raise_if_shut(row.action, case)
        raise Invalid(all_wrong(row.needs, row.checks, values, case)) from error


def _found(memory: DirectiveMemory, kind: Kind, named: object, case: Case) -> object:
    """Return who or what an id names, as far as the kind of need says; words stay words."""
    if isinstance(named, list | tuple):
        return _found_all(memory, kind, named, case)
    if not isinstance(named, int) or isinstance(named, bool):
        return named
    if kind in {Kind.AGENCY, Kind.AGENCIES, Kind.UNITS_BELOW}:
        return memory.agency(named) or named
    own = case.actor.agency_id or 0
    if kind is Kind.DIVISION:
        return memory.division(own, named) or named
    if kind is Kind.COLLEAGUE:
        return memory.colleague(own, named, case.day) or named
    return named


def _found_all(memory: DirectiveMemory, kind: Kind, named: Sequence[object], case: Case) -> object:
    if kind is Kind.PREPARED:
        return prepared_files(begun_report(case), named)
    if kind in {Kind.AGENCIES, Kind.BESIDE, Kind.UNITS_BELOW}:
        return tuple(_found(memory, Kind.AGENCY, one, case) for one in named)
    return named


def prepared_files(begun: Prepared | None, named: Iterable[object]) -> tuple[object, ...]:
    """Return files of a prepared report by their hashes; others stay as named."""
    files = {file.sha256: file for file in begun.files} if begun else {}
    return tuple(files.get(one, one) if isinstance(one, str) else one for one in named)


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
    for part in step.change.parts:
        _open_part(memory, step.directive, part, actor, ground)
    if row.action in FAMILY:
        _follow_in_parts(memory, row, case, given, step, ground)
    if OF_CLAUSE & set(step.change.fields):
        for number in memory.of_clause(directive.number):
            memory.append(told_beside(entry, number))


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
