"""Contesting and judging violations, one by one or by the hundred."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from workflow.accounts.records import Actor
from workflow.days import local_day
from workflow.documents.secrecy import refuse_secret
from workflow.doors import Refusal
from workflow.errors import Invalid, NotFound, Refused, Stale
from workflow.escalation.evaluating import evaluate_touched
from workflow.escalation.records import Touched
from workflow.evidence.records import StoredFile
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by
from workflow.review.records import ReviewLimits
from workflow.text import clean_lines
from workflow.violations.guards import Case
from workflow.violations.notices import Judged, notices_of
from workflow.violations.ports import ViolationMemory
from workflow.violations.records import Violation, ViolationAction
from workflow.violations.rules import counts_differently, stepped
from workflow.violations.standing import sees
from workflow.violations.table import BY_ACTION

MOST_AT_ONCE = 1_000
LONGEST_REASON = 5_000
UNSET = ReviewLimits()
"""What holds where a province has set nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What comes with an act: the reason, and papers that were checked and kept."""

    reason: str = ""
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How an act ended for one violation among several."""

    id: int
    violation: Violation | None = None
    refusal: Refusal | None = None

    @property
    def is_done(self) -> bool:
        """Whether it was done."""
        return self.refusal is None


@dataclass(slots=True)
class _Kept:
    entries: list[Entry] = field(default_factory=list)
    touched: list[Touched] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)


def act_on(
    memory: ViolationMemory,
    actor: Actor,
    violation_id: int,
    action: ViolationAction,
    said: Said,
    *,
    at: datetime,
    version: int | None = None,
    limits: ReviewLimits = UNSET,
) -> Violation:
    """Carry out one act on one violation, with its history entry, in one transaction.

    `version` is the one the person saw; another one standing now is Stale. `limits` say how
    long whoever left an agency stays tied to it. NotFound outside
    the scope, Forbidden or Refused with a code, Invalid field by field.
    """
    found = memory.violations([violation_id])
    if not found or not sees(actor, found[0], local_day(at)):
        raise NotFound
    before = found[0]
    if version is not None and version != before.version:
        raise Stale("stale", number=before.number, version=before.version, seen=version)
    case = Case(
        violation=before,
        actor=actor,
        day=local_day(at),
        organisation=memory.organisation(local_day(at)),
        limits=limits,
    )
    kept = _Kept()
    after = _act(memory, case, action, _checked(action, said), at, kept)
    _finish(memory, actor, action, said, at, kept)
    return after


def act_on_many(
    memory: ViolationMemory,
    actor: Actor,
    violation_ids: Sequence[int],
    action: ViolationAction,
    said: Said,
    *,
    at: datetime,
    limits: ReviewLimits = UNSET,
) -> tuple[Outcome, ...]:
    """Carry out one act on several violations; each ends done or refused with its reason.

    What can be done is done in one transaction, each with its own history entry; the others
    are left as they are. Invalid when the reason is missing, or beyond a thousand at once.
    """
    said = _checked(action, said)
    ids = list(dict.fromkeys(violation_ids))
    if not ids:
        raise Invalid({"ids": "nothing_chosen"})
    if len(ids) > MOST_AT_ONCE:
        raise Invalid({"ids": "too_many_at_once"})
    day = local_day(at)
    organisation = memory.organisation(day)
    found = {one.id: one for one in memory.violations(ids) if sees(actor, one, day)}
    kept = _Kept()
    outcomes = []
    for key in ids:
        if key not in found:
            outcomes.append(Outcome(id=key, refusal=Refusal(code="not_found")))
            continue
        case = Case(
            violation=found[key], actor=actor, day=day, organisation=organisation, limits=limits
        )
        outcomes.append(_tried(memory, case, action, said, at, kept))
    _finish(memory, actor, action, said, at, kept)
    return tuple(outcomes)


def _tried(
    memory: ViolationMemory,
    case: Case,
    action: ViolationAction,
    said: Said,
    at: datetime,
    kept: _Kept,
) -> Outcome:
    before = case.violation
    try:
        after = _act(memory, case, action, said, at, kept)
    except Refused as error:
        params = {name: value for name, value in error.params.items() if name != "action"}
        refusal = Refusal(code=error.code, params=params)
        return Outcome(id=before.id, violation=before, refusal=refusal)
    return Outcome(id=before.id, violation=after)


def _checked(action: ViolationAction, said: Said) -> Said:
    """Return what was said, cleaned; Invalid when a reason is missing or too long."""
    reason = clean_lines(said.reason)
    if not reason and BY_ACTION[action].needs_reason:
        raise Invalid({"reason": "required"})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": "too_long"})
    refuse_secret((reason,))
    return Said(reason=reason, files=said.files)


def _act(
    memory: ViolationMemory,
    case: Case,
    action: ViolationAction,
    said: Said,
    at: datetime,
    kept: _Kept,
) -> Violation:
    before = case.violation
    after = stepped(action, case, said.reason)
    memory.save(before, after, case.actor.account_id, at)
    kept.done.append(after.id)
    kept.judged.append((before, after))
    kept.entries.append(
        entry_by(
            case.actor,
            at,
            Subject.VIOLATION,
            after.number,
            action,
            before={"violation_state": before.state},
            after={"violation_state": after.state},
            reason=said.reason,
            evidence=tuple(file.sha256 for file in said.files),
        )
    )
    if counts_differently(before, after):
        kept.touched.append(touched_by(after))
    return after


def _finish(
    memory: ViolationMemory,
    actor: Actor,
    action: ViolationAction,
    said: Said,
    at: datetime,
    kept: _Kept,
) -> None:
    """Keep the papers, derive the escalations again, and write the history last.

    Evaluations wait for each other at one row, and the head of the history is taken after it.
    """
    if said.files and kept.done:
        memory.add_files(kept.done, action.value, said.files, actor.account_id, at)
    if kept.touched:
        evaluate_touched(memory.escalation, kept.touched, as_of=local_day(at), at=at, actor=actor)
    for notice in notices_of(action, kept.judged, at):
        memory.escalation.post(notice)
    for entry in kept.entries:
        memory.append(entry)


def touched_by(violation: Violation, *, grew: bool = False) -> Touched:
    """Return the group of a violation as the escalation engine knows it."""
    return Touched(
        type=violation.type,
        agency=violation.agency_code or violation.agency_text,
        field=violation.field_text,
        procedure=violation.procedure_code,
        officer=violation.officer,
        since=violation.occurred_on,
        grew=grew,
    )
