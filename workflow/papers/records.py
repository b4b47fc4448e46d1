"""Lines of a paper and how they end, the office's list of papers, letters that urge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from workflow.directives.records import Action, Directive
from workflow.doors import Refusal
from workflow.evidence.records import StoredFile
from workflow.text import squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One act on one directive; `version` is the one the person saw, if they saw one.

    With `period`, a report is of that reporting period of standing work, which goes on.
    """

    number: str
    action: Action
    given: Mapping[str, object] = field(default_factory=dict)
    version: int | None = None
    period: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a line ended: the directive after the act, or why it was left as it was.

    `of_period`: what was done is of one reporting period, and the directive goes on.
    """

    number: str
    action: Action
    of_period: bool = False
    directive: Directive | None = None
    refusal: Refusal | None = None

    @property
    def is_done(self) -> bool:
        """Whether the act was carried out."""
        return self.refusal is None


class Direction(StrEnum):
    """Whether a paper came to the office or left it."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPaper:
    """One row of the office's list of papers, as it was read.

    Its number, date and counterpart make it the same paper, however often the list comes;
    `arrival_number` is what the office's clerk gave an incoming one (số đến), anew each year;
    `agency_id` is the agency that the counterpart's words name beyond doubt, or None.
    """

    direction: Direction
    number: str
    dated: date
    counterpart: str
    subject: str = ""
    signer: str = ""
    received_on: date | None = None
    arrival_number: str = ""
    agency_id: int | None = None

    @property
    def key(self) -> tuple[str, str, date, str]:
        """What makes it the same paper, whatever the spelling."""
        return self.direction.value, paper_key(self.number), self.dated, squeeze(self.counterpart)

    @property
    def mark(self) -> str:
        """Tells whether a paper still says what somebody saw: another word, another mark."""
        days = str(self.dated), str(self.received_on)
        words = self.number, self.counterpart, self.subject, self.signer, self.arrival_number
        return sha256("\x1f".join((*days, *words)).encode()).hexdigest()[:16]


def paper_key(number: str) -> str:
    """Return a number as it is found again: letters and figures only, without diacritics."""
    return squeeze(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPaper:
    """A paper of the list as it is kept, with its file where somebody brought it."""

    id: int
    listed: ListedPaper
    file: StoredFile | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """What a list changed: papers added, changed, and already there as they are.

    `beside` counts the new ones that bear number and date of a known paper of another agency.
    """

    added: int
    changed: int
    same: int
    beside: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperImport:
    """One taking in of a list: what it was read from, what it changed, by whom and when."""

    id: int
    source: str
    added: int
    changed: int
    kept_by: str
    kept_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedPaper:
    """A paper as an import left it; `before` is what it said until then, None for a new one."""

    paper: KnownPaper
    before: ListedPaper | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoneImport:
    """What undoing an import did: papers removed, put back, and left because they are in use."""

    removed: int
    restored: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDraft:
    """One letter to one agency with all its lines; the number may still be blank."""

    agency_id: int
    text: str
    lines: tuple[Line, ...]
    number: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterHead:
    """What of a letter may be filled in later, who sent it and to whom, over which directives."""

    id: int
    number: str
    dated: date
    sent_by: int
    agency_id: int
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLetter:
    """How a letter ended: its id, None when no line of it could be done, and each line."""

    agency_id: int
    outcomes: tuple[Outcome, ...]
    id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftRow:
    """A row that was not understood: its place in the list, the field, the words, and why."""

    row: int
    field: str
    words: str
    reason: str
