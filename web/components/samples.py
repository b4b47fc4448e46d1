"""Sample content for the living page; nothing here is read by any other page."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    FieldList,
    FileField,
    Form,
    FormField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
HASH = "9f2c4b7ad1e05c83b6f0a4417e92d35c8b1f60a7e4d29c3358aa7be01d64f9c2"
LONG_NAME = (
    "Ban Chỉ đạo thực hiện chương trình tổng thể cải cách hành chính nhà nước giai đoạn "
    "2021 - 2030, kiêm nhiệm vụ kiểm soát thủ tục hành chính, cơ chế một cửa, một cửa liên thông "
    "và chuyển đổi số trên địa bàn"
)
LAND = (
    "Phân tích nguyên nhân chủ yếu trễ hạn hồ sơ lĩnh vực đất đai để hướng dẫn theo thẩm quyền "
    "hoặc tham mưu UBND tỉnh chỉ đạo các giải pháp khắc phục"
)
AGENCIES = (
    "Sở Tài nguyên và Môi trường",
    "Sở Nội vụ",
    "UBND thành phố Nha Trang",
    "UBND thị xã Ninh Hòa",
    "UBND huyện Diên Khánh",
    "Đài Phát thanh - Truyền hình",
)


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2021, 9, day, hour, minute, tzinfo=HANOI)


def _offered(pairs: list[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, words) for value, words in pairs]


AGENCY_CHOICES = [(str(place), name) for place, name in enumerate(AGENCIES)]


class SampleClause(Form):
    """One clause of the growing form."""

    content = TextAreaField("Nội dung nhiệm vụ", [InputRequired("Hãy nhập nội dung nhiệm vụ.")])
    deadline = StringField("Thời hạn, như trong văn bản")


class SampleForm(Form):
    """A field of every kind."""

    number = StringField("Số văn bản", [InputRequired("Hãy nhập số văn bản, ví dụ 8260.")])
    subject = StringField("Trích yếu", [Length(max=500)])
    issued_on = StringField("Ngày ký", [InputRequired("Ngày 31/02/2021 không có trong lịch.")])
    content = TextAreaField("Kết quả thực hiện")
    lead = SelectField("Cơ quan chủ trì", choices=_offered([("", "Chọn cơ quan"), *AGENCY_CHOICES]))
    coordinating = SelectMultipleField("Cơ quan phối hợp", choices=_offered(AGENCY_CHOICES))
    file = FileField("Văn bản đã ký")
    reading = RadioField(
        "Cách hiểu “Trước ngày 30-9”",
        choices=_offered([("strict", "Hạn là 29/09/2021"), ("inclusive", "Hạn là 30/09/2021")]),
    )
    urgent = BooleanField("Văn bản khẩn")
    clauses = FieldList(FormField(SampleClause), min_entries=1)


def _form() -> SampleForm:
    form = SampleForm(
        data={
            "subject": "Khắc phục tồn tại, hạn chế, nâng cao Chỉ số cải cách hành chính",
            "issued_on": "31/02/2021",
            "coordinating": ["1", "2"],
            "reading": "strict",
            "clauses": [{"content": LAND, "deadline": "Trước ngày 30-9"}],
        }
    )
    for name in ("number", "issued_on"):
        field = form[name]
        message = field.validators[0].message
        field.errors = [message]
    return form


def _rows() -> list[dict[str, Any]]:
    first = date(2021, 9, 14)
    facts: tuple[tuple[Any, ...], ...] = (
        ("2021-0017-03.01", LAND, AGENCIES[0], "in_progress", "overdue", None, 12),
        ("2021-0017-08", "Sớm đưa hệ thống phản ánh, kiến nghị vào hoạt động", AGENCIES[1],
         "reported", "due_soon", 3, None),
        ("2021-0017-02.07", f"{LONG_NAME}: {LAND}", LONG_NAME, "assigned", "on_track", 41, None),
        ("2021-0011-01", "Báo cáo rà soát tiêu chí chưa đạt điểm tối đa", AGENCIES[3],
         "verified", "done_on_time", None, None),
        ("2021-0011-04", "Hoàn thành giải ngân vốn đầu tư công năm 2021", AGENCIES[4],
         "verified", "done_late", None, None),
        ("2021-0009-02", "Nâng cao mức độ hài lòng của người dân, tổ chức", AGENCIES[5],
         "withdrawn", "no_deadline", None, None),
    )  # fmt: skip
    keys = ("number", "content", "agency", "state", "timeliness", "left", "over")
    rows = [dict(zip(keys, fact, strict=True)) for fact in facts]
    for place, row in enumerate(rows):
        standing = row["timeliness"] == "no_deadline"
        row["due_on"] = None if standing else first + timedelta(days=9 * place)
    return rows


def _columns() -> dict[str, dict[str, Any]]:
    return {
        "number": {"key": "number", "label": "Số", "sort_url": "?sort=number"},
        "content": {"key": "content", "label": "Nhiệm vụ", "lead": True},
        "agency": {"key": "agency", "label": "Chủ trì", "sort_url": "?sort=agency"},
        "due": {"key": "due", "label": "Hạn", "sort_url": "?sort=-due", "sorted": "ascending"},
        "state": {"key": "state", "label": "Trạng thái"},
        "score": {"key": "score", "label": "Điểm", "number": True, "hidden": True},
    }


def _ledger() -> list[dict[str, Any]]:
    days: list[tuple[date, str | None]] = [
        (date(2021, 8, 31), None),
        (date(2021, 9, 1), None),
        (date(2021, 9, 2), "Quốc khánh"),
        (date(2021, 9, 3), "Quốc khánh (nghỉ thêm một ngày)"),
        (date(2021, 9, 4), "Thứ Bảy"),
        (date(2021, 9, 5), "Chủ nhật"),
        (date(2021, 9, 6), None),
        (date(2021, 9, 7), None),
    ]
    rows, number = [], 0
    for day, reason in days:
        number += reason is None
        rows.append(
            {"date": day, "counted": reason is None, "reason": reason,
             "number": number if reason is None else None}
        )  # fmt: skip
    return rows


def _history() -> list[dict[str, Any]]:
    return [
        {"number": 4, "at": _at(28, 15, 20), "who": "Nguyễn Thị Hồng Đào",
         "role": "Chuyên viên theo dõi", "agency": "Văn phòng UBND tỉnh",
         "action": "return", "hash": HASH,
         "reason": "Báo cáo chưa có số liệu của Chi nhánh VPĐKĐĐ Cam Lâm và Vạn Ninh.",
         "changes": [{"field": "Trạng thái", "before": "Chờ xác nhận", "after": "Đang thực hiện"},
                     {"field": "Hạn", "before": "29/09/2021", "after": "08/10/2021"}]},
        {"number": 3, "at": _at(27, 9, 5), "who": "Trần Văn Ước", "role": "Văn thư",
         "agency": AGENCIES[0], "action": "report", "hash": HASH,
         "recorded_by": "Lê Thị Ngọc Uyển",
         "evidence": [{"name": "Báo cáo 312/BC-STNMT.pdf", "sha256": HASH}],
         "changes": [{"field": "Trạng thái", "before": "Đang thực hiện", "after": "Chờ xác nhận"}]},
        {"number": 2, "at": _at(1, 8, 0), "who": LONG_NAME, "role": "Lãnh đạo",
         "agency": LONG_NAME, "action": "accept", "hash": HASH,
         "changes": [{"field": "Người thực hiện", "before": None, "after": "Phạm Thị Xuân Quỳnh"}]},
    ]  # fmt: skip


def _files() -> list[dict[str, Any]]:
    return [
        {"name": "Báo cáo 312/BC-STNMT.pdf", "url": "#", "size": 1_482_331, "sha256": HASH,
         "version": 2, "period": "9 tháng 2021", "verdict": "accepted", "by": "Trần Văn Ước",
         "at": _at(27, 9, 5)},
        {"name": f"{LONG_NAME}.xlsx", "url": "#", "size": 48_120, "sha256": HASH, "version": 1,
         "verdict": "rejected", "reason": "Tệp không có cột số hồ sơ."},
        {"name": "Biên bản họp ngày 20-9.pdf", "url": "#", "size": 812, "sha256": HASH},
    ]  # fmt: skip


def _lifecycle() -> Mapping[str, Any]:
    labels = ("Chờ tiếp nhận", "Đang thực hiện", "Chờ xác nhận", "Hoàn thành")
    codes = ("assigned", "in_progress", "reported", "verified")
    nodes = [{"code": c, "label": w, "exit": False} for c, w in zip(codes, labels, strict=True)]
    nodes.append({"code": "withdrawn", "label": "Dừng thực hiện", "exit": True})
    ways = (
        ("assigned", "in_progress", "Tiếp nhận"),
        ("assigned", "reported", "Ghi nhận văn bản báo cáo"),
        ("in_progress", "assigned", "Chuyển cơ quan chủ trì"),
        ("in_progress", "reported", "Báo cáo kết quả"),
        ("in_progress", "reported", "Ghi nhận văn bản báo cáo"),
        ("reported", "in_progress", "Rút lại báo cáo"),
        ("reported", "in_progress", "Yêu cầu bổ sung, thực hiện lại"),
        ("reported", "verified", "Xác nhận hoàn thành"),
        ("verified", "in_progress", "Mở lại"),
        *((code, "withdrawn", "Dừng thực hiện") for code in codes[:3]),
    )
    edges = [{"source": a, "target": b, "label": word} for a, b, word in ways]
    return {"nodes": nodes, "edges": edges}


def sample_context() -> dict[str, Any]:
    """Everything ``components/index.html`` shows, made anew for each request."""
    return {
        "long_name": LONG_NAME,
        "agencies": [{"name": name, "url": "#"} for name in AGENCIES],
        "form": _form(),
        "rows": _rows(),
        "columns": _columns(),
        "ledger_rows": _ledger(),
        "entries": _history(),
        "files": _files(),
        "lifecycle": _lifecycle(),
        "day": date(2021, 9, 29),
        "next_day": date(2021, 9, 30),
        "first_day": date(2021, 9, 15),
    }
