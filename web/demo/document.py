"""The demo's documents, in our own words: August's directive, and a meeting's conclusion.

The number and day of the real document are not public (domain facts, section 0); the ones
here are the demo's own and its subject says so.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from models.unit import Unit
from web.documents.intake import names_on
from workflow.agencies.matching import match_cell
from workflow.agencies.records import Agency
from workflow.deadlines.phrases import read_deadline
from workflow.directives.records import Priority
from workflow.directives.targets import TargetScope
from workflow.documents.records import Clause, DocumentHead, Party, PartyRole, Source

SIGNED_ON = date(2021, 8, 20)
MEETING_ON = date(2021, 10, 18)
ISSUER = "UBND tỉnh Khánh Hòa"
DISTRICTS, DEPARTMENTS = "UBND cấp huyện", "Các sở, ban, ngành"

AUGUST: tuple[dict[str, str], ...] = (
    {
        "content": "Rà soát từng tiêu chí, tiêu chí thành phần của Chỉ số CCHC năm 2020 bị mất "
        "điểm; khắc phục theo thẩm quyền hoặc trình UBND tỉnh biện pháp khắc phục.",
        "lead": "Sở Nội vụ; Sở Tư pháp; Sở Kế hoạch và Đầu tư; Sở Tài chính; "
        "Sở Thông tin và Truyền thông; Sở Khoa học và Công nghệ; Văn phòng UBND tỉnh",
        "deadline": "Trước ngày 30-9",
        "output": "Báo cáo kết quả theo từng tiêu chí",
        "index": "1-8",
    },
    {
        "content": "Duy trì và bổ sung các giải pháp để người dân, tổ chức hài lòng hơn với sự "
        "phục vụ của cơ quan.",
        "lead": f"{DEPARTMENTS}; {DISTRICTS}",
        "deadline": "Thường xuyên",
        "index": "8",
    },
    {
        "content": "Giảm mạnh hồ sơ trễ hạn ở lĩnh vực đất đai, hạ tầng giao thông, môi trường.",
        "lead": DISTRICTS,
        "coordinating": "Sở Tài nguyên và Môi trường; Sở Giao thông vận tải",
        "deadline": "Thường xuyên",
        "target": "Tỷ lệ hồ sơ đúng và trước hạn",
        "index": "3",
    },
    {
        "content": "Đẩy mạnh ứng dụng công nghệ thông tin, văn bản điện tử; tăng hồ sơ trực tuyến "
        "mức độ 3, 4, bưu chính công ích và thanh toán trực tuyến.",
        "lead": f"{DEPARTMENTS}; {DISTRICTS}",
        "coordinating": "Sở Thông tin và Truyền thông",
        "deadline": "Trong năm 2021",
        "index": "7",
    },
    {
        "content": "Giải ngân hết kế hoạch vốn đầu tư công năm 2021 được giao.",
        "lead": f"{DEPARTMENTS}; {DISTRICTS}",
        "coordinating": "Sở Kế hoạch và Đầu tư; Sở Tài chính",
        "deadline": "Năm 2021",
        "target": "Tỷ lệ giải ngân so với kế hoạch giao",
        "index": "6",
    },
    {
        "content": "Yêu cầu công chức giữ đúng quy trình giải quyết thủ tục hành chính; kiểm tra, "
        "xử lý nghiêm người vi phạm nhiều lần khi thực hiện một cửa, một cửa liên thông, dịch vụ "
        "công trực tuyến.",
        "lead": f"{DEPARTMENTS}; {DISTRICTS}",
        "coordinating": "Sở Nội vụ; Văn phòng UBND tỉnh",
        "deadline": "Thường xuyên",
        "index": "3, 5",
    },
    {
        "content": "Chỉ đạo UBND cấp xã thực hiện các giải pháp nêu trên tại địa bàn.",
        "lead": DISTRICTS,
        "deadline": "Thường xuyên",
        "index": "3, 8",
    },
    {
        "content": "Phân tích nguyên nhân chủ yếu làm hồ sơ đất đai trễ hạn; hướng dẫn theo thẩm "
        "quyền hoặc trình UBND tỉnh giải pháp.",
        "lead": "Sở Tài nguyên và Môi trường",
        "coordinating": DISTRICTS,
        "deadline": "",
        "output": "Báo cáo phân tích nguyên nhân",
        "index": "3",
    },
    {
        "content": "Đưa hệ thống tiếp nhận, trả lời phản ánh, kiến nghị vào hoạt động.",
        "lead": "Sở Thông tin và Truyền thông",
        "coordinating": "Văn phòng UBND tỉnh",
        "deadline": "Trong năm 2021",
        "output": "Hệ thống đi vào hoạt động",
        "index": "3",
    },
)
OCTOBER: tuple[dict[str, str], ...] = (
    {
        "content": "Lập danh sách hồ sơ đất đai trễ hạn trên 30 ngày của từng chi nhánh, ghi rõ "
        "người giữ hồ sơ và ngày sẽ trả.",
        "lead": "Sở Tài nguyên và Môi trường",
        "coordinating": DISTRICTS,
        "deadline": "Trong 15 ngày làm việc kể từ ngày ký",
        "output": "Danh sách hồ sơ trễ hạn",
    },
    {
        "content": "Báo cáo việc gửi phiếu xin lỗi và hẹn lại đối với hồ sơ trễ hạn trong quý III.",
        "lead": DISTRICTS,
        "deadline": "Chậm nhất ngày 19/11/2021",
        "output": "Báo cáo có số liệu từng tháng",
    },
    {
        "content": "Trình phương án kết nối thanh toán trực tuyến cho các thủ tục có nghĩa vụ tài "
        "chính về đất đai.",
        "lead": "Sở Thông tin và Truyền thông",
        "coordinating": "Sở Tài chính; Sở Tài nguyên và Môi trường",
        "deadline": "Trước ngày 01/12/2021",
        "output": "Tờ trình và phương án",
        "priority": "urgent",
    },
    {
        "content": "Kiểm tra đột xuất việc chấp hành kỷ luật, kỷ cương tại Bộ phận Một cửa của ít "
        "nhất ba địa phương.",
        "lead": "Sở Nội vụ",
        "coordinating": "Thanh tra tỉnh",
        "deadline": "Chậm nhất ngày 26/11/2021",
        "output": "Kết luận kiểm tra",
    },
)


def heads(overseer: Agency, leader: int) -> tuple[DocumentHead, DocumentHead]:
    """Return the heads of the two documents."""
    august = DocumentHead(
        reference="8/UBND-KSTTHC",
        issued_on=SIGNED_ON,
        issuer=ISSUER,
        signer="Nguyễn Hữu Thành",
        signer_title="KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",
        subject="Khắc phục tồn tại, hạn chế, nâng cao Chỉ số cải cách hành chính của tỉnh "
        "(bản trình diễn: số và ngày văn bản là giả định)",
        source=Source.COMMITTEE,
        assigner_id=leader,
        overseer_id=overseer.id,
    )
    october = DocumentHead(
        reference="10/TB-UBND",
        issued_on=MEETING_ON,
        issuer=ISSUER,
        signer="Trần Thị Mai Lan",
        signer_title="TL. CHỦ TỊCH, CHÁNH VĂN PHÒNG",
        subject="Thông báo kết luận cuộc họp về hồ sơ đất đai trễ hạn (bản trình diễn)",
        source=Source.MEETING,
        assigner_id=leader,
        overseer_id=overseer.id,
    )
    return august, october


def clauses_of(unit: Unit, rows: tuple[dict[str, str], ...], signed_on: date) -> tuple[Clause, ...]:
    """Return the clauses of a document, their agencies matched by the product's own reader."""
    names = names_on(unit, signed_on)

    def parties(role: PartyRole, words: str) -> list[Party]:
        return [
            Party(
                role=role,
                agency_id=found.agency_id,
                group_code=found.group_code,
                words=found.words,
                how=found.how,
                without=frozenset(one.agency_id for one in found.excluded if one.agency_id),
            )
            for found in match_cell(words, names)
        ]

    clauses = (
        Clause(
            position=place,
            content=row["content"],
            expected_output=row.get("output", ""),
            target_indicator=row.get("target", ""),
            target_value=Decimal(row.get("value", "100")) if "target" in row else None,
            target_unit="%" if "target" in row else "",
            priority=Priority(row.get("priority", "normal")),
            index_refs=row.get("index", ""),
            deadline=read_deadline(row["deadline"], year=signed_on.year),
            lead_words=row["lead"],
            coordinating_words=row.get("coordinating", ""),
            parties=tuple(
                parties(PartyRole.LEAD, row["lead"])
                + parties(PartyRole.COORDINATING, row.get("coordinating", ""))
            ),
        )
        for place, row in enumerate(rows, start=1)
    )
    return tuple(map(_shared, clauses))


def _shared(clause: Clause) -> Clause:
    """Return a clause whose target over several leads is each one's own."""
    return replace(clause, target_scope=TargetScope.EACH) if clause.target_is_open else clause
