"""A violation as values: what happened, whose it is, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

NUMBER_PREFIX = "VP-"


class ViolationState(StrEnum):
    """Where a violation stands; `overturned` ones do not count (product.md §5)."""

    RECORDED = "recorded"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"
    UPHELD = "upheld"
    OVERTURNED = "overturned"


UNCONFIRMED = frozenset({ViolationState.RECORDED, ViolationState.CONTESTED})
"""A sign of a violation only: nothing above a reminder may rest on it (product.md §6)."""
STANDING = frozenset(ViolationState) - {ViolationState.OVERTURNED}


class ViolationSource(StrEnum):
    """How a violation came to be known."""

    DETECTED = "detected"
    INSPECTION = "inspection"
    PETITION = "petition"
    MANUAL = "manual"


class Severity(StrEnum):
    """How grave it is; the catalogue has a default for each type."""

    MINOR = "minor"
    SERIOUS = "serious"
    GRAVE = "grave"


class Cause(StrEnum):
    """Why a violation is overturned: the facts behind it were mended, or somebody judged so."""

    MENDED = "mended"
    JUDGED = "judged"


class ViolationAction(StrEnum):
    """What people do to a violation; what detection does to it is no action of theirs."""

    RECORD = "record"
    CONFIRM = "confirm"
    CONTEST = "contest"
    UPHOLD = "uphold"
    OVERTURN = "overturn"
    REINSTATE = "count_again"


def number_of(violation_id: int) -> str:
    """Return the public number of a violation (`VP-1204`)."""
    return f"{NUMBER_PREFIX}{violation_id}"


def engine_id(violation_id: int) -> str:
    """Return a violation's id as the escalation engine orders it: nine digits."""
    return f"{violation_id:09d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One violation with the facts its guards need.

    `agency_id` is None where the file's words name no agency the database knows; then
    `agency_text` holds them. `occurred_on` is the day of `occurred_at` in the province.
    `cause` and `state_before` are those of an overturned one: what it goes back to.
    `recorded_by` and `contested_by` are accounts, None where no person did it.
    """

    id: int
    type: str
    state: ViolationState
    version: int
    source: ViolationSource
    severity: Severity
    occurred_at: datetime
    occurred_on: date
    recorded_at: datetime
    agency_id: int | None = None
    agency_code: str = ""
    agency_name: str = ""
    agency_path: str = ""
    agency_text: str = ""
    field_text: str = ""
    procedure_code: str = ""
    officer: str = ""
    dossier_id: int | None = None
    directive_id: int | None = None
    serial: int = 0
    cause: Cause | None = None
    state_before: ViolationState | None = None
    after_the_fact: bool = False
    reason: str = ""
    recorded_by: int | None = None
    contested_by: int | None = None

    @property
    def number(self) -> str:
        """The public number."""
        return number_of(self.id)

    @property
    def is_contested(self) -> bool:
        """Whether its agency contests it and nobody concluded yet."""
        return self.state is ViolationState.CONTESTED

    @property
    def is_mended(self) -> bool:
        """Whether it does not count because the facts behind it were mended."""
        return self.state is ViolationState.OVERTURNED and self.cause is Cause.MENDED

    @property
    def is_upheld_unheard(self) -> bool:
        """Whether it counts again though its agency never contested it."""
        return self.state is ViolationState.UPHELD and self.contested_by is None

    @property
    def is_sign(self) -> bool:
        """Whether it is only a sign of a violation so far (dấu hiệu vi phạm)."""
        return self.state in UNCONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A violation that a person enters: from an inspection, a petition or by hand.

    `dossier_code` names a dossier of the database, or nothing: then it stands free.
    """

    type: str
    source: ViolationSource
    agency_id: int
    occurred_at: datetime
    words: str
    severity: Severity | None = None
    field_text: str = ""
    procedure_code: str = ""
    officer: str = ""
    dossier_code: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDossier:
    """The dossier that a person names: what a violation of it has from the file."""

    id: int
    field_text: str
    procedure_code: str
    officer: str
