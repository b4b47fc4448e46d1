"""What the time of a dossier is made of, and the catalogue of causes (domain.md, 8.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from workflow.days import PROVINCE_ZONE
from workflow.dossiers.records import Wait


class HolderKind(StrEnum):
    """What sort of body held a dossier (domain.md, 8.1)."""

    COUNTER = "counter"
    LAND_OFFICE = "land_office"
    COMMUNE = "commune"
    DIVISION = "division"
    SURVEY = "survey"
    TAX = "tax"
    TREASURY = "treasury"
    AUTHORITY = "authority"
    DEPARTMENT = "department"
    CITIZEN = "citizen"
    OTHER = "other"
    UNLOGGED = "unlogged"
    """Time that no step of the log speaks of: it is named, never given to a neighbour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who held the time: a sort of body, as the file names it, and the agency it was matched to."""

    kind: HolderKind
    text: str = ""
    agency_id: int | None = None


CITIZEN = Holder(kind=HolderKind.CITIZEN)
UNLOGGED = Holder(kind=HolderKind.UNLOGGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """One step of a dossier's log; `ended_at` is None while it runs, `limit_at` where none is."""

    serial: int
    name: str
    holder: Holder
    started_at: datetime
    ended_at: datetime | None = None
    limit_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The course of one dossier: what its time is split by, and judged by.

    Its days are the file's own, so that the one on-time rule judges it as it stands
    (`workflow.dossiers.timing.Timed`); so are the days of its steps, in the file's `zone`.
    `received_at` is where its time begins.
    """

    dossier_id: int
    received_at: datetime
    ended_at: datetime | None = None
    received_on: date | None = None
    ended_on: date | None = None
    promised_on: date | None = None
    promised_last_on: date | None = None
    waits_included: bool = False
    waits: tuple[Wait, ...] = ()
    agency_id: int | None = None
    agency: str = ""
    steps: tuple[CourseStep, ...] = ()
    status: int = 0
    supplement_requests: int = 0
    zone: ZoneInfo = PROVINCE_ZONE


class CauseSide(StrEnum):
    """Where a cause lies (domain.md, 8.2); reports ask for the first two."""

    OBJECTIVE = "objective"
    SUBJECTIVE = "subjective"
    MIXED = "mixed"
    COORDINATOR = "coordinator"
    CITIZEN = "citizen"
    TECHNICAL = "technical"
    DATA = "data"
    PROCESS = "process"


class CauseCode(StrEnum):
    """The causes of late land dossiers, by their codes."""

    L01 = "L01"
    L02 = "L02"
    L03 = "L03"
    L04 = "L04"
    L05 = "L05"
    L06 = "L06"
    L07 = "L07"
    L08 = "L08"
    L09 = "L09"
    L10 = "L10"
    L11 = "L11"
    L12 = "L12"
    L13 = "L13"
    L14 = "L14"
    L15 = "L15"


class CauseSource(StrEnum):
    """Whether a cause was taken as suggested from the steps, or entered by who knows better."""

    SUGGESTED = "suggested"
    ENTERED = "entered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One cause: its name in the catalogue, and where it lies; `within` narrows the side."""

    code: CauseCode
    name: str
    side: CauseSide
    within: str = ""


CATALOGUE: tuple[Cause, ...] = (
    Cause(code=CauseCode.L01, name="land_origin_unclear", side=CauseSide.OBJECTIVE),
    Cause(
        code=CauseCode.L02,
        name="commune_verification",
        side=CauseSide.SUBJECTIVE,
        within="coordinator",
    ),
    Cause(code=CauseCode.L03, name="survey_mismatch", side=CauseSide.MIXED),
    Cause(code=CauseCode.L04, name="citizen_financial_obligation", side=CauseSide.CITIZEN),
    Cause(code=CauseCode.L05, name="tax_authority", side=CauseSide.COORDINATOR),
    Cause(code=CauseCode.L06, name="external_verification", side=CauseSide.COORDINATOR),
    Cause(code=CauseCode.L07, name="dispute_or_block", side=CauseSide.OBJECTIVE),
    Cause(code=CauseCode.L08, name="staff_shortage", side=CauseSide.SUBJECTIVE, within="resources"),
    Cause(code=CauseCode.L09, name="software_data", side=CauseSide.TECHNICAL),
    Cause(code=CauseCode.L10, name="legal_gap", side=CauseSide.OBJECTIVE),
    Cause(code=CauseCode.L11, name="officer_fault", side=CauseSide.SUBJECTIVE),
    Cause(
        code=CauseCode.L12,
        name="incomplete_dossier",
        side=CauseSide.SUBJECTIVE,
        within="front_desk",
    ),
    Cause(code=CauseCode.L13, name="planning", side=CauseSide.OBJECTIVE),
    Cause(code=CauseCode.L14, name="not_closed_on_system", side=CauseSide.DATA),
    Cause(code=CauseCode.L15, name="coordination", side=CauseSide.PROCESS),
)
"""The catalogue as data; the words for a code live in the pages."""

BY_CODE = {cause.code: cause for cause in CATALOGUE}
