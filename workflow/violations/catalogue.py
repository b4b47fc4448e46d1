"""The catalogue of violations V01–V23 as data (domain.md §2.5, product.md §5).

Names are the province's own short words for the acts of Nghị định 61/2018/NĐ-CP, Điều 5, and
for what a dossier shows. Severities are defaults that the software proposes; no law gives them.
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
    label: str
    label_en: str
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
        label="Cửa quyền, sách nhiễu, gây phiền hà",
        label_en="Abuse of position, harassment, needless trouble",
        severity=_GRAVE,
        bases=_LAW,
    ),
    ViolationType(
        code="V02",
        name="channel_obstruction",
        label="Cản trở việc chọn hình thức nộp hồ sơ, nhận kết quả",
        label_en="Obstructing the choice of how to submit or collect",
        severity=_SERIOUS,
        bases=_LAW,
    ),
    ViolationType(
        code="V03",
        name="data_tampering",
        label="Cản trở truyền dữ liệu; sửa, xóa, giả mạo dữ liệu",
        label_en="Blocking, changing, erasing or forging data",
        severity=_GRAVE,
        bases=_LAW,
    ),
    ViolationType(
        code="V04",
        name="disclosure",
        label="Tiết lộ, trục lợi từ thông tin hồ sơ",
        label_en="Disclosing a dossier's information or profiting from it",
        severity=_GRAVE,
        bases=_LAW,
    ),
    ViolationType(
        code="V05",
        name="refusal_or_prolonging",
        label="Không giải quyết, kéo dài, tự ý đòi giấy tờ ngoài quy định",
        label_en="Refusing, prolonging, asking for papers no rule asks for",
        severity=_SERIOUS,
        bases=_LAW,
    ),
    ViolationType(
        code="V06",
        name="bypass_one_stop",
        label="Giao dịch, đòi bổ sung trực tiếp, không qua Bộ phận Một cửa",
        label_en="Dealing with people directly, past the one-stop shop",
        severity=_SERIOUS,
        bases=_LAW,
    ),
    ViolationType(
        code="V07",
        name="buck_passing",
        label="Đùn đẩy trách nhiệm, thiếu hợp tác, thiếu công bằng",
        label_en="Passing the buck, lack of cooperation or fairness",
        severity=_SERIOUS,
        bases=_LAW,
    ),
    ViolationType(
        code="V08",
        name="misconduct",
        label="Ứng xử không phù hợp văn hóa công sở",
        label_en="Conduct unfit for a public office",
        severity=_MINOR,
        bases=_REMEMBERED,
    ),
    ViolationType(
        code="V09",
        name="other_breach",
        label="Vi phạm khác về cơ chế một cửa",
        label_en="Another breach of the one-stop rules",
        severity=_MINOR,
        bases=_REMEMBERED,
    ),
    ViolationType(
        code="V10",
        name="wrong_jurisdiction_receipt",
        label="Nhận hồ sơ không thuộc thẩm quyền",
        label_en="Receiving a dossier outside one's authority",
        severity=_MINOR,
        detection=Detection.DOSSIER,
        at_receipt=True,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V11",
        name="incomplete_guidance",
        label="Hướng dẫn không đầy đủ, yêu cầu bổ sung nhiều lần",
        label_en="Incomplete guidance, more than one supplement request",
        severity=_SERIOUS,
        detection=Detection.DOSSIER,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V12",
        name="no_receipt_slip",
        label="Không in giấy tiếp nhận hồ sơ và hẹn trả kết quả",
        label_en="No receipt and appointment slip",
        severity=_MINOR,
        detection=Detection.DOSSIER,
        at_receipt=True,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V13",
        name="wrongful_refusal_to_receive",
        label="Không tiếp nhận hồ sơ trái quy định",
        label_en="Wrongful refusal to receive",
        severity=_SERIOUS,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V14",
        name="refusal_without_reason",
        label="Không giải quyết hồ sơ mà không có văn bản nêu lý do",
        label_en="Refusing a dossier without a written reason",
        severity=_SERIOUS,
        detection=Detection.DOSSIER,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V15",
        name="lost_dossier",
        label="Làm mất, thất lạc, hư hỏng hồ sơ",
        label_en="Losing or damaging a dossier",
        severity=_GRAVE,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V16",
        name="overdue_result",
        label="Giải quyết hồ sơ trễ hạn",
        label_en="Result overdue",
        severity=_SERIOUS,
        detection=Detection.DOSSIER,
        bases=_ELSEWHERE,
    ),
    ViolationType(
        code="V17",
        name="no_apology",
        label="Trễ hạn mà không có văn bản xin lỗi",
        label_en="Overdue without an apology",
        severity=_MINOR,
        detection=Detection.DOSSIER,
    ),
    ViolationType(
        code="V18",
        name="multiple_reappointment",
        label="Hẹn lại ngày trả kết quả quá một lần",
        label_en="More than one new date",
        severity=_SERIOUS,
        detection=Detection.DOSSIER,
    ),
    ViolationType(
        code="V19",
        name="late_online_receipt",
        label="Tiếp nhận hồ sơ trực tuyến quá hạn",
        label_en="Online dossier received late",
        severity=_MINOR,
        detection=Detection.DOSSIER,
        at_receipt=True,
    ),
    ViolationType(
        code="V20",
        name="not_synced",
        label="Không cập nhật, đồng bộ hồ sơ lên hệ thống",
        label_en="Dossier not synchronised to the system",
        severity=_MINOR,
        detection=Detection.DOSSIER,
    ),
    ViolationType(
        code="V21",
        name="late_transfer",
        label="Chuyển hồ sơ chậm giữa các bước liên thông",
        label_en="Late transfer between interlinked steps",
        severity=_MINOR,
        detection=Detection.DOSSIER,
    ),
    ViolationType(
        code="V22",
        name="late_directive",
        label="Nhiệm vụ được giao quá hạn",
        label_en="Directive overdue",
        severity=_SERIOUS,
        detection=Detection.DIRECTIVE,
    ),
    ViolationType(
        code="V23",
        name="late_input",
        label="Cơ quan phối hợp không trả lời đúng hạn",
        label_en="Coordinating agency silent past its date",
        severity=_MINOR,
        detection=Detection.DIRECTIVE,
    ),
)
BY_CODE: dict[str, ViolationType] = {one.code: one for one in CATALOGUE}
FROM_DOSSIERS = tuple(one for one in CATALOGUE if one.detection is Detection.DOSSIER)
LATE_DIRECTIVE = BY_CODE["V22"]
