"""A dossier (hồ sơ) as the one-stop software knows it, its steps, and the imports it came by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as value
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Status(IntEnum):
    """The ten status codes of the national public service portal (domain.md §2.2)."""

    NEW = 1
    RECEIVED = 2
    NOT_RECEIVED = 3
    PROCESSING = 4
    SUPPLEMENT_ASKED = 5
    PAYMENT_ASKED = 6
    WITHDRAWN = 7
    STOPPED = 8
    PROCESSED = 9
    RETURNED = 10


WAITING = frozenset({Status.SUPPLEMENT_ASKED, Status.PAYMENT_ASKED})
"""The dossier waits for the citizen, and the clock with it."""

STOPPED = frozenset({Status.NOT_RECEIVED, Status.WITHDRAWN, Status.STOPPED})
"""Refused and withdrawn count as stopped (product.md §5)."""

ENDED = STOPPED | {Status.PROCESSED, Status.RETURNED}


class Channel(StrEnum):
    """How a dossier was handed in."""

    COUNTER = "counter"
    ONLINE = "online"
    POSTAL = "postal"
    OTHER = "other"


class ImportState(StrEnum):
    """Where an import stands; one that was killed is still `running` and is taken up again."""

    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Wait:
    """Days on which the dossier waited for the citizen: after `asked_on`, to `answered_on`.

    `answered_on` is None while nobody has answered.
    """

    asked_on: date
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a dossier: who held it, and between which instants."""

    name: str
    holder: str = ""
    officer: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    limit_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What one file says of one dossier; days are the file's own, instants have their zone.

    `applicant` is personal data. `promised_on` is the first day promised,
    `promised_last_on` the last; `waits_included` says that they already hold the waits.
    `ended_on` is the day it was processed, else returned, else stopped. The five last
    instants stand where the file's own fields say that a rule was broken, and when.
    """

    source: str
    code: str
    agency: str = ""
    receiving: str = ""
    field: str = ""
    procedure_code: str = ""
    procedure: str = ""
    officer: str = ""
    applicant: str = ""
    channel: Channel = Channel.OTHER
    online_level: int | None = None
    status: Status = Status.PROCESSING
    submitted_at: datetime | None = None
    receipt_limit_at: datetime | None = None
    received_at: datetime | None = None
    received_on: date | None = None
    promised_on: date | None = None
    promised_last_on: date | None = None
    waits_included: bool = False
    second_new_date_at: datetime | None = None
    apology_on: date | None = None
    processed_at: datetime | None = None
    returned_at: datetime | None = None
    stopped_at: datetime | None = None
    ended_on: date | None = None
    supplement_requests: int = 0
    second_supplement_at: datetime | None = None
    waits: tuple[Wait, ...] = ()
    wrong_jurisdiction_at: datetime | None = None
    no_slip_at: datetime | None = None
    refused_without_reason_at: datetime | None = None
    not_synced_at: datetime | None = None
    late_transfer_at: datetime | None = None
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFacts:
    """What is taken in: which file, read how, for whom, judged as of which day."""

    source: str
    profile: str
    profile_digest: str
    file_name: str
    sha256: str
    as_of: date
    detections_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What an import has done so far; `rows` are the file's, the others dossiers or rows.

    `created`, `updated`, `unchanged` count dossiers, `rejected` and `done_rows` rows.
    `violations` counts by type what stands among the file's dossiers.
    """

    rows: int = 0
    done_rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    violations: Mapping[str, int] = value(default_factory=dict)

    def plus(self, more: Counts) -> Counts:
        """Return what is done after one more chunk; the rows of the file stay as they are."""
        return Counts(
            rows=self.rows,
            done_rows=self.done_rows + more.done_rows,
            created=self.created + more.created,
            updated=self.updated + more.updated,
            unchanged=self.unchanged + more.unchanged,
            rejected=self.rejected + more.rejected,
            violations=dict(Counter(self.violations) + Counter(more.violations)),
        )

    def as_json(self) -> dict[str, object]:
        """Return exactly the keys of `dondoc dossiers import --json`."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "violations": dict(sorted(self.violations.items())),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierImport:
    """One file being taken in; a killed one goes on after the dossier `last_code`."""

    id: int
    facts: ImportFacts
    state: ImportState
    counts: Counts
    started_at: datetime
    last_code: str = ""
    ended_at: datetime | None = None
    failure: str = ""

    @property
    def is_running(self) -> bool:
        """Whether it has not ended; a killed one is taken up again."""
        return self.state is ImportState.RUNNING

    @property
    def has_failed(self) -> bool:
        """Whether it was given up."""
        return self.state is ImportState.FAILED
