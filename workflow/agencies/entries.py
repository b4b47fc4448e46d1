"""What a change of an agency or a group leaves in the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workflow.accounts.records import Actor
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by

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
    return entry_by(
        actor,
        at,
        Subject.AGENCY,
        key,
        action,
        before=before,
        after=after,
        given=given,
        reason=reason,
    )
