"""What a change of an agency or a group leaves in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflow.accounts.records import Actor
from workflow.history.records import Entry, Plain, Subject
from workflow.history.rules import plain

GROUP_PREFIX = "group:"


def agency_entry(
    actor: Actor,
    key: str,
    action: str,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    given: Mapping[str, object] | None = None,
    reason: str = "",
) -> Entry:
    """Return the entry of a change of the agency whose code is `key` (or `group:<code>`)."""
    return Entry(
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        role=actor.role.value if actor.role else None,
        agency_id=actor.agency_id,
        agency_name=actor.agency_name,
        subject=Subject.AGENCY,
        subject_key=key,
        action=action,
        before=_plain(before),
        after=_plain(after),
        given=_plain(given),
        reason=reason,
    )


def _plain(values: Mapping[str, object] | None) -> dict[str, Plain]:
    return {name: plain(value) for name, value in (values or {}).items()}
