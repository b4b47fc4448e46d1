"""The documents of the demo's autumn: September 2025, and August 2021 carried over.

Aims and days of September follow what is public of the province's directive of that month
(domain facts, section 3.2); the wording and the number are the demo's own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from models.unit import Unit
from web.demo.autumn.days import SIGNED_ON
from web.demo.document import AUGUST, ISSUER, clauses_of
from web.demo.document import SIGNED_ON as AUGUST_SIGNED_ON
from workflow.documents.records import CarriedState, Clause, DocumentHead, Source

DEPARTMENTS, COMMUNES = "Các sở, ban, ngành", "UBND các xã, phường, đặc khu"
SEPTEMBER: tuple[dict[str, str], ...] = (
    {
        "content": "Bảo đảm tỷ lệ hồ sơ thủ tục hành chính giải quyết đúng và trước hạn đạt từ "
        "95% trở lên; người đứng đầu chịu trách nhiệm khi không đạt.",
        "lead": f"{DEPARTMENTS}; {COMMUNES}",
        "deadline": "Trong năm 2025",
        "target": "Tỷ lệ hồ sơ đúng và trước hạn",
        "value": "95",
        "index": "3",
    },
    {
        "content": "Rà soát, gửi danh sách thủ tục đủ điều kiện cung cấp dịch vụ công trực tuyến "
        "toàn trình, không phụ thuộc địa giới hành chính.",
        "lead": DEPARTMENTS,
        "deadline": "Trước ngày 22-9",
        "output": "Danh sách thủ tục hành chính",
        "index": "7",
    },
    {
        "content": "Thực hiện chế độ báo cáo trên hệ thống thông tin báo cáo của tỉnh.",
        "lead": f"{COMMUNES} (trừ Trường Sa)",
        "coordinating": "Sở Khoa học và Công nghệ",
        "deadline": "Trước ngày 30-9",
        "output": "Báo cáo đã gửi trên hệ thống",
        "index": "7",
    },
    {
        "content": "Bố trí đủ người, thiết bị cho Trung tâm Phục vụ hành chính công; niêm yết công "
        "khai thủ tục, phí, lệ phí và số điện thoại phản ánh.",
        "lead": COMMUNES,
        "coordinating": "Văn phòng UBND tỉnh; Sở Tài chính",
        "deadline": "Chậm nhất ngày 31/10/2025",
        "output": "Báo cáo kèm danh sách bố trí",
        "index": "3",
    },
    {
        "content": "Đưa kết quả thực hiện vào báo cáo hằng tháng gửi Sở Nội vụ tổng hợp.",
        "lead": f"{DEPARTMENTS}; {COMMUNES}",
        "coordinating": "Sở Nội vụ",
        "deadline": "Hằng tháng, trước ngày 20",
        "index": "1",
    },
)
OPEN_IN_2025 = frozenset({8, 9})
"""Clauses of August 2021 that the demo says still ran when its office carried them over."""

DONE_ON = date(2021, 12, 24)
FIRST_DONE_ON = date(2021, 9, 28)
"""Clause 1 had a day of its own."""

RESULT = "Theo dõi bằng bảng tính: đã hoàn thành."


def september(overseer_id: int, leader: int) -> DocumentHead:
    """Return the head of September's document."""
    return DocumentHead(
        reference="25/CT-UBND",
        issued_on=SIGNED_ON,
        issuer=ISSUER,
        signer="Lê Hoàng Nam",
        signer_title="KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
        subject="Nâng cao tỷ lệ giải quyết hồ sơ đúng hạn và dịch vụ công trực tuyến trên mô hình "
        "chính quyền hai cấp (bản trình diễn: số và ngày văn bản là giả định)",
        source=Source.COMMITTEE,
        assigner_id=leader,
        overseer_id=overseer_id,
    )


def carried_clauses(unit: Unit) -> tuple[Clause, ...]:
    """Return August's clauses as the office's old sheets left them: done, or still running."""
    return tuple(
        replace(
            clause,
            carried_state=CarriedState.IN_PROGRESS,
            carried_result="Theo dõi bằng bảng tính: đang thực hiện.",
        )
        if clause.position in OPEN_IN_2025
        else replace(
            clause,
            carried_state=CarriedState.DONE,
            carried_result=RESULT,
            carried_on=FIRST_DONE_ON if clause.position == 1 else DONE_ON,
        )
        for clause in clauses_of(unit, AUGUST, AUGUST_SIGNED_ON)
    )
