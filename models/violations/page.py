"""Reading the file of one violation, as far as the actor may read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, select, true
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow
from models.base import table_of
from models.directives.rows import DirectiveRow
from models.dossiers.rows import DossierRow
from models.escalation.rows import EscalationRaiseRow, EscalationRow
from models.history.queries import entries_about
from models.periods.rows import PeriodRow
from models.review.basis import id_of, members
from models.violations.bases import entered_for
from models.violations.loading import FACTS, violation_from
from models.violations.moments import next_day
from models.violations.queries import visible_to
from models.violations.rows import ViolationFileRow, ViolationRow, ViolationStateRow
from workflow.accounts.records import Actor
from workflow.errors import NotFound
from workflow.history.records import SealedEntry, Subject
from workflow.review.records import EscalationState
from workflow.violations.bases import EnteredBasis
from workflow.violations.catalogue import LATE_DIRECTIVE
from workflow.violations.records import Violation, ViolationState

MOST_ENTRIES = 100
_Knower = aliased(AccountRow, name="knower")
_V = table_of(ViolationRow).c
_OLD = table_of(ViolationStateRow).c
_DOSSIER = (
    "source", "code", "field_text", "procedure_text", "received_on", "promised_on",
    "promised_last_on", "due_on", "ended_on", "apology_on", "supplement_requests", "status",
    "waited_days", "waits_included",
)  # fmt: skip
_PERIOD_OF_IT = and_(
    PeriodRow.directive_id == _V.directive_id,
    next_day(PeriodRow.due_on) == _V.occurred_on,
    _V.type == LATE_DIRECTIVE.code,
)
"""The reporting period of standing work whose missing report it is: due days of one differ."""
_FILE = (
    select(
        *FACTS,
        _V.words,
        _V.reference,
        _V.known_from,
        _V.known_by,
        _Knower.name.label("knower"),
        AccountRow.name.label("recorder"),
        *(getattr(DossierRow, name).label(f"dossier_{name}") for name in _DOSSIER),
        DirectiveRow.number.label("directive_number"),
        DirectiveRow.content.label("directive_content"),
        DirectiveRow.due_on.label("directive_due_on"),
        DirectiveRow.first_due_on.label("directive_first_due_on"),
        DirectiveRow.lead_agency_id.label("directive_lead_agency_id"),
        PeriodRow.serial.label("directive_period"),
        PeriodRow.due_on.label("directive_period_due_on"),
    )
    .select_from(table_of(ViolationRow))
    .outerjoin(AgencyRow, AgencyRow.id == _V.agency_id)
    .outerjoin(_Knower, _Knower.id == _V.known_by)
    .outerjoin(AccountRow, AccountRow.id == _V.recorded_by)
    .outerjoin(DossierRow, DossierRow.id == _V.dossier_id)
    .outerjoin(DirectiveRow, DirectiveRow.id == _V.directive_id)
    .outerjoin(PeriodRow, _PERIOD_OF_IT)
    .where(_V.id == bindparam("violation_id"))
)
_BEFORE = (
    select(_OLD.state, _OLD.at, _OLD.reason, _OLD.occurred_on, AccountRow.name.label("by"))
    .outerjoin(AccountRow, AccountRow.id == _OLD.by)
    .where(_OLD.violation_id == bindparam("violation_id"))
    .order_by(_OLD.version)
)
_FILES = (
    select(table_of(ViolationFileRow), AccountRow.name.label("uploader"))
    .join(AccountRow, AccountRow.id == ViolationFileRow.uploaded_by)
    .where(ViolationFileRow.violation_id == bindparam("violation_id"))
    .order_by(ViolationFileRow.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """How a violation stood from an instant on; `by` is empty where the facts did it."""

    state: ViolationState
    at: datetime
    by: str
    reason: str
    occurred_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A file that came with an act."""

    id: int
    action: str
    name: str
    media_type: str
    size: int
    sha256: str
    uploader: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedIn:
    """A case that the violation counts, or counted, in."""

    number: str
    level: int
    state: EscalationState
    standing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationFacts:
    """What a violation is and what stands behind it: all that the form of an act shows."""

    violation: Violation
    words: str
    reference: str
    recorder: str
    dossier: dict[str, Any] | None
    directive: dict[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationFile(ViolationFacts):
    """Everything the page of one violation reads."""

    line: tuple[Stood, ...]
    papers: tuple[Paper, ...]
    cases: tuple[CountedIn, ...]
    entered: tuple[EnteredBasis, ...]
    entries: tuple[SealedEntry, ...]


def open_facts(
    connection: Connection, actor: Actor, violation_id: int, day: date
) -> ViolationFacts:
    """Return what a violation is, in one statement; NotFound as `open_file` says it."""
    return ViolationFacts(**_facts(_row_of(connection, actor, violation_id, day)))


def open_file(connection: Connection, actor: Actor, violation_id: int, day: date) -> ViolationFile:
    """Return the file of a violation; NotFound when there is none, or outside the scope."""
    row = _row_of(connection, actor, violation_id, day)
    facts = _facts(row)
    violation: Violation = facts["violation"]
    files = connection.execute(_FILES, {"violation_id": violation_id})
    return ViolationFile(
        **facts,
        line=_line(connection, row, violation),
        papers=tuple(_paper(one) for one in files),
        cases=_cases(connection, violation),
        entered=entered_for(connection, violation.type),
        entries=entries_about(connection, Subject.VIOLATION, violation.number, limit=MOST_ENTRIES),
    )


def _row_of(
    connection: Connection, actor: Actor, violation_id: int, day: date
) -> Row[*tuple[Any, ...]]:
    found = _FILE.where(visible_to(actor, day))
    row = connection.execute(found, {"violation_id": violation_id}).one_or_none()
    if row is None:
        raise NotFound
    return row


def _facts(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    return {
        "violation": violation_from(row),
        "words": row.words,
        "reference": row.reference,
        "recorder": row.recorder or "",
        "dossier": _dossier(row),
        "directive": _directive(row),
    }


def _dossier(row: Row[*tuple[Any, ...]]) -> dict[str, Any] | None:
    if row.dossier_id is None:
        return None
    return {name: getattr(row, f"dossier_{name}") for name in _DOSSIER}


def _directive(row: Row[*tuple[Any, ...]]) -> dict[str, Any] | None:
    if row.directive_id is None:
        return None
    names = (
        "number", "content", "due_on", "first_due_on", "lead_agency_id", "period",
        "period_due_on",
    )  # fmt: skip
    return {name: getattr(row, f"directive_{name}") for name in names}


def _line(
    connection: Connection, row: Row[*tuple[Any, ...]], violation: Violation
) -> tuple[Stood, ...]:
    """Return how it stood, oldest first, the present last."""
    before = [
        Stood(
            state=ViolationState(one.state),
            at=one.at,
            by=one.by or "",
            reason=one.reason,
            occurred_on=one.occurred_on,
        )
        for one in connection.execute(_BEFORE, {"violation_id": violation.id})
    ]
    now = Stood(
        state=violation.state,
        at=row.known_from,
        by=row.knower or "",
        reason=violation.reason,
        occurred_on=violation.occurred_on,
    )
    return (*before, now)


def _paper(row: Row[*tuple[Any, ...]]) -> Paper:
    names = ("id", "action", "name", "media_type", "size", "sha256", "uploader", "uploaded_at")
    return Paper(**{name: getattr(row, name) for name in names})


def _cases(connection: Connection, violation: Violation) -> tuple[CountedIn, ...]:
    """Return the cases in whose raises the violation counts, or did; the latest first.

    Only raises from its day on can hold it.
    """
    member = members(connection)
    raises = EscalationRaiseRow
    rows = connection.execute(
        select(
            EscalationRow.number,
            EscalationRow.level,
            EscalationRow.state,
            raises.standing,
        )
        .select_from(raises)
        .join(EscalationRow, EscalationRow.id == raises.escalation_id)
        .join(member, true())
        .where(
            raises.on >= violation.occurred_on,
            id_of(member) == violation.id,
        )
        .order_by(EscalationRow.id.desc(), raises.serial)
    )
    found: dict[str, CountedIn] = {}
    for row in rows:
        counts = row.standing and row.state is not EscalationState.RETRACTED
        counted = counts or (row.number in found and found[row.number].standing)
        found[row.number] = CountedIn(
            number=row.number,
            level=row.level,
            state=EscalationState(row.state),
            standing=counted,
        )
    return tuple(found.values())
