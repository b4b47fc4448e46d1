"""One entry of the history: who, as what, when, why, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


class Subject(StrEnum):
    """What an entry is about."""

    DIRECTIVE = "directive"
    DOCUMENT = "document"
    CALENDAR = "calendar"
    AGENCY = "agency"
    ACCOUNT = "account"
    DOSSIER = "dossier"
    PROFILE = "profile"
    DOSSIER_IMPORT = "dossier_import"
    VIOLATION = "violation"
    ESCALATION = "escalation"
    RULE = "rule"
    PAPER = "paper"
    LETTER = "letter"
    ROUTING = "routing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one act leaves behind; nobody can edit it.

    `before` and `after` hold only the fields that changed, `given` what was said with
    the act, `evidence` the SHA-256 of files that came with it. All values are plain
    (JSON), dates as ISO text, so that the same entry always hashes to the same digest.
    """

    at: datetime
    actor_id: int
    actor_name: str
    role: str | None
    agency_id: int | None
    agency_name: str
    subject: Subject
    subject_key: str
    action: str
    before: Mapping[str, Plain] = field(default_factory=dict)
    after: Mapping[str, Plain] = field(default_factory=dict)
    given: Mapping[str, Plain] = field(default_factory=dict)
    reason: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedEntry:
    """An entry with its place in the chain."""

    serial: int
    entry: Entry
    previous: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The end of the chain as it is anchored outside the history table."""

    entries: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """What a walk along the chain found; `first_broken` is a serial, or None."""

    entries: int
    ok: bool
    first_broken: int | None
    reason: str = ""

    def as_json(self) -> dict[str, Plain]:
        """Return the keys that `dondoc audit verify --json` prints."""
        return {"entries": self.entries, "ok": self.ok, "first_broken": self.first_broken}
