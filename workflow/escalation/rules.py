"""Who may draft and approve a rule, and from which day a version may judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.accounts.records import Actor, Role
from workflow.errors import Forbidden, Invalid, Refused
from workflow.escalation.versions import JUDGING, RuleState, StoredVersion
from workflow.text import clean, clean_lines

ONE_DAY = timedelta(days=1)
DRAFTERS = frozenset({Role.INSPECTOR, Role.OFFICE})
APPROVERS = frozenset({Role.LEADER, Role.OFFICE})
LONGEST_ACT = 500
LONGEST_REASON = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What enacts a version: the number of the act, and the first day it judges.

    `retroactive` says that it judges days that are past, `retroactive_reason` why. `signer` is
    who signed the act where the office records it; a leader approves with their own name.
    """

    act: str
    from_on: date
    retroactive: bool = False
    retroactive_reason: str = ""
    signer: str = ""


def require_drafter(actor: Actor, day: date) -> None:
    """Inspector or office drafts a rule (product.md §6); the system account its proposals."""
    if not actor.is_system:
        _require(actor, day, DRAFTERS)


def require_approver(actor: Actor, day: date) -> None:
    """A leader approves a rule, or the office records the paper a leader signed."""
    _require(actor, day, APPROVERS)


def _require(actor: Actor, day: date, roles: frozenset[Role]) -> None:
    if actor.role not in roles:
        raise Forbidden("not_yours", who=sorted(roles))
    if not actor.holds_role_on(day):
        raise Forbidden("role_not_held")


def raise_if_not_draft(version: StoredVersion) -> None:
    """Only a draft changes; a version that judged, or was rejected, stays as it is."""
    if version.state is not RuleState.DRAFT:
        raise Refused("not_a_draft", state=version.state)


def tidy_approval(approval: Approval) -> Approval:
    """Return what was entered without stray spaces."""
    return Approval(
        act=clean(approval.act),
        from_on=approval.from_on,
        retroactive=approval.retroactive,
        retroactive_reason=clean_lines(approval.retroactive_reason),
        signer=clean(approval.signer),
    )


def raise_if_not_approvable(version: StoredVersion, actor: Actor, today: date) -> None:
    """Say why a version cannot be approved by this person, whatever they would enter.

    Nobody who had a hand in the text approves it, though another changed it last.
    """
    require_approver(actor, today)
    raise_if_not_draft(version)
    if version.drafters & actor.people_on(today):
        raise Forbidden("own_draft")
    if version.backtest is None:
        raise Refused("backtest_missing")


def raise_if_not_rejectable(version: StoredVersion, actor: Actor, today: date) -> None:
    """Whoever drafted a rule, or an approver, may put it aside."""
    if actor.account_id == version.drafted_by:
        require_drafter(actor, today)
    else:
        require_approver(actor, today)
    raise_if_not_draft(version)


def raise_if_not_submittable(version: StoredVersion, actor: Actor, today: date) -> None:
    """Only a drafter brings a draft before the approvers, with what it would have done."""
    require_drafter(actor, today)
    raise_if_not_draft(version)
    if version.backtest is None:
        raise Refused("backtest_missing")


def raise_if_not_changeable(version: StoredVersion, actor: Actor, today: date) -> None:
    """A drafter changes a draft."""
    require_drafter(actor, today)
    raise_if_not_draft(version)


def raise_if_not_retirable(version: StoredVersion, actor: Actor, today: date) -> None:
    """An approver ends what judges, or is to judge."""
    require_approver(actor, today)
    if version.state is not RuleState.APPROVED or not version.judges:
        raise Refused("not_in_force", state=version.state)
    if version.to_on is not None and version.to_on < today:
        raise Refused("not_in_force", state=version.state)


def check_approval(version: StoredVersion, approval: Approval, actor: Actor, today: date) -> None:
    """Refuse what no rule may come into force by.

    Refused("not_a_draft"), ("backtest_missing"); Forbidden("own_draft") for whoever drafted it.
    Invalid: `act`, `signer`, `from_on` ("date_past": it judges days before today and does not
    say so), `retroactive_reason`.
    """
    raise_if_not_approvable(version, actor, today)
    errors = {
        "act": _text_fault(approval.act, LONGEST_ACT),
        "signer": _text_fault(approval.signer, LONGEST_ACT) if actor.role is Role.OFFICE else "",
        **_retroactive_faults(approval, today),
    }
    found = {name: code for name, code in errors.items() if code}
    if found:
        raise Invalid(found)


def _retroactive_faults(approval: Approval, today: date) -> dict[str, str]:
    if not approval.retroactive:
        return {"from_on": "date_past" if approval.from_on < today else ""}
    return {
        "from_on": "" if approval.from_on < today else "not_retroactive",
        "retroactive_reason": _text_fault(approval.retroactive_reason, LONGEST_REASON),
    }


def _text_fault(text: str, longest: int) -> str:
    if not text:
        return "required"
    return "too_long" if len(text) > longest else ""


def check_reason(reason: str) -> str:
    """Return a reason without stray spaces; Invalid when it is empty or too long."""
    reason = clean_lines(reason)
    fault = _text_fault(reason, LONGEST_REASON)
    if fault:
        raise Invalid({"reason": fault})
    return reason


def taken_over(
    versions: Iterable[StoredVersion], from_on: date
) -> tuple[tuple[StoredVersion, date], ...]:
    """Return the versions that a new one from `from_on` on ends, each with its new last day.

    A version that was to begin on or after that day judges nobody: its last day lies before
    its first.
    """
    eve = from_on - ONE_DAY
    return tuple(
        (one, eve)
        for one in versions
        if one.state in JUDGING and one.judges and (one.to_on is None or one.to_on >= from_on)
    )
