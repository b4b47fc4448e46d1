"""The catalogue of violations V01–V23 as data (domain.md §2.5, product.md §5).

The words for each type live in `web.violations.words`. Severities are defaults that the
software proposes; no law gives them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.violations.bases import LegalBasis, Sureness
from workflow.violations.records import Severity

DECREE_61_FROM = date(2018, 6, 21)
DECREE_61_TO = date(2025, 6, 30)
"""Replaced by Nghị định 118/2025/NĐ-CP on 01-07-2025, whose articles were not seen."""


class Detection(StrEnum):
    """From what a type is detected; `none`: only people record it."""

    DOSSIER = "dossier"
    DIRECTIVE = "directive"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationType:
    """One type of violation.

    `at_receipt`: it is an act of the unit that receives, where the file names one apart from
    the unit that resolves (from 07-2025 they need not be the same, domain.md §2.1). Which
    fields of a file a detection needs stands in `workflow.dossiers.fields.DETECTIONS`.
    """

    code: str
    name: str
    severity: Severity
    detection: Detection = Detection.NONE
    at_receipt: bool = False
    bases: tuple[LegalBasis, ...] = ()


def _decree_61(sureness: Sureness = Sureness.FOUND) -> tuple[LegalBasis, ...]:
    return (
        LegalBasis(
            text="Nghị định 61/2018/NĐ-CP, Điều 5 khoản 1",
            valid_from=DECREE_61_FROM,
            valid_to=DECREE_61_TO,
            sureness=sureness,
        ),
    )


_LAW = _decree_61()
_REMEMBERED = _decree_61(Sureness.UNCONFIRMED)
_ELSEWHERE = (LegalBasis(text="Quy định xin lỗi của một tỉnh khác", sureness=Sureness.ELSEWHERE),)
_GRAVE, _SERIOUS, _MINOR = Severity.GRAVE, Severity.SERIOUS, Severity.MINOR

CATALOGUE: tuple[ViolationType, ...] = (
    ViolationType(
        code="V01",
        name="harassment",
        severity=_GRAVE,
        bases=_LAW,
    ),
    ViolationType(
        code="V02",
        name="channel_obstruction",
        severity=_SERIOUS,
        bases=_LAW,
    ),
    ViolationType(
        code="V03",
        name="data_tampering",
        severity=_GRAVE,
        bases=_LAW,
    ),
    ViolationType(
        code="V04",
        name="disclosure",
        severity=_GRAVE,
        bases=_LAW,
    ),
    ViolationType(
        code="V05",
        name="refusal_or_prolonging",
        severity=_SERIOUS,
        bases=_LAW,
    ),
    ViolationType(
        code="V06",
        name="bypass_one_stop",
        severity=_SERIOUS,
        bases=_LAW,
    ),
    ViolationType(
        code="V07",
        name="buck_passing",
        severity=_SERIOUS,
        bases=_LAW,
    ),
    ViolationType(
        code="V08",
        name="misconduct",
        severity=_MINOR,
        bases=_REMEMBERED,
    ),
    ViolationType(
        code="V09",
        name="other_breach",
        severity=_MINOR,
        bases=_REMEMBERED,
    ),
    ViolationType(
        code="V10",
        name="wrong_jurisdiction_receipt",
        severity=_MINOR,
        detection=Detection.DOSSIER,
        at_receipt=True,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V11",
        name="incomplete_guidance",
        severity=_SERIOUS,
        detection=Detection.DOSSIER,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V12",
        name="no_receipt_slip",
        severity=_MINOR,
        detection=Detection.DOSSIER,
        at_receipt=True,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V13",
        name="wrongful_refusal_to_receive",
        severity=_SERIOUS,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V14",
        name="refusal_without_reason",
        severity=_SERIOUS,
        detection=Detection.DOSSIER,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V15",
        name="lost_dossier",
        severity=_GRAVE,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V16",
        name="overdue_result",
        severity=_SERIOUS,
        detection=Detection.DOSSIER,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V17",
        name="no_apology",
        severity=_MINOR,
        detection=Detection.DOSSIER,
    ),
    ViolationType(
        code="V18",
        name="multiple_reappointment",
        severity=_SERIOUS,
        detection=Detection.DOSSIER,
    ),
    ViolationType(
        code="V19",
        name="late_online_receipt",
        severity=_MINOR,
        detection=Detection.DOSSIER,
        at_receipt=True,
    ),
    ViolationType(
        code="V20",
        name="not_synced",
        severity=_MINOR,
        detection=Detection.DOSSIER,
    ),
    ViolationType(
        code="V21",
        name="late_transfer",
        severity=_MINOR,
        detection=Detection.DOSSIER,
    ),
    ViolationType(
        code="V22",
        name="late_directive",
        severity=_SERIOUS,
        detection=Detection.DIRECTIVE,
    ),
    ViolationType(
        code="V23",
        name="late_input",
        severity=_MINOR,
        detection=Detection.DIRECTIVE,
    ),
)
BY_CODE: dict[str, ViolationType] = {one.code: one for one in CATALOGUE}
FROM_DOSSIERS = tuple(one for one in CATALOGUE if one.detection is Detection.DOSSIER)
LATE_DIRECTIVE = BY_CODE["V22"]
LATE_INPUT = BY_CODE["V23"]
