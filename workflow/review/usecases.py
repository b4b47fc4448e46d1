"""One act on a case, or on several that one paper serves, with its history and its notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workflow.accounts.records import Actor
from workflow.directives.needs import Given, Kind
from workflow.directives.reading import check_needs
from workflow.directives.usecases import Ground
from workflow.errors import Invalid, NotFound, Refused, Stale
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by
from workflow.review.guards import Case
from workflow.review.notices import notices_of, one_for_each
from workflow.review.ports import ReviewMemory
from workflow.review.records import (
    Escalation,
    NewPaper,
    ReviewAction,
    ReviewLimits,
)
from workflow.review.rules import Step, raise_if_shut, take
from workflow.review.standing import may_see
from workflow.review.table import BY_ACTION, Row

TOLD_APART = frozenset({"reason", "files"})
"""What an entry of the history tells in places of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskGround(Ground):
    """What every act of the desk stands on: the work's ground, and the desk's own limits."""

    desk: ReviewLimits = field(default_factory=ReviewLimits)


def take_action(
    memory: ReviewMemory,
    actor: Actor,
    number: str,
    action: ReviewAction,
    given: Mapping[str, object],
    *,
    ground: DeskGround,
    version: int | None = None,
    also: Mapping[str, int] | None = None,
) -> Escalation:
    """Carry out one act on a case, all or nothing, and return the case after it.

    `also` names further open cases of the same agency, each with the version the person saw,
    that the same letter or explanation serves. NotFound outside the scope, Stale over
    another version, Forbidden or Refused with a code, Invalid field by field.
    """
    seen = {number: version, **(also or {})}
    row = BY_ACTION[action]
    cases = cases_of(memory, actor, seen, ground)
    first = cases[number]
    _refuse_others(row, first, cases)
    ready = read_given(memory, row, given, first)
    steps = {key: take(action, case, ready) for key, case in cases.items()}
    keep(memory, row, [(cases[key], steps[key]) for key in cases], ready)
    return steps[number].escalation


def cases_of(
    memory: ReviewMemory, actor: Actor, seen: Mapping[str, int | None], ground: DeskGround
) -> dict[str, Case]:
    """Return the cases named, held, as the actor may see them, at the versions they saw.

    They are held in the order of their numbers, so that two papers never wait in a circle.
    """
    day = ground.day
    organisation = memory.organisation(day, ground.desk.home_affairs)
    roster = memory.roster(day, ground.desk.tied_since(day))
    cases: dict[str, Case] = {}
    for number in sorted(seen):
        escalation = memory.escalation(number)
        if escalation is None or not may_see(actor, escalation, organisation, day):
            raise NotFound
        version = seen[number]
        if version is not None and version != escalation.version:
            raise Stale("stale", number=number, version=escalation.version, seen=version)
        cases[number] = Case(
            escalation=escalation,
            actor=actor,
            at=ground.at,
            day=day,
            calendar=ground.calendar,
            organisation=organisation,
            roster=roster,
            limits=ground.desk,
        )
    return cases


def _refuse_others(row: Row, first: Case, cases: Mapping[str, Case]) -> None:
    """One paper serves several cases only where it may, and only of one agency."""
    if len(cases) == 1:
        return
    agencies = {case.escalation.agency_id for case in cases.values()}
    if not row.for_several or agencies != {first.escalation.agency_id} or None in agencies:
        raise Invalid({"also": "not_same_agency"})


def read_given(memory: ReviewMemory, row: Row, given: Mapping[str, object], case: Case) -> Given:
    """Find the agency that was named, then check what the act needs.

    Whoever may not act learns that first, not which field is wrong.
    """
    values = dict(given)
    for need in row.needs:
        named = values.get(need.name)
        if need.kind is Kind.AGENCY and isinstance(named, int):
            values[need.name] = memory.agency(named)
    try:
        return check_needs(row.needs, values)
    except Refused:
        raise_if_shut(row.action, case)
        raise
    except Invalid:
        raise_if_shut(row.action, case)
        raise


def keep(memory: ReviewMemory, row: Row, taken: list[tuple[Case, Step]], given: Given) -> None:
    """Keep the steps of an act: rows, the one paper, an entry for each case, and the notices."""
    for case, step in taken:
        memory.save_step(case.escalation, step)
    first, step = taken[0]
    if step.change.paper is not None:
        paper = paper_of(step, given)
        after = [done.escalation for _, done in taken]
        memory.add_paper(after, paper, first.actor, first.at)
    for case, done in taken:
        memory.append(entry_of(row, case, done, given))
    told = (one for case, done in taken for one in notices_of(row.action, case, done))
    memory.post_all(one_for_each(told))


def paper_of(step: Step, given: Given) -> NewPaper:
    """Return the paper an act leaves in the file."""
    change = step.change
    assert change.paper is not None  # noqa: S101 - asked by the caller
    words = next((given.text(n) for n in ("text", "result", "reason") if given.has(n)), "")
    return NewPaper(
        kind=change.paper,
        text=words,
        number=given.text("paper"),
        paper_on=given.day("paper_on"),
        signer=given.text("signer"),
        measure=change.measure,
        answer_on=change.answer_on,
        is_signed=given.has("paper"),
        files=given.files(),
    )


def entry_of(row: Row, case: Case, step: Step, given: Given) -> Entry:
    """Return the history entry of a step."""
    told = {k: v for k, v in given.for_history().items() if k not in TOLD_APART}
    return entry_by(
        case.actor,
        case.at,
        Subject.ESCALATION,
        case.escalation.number,
        row.action,
        before=step.before,
        after=step.after,
        given=told,
        reason=given.text("reason"),
        evidence=tuple(file.sha256 for file in given.files()),
    )
