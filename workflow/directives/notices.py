"""Who is told what was done to a directive, in the transaction of the act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from workflow.accounts.records import Role
from workflow.directives.doing import TO_DOERS
from workflow.directives.matters import Draft
from workflow.directives.records import Action, Directive
from workflow.directives.rescoping import OfClause
from workflow.directives.rules import Step
from workflow.history.records import Plain
from workflow.messages.records import Notice, Urgency

SUBJECT = "directive"
TO_LEAD = frozenset(
    {
        Action.RETURN,
        Action.VERIFY,
        Action.REOPEN,
        Action.REASSIGN,
        Action.INSIST,
        Action.DECIDE_EXTENSION,
        Action.AMEND,
        Action.CORRECT,
        Action.WITHDRAW,
        Action.REJECT_EVIDENCE,
        Action.RECORD_REPORT,
        Action.REMIND,
        Action.DIRECT,
        Action.GIVE_INPUT,
        Action.ANSWER,
        Action.SUSPEND,
        Action.RESUME,
    }
)
"""What those above or beside do, the agency that leads is told."""
TO_OVERSEER = frozenset(
    {
        Action.REPORT,
        Action.RECALL,
        Action.DECLINE,
        Action.REQUEST_EXTENSION,
        Action.TAKE_BACK,
    }
)
"""What the lead asks for or reports, whoever follows it is told."""
TO_NAMED = frozenset(
    {
        Action.ROUTE,
        Action.REQUEST_INPUT,
        Action.TAKE_BACK_INPUT,
        Action.PREPARE,
        Action.GIVE_BACK,
        Action.HAND_BACK,
    }
)
"""These tell only whom the act names."""

JOINED, LEFT = "joined", "left"
"""An agency hears that it coordinates from now on, or no longer."""

MOVED = "moved"
"""An agency that led hears to whom the work went, and with it who there was doing it."""

SUBMITTED = "submitted"
"""Who did the work hears that its report went out, and by whom."""

RELEASED = "released"
"""Who had the work inside an agency hears to whom it went."""

INSIDE = frozenset({Action.ROUTE, Action.PREPARE, Action.GIVE_BACK, Action.HAND_BACK})
"""What one agency does among its own people."""


def notices_of(
    action: Action, step: Step, at: datetime, doers: Iterable[int] = ()
) -> Iterator[Notice]:
    """Yield what an act tells: the lead of what those above did, and they of what it did.

    A part has the agency that handed it down above it. What happens inside an agency
    (accepted, updated, handed down) is no notice: it is seen on the pages. `doers` are who
    does the work there: they hear what becomes of it.
    """
    after = step.directive
    if action in TO_LEAD or _takes_back_a_record(action, step):
        told = step.change.told
        yield _notice(action, after, at, "lead", to_agency=after.lead_agency_id, told=told)
    if action in TO_OVERSEER:
        yield from _to_those_above(action, step, at)
    yield from _to_named(action, step, at)
    yield from _to_doers(action, step, at, doers)
    if action is Action.REASSIGN:
        yield from _to_former_lead(step, at)
    for who, agencies in ((JOINED, step.change.joined), (LEFT, step.change.left)):
        for agency in agencies:
            yield _notice(who, after, at, str(agency), to_agency=agency)
    if step.change.proposes:
        yield from _proposed(after, at)
    for part in step.change.parts:
        yield assigned(after, part.agency_id, at)


def _to_doers(action: Action, step: Step, at: datetime, doers: Iterable[int]) -> Iterator[Notice]:
    kind = SUBMITTED if action is Action.REPORT else action
    for one in doers if action in TO_DOERS else ():
        who = f"doer:{one}"
        yield _notice(kind, step.directive, at, who, to_account=one, told=step.change.told)


def _to_former_lead(step: Step, at: datetime) -> Iterator[Notice]:
    """Work does not leave in silence: who led it, and who did it there, are told where it went."""
    after, told = step.directive, step.change.told
    former = step.before.get("lead_agency_id")
    if not isinstance(former, int):
        return
    yield _notice(MOVED, after, at, "former", to_agency=former, told=told)
    for one in after.routings:
        if one.agency_id == former and one.account_id is not None:
            who = f"former:{one.account_id}"
            yield _notice(MOVED, after, at, who, to_account=one.account_id, told=told)


def instructed(made: Directive, at: datetime) -> Notice:
    """Return what an agency is told when an instruction gives it new work."""
    return _notice("instructed", made, at, "lead", to_agency=made.lead_agency_id)


def _takes_back_a_record(action: Action, step: Step) -> bool:
    """The lead heard that its paper was recorded, so it hears that the record fell."""
    return action is Action.RECALL and bool(step.before.get("report_recorded"))


def _to_those_above(action: Action, step: Step, at: datetime) -> Iterator[Notice]:
    """The agency that handed a part down; else whoever follows it, and who decides its date."""
    after = step.directive
    if after.parent_id is not None:
        yield _notice(action, after, at, "above", to_agency=after.handed_by_id)
        return
    overseer = after.overseer_id or None
    yield _notice(action, after, at, "office", to_agency=overseer, to_role=Role.OFFICE)
    if _is_of_a_later_date(action, step):
        yield _to_decider(action, after, at)


def _is_of_a_later_date(action: Action, step: Step) -> bool:
    """A later date is asked for, or asked for no more."""
    return action is Action.REQUEST_EXTENSION or (
        action is Action.TAKE_BACK and bool(step.before.get("extension_asked_to"))
    )


def _to_decider(action: Action, after: Directive, at: datetime) -> Notice:
    """Who gave the task decides its date (product.md §3); where nobody is named, any leader."""
    giver = after.assigner_id
    role = None if giver else Role.LEADER
    return _notice(action, after, at, "decider", to_account=giver, to_role=role)


def _to_named(action: Action, step: Step, at: datetime) -> Iterator[Notice]:
    """What is routed tells the person, what is asked for or answered each agency it concerns.

    What happens inside an agency raises no version, so the instant tells two of them apart.
    """
    after, told = step.directive, step.change.told
    if step.change.to_account is not None:
        who = f"{step.change.to_account}:{at.isoformat()}"
        yield _notice(action, after, at, who, to_account=step.change.to_account, told=told)
    for account, words in step.change.backs:
        who = f"{account}:{words['act']}:{at.isoformat()}"
        yield _notice(action, after, at, who, to_account=account, told=words)
    for one in step.change.released:
        who, where = f"{one}:{at.isoformat()}", {"to": told.get("to", "")}
        yield _notice(RELEASED, after, at, who, to_account=one, told=where)
    for agency in step.change.to_agencies:
        who = f"{agency}:{at.isoformat()}" if action in INSIDE else str(agency)
        yield _notice(action, after, at, who, to_agency=agency, told=told)


def _proposed(after: Directive, at: datetime) -> Iterator[Notice]:
    """Those above are told of what they have to answer."""
    if after.parent_id is not None:
        yield _notice("propose", after, at, "above", to_agency=after.handed_by_id)
    else:
        overseer = after.overseer_id or None
        yield _notice("propose", after, at, "office", to_agency=overseer, to_role=Role.OFFICE)


def assigned(parent: Directive, agency_id: int, at: datetime) -> Notice:
    """Return what a unit is told when a part is handed down to it."""
    return Notice(
        key=f"directive.handed_down:{parent.number}:{parent.version}",
        kind="directive.handed_down",
        subject=SUBJECT,
        subject_key=parent.number,
        at=at,
        to_agency=agency_id,
        urgency=Urgency.URGENT,
    )


def rescoped(changed: Directive, others: Iterable[OfClause], at: datetime) -> Iterator[Notice]:
    """Yield what other leads hear when whose their clause's target is was said anew: each once.

    The lead of the directive that was changed hears of the act itself; a unit below with a part
    is told by who handed it down, and who has ended the work has nothing more to do.
    """
    heard = {changed.lead_agency_id}
    for one in others:
        if one.is_part or one.has_ended or one.lead_agency_id in heard:
            continue
        heard.add(one.lead_agency_id)
        yield Notice(
            key=f"directive.rescoped:{changed.number}:{changed.version}:{one.lead_agency_id}",
            kind="directive.rescoped",
            subject=SUBJECT,
            subject_key=one.number,
            at=at,
            to_agency=one.lead_agency_id,
            params={"scope": changed.target_scope, "basis": changed.target_basis},
        )


def drafted(of: Directive, act: Action, agency_id: int, who: str, at: datetime) -> Notice:
    """Return what clerk and head are told when an officer of theirs wrote an act to be sent."""
    told: dict[str, Plain] = {"who": who, "act": act.value}
    key = f"{agency_id}:{act}:{at.isoformat()}"
    return _notice(Action.PREPARE, of, at, key, to_agency=agency_id, told=told)


def sent(of: Directive, draft: Draft, who: str, at: datetime) -> Notice:
    """Return what an officer is told when what they wrote was sent."""
    told: dict[str, Plain] = {"who": who, "act": draft.act}
    return _notice(SUBMITTED, of, at, f"draft:{draft.id}", to_account=draft.by, told=told)


def issued(
    directives: Iterable[Directive], reference: str, key: str, at: datetime, *, urgent: bool = False
) -> list[Notice]:
    """Return one notice for each lead of a document, with how many tasks it was given.

    `urgent` says that the document itself is.
    """
    counts: dict[int, int] = {}
    for directive in directives:
        counts[directive.lead_agency_id] = counts.get(directive.lead_agency_id, 0) + 1
    return [
        Notice(
            key=f"document.issued:{key}:{agency}",
            kind="document.issued",
            subject="document",
            subject_key=key,
            at=at,
            to_agency=agency,
            params={"reference": reference, "count": count, "urgent": urgent},
            urgency=Urgency.URGENT,
        )
        for agency, count in sorted(counts.items())
    ]


def _notice(
    action: str,
    after: Directive,
    at: datetime,
    who: str,
    *,
    to_account: int | None = None,
    to_agency: int | None = None,
    to_role: Role | None = None,
    told: Mapping[str, Plain] | None = None,
) -> Notice:
    params: dict[str, Plain] = dict(told or {})
    if after.due_on is not None:
        params["due_on"] = after.due_on.isoformat()
    return Notice(
        key=f"directive.{action}:{after.number}:{after.version}:{who}",
        kind=f"directive.{action}",
        subject=SUBJECT,
        subject_key=after.number,
        at=at,
        to_account=to_account,
        to_agency=to_agency,
        to_role=to_role,
        params=params,
        urgency=Urgency.URGENT,
    )
