"""An import profile: which column of a province's file is what (product.md §5)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo

from workflow.dossiers.records import Channel, Status
from workflow.text import fold


class Rows(StrEnum):
    """How rows form dossiers: each row one, or each row one step of one."""

    DOSSIER = "dossier"
    STEP = "step"


class Supplement(StrEnum):
    """What a sub-state says of the request for supplements."""

    NONE = "none"
    ASKED = "asked"
    ANSWERED = "answered"


ANY_WORD = "*"
"""The word of a profile that stands for every word it does not name."""

Names = tuple[str, ...]
"""The headings a column may bear, the first one found is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A moment told by a mark: one of the words `yes`, or a number from `at_least` on.

    `at` is the field whose moment it then is.
    """

    names: Names
    at: str
    yes: tuple[str, ...] = ()
    at_least: int | None = None


class WaitKind(StrEnum):
    """What the citizen was asked for (statuses 5 and 6)."""

    SUPPLEMENT = "supplement"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitColumns:
    """Two columns that tell a wait for the citizen: when asked, when answered."""

    asked: Names
    answered: Names = ()
    kind: WaitKind = WaitKind.SUPPLEMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """How the file is written; what is None is found out from the file."""

    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a file's words mean; keys are folded, `*` stands for all others."""

    status: Mapping[str, Status] = field(default_factory=dict)
    channel: Mapping[str, Channel] = field(default_factory=dict)
    level: Mapping[str, int] = field(default_factory=dict)
    supplement: Mapping[str, Supplement] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How to read one kind of file; `digest` changes with anything that changes the reading.

    `optional` are fields whose column a file may lack; `code_pattern` what a dossier's code
    looks like.
    """

    name: str
    title: str
    source: str
    zone: ZoneInfo
    rows: Rows
    promised_includes_waits: bool
    formats: tuple[str, ...]
    columns: Mapping[str, Names]
    optional: frozenset[str] = frozenset()
    constants: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    waits: tuple[WaitColumns, ...] = ()
    steps: Mapping[str, Names] = field(default_factory=dict)
    words: Words = field(default_factory=Words)
    file: FileFacts = field(default_factory=FileFacts)
    code_pattern: str | None = None

    @property
    def digest(self) -> str:
        """A hash of everything that the reading of a row depends on."""
        facts = [
            self.source, self.zone.key, self.rows, self.promised_includes_waits, self.formats,
            _sorted(self.columns), _sorted(self.constants), _sorted(self.marks), self.waits,
            _sorted(self.steps), self.code_pattern, sorted(self.words.empty),
            *(_sorted(one) for one in (self.words.status, self.words.channel,
                                       self.words.level, self.words.supplement)),
        ]  # fmt: skip
        return hashlib.sha256(repr(facts).encode()).hexdigest()


def _sorted(mapping: Mapping[str, object]) -> list[tuple[str, str]]:
    return sorted((key, repr(value)) for key, value in mapping.items())


def word_key(text: str) -> str:
    """Return the form in which a profile's words and a file's are compared."""
    return fold(text)
