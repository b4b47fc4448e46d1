"""Words for every code: states, actions, roles, refusals. Vietnamese is the source language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import (
    LazyString,
    format_date,
    format_datetime,
    format_decimal,
    lazy_pgettext,
)
from flask_babel import gettext as say
from flask_babel import lazy_gettext as _

from web.accounts.words import PEOPLE_EVENTS, PEOPLE_FIELDS, PEOPLE_WORDS
from web.directives.words import (
    MATTER_ACTIONS,
    MATTER_FIELDS,
    MATTER_STANDINGS,
    MATTER_WORDS,
)
from web.dossiers.import_words import IMPORT_EVENTS, IMPORT_STATES
from web.dossiers.words import DOSSIER_WORDS
from web.escalation.words import ESCALATION_WORDS, RULE_EVENTS, RULE_FIELDS
from web.papers.words import PAPER_EVENTS, PAPER_HISTORY, PAPER_SUBJECTS, PAPER_WORDS
from web.periods.words import PERIOD_EVENTS, PERIOD_FIELDS, PERIOD_WORDS
from web.review.words import REVIEW_EVENTS, REVIEW_FIELDS, REVIEW_WORDS
from web.speech import language
from web.summaries.words import SUMMARY_WORDS
from web.views.words import VIEW_FIELDS, VIEW_WORDS
from web.violations.words import VIOLATION_EVENTS, VIOLATION_FIELDS, VIOLATION_WORDS
from workflow.days import PROVINCE_ZONE
from workflow.shares import hundredths

Words = dict[str, LazyString]

STATES: Words = {
    "assigned": _("Chờ tiếp nhận"),
    "in_progress": _("Đang thực hiện"),
    "reported": _("Chờ xác nhận"),
    "verified": _("Hoàn thành"),
    "withdrawn": _("Dừng thực hiện"),
}
TIMELINESS: Words = {
    "no_deadline": _("Không thời hạn"),
    "on_track": _("Trong hạn"),
    "due_soon": _("Sắp đến hạn"),
    "overdue": _("Quá hạn"),
    "done_on_time": _("Hoàn thành đúng hạn"),
    "done_late": _("Hoàn thành quá hạn"),
}
ACTIONS: Words = {
    "accept": _("Tiếp nhận"),
    "decline": _("Đề nghị giao lại"),
    "reassign": _("Chuyển cơ quan chủ trì"),
    "insist": _("Giữ nguyên phân công"),
    "update": _("Cập nhật"),
    "report": _("Báo cáo kết quả"),
    "recall": _("Rút lại báo cáo"),
    "return": _("Yêu cầu bổ sung, thực hiện lại"),
    "verify": _("Xác nhận hoàn thành"),
    "reopen": _("Mở lại"),
    "request_extension": _("Đề nghị gia hạn"),
    "decide_extension": _("Quyết định gia hạn"),
    "correct": _("Đính chính"),
    "amend": _("Điều chỉnh nhiệm vụ"),
    "withdraw": lazy_pgettext("action", "Dừng thực hiện"),
    "hand_down": _("Giao phần việc cho đơn vị trực thuộc"),
    "accept_evidence": _("Chấp nhận minh chứng"),
    "reject_evidence": _("Không chấp nhận minh chứng"),
    "record_report": _("Ghi nhận văn bản báo cáo"),
    "remind": _("Đôn đốc"),
    "direct": _("Ý kiến chỉ đạo"),
    **MATTER_ACTIONS,
}
EVENTS: Words = ACTIONS | {
    **PEOPLE_EVENTS,
    **IMPORT_EVENTS,
    **REVIEW_EVENTS,
    **VIOLATION_EVENTS,
    **RULE_EVENTS,
    **PERIOD_EVENTS,
    **PAPER_EVENTS,
    "assign": _("Giao nhiệm vụ"),
    "succeed": _("Chuyển sang cơ quan kế thừa"),
    "lapse_input": _("Đề nghị phối hợp hết hiệu lực"),
    "issue": _("Ban hành văn bản"),
    "save_draft": _("Lưu dự thảo văn bản"),
    "import_draft": _("Nhập bảng thành dự thảo"),
    "mend_draft": _("Sửa dòng của dự thảo"),
    "discard_draft": _("Bỏ dự thảo văn bản"),
    "put_day": _("Nhập ngày vào lịch"),
    "move_due": _("Dời hạn do lịch làm việc thay đổi"),
    "remove_day": _("Bỏ ngày khỏi lịch"),
    "add_agency": _("Thêm cơ quan"),
    "change_agency": _("Sửa cơ quan"),
    "rename_agency": _("Đổi tên cơ quan"),
    "end_agency": _("Chấm dứt hoạt động cơ quan"),
    "hand_over": _("Chuyển giao giữa các cơ quan"),
    "add_alias": _("Thêm tên gọi khác"),
    "remove_alias": _("Bỏ tên gọi khác"),
    "add_division": _("Thêm phòng"),
    "end_division": _("Chấm dứt phòng"),
    "add_group": _("Thêm nhóm cơ quan"),
    "change_group": _("Sửa nhóm cơ quan"),
    "add_account": _("Tạo tài khoản"),
    "change_account": _("Sửa tài khoản"),
    "close_account": _("Ngừng tài khoản"),
    "reopen_account": _("Mở lại tài khoản"),
    "add_role": _("Giao vai trò"),
    "end_role": _("Kết thúc vai trò"),
    "reset_password": _("Đặt lại mật khẩu"),
    "change_password": _("Đổi mật khẩu"),
    "unlock_account": _("Mở khóa đăng nhập"),
    "end_sessions": _("Kết thúc mọi phiên"),
    "assign_causes": _("Xác định nguyên nhân trễ hạn"),
    "save_profile": _("Lưu cấu hình nhập hồ sơ"),
}
ROLES: Words = {
    "office": _("Theo dõi, tổng hợp"),
    "leader": _("Lãnh đạo UBND tỉnh"),
    "agency_head": _("Thủ trưởng cơ quan"),
    "agency_clerk": _("Đầu mối cơ quan"),
    "agency_officer": _("Chuyên viên"),
    "inspector": _("Kiểm tra, thanh tra"),
    "admin": lazy_pgettext("role", "Quản trị"),
}
TIERS: Words = {
    "province": _("Cấp tỉnh"),
    "department": _("Sở, ban, ngành"),
    "district": _("Huyện, thị xã, thành phố (đến 30/6/2025)"),
    "commune": _("UBND cấp xã"),
    "special_zone": _("Đặc khu"),
    "service_centre": _("Trung tâm phục vụ hành chính công"),
    "branch": _("Chi nhánh, chi cục"),
    "vertical": _("Cơ quan ngành dọc"),
}
STANDINGS: Words = {
    "lead": _("cơ quan chủ trì"),
    "lead_submitter": _("thủ trưởng hoặc đầu mối của cơ quan chủ trì"),
    "coordinator": _("cơ quan phối hợp"),
    **MATTER_STANDINGS,
    "overseer": _("cơ quan theo dõi, giao việc"),
    "judge": _("cơ quan theo dõi hoặc người kiểm tra"),
    "recorder": _("cơ quan theo dõi, với báo cáo do mình ghi nhận"),
    "decider": _("người giao nhiệm vụ hoặc cơ quan theo dõi"),
    "director": _("lãnh đạo UBND tỉnh, hoặc cơ quan theo dõi ghi lại"),
}
DOCUMENT_STATES: Words = {"draft": _("Dự thảo"), "issued": _("Đã ban hành")}
SOURCES: Words = {
    "committee": _("UBND tỉnh"),
    "chairman": _("Chủ tịch UBND tỉnh"),
    "meeting": _("Kết luận cuộc họp"),
    "prime_minister": _("Thủ tướng Chính phủ"),
}
URGENCIES: Words = {
    "normal": _("Thường"),
    "urgent": _("Khẩn"),
    "very_urgent": _("Thượng khẩn"),
    "express": _("Hỏa tốc"),
}
SECRECY: Words = {
    "none": _("Không mật"),
    "secret": _("Mật"),
    "top_secret": _("Tối mật"),
    "most_secret": _("Tuyệt mật"),
}
PRIORITIES: Words = {
    "normal": _("Bình thường"),
    "urgent": _("Khẩn"),
    "very_urgent": _("Rất khẩn"),
}
VERDICTS: Words = {"met": _("Đạt yêu cầu"), "partly_met": _("Đạt một phần")}
GRADES: Words = {
    "excellent": _("Xuất sắc"),
    "good": _("Tốt"),
    "fair": _("Đạt"),
    "poor": _("Chưa tốt"),
}
ASKS: Words = {
    "other_lead": _("Giao cơ quan khác chủ trì"),
    "swap_roles": _("Đổi vai trò chủ trì và phối hợp"),
    "part": _("Chỉ nhận một phần"),
}
DECISIONS: Words = {"granted": _("Đồng ý"), "refused": _("Không đồng ý")}
EVIDENCE_STATES: Words = {
    "pending": _("Chưa xem xét"),
    "accepted": _("Được chấp nhận"),
    "rejected": _("Không được chấp nhận"),
}
DEADLINE_KINDS: Words = {
    "fixed": _("Ngày cụ thể"),
    "ongoing": _("Thường xuyên"),
    "relative": _("Tính từ một mốc"),
    "recurring": _("Định kỳ"),
    "none": _("Không thời hạn"),
    "unknown": _("Chưa đọc được"),
}
REPORT_OUTCOMES: Words = {
    "pending": _("Chờ xác nhận"),
    "recalled": _("Đã rút lại"),
    "returned": _("Bị trả lại"),
    "verified": _("Đã xác nhận"),
    "overtaken": _("Không còn giá trị do nhiệm vụ thay đổi"),
}
CARRIED: Words = {
    "in_progress": _("Đang thực hiện (ghi nhận từ nơi khác)"),
    "done": _("Đã hoàn thành (ghi nhận từ nơi khác)"),
}
FIELDS: Words = {
    **PAPER_HISTORY,
    **PEOPLE_FIELDS,
    **VIEW_FIELDS,
    **RULE_FIELDS,
    **PERIOD_FIELDS,
    **MATTER_FIELDS,
    **REVIEW_FIELDS,
    **VIOLATION_FIELDS,
    "agency": _("Cơ quan"),
    "ask": _("Đề nghị"),
    "comment": _("Nhận xét"),
    "content": _("Nội dung nhiệm vụ"),
    "decision": _("Quyết định"),
    "difficulties": _("Khó khăn, vướng mắc"),
    "done": _("Việc đã làm"),
    "due_on": _("Thời hạn"),
    "evidence": _("Minh chứng"),
    "expected_output": _("Sản phẩm đầu ra"),
    "figure": _("Số liệu đạt được"),
    "files": _("Tệp đính kèm"),
    "grade": _("Xếp loại"),
    "lead_agency_id": _("Cơ quan chủ trì"),
    "coordinating": _("Cơ quan phối hợp"),
    "open_parts_reason": _("Lý do báo cáo khi phần việc giao xuống chưa xong"),
    "paper": _("Số, ký hiệu văn bản"),
    "paper_date": _("Ngày của văn bản"),
    "period_from": _("Minh chứng từ ngày"),
    "period_to": _("Minh chứng đến ngày"),
    "progress": _("Tiến độ (%)"),
    "proposal": _("Kiến nghị, đề xuất"),
    "reason": _("Lý do"),
    "received_on": _("Ngày nhận văn bản"),
    "report_recorded": _("Báo cáo do cơ quan theo dõi ghi nhận"),
    "reminders": _("Số lần đôn đốc"),
    "reminded_on": _("Đôn đốc lần cuối"),
    "report_date": _("Ngày báo cáo"),
    "report_number": _("Số báo cáo"),
    "result": _("Kết quả thực hiện"),
    "signer": _("Người ký"),
    "state": _("Trạng thái"),
    "verdict": _("Kết luận"),
    "accepted_on": _("Ngày tiếp nhận"),
    "completed_on": _("Ngày hoàn thành"),
    "verified_on": _("Ngày xác nhận"),
    "first_due_on": _("Thời hạn đầu tiên"),
    "extension_asked_to": _("Đề nghị gia hạn đến"),
    "extensions_granted": _("Số lần gia hạn"),
    "decline_standing": _("Đang đề nghị giao lại"),
    "returned_count": _("Số lần bị trả lại"),
    "lead_since": _("Chủ trì từ ngày"),
    "starts_on": _("Bắt đầu"),
    "reported_at": _("Thời điểm báo cáo"),
    "source": _("Nguồn giao"),
    "reference": _("Số, ký hiệu"),
    "said_by": _("Lãnh đạo chỉ đạo"),
    "new_content": _("Nội dung nhiệm vụ mới"),
    "new_agency": _("Cơ quan chủ trì nhiệm vụ mới"),
    "new_due_on": _("Thời hạn nhiệm vụ mới"),
    "made": _("Nhiệm vụ mới"),
    "instruction": _("Từ ý kiến chỉ đạo ở nhiệm vụ"),
    "said_on": _("Ngày chỉ đạo"),
    "issued_on": _("Ngày ban hành"),
    "issuer": _("Cơ quan ban hành"),
    "subject": _("Trích yếu"),
    "clauses": _("Nhiệm vụ trong văn bản"),
    "directives": _("Số nhiệm vụ"),
    "assigner_id": _("Người giao (mã tài khoản)"),
    "carried_on": _("Hoàn thành ở nơi khác ngày"),
    "carried_result": _("Kết quả ghi nhận từ nơi khác"),
    "carried_state": _("Tình trạng ghi nhận từ nơi khác"),
    "deadline": _("Thời hạn, như trong văn bản"),
    "draft": _("Dự thảo"),
    "due_set_on": _("Đặt ngày khác"),
    "due_set_reason": _("Lý do đặt ngày khác"),
    "file": _("Tệp"),
    "index_refs": _("Tiêu chí thành phần CCHC cần lấy lại điểm"),
    "leads": _("Cơ quan chủ trì"),
    "left_out": _("Số dòng không nhập"),
    "monitor_id": _("Chuyên viên theo dõi (mã tài khoản)"),
    "note": _("Ghi chú"),
    "overseer_id": _("Cơ quan theo dõi, tổng hợp"),
    "position": _("Dòng"),
    "priority": _("Mức ưu tiên"),
    "problem": _("Nội dung cần rà soát"),
    "remembered": _("Nhớ cho lần sau"),
    "row": _("Dòng"),
    "rows": _("Số dòng"),
    "signer_title": _("Quyền hạn, chức vụ của người ký"),
    "source_date": _("Ngày văn bản giao"),
    "source_text": _("Văn bản giao"),
    "target_indicator": _("Chỉ tiêu"),
    "target_unit": _("Đơn vị tính"),
    "target_value": _("Giá trị cần đạt"),
    "urgency": _("Độ khẩn"),
    "words": _("Lời trong văn bản"),
    "act": _("Văn bản"),
    "acts": _("Văn bản"),
    "confirmed": _("Đã có văn bản"),
    "days": _("Ngày thay đổi"),
    "alias": _("Tên gọi khác"),
    "alias_source": _("Nhập từ"),
    "code": _("Mã"),
    "division": _("Phòng"),
    "email": _("Thư điện tử"),
    "excluded": _("Trừ"),
    "gso_code": _("Mã thống kê"),
    "included": _("Thêm"),
    "is_office": _("Là cơ quan theo dõi, đôn đốc"),
    "kind": _("Loại"),
    "last_day": _("Ngày cuối"),
    "on": _("Từ ngày"),
    "parent_id": _("Trực thuộc"),
    "phrases": _("Cách gọi trong văn bản"),
    "predecessors": _("Cơ quan chuyển giao"),
    "succession": _("Hình thức"),
    "successors": _("Cơ quan tiếp nhận"),
    "takes_over": _("Nội dung tiếp nhận"),
    "tier": _("Cấp"),
    "tiers": _("Các cấp"),
    "valid_from": _("Hoạt động từ"),
    "valid_to": _("Hoạt động đến hết"),
    "failures": _("Số lần đăng nhập sai"),
    "is_active": _("Đang hoạt động"),
    "login": _("Tên đăng nhập"),
    "must_change_password": _("Phải đổi mật khẩu"),
    "name": _("Tên"),
    "roles": _("Vai trò"),
    "session_epoch": _("Đợt phiên đăng nhập"),
}
SUBJECTS: Words = {
    "directive": _("Nhiệm vụ"),
    "document": _("Văn bản"),
    "calendar": _("Lịch làm việc"),
    "agency": _("Cơ quan"),
    "account": _("Tài khoản"),
    "dossier": _("Hồ sơ"),
    "profile": _("Cấu hình nhập"),
    "dossier_import": _("Lần nhập hồ sơ"),
    "violation": _("Vi phạm"),
    "escalation": _("Vi phạm nhiều lần"),
    "rule": _("Quy tắc"),
    "routing": _("Chuyển xử lý nội bộ"),
    **PAPER_SUBJECTS,
}
ACCOUNT_STANDINGS: Words = {
    "open": _("Đang hoạt động"),
    "closed": _("Đã ngừng"),
    "one_time": _("Chưa đổi mật khẩu dùng một lần"),
    "without_role": _("Chưa có vai trò"),
}
SUCCESSIONS: Words = {
    "merge": _("Sáp nhập, hợp nhất"),
    "split": _("Chia, tách"),
    "rename": _("Đổi tên, tổ chức lại"),
}
ALIAS_SOURCES: Words = {"entered": _("nhập tay"), "learned": _("nhớ từ lần nhập tệp")}
CHAIN: Words = {
    "entry_missing": _("thiếu mục"),
    "previous_differs": _("không nối với mục trước"),
    "content_differs": _("nội dung không khớp dấu niêm"),
    "anchor_differs": _("khác với dấu đã ghi ngoài cơ sở dữ liệu"),
    "tail_missing": _("phần cuối bị cắt"),
    "head_differs": _("khác với đầu chuỗi"),
    "anchor_unreadable": _("tệp dấu neo có dòng không đọc được"),
}
DAY_KINDS: Words = {"off": _("Nghỉ"), "working": _("Làm việc")}
GROUPS: dict[str, Words] = {
    "import_state": IMPORT_STATES,
    **PEOPLE_WORDS,
    **VIEW_WORDS,
    **REVIEW_WORDS,
    **VIOLATION_WORDS,
    **PERIOD_WORDS,
    **ESCALATION_WORDS,
    **SUMMARY_WORDS,
    "day_kind": DAY_KINDS,
    "chain": CHAIN,
    "succession": SUCCESSIONS,
    "alias_source": ALIAS_SOURCES,
    "subject": SUBJECTS,
    "account_standing": ACCOUNT_STANDINGS,
    **DOSSIER_WORDS,
    **PAPER_WORDS,
    "state": STATES,
    "timeliness": TIMELINESS,
    **MATTER_WORDS,
    "action": ACTIONS,
    "event": EVENTS,
    "role": ROLES,
    "tier": TIERS,
    "standing": STANDINGS,
    "document_state": DOCUMENT_STATES,
    "source": SOURCES,
    "urgency": URGENCIES,
    "secrecy": SECRECY,
    "priority": PRIORITIES,
    "verdict": VERDICTS,
    "grade": GRADES,
    "ask": ASKS,
    "decision": DECISIONS,
    "evidence_state": EVIDENCE_STATES,
    "deadline_kind": DEADLINE_KINDS,
    "report_outcome": REPORT_OUTCOMES,
    "carried": CARRIED,
    "field": FIELDS,
}


def label(code: object, group: str) -> str:
    """Return the words of a code; a code without words is shown as it is."""
    text = str(code.value if isinstance(code, Enum) else code)
    words = GROUPS[group].get(text)
    if words is None:
        return text
    key = (language(), group, text)
    if key not in _SAID:
        _SAID[key] = str(words)
    return _SAID[key]


_SAID: dict[tuple[str, str, str], str] = {}
"""The words of every code in every language, each looked up once."""


def choices(group: str, *, empty: str | None = None) -> list[tuple[str, str]]:
    """Return a group as the choices of a form, in its own order."""
    first = [("", empty)] if empty is not None else []
    return first + [(code, str(words)) for code, words in GROUPS[group].items()]


def _is_english() -> bool:
    return language() == "en"


def vn_date(value: date | None) -> str:
    """Return a date as 30/09/2021 (English pages: 30 Sep 2021)."""
    if value is None:
        return ""
    if _is_english():
        return str(format_date(value, "d MMM y", rebase=False))
    return f"{value.day:02}/{value.month:02}/{value.year}"


def field_day(value: date | None) -> str:
    """Return a date as a field holds it and reads it back, in every language: 30/09/2021."""
    return f"{value.day:02}/{value.month:02}/{value.year}" if value is not None else ""


def vn_datetime(value: datetime | None, zone: ZoneInfo = PROVINCE_ZONE) -> str:
    """Return an instant as 30/09/2021 14:05 in the province, or in another zone."""
    if value is None:
        return ""
    local = value.astimezone(zone).replace(tzinfo=None)
    if _is_english():
        return str(format_datetime(local, "d MMM y HH:mm", rebase=False))
    return f"{vn_date(local)} {local:%H:%M}"


def vn_month(value: date) -> str:
    """Return a month as Tháng 9 (English pages: September)."""
    english = _is_english()
    return str(format_date(value, "LLLL" if english else "'Tháng' M", rebase=False))


def vn_number(value: float | Decimal | None) -> str:
    """Return a number as 1.234,5 (English pages: 1,234.5)."""
    if type(value) is int and not _is_english():
        return f"{value:,}".replace(",", ".")
    return "" if value is None else str(format_decimal(value))


def vn_share(share: float) -> str:
    """Return a share in hundredths, always with one decimal: 92,0 (English pages: 92.0)."""
    return str(format_decimal(hundredths(share), format="#,##0.0"))


def register(app: Flask) -> None:
    """Give the filters to the templates."""
    app.jinja_env.filters.update(
        label=label,
        state_label=lambda code: label(code, "state"),
        timeliness_label=lambda code: label(code, "timeliness"),
        action_label=lambda code: label(code, "action"),
        field_day=field_day,
        vn_share=vn_share,
        vn_date=vn_date,
        vn_datetime=vn_datetime,
        vn_month=vn_month,
        vn_number=vn_number,
    )
    app.jinja_env.globals["say"] = say
