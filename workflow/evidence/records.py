"""A piece of evidence: a file, its hash, its version, the period it proves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EvidenceState(StrEnum):
    """What the verifier has said of a piece."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Purpose(StrEnum):
    """Why a file was brought: to show a result, or as the paper an act needs."""

    RESULT = "result"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file whose content was checked and kept under its SHA-256."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One version of one piece of evidence on a directive."""

    id: int
    name: str
    version: int
    media_type: str
    size: int
    sha256: str
    period_from: date | None
    period_to: date | None
    uploaded_by: int
    uploaded_at: datetime
    state: EvidenceState
    purpose: Purpose = Purpose.RESULT
    reason: str = ""
    uploader: str = ""
    is_current: bool = True
