"""Bringing a draft of a rule before those who approve: they are told, and nothing else changes."""

from __future__ import annotations

from datetime import datetime

from workflow.accounts.records import Actor, Role
from workflow.days import local_day
from workflow.errors import NotFound, Stale
from workflow.escalation.ports import RuleMemory
from workflow.escalation.rules import raise_if_not_submittable
from workflow.escalation.versions import StoredVersion
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.messages.records import Notice


def submit_rule(
    memory: RuleMemory, actor: Actor, version_id: int, *, seen: int, at: datetime
) -> StoredVersion:
    """Tell the leaders that a draft with its backtest waits for their approval.

    Told once for each text of the draft: bringing the same again tells nobody twice. NotFound,
    Stale over another state of the version, Refused("backtest_missing") before it was tried.
    """
    draft = memory.version(version_id)
    if draft is None:
        raise NotFound
    if draft.version != seen:
        raise Stale("stale", number=draft.name, version=draft.version, seen=seen)
    raise_if_not_submittable(draft, actor, local_day(at))
    memory.post(
        Notice(
            key=f"rule {draft.name}:{draft.version}:submitted",
            kind="rule_submitted",
            subject="rule",
            subject_key=draft.code,
            at=at,
            to_role=Role.LEADER,
            params={"rule": draft.code, "number": draft.number, "title": draft.rule.title},
        )
    )
    memory.append(entry_by(actor, at, Subject.RULE, draft.name, "submit_rule"))
    return draft
