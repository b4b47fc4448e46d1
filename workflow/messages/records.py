"""What is told: a notice, committed with its cause, and who gets it on the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from workflow.accounts.records import Role
from workflow.errors import Invalid
from workflow.history.records import Plain

LONGEST_KEY = 200


class Urgency(StrEnum):
    """How a notice leaves by e-mail: urgent at the next office hour, normal in the digest."""

    NORMAL = "normal"
    URGENT = "urgent"


class Delivery(StrEnum):
    """Where a notice stands: waiting, delivered to somebody, or nobody was there to get it."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    STRANDED = "stranded"


class MailState(StrEnum):
    """Where a letter stands: to be sent, accepted by the mail server, given up, or dropped.

    Dropped is one whose reader has no address or no account any more.
    """

    READY = "ready"
    SENT = "sent"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing to tell, written into the outbox by the transaction that caused it.

    `key` makes it once: a second notice with the same key is the same one. `kind` chooses
    the words (`web.messages.words`), `subject` and `subject_key` the page it leads to
    (`directive`, `document`, `violation`, `escalation`, `import`, … with its public
    number), `params` fill the words: plain values, no personal data of citizens.
    It goes to one account; or to an agency, that is its head and clerks on the day of
    delivery; or to everybody who holds a role that day (in `to_agency`, when both are set).
    Invalid when it goes to nobody, or its key is empty or too long.
    """

    key: str
    kind: str
    subject: str
    subject_key: str
    at: datetime
    to_account: int | None = None
    to_agency: int | None = None
    to_role: Role | None = None
    params: Mapping[str, Plain] = field(default_factory=dict)
    urgency: Urgency = Urgency.NORMAL

    def __post_init__(self) -> None:
        """Refuse a notice that could reach nobody or could not be told apart."""
        if not self.key or len(self.key) > LONGEST_KEY:
            raise Invalid({"key": "too_long" if self.key else "required"})
        if self.to_account is None and self.to_agency is None and self.to_role is None:
            raise Invalid({"to": "required"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person chose: e-mail or not, and the hour of their digest (None: the default)."""

    by_email: bool = True
    digest_hour: int | None = None
