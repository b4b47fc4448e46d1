"""Entering a violation by hand: found in an inspection, told in a petition, or otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflow.accounts.records import Actor
from workflow.agencies.records import Agency
from workflow.days import local_day
from workflow.documents.secrecy import refuse_secret
from workflow.errors import Forbidden, Invalid, Refused
from workflow.escalation.evaluating import evaluate_touched
from workflow.evidence.records import StoredFile
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.text import clean, clean_lines
from workflow.violations.catalogue import BY_CODE, Detection, ViolationType
from workflow.violations.judging import touched_by
from workflow.violations.ports import ViolationMemory
from workflow.violations.records import (
    KnownDossier,
    Reported,
    Violation,
    ViolationAction,
    ViolationSource,
)
from workflow.violations.standing import ASSESSING_ROLES, ViolationStanding

LINE = 500
CODE = 100
WORDS = 5_000


def record(
    memory: ViolationMemory,
    actor: Actor,
    reported: Reported,
    *,
    files: tuple[StoredFile, ...] = (),
    at: datetime,
) -> Violation:
    """Enter a violation, with its history entry, in one transaction; it is a sign at first.

    Office and inspectors enter them. Invalid field by field: the type (directives' own are
    found by the sweep), an agency that stood on the day, an instant that has come, the words,
    a dossier that is known. Refused("already_recorded") when the same act of the same dossier
    stands already, so that nothing counts twice; `secret_document` where the words say so.
    """
    day = local_day(at)
    _require_assessor(actor, at)
    reported = _tidy(reported)
    refuse_secret((reported.words, reported.reference))
    agency = memory.agency(reported.agency_id)
    kind = BY_CODE.get(reported.type)
    dossier = memory.dossier(reported.dossier_code) if reported.dossier_code else None
    errors = _faults(reported, kind, agency, at)
    if reported.dossier_code and dossier is None:
        errors["dossier_code"] = "unknown_dossier"
    if errors or agency is None or kind is None:
        raise Invalid(errors)
    occurred_on = local_day(reported.occurred_at)
    if dossier is not None:
        same = memory.same_standing(dossier.id, reported.type, occurred_on)
        if same is not None:
            raise Refused("already_recorded", number=same.number)
    added = memory.add(
        _as_known(memory, reported, dossier),
        agency=agency,
        severity=reported.severity or kind.severity,
        occurred_on=occurred_on,
        dossier_id=dossier.id if dossier else None,
        by=actor.account_id,
        at=at,
    )
    if files:
        memory.add_files([added.id], ViolationAction.RECORD.value, files, actor.account_id, at)
    touched = touched_by(added, grew=True)
    evaluate_touched(memory.escalation, [touched], as_of=day, at=at, actor=actor)
    _tell(memory, actor, added, reported, files, at)
    return added


def _require_assessor(actor: Actor, at: datetime) -> None:
    if not actor.holds_role_on(local_day(at)):
        raise Forbidden("role_not_held")
    if actor.role not in ASSESSING_ROLES:
        raise Forbidden("not_yours", who=[ViolationStanding.ASSESSOR])


def _tidy(reported: Reported) -> Reported:
    return replace(
        reported,
        words=clean_lines(reported.words),
        field_text=clean(reported.field_text),
        procedure_code=clean(reported.procedure_code),
        officer=clean(reported.officer),
        dossier_code=clean(reported.dossier_code),
        reference=clean(reported.reference),
    )


def _as_known(
    memory: ViolationMemory, reported: Reported, dossier: KnownDossier | None
) -> Reported:
    """Return what rules gather by as the rest of memory has it, so that like counts with like.

    What was left empty is the dossier's; a field typed in other letters is the one that is known.
    """
    if dossier is not None:
        reported = replace(
            reported,
            field_text=reported.field_text or dossier.field_text,
            procedure_code=reported.procedure_code or dossier.procedure_code,
            officer=reported.officer or dossier.officer,
        )
    return replace(reported, field_text=memory.field_as_known(reported.field_text))


def _faults(
    reported: Reported, kind: ViolationType | None, agency: Agency | None, at: datetime
) -> dict[str, str]:
    errors = {
        "type": "" if kind and kind.detection is not Detection.DIRECTIVE else "not_a_choice",
        "source": "not_a_choice" if reported.source is ViolationSource.DETECTED else "",
        "agency": _agency_fault(reported, agency),
        "occurred_at": "date_future" if reported.occurred_at > at else "",
        "words": _length_fault(reported.words, WORDS) or ("" if reported.words else "required"),
        "field_text": _length_fault(reported.field_text, LINE),
        "procedure_code": _length_fault(reported.procedure_code, CODE),
        "officer": _length_fault(reported.officer, LINE),
        "dossier_code": _length_fault(reported.dossier_code, CODE),
        "reference": _length_fault(reported.reference, LINE),
    }
    return {name: code for name, code in errors.items() if code}


def _agency_fault(reported: Reported, agency: Agency | None) -> str:
    if agency is None:
        return "not_an_agency"
    stood = agency.stands_on(local_day(reported.occurred_at))
    return "" if stood else "agency_not_standing"


def _length_fault(text: str, most: int) -> str:
    return "too_long" if len(text) > most else ""


def _tell(
    memory: ViolationMemory,
    actor: Actor,
    added: Violation,
    reported: Reported,
    files: tuple[StoredFile, ...],
    at: datetime,
) -> None:
    given = {
        "violation_type": added.type,
        "violation_source": added.source,
        "severity": added.severity,
        "agency": added.agency_code,
        "occurred_on": added.occurred_on,
        "dossier_code": reported.dossier_code,
        "reference": reported.reference,
    }
    memory.append(
        entry_by(
            actor,
            at,
            Subject.VIOLATION,
            added.number,
            ViolationAction.RECORD,
            after={"violation_state": added.state},
            given=given,
            reason=reported.words,
            evidence=tuple(file.sha256 for file in files),
        )
    )
