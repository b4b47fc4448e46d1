"""A rule's life: drafted, tried on the past, approved by a second person, retired (product §6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.days import local_day
from workflow.errors import Invalid, NotFound, Refused, Stale
from workflow.escalation.evaluating import Evaluated
from workflow.escalation.ports import RuleMemory
from workflow.escalation.records import Rule
from workflow.escalation.rulebook import rule_as_data
from workflow.escalation.rules import (
    Approval,
    check_approval,
    check_reason,
    raise_if_not_changeable,
    raise_if_not_rejectable,
    raise_if_not_retirable,
    require_drafter,
    taken_over,
    tidy_approval,
)
from workflow.escalation.starting import NO_LAW, STARTING
from workflow.escalation.sweeping import reenact
from workflow.escalation.versions import RuleState, StoredVersion
from workflow.history.records import Entry, Plain, Subject
from workflow.history.rules import entry_by


def draft_rule(
    memory: RuleMemory,
    actor: Actor,
    rule: Rule,
    *,
    reason: str,
    at: datetime,
    is_proposal: bool = False,
) -> StoredVersion:
    """Draft a new rule, or the next version of one that is there, and return it.

    Refused("draft_exists") while another draft of the rule waits.
    """
    require_drafter(actor, local_day(at))
    reason = check_reason(reason)
    versions = memory.versions(rule.code)
    if any(one.state is RuleState.DRAFT for one in versions):
        raise Refused("draft_exists", rule=rule.code)
    number = max((one.number for one in versions), default=0) + 1
    drafted = memory.add_version(
        rule, number=number, reason=reason, by=actor.account_id, at=at, is_proposal=is_proposal
    )
    said = {name: value for name, value in _facts(drafted).items() if value}
    _tell(memory, actor, drafted, "draft_rule", at, after=said, reason=reason)
    return drafted


def draft_proposals(memory: RuleMemory, actor: Actor, *, at: datetime) -> list[StoredVersion]:
    """Draft the rules to start from, those whose code is not there yet; return what was drafted."""
    require_drafter(actor, local_day(at))
    return [
        draft_rule(memory, actor, rule, reason=NO_LAW, at=at, is_proposal=True)
        for rule in STARTING
        if not memory.versions(rule.code)
    ]


def change_draft(
    memory: RuleMemory,
    actor: Actor,
    version_id: int,
    rule: Rule,
    *,
    reason: str,
    seen: int,
    at: datetime,
) -> StoredVersion:
    """Change a draft; a backtest attached before is none of the new text and goes.

    A proposal that somebody changed is theirs: they become its drafter. Who wrote it before
    stays among those who do not approve it.
    """
    draft = _seen(memory, version_id, seen)
    raise_if_not_changeable(draft, actor, local_day(at))
    reason = check_reason(reason)
    if rule.code != draft.code:
        raise Invalid({"code": "code_fixed"})
    changed = memory.save_version(
        draft,
        {
            "rule": rule,
            "reason": reason,
            "backtest": None,
            "is_proposal": draft.is_proposal and rule == draft.rule,
            "drafted_by": actor.account_id,
            "also_drafted_by": _before(draft, actor),
            "drafted_at": at,
        },
    )
    before, after = _differences(draft, changed)
    _tell(memory, actor, changed, "change_rule", at, before=before, after=after, reason=reason)
    return changed


def _before(draft: StoredVersion, actor: Actor) -> tuple[int, ...]:
    """Return who wrote a draft before the person who changes it now."""
    hands = draft.drafters - {None, actor.account_id}
    return tuple(sorted(hand for hand in hands if hand is not None))


def attach_backtest(
    memory: RuleMemory,
    actor: Actor,
    version_id: int,
    backtest: Mapping[str, Plain],
    *,
    seen: int,
    at: datetime,
) -> StoredVersion:
    """Attach what a draft would have done in the past; the approver decides on that."""
    draft = _seen(memory, version_id, seen)
    raise_if_not_changeable(draft, actor, local_day(at))
    attached = memory.save_version(draft, {"backtest": dict(backtest)})
    told = {name: value for name, value in backtest.items() if not isinstance(value, list | dict)}
    _tell(memory, actor, attached, "attach_backtest", at, given=told)
    return attached


def approve_rule(
    memory: RuleMemory,
    actor: Actor,
    version_id: int,
    approval: Approval,
    *,
    seen: int,
    at: datetime,
) -> Evaluated:
    """Let a second person put a draft in force; the versions it takes over end the day before.

    What it judges from its first day on is derived anew at once. For what is refused, and why:
    `rules.check_approval`.
    """
    today = local_day(at)
    draft, approval = _seen(memory, version_id, seen), tidy_approval(approval)
    check_approval(draft, approval, actor, today)
    ended = [
        (one, memory.save_version(one, {"to_on": last}))
        for one, last in taken_over(memory.versions(draft.code), approval.from_on)
    ]
    approved = memory.save_version(
        draft,
        {
            "state": RuleState.APPROVED,
            "act": approval.act,
            "from_on": approval.from_on,
            "retroactive": approval.retroactive,
            "retroactive_reason": approval.retroactive_reason,
            "approved_by": actor.account_id,
            "approved_at": at,
        },
    )
    done = reenact(
        memory.escalation, actor, draft.code, from_on=approval.from_on, as_of=today, at=at
    )
    for before, after in ended:
        _tell(
            memory, actor, after, "end_rule", at,
            before={"to_on": before.to_on}, after={"to_on": after.to_on},
        )  # fmt: skip
    _tell_approval(memory, actor, draft, approved, approval, at)
    return done


def _tell_approval(
    memory: RuleMemory,
    actor: Actor,
    draft: StoredVersion,
    approved: StoredVersion,
    approval: Approval,
    at: datetime,
) -> None:
    before, after = _differences(draft, approved)
    _tell(
        memory, actor, approved, "approve_rule", at,
        before=before, after=after,
        given={"signer": approval.signer} if approval.signer else None,
        reason=approval.retroactive_reason,
    )  # fmt: skip


def reject_rule(
    memory: RuleMemory, actor: Actor, version_id: int, *, reason: str, seen: int, at: datetime
) -> StoredVersion:
    """Put a draft aside for good: an approver who does not want it, or whoever drafted it."""
    draft = _seen(memory, version_id, seen)
    raise_if_not_rejectable(draft, actor, local_day(at))
    reason = check_reason(reason)
    rejected = memory.save_version(draft, {"state": RuleState.REJECTED})
    before, after = _differences(draft, rejected)
    _tell(memory, actor, rejected, "reject_rule", at, before=before, after=after, reason=reason)
    return rejected


def retire_rule(
    memory: RuleMemory,
    actor: Actor,
    version_id: int,
    *,
    last_day: date,
    act: str,
    seen: int,
    at: datetime,
) -> StoredVersion:
    """Let the version in force judge for the last time on a day, by an act; never back in time."""
    today = local_day(at)
    version, act = _seen(memory, version_id, seen), act.strip()
    raise_if_not_retirable(version, actor, today)
    errors = {}
    if last_day < today:
        errors["last_day"] = "date_past"
    if version.from_on is not None and last_day < version.from_on:
        errors["last_day"] = "period_reversed"
    if version.to_on is not None and last_day > version.to_on:
        errors["last_day"] = "ends_before"
    if not act:
        errors["act"] = "required"
    if errors:
        raise Invalid(errors)
    retired = memory.save_version(version, {"state": RuleState.RETIRED, "to_on": last_day})
    before, after = _differences(version, retired)
    _tell(memory, actor, retired, "retire_rule", at, before=before, after=after, given={"act": act})
    return retired


def _seen(memory: RuleMemory, version_id: int, seen: int) -> StoredVersion:
    """Return a version, held for writing; Stale when another state of it stands."""
    found = memory.version(version_id)
    if found is None:
        raise NotFound
    if found.version != seen:
        raise Stale("stale", number=found.name, version=found.version, seen=seen)
    return found


def _facts(version: StoredVersion) -> dict[str, object]:
    apart = {"code", "window"}
    window = version.rule.window
    rule = {name: told for name, told in rule_as_data(version.rule).items() if name not in apart}
    return {
        **rule,
        "window_days": window.days,
        "window_calendar": window.calendar,
        "rule_state": version.state,
        "act": version.act,
        "from_on": version.from_on,
        "to_on": version.to_on,
        "retroactive": version.retroactive,
        "is_proposal": version.is_proposal,
    }


def _differences(
    before: StoredVersion, after: StoredVersion
) -> tuple[dict[str, object], dict[str, object]]:
    old, new = _facts(before), _facts(after)
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return {name: old.get(name) for name in names}, {name: new.get(name) for name in names}


def _tell(
    memory: RuleMemory,
    actor: Actor,
    version: StoredVersion,
    action: str,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    given: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    entry: Entry = entry_by(
        actor,
        at,
        Subject.RULE,
        version.name,
        action,
        before=before,
        after=after,
        given=given,
        reason=reason,
    )
    memory.append(entry)
