"""Words for the codes of reporting periods."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

Words = dict[str, LazyString]

PERIOD_STATES: Words = {
    "open": _("Chưa báo cáo"),
    "reported": _("Chờ xác nhận"),
    "confirmed": _("Đã xác nhận"),
    "ended": _("Không phải báo cáo"),
}
PERIOD_ACTIONS: Words = {
    "report_period": _("Báo cáo kỳ"),
    "record_period": _("Ghi nhận văn bản báo cáo kỳ"),
    "recall_period": _("Rút lại báo cáo kỳ"),
    "return_period": _("Yêu cầu bổ sung báo cáo kỳ"),
    "confirm_period": _("Xác nhận báo cáo kỳ"),
}
PERIOD_EVENTS: Words = PERIOD_ACTIONS | {
    "choose_rhythm": _("Lập kỳ báo cáo"),
    "close_year": _("Kết thúc khi hết năm"),
}
RHYTHMS: Words = {
    "monthly": _("Hằng tháng"),
    "quarterly": _("Hằng quý"),
    "half_yearly": _("6 tháng một lần"),
    "yearly": _("Hằng năm"),
}
OUTCOMES: Words = {
    "on_time": _("báo cáo đúng hạn"),
    "late": _("báo cáo quá hạn"),
    "missing": _("quá hạn, chưa báo cáo"),
    "ahead": _("chưa đến hạn"),
}
PERIOD_WORDS: dict[str, Words] = {
    "period_state": PERIOD_STATES,
    "period_action": PERIOD_ACTIONS,
    "rhythm": RHYTHMS,
    "period_outcome": OUTCOMES
    | {
        "soon": _("sắp đến hạn"),
        "pressing": _("quá hạn hoặc sắp đến hạn, chưa báo cáo"),
        "waiting": _("chờ xác nhận"),
    },
}
PERIOD_FIELDS: Words = {
    "period": _("Kỳ"),
    "period_due_on": _("Hạn của kỳ"),
    "period_state": _("Trạng thái của kỳ"),
    "period_before": _("Kỳ, trước đó"),
    "period_after": _("Kỳ, sau đó"),
    "confirmed_on": _("Ngày xác nhận"),
    "year_ended_on": _("Ngày hết năm"),
    "rhythm": _("Nhịp báo cáo"),
    "recurs": _("Lặp lại"),
    "due_day": _("Đến hạn ngày"),
    "for_all": _("Lập cho mọi cơ quan cùng mục"),
    "periods": _("Số kỳ"),
}
PERIOD_SENTENCES: Words = {
    "directive_ended": _("Nhiệm vụ đã kết thúc (%(state)s) nên không còn kỳ báo cáo."),
    "period_not_begun": _("Kỳ này bắt đầu ngày %(until)s; chưa đến kỳ nên chưa báo cáo được."),
    "period_wrong_state": _("Không làm được khi kỳ ở trạng thái “%(period_state)s”."),
    "period_reported_anew": _(
        "Cơ quan đã báo cáo lại kỳ này sau khi bạn mở trang; hãy đọc báo cáo mới."
    ),
    "not_standing_work": _(
        "Chỉ nhiệm vụ thường xuyên hoặc định kỳ có kỳ báo cáo; nhiệm vụ này có thời hạn riêng."
    ),
    "rhythm_of_document": _("Kỳ báo cáo theo nhịp mà văn bản đã nêu nên không đổi được ở đây."),
    "rhythm_fixed": _(
        "Đã có kỳ được báo cáo hoặc đến hạn nên không đổi nhịp được nữa. Văn bản dừng nhiệm vụ "
        "này và giao nhiệm vụ mới."
    ),
}
PERIOD_FIELD_ERRORS: Words = {
    "not_a_day_of_month": _("Hãy nhập một ngày trong tháng, từ 1 đến 31."),
    "no_period_falls_due": _("Theo nhịp này, không kỳ nào đến hạn trước khi nhiệm vụ kết thúc."),
    "no_period_chosen": _("Hãy chọn ít nhất một kỳ."),
    "too_many_periods": _("Mỗi lần xác nhận nhiều nhất 200 kỳ."),
    "before_period": _("Ngày nhận không thể trước ngày bắt đầu kỳ."),
}
