"""Words for people: roles, what was changed of accounts, standing in, sheets of people."""

from __future__ import annotations

from flask_babel import LazyString, lazy_pgettext
from flask_babel import lazy_gettext as _

ACCOUNT_SENTENCES: dict[str, LazyString] = {
    "no_people_heading": _(
        "Không tìm thấy dòng tiêu đề có các cột tên đăng nhập, họ và tên, cơ quan và vai trò."
    ),
    "too_many_people": _("Bảng có hơn %(limit)s dòng. Hãy chia thành nhiều bảng."),
    "four_eyes_stand_in": _(
        "%(name)s và bạn đang làm thay nhau, mà %(name)s đã báo cáo hoặc góp vào nhiệm vụ này, "
        "nên người khác phải xem xét, xác nhận."
    ),
    "stand_in_passes_on": _("Người làm thay không cử tiếp người khác được."),
    "nothing_to_hand_over": _("Không có việc nào chuyển được cho người này."),
    "taker_not_office": _("Người nhận không giữ vai trò theo dõi, tổng hợp."),
    "taker_not_in_agency": _("Người nhận không thuộc %(agency)s."),
    "stand_in_over": _("Việc làm thay này đã kết thúc."),
    "sheet_changed": _(
        "Tài khoản hoặc cơ quan vừa được người khác thay đổi nên bảng nay hiểu khác lúc bạn xem. "
        "Hãy xem lại từng dòng rồi tạo."
    ),
}
ACCOUNT_ERRORS: dict[str, LazyString] = {
    "stand_in_too_long": _("Mỗi lần làm thay dài nhất một năm."),
    "role_not_lent": _("Vai trò quản trị không giao người khác làm thay."),
    "role_not_held_then": _("Người này không giữ vai trò đó vào ngày đầu."),
    "same_person": _("Người làm thay phải là người khác."),
    "not_a_colleague": _("Người làm thay phải có vai trò trong cùng cơ quan vào ngày đầu."),
    "stand_in_overlaps": _("Đã có người làm thay vai trò này trong những ngày đó."),
    "stand_in_away": _("Người này cũng vắng trong những ngày đó."),
}
PEOPLE_NOTICES: dict[str, LazyString] = {
    "account.stand_in": _(
        "Bạn làm thay %(absent)s ở %(agency)s từ %(from_on)s đến hết %(to_on)s. "
        "Chọn vai trò đó ở góc trên khi cần."
    ),
    "directives.followed": _("%(who)s giao bạn theo dõi %(count)s nhiệm vụ."),
    "directives.unfollowed": _(
        "%(who)s giao %(follower)s theo dõi %(count)s nhiệm vụ thay bạn; bạn thôi theo dõi."
    ),
    "account.work_received": _("Bạn nhận bàn giao %(count)s việc từ %(giver)s."),
    "account.absent": _("%(stand_in)s làm thay bạn ở %(agency)s từ %(from_on)s đến hết %(to_on)s."),
}
PEOPLE_WORDS: dict[str, dict[str, LazyString]] = {
    "role": {
        "office": _("Theo dõi, tổng hợp"),
        "leader": _("Lãnh đạo UBND tỉnh"),
        "agency_head": _("Thủ trưởng cơ quan"),
        "agency_clerk": _("Đầu mối cơ quan"),
        "agency_officer": _("Chuyên viên"),
        "inspector": _("Kiểm tra, thanh tra"),
        "admin": lazy_pgettext("role", "Quản trị"),
    },
    "account_standing": {
        "open": _("Đang hoạt động"),
        "closed": _("Đã ngừng"),
        "one_time": _("Chưa đổi mật khẩu dùng một lần"),
        "without_role": _("Chưa có vai trò"),
    },
    "held": {
        "followed": _("Nhiệm vụ đang theo dõi"),
        "routed": _("Nhiệm vụ được chuyển xử lý"),
        "case": _("Vụ vi phạm nhiều lần đang giữ"),
        "lent": _("Vai trò đang làm thay"),
    },
    "person_row": {
        "new_account": _("Tạo tài khoản"),
        "further_role": _("Giao thêm vai trò"),
        "stands_already": _("Đã có, giữ nguyên"),
        "waits": _("Chờ xem lại"),
    },
}
PEOPLE_EVENTS: dict[str, LazyString] = {
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
    "add_stand_in": _("Cử người làm thay"),
    "end_stand_in": _("Kết thúc làm thay"),
    "hand_over_work": _("Bàn giao việc"),
    "follow": _("Giao theo dõi"),
}
PEOPLE_FIELDS: dict[str, LazyString] = {
    "email": _("Thư điện tử"),
    "failures": _("Số lần đăng nhập sai"),
    "is_active": _("Đang hoạt động"),
    "login": _("Tên đăng nhập"),
    "must_change_password": _("Phải đổi mật khẩu"),
    "name": _("Tên"),
    "roles": _("Vai trò"),
    "session_epoch": _("Đợt phiên đăng nhập"),
    "role": _("Vai trò"),
    "stands_for": _("Làm thay"),
    "stand_in": _("Người làm thay"),
    "absent": _("Người vắng mặt"),
    "from_on": _("Từ ngày"),
    "to_on": _("Đến hết ngày"),
    "acting_role": _("Vai trò"),
    "giver": _("Người bàn giao"),
    "taker": _("Người nhận"),
    "handed": _("Việc bàn giao"),
    "follower": _("Chuyên viên theo dõi"),
    "followed": _("Nhiệm vụ đang theo dõi"),
    "routed": _("Nhiệm vụ được chuyển xử lý"),
    "case": _("Vụ vi phạm nhiều lần đang giữ"),
    "lent": _("Vai trò đang làm thay"),
}
ROW_PROBLEMS: dict[str, LazyString] = {
    "ambiguous_agency": _("tên này có thể là nhiều cơ quan"),
    "unknown_agency": _("không có cơ quan nào tên hoặc mã như vậy"),
    "ended_agency": _("cơ quan này đã chấm dứt hoạt động"),
    "vague_agency": _("chưa nêu tên cơ quan nào"),
    "one_agency": _("mỗi dòng ghi một cơ quan"),
    "agency_not_standing": _("cơ quan không hoạt động vào ngày bắt đầu"),
    "unknown_role": _("không có vai trò nào tên như vậy"),
    "unknown_division": _("cơ quan không có phòng này"),
    "impossible_date": _("ngày không có trong lịch"),
    "several_dates": _("có nhiều ngày khác nhau"),
    "unreadable_date": _("không đọc được ngày này"),
    "name_differs": _("tên đăng nhập này là của người tên khác"),
    "login_taken": _("tên đăng nhập này dành cho hệ thống"),
    "account_closed": _("tài khoản này đã ngừng; hãy mở lại trước"),
    "role_overlaps": _("đã giữ vai trò này trong khoảng thời gian khác, có phần trùng"),
    "own_roles": _("không tự giao vai trò cho mình được"),
}
