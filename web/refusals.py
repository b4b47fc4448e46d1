"""Sentences for every refusal: what, why, who could, until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from web.accounts.words import ACCOUNT_ERRORS, ACCOUNT_SENTENCES
from web.backups.words import BACKUP_SENTENCES
from web.directives.words import DIRECTIVE_ERRORS, DIRECTIVE_SENTENCES
from web.dossiers.import_words import IMPORT_SENTENCES, PROFILE_ERRORS, WAIT_ERRORS
from web.formats import vn_date, vn_datetime
from web.labels import label, words_of
from web.papers.words import PAPER_REFUSALS
from web.periods.words import PERIOD_FIELD_ERRORS, PERIOD_SENTENCES
from web.uploads.refusals import FILE_SENTENCES
from web.views.words import VIEW_ERRORS
from workflow.errors import Invalid, WorkflowError

SENTENCES: dict[str, LazyString] = {
    **PERIOD_SENTENCES,
    **ACCOUNT_SENTENCES,
    **BACKUP_SENTENCES,
    **IMPORT_SENTENCES,
    **PAPER_REFUSALS,
    **DIRECTIVE_SENTENCES,
    "own_draft": _("Người soạn quy tắc không tự phê duyệt được; cần một người thứ hai."),
    "backtest_missing": _(
        "Dự thảo chưa có kết quả chạy thử. Hãy chạy thử trên dữ liệu đã lưu và đính kèm trước."
    ),
    "draft_exists": _("Quy tắc %(rule)s đang có một dự thảo chờ phê duyệt; hãy sửa dự thảo đó."),
    "not_a_draft": _("Phiên bản này không còn là dự thảo nên giữ nguyên như đã ghi."),
    "not_in_force": _("Phiên bản này không có hiệu lực nên không có gì để ngừng áp dụng."),
    "suppression_over": _("Đánh dấu này đã hết hiệu lực."),
    "already_issued": _("Văn bản %(key)s đã ban hành nên không sửa như dự thảo được."),
    "signed_already": _(
        "Văn bản đã có tệp đã ký (%(name)s); việc đã giao theo tệp ấy nên không thay được."
    ),
    "already_judged": _("Báo cáo đã được xem xét nên không rút lại được nữa."),
    "already_reported": _(
        "Nhiệm vụ đã có báo cáo nên không đính chính được. "
        "Muốn thay đổi phải có văn bản điều chỉnh."
    ),
    "cannot_take_over": _(
        "Cơ quan được chọn không nhận được việc này, hoặc cơ quan cũ còn hoạt động."
    ),
    "changed_meanwhile": _("Nhiệm vụ vừa thay đổi; hãy tải lại trang rồi chọn lại."),
    "nothing_left": _("Không còn phần việc nào để chuyển."),
    "agency_gone": _("Dòng %(position)s: “%(words)s” không còn hoạt động vào ngày ban hành."),
    "bad_line": _("Dòng %(line)s, mục %(field)s: không đọc được."),
    "cannot_lead": _("Dòng %(position)s: %(words)s không giao chủ trì được."),
    "clauses_wait": _("Chưa ban hành được: dòng %(positions)s còn nội dung cần rà soát."),
    "already_taken_in": _("Tệp này đã nhập rồi."),
    "import_taken_over": _("Chính tệp này đang được nhập ở nơi khác; lần nhập đó tiếp tục."),
    "applicant_closed": _(
        "Tên người nộp chỉ mở cho cơ quan giải quyết hồ sơ và người kiểm tra khi có vi phạm "
        "ghi trên hồ sơ; người khác chỉ thấy chữ viết tắt."
    ),
    "causes_not_yours": _(
        "Nguyên nhân do cơ quan giải quyết hồ sơ, cơ quan nghiên cứu lĩnh vực này, "
        "cơ quan theo dõi hoặc người kiểm tra xác định."
    ),
    "too_few_dossiers": _(
        "Chỉ có %(found)s hồ sơ quá hạn có nhật ký, ít hơn mức %(least)s để kết luận; "
        "số nhỏ dễ sai. Hãy nới phạm vi hoặc khoảng ngày."
    ),
    "too_many_dossiers": _(
        "Có %(found)s hồ sơ quá hạn có nhật ký, nhiều hơn mức %(most)s phân tích từng bước "
        "một lần. Hãy lọc hẹp hơn theo ngày, lĩnh vực hoặc cơ quan."
    ),
    "conflict": _(
        "Dữ liệu vừa thay đổi nên thao tác không lưu được. Hãy tải lại trang và làm lại."
    ),
    "decline_standing": _("Cơ quan chủ trì đang đề nghị giao lại; cần trả lời đề nghị đó trước."),
    "decline_time_over": _(
        "Hạn đề nghị giao lại đã hết ngày %(until)s. Nay có thể nêu kiến nghị khi cập nhật "
        "nhiệm vụ: cơ quan theo dõi phải trả lời và có thể chuyển cơ quan chủ trì hoặc "
        "điều chỉnh nhiệm vụ."
    ),
    "empty_group": _("Dòng %(position)s: nhóm “%(words)s” không có cơ quan nào vào ngày ban hành."),
    "evidence_missing": _("Nhiệm vụ có sản phẩm đầu ra nên báo cáo phải kèm minh chứng."),
    "export_too_large": _(
        "Có quá nhiều dòng để xuất một lần (nhiều nhất %(limit)s). Hãy lọc bớt rồi xuất lại."
    ),
    "extension_standing": _("Đã có một đề nghị gia hạn đến %(until)s đang chờ trả lời."),
    "extensions_used_up": _("Đã hết số lần gia hạn cho phép (%(allowed)s lần)."),
    "four_eyes_agency": _(
        "Bạn là người của %(agency)s, cơ quan chủ trì, nên không tự xem xét, xác nhận được."
    ),
    "four_eyes_hand": _(
        "Bạn đã cập nhật hoặc tải minh chứng cho nhiệm vụ này nên không tự xem xét, xác nhận được."
    ),
    "four_eyes_reporter": _("Bạn là người báo cáo nên không tự xem xét, xác nhận được."),
    "issued_in_future": _("Ngày ban hành %(until)s chưa đến."),
    "gate_shut": _("Việc này vừa đóng lại. Hãy tải lại trang rồi xem còn làm được không."),
    "no_decline_standing": _("Không có đề nghị giao lại nào đang chờ trả lời."),
    "no_due_date": _("Nhiệm vụ không có thời hạn nên không có gì để gia hạn."),
    "no_extension_standing": _("Không có đề nghị gia hạn nào đang chờ quyết định."),
    "no_pending_evidence": _("Không có minh chứng nào chờ xem xét."),
    "no_standing_evidence": _(
        "Nhiệm vụ có sản phẩm đầu ra nhưng không còn minh chứng nào được giữ."
    ),
    "not_accepted_yet": _("%(agency)s chưa tiếp nhận nhiệm vụ."),
    "not_tried": _("Hãy chờ đọc thử xong rồi mới nhập."),
    "not_yours": _("Việc này dành cho %(who)s."),
    "open_parts": _("Các phần việc giao xuống chưa kết thúc: %(numbers)s."),
    "parent_changed": _(
        "Nhiệm vụ cấp trên đã kết thúc hoặc đã chuyển cơ quan chủ trì nên không mở lại được."
    ),
    "past_due_date": _("Chỉ đề nghị gia hạn được đến hết ngày %(until)s."),
    "periods_not_extended": _(
        "Nhiệm vụ thường xuyên, định kỳ có hạn của từng kỳ và hạn ấy không gia hạn. "
        "Kỳ đã quá hạn vẫn báo cáo được."
    ),
    "recipients_changed": _(
        "Số nhiệm vụ sẽ giao nay là %(now)s, khác với %(agreed)s bạn vừa xem. Hãy xem lại."
    ),
    "reference_taken": _("Số văn bản %(reference)s đã được dùng cho một văn bản khác trong năm."),
    "reopening_time_over": _("Hạn mở lại đã hết ngày %(until)s."),
    "role_not_held": _("Hôm nay bạn không giữ vai trò này."),
    "secret_document": _(
        "Văn bản mật không được đưa vào hệ thống này. "
        "Không có gì được lưu lại; hãy theo dõi ngoài mạng."
    ),
    "sweep_running": _("Đêm của ngày %(day)s đang được một tiến trình khác quét; hãy thử lại sau."),
    "stale": _("Người khác vừa thay đổi mục này. Hãy xem thay đổi rồi làm tiếp."),
    "basis_unsettled": _(
        "Còn vi phạm chưa xác nhận hoặc đang giải trình nên chưa xử lý cao hơn nhắc nhở được."
    ),
    "beyond_authority": _(
        "Hình thức cao hơn nhắc nhở do Chủ tịch UBND tỉnh hoặc người được ủy quyền quyết định."
    ),
    "conflict_of_interest": _(
        "Vụ việc liên quan đến %(agency)s: cơ quan của bạn, cơ quan bạn rời chưa lâu, hoặc cơ quan "
        "cấp trên, trực thuộc, sáp nhập với cơ quan đó; người khác phải xử lý."
    ),
    "explanation_day_not_over": _("Cơ quan còn được giải trình đến hết ngày %(until)s."),
    "four_eyes_proposer": _("Bạn là người đề xuất nên người khác phải quyết định."),
    "goes_to_home_affairs": _(
        "Vụ việc về đơn vị của Văn phòng UBND tỉnh do %(agency)s xử lý để bảo đảm khách quan."
    ),
    "held_by_other": _("%(name)s đang xử lý vụ việc này; người đó hoặc lãnh đạo chuyển mới được."),
    "no_eligible_inspector": _("Hiện không có người kiểm tra nào khác xử lý được vụ việc này."),
    "already_recorded": _(
        "Vi phạm này của hồ sơ trong ngày đó đã được ghi nhận là %(number)s nên không ghi hai lần."
    ),
    "four_eyes_contester": _("Bạn đã giải trình cho cơ quan nên người khác phải kết luận."),
    "four_eyes_recorder": _("Bạn là người ghi nhận vi phạm này nên người khác phải kết luận."),
    "mended_by_facts": _(
        "Vi phạm này không tính vì dữ liệu hồ sơ đã được sửa; "
        "chỉ tính lại khi dữ liệu lại cho thấy vi phạm."
    ),
    "not_found": _("Không tìm thấy mục này trong phạm vi của bạn."),
    "violation_wrong_state": _("Không làm được khi vi phạm ở trạng thái “%(state)s”."),
    "wrong_case_state": _("Không làm được khi vụ việc ở bước “%(state)s”."),
    "wrong_state": _("Không làm được khi nhiệm vụ ở trạng thái “%(state)s”."),
    "anchor_unreadable": _("Tệp dấu neo %(file)s có dòng %(line)s không đọc được."),
    "chain_broken": _("Nhật ký không còn nguyên vẹn từ mục số %(serial)s."),
    "calendar_changed": _(
        "Lịch làm việc vừa được người khác thay đổi. Hãy xem lại ảnh hưởng rồi xác nhận."
    ),
    "day_not_entered": _("Ngày này không có trong bảng nên không có gì để bỏ."),
    "account_closed": _("Tài khoản này đã ngừng hoạt động."),
    "account_open": _("Tài khoản này đang hoạt động."),
    "admin_exists": _("Đã có quản trị. Dùng --another nếu thật sự cần thêm."),
    "agency_stands": _("Cơ quan này đang hoạt động."),
    "units_standing": _(
        "Đến hết ngày %(until)s vẫn còn đơn vị trực thuộc hoạt động: %(units)s. "
        "Hãy chấm dứt hoặc chuyển các đơn vị đó trước."
    ),
    "last_admin": _("Đây là quản trị duy nhất; hãy giao vai trò quản trị cho người khác trước."),
    "own_account": _("Không tự ngừng tài khoản của mình được; hãy nhờ quản trị khác."),
    "own_password": _("Mật khẩu của mình đổi ở mục Đổi mật khẩu."),
    "own_roles": _("Không tự giao vai trò cho mình được; hãy nhờ quản trị khác."),
    "sign_in_wrong": _(
        "Tên đăng nhập hoặc mật khẩu không đúng, hoặc tài khoản đã ngừng hoạt động."
    ),
    "too_many_attempts": _(
        "Đã nhập sai nhiều lần. Hãy thử lại sau %(until)s, hoặc nhờ quản trị mở khóa."
    ),
    "last_lead": _("Dòng %(position)s phải còn cơ quan chủ trì khác."),
    "words_wait_no_more": _("Không còn dòng nào chờ vì “%(words)s”; có thể người khác vừa xử lý."),
}
FIELD_ERRORS: dict[str, LazyString] = {
    **PERIOD_FIELD_ERRORS,
    **DIRECTIVE_ERRORS,
    **ACCOUNT_ERRORS,
    **VIEW_ERRORS,
    **PROFILE_ERRORS,
    **WAIT_ERRORS,
    "basis_overlaps": _("Đã có căn cứ khác cho một phần thời gian này; hãy bỏ dòng đó trước."),
    "nothing_chosen": _("Hãy chọn ít nhất một vi phạm."),
    "too_many_at_once": _("Mỗi lần chọn nhiều nhất 1.000 vi phạm. Hãy lọc bớt."),
    "unknown_dossier": _("Không có hồ sơ nào mang mã này, hoặc có nhiều hơn một."),
    "cannot_take_it": _("Người này đang vắng hoặc có liên quan đến cơ quan trong vụ việc."),
    "deadline_unread": _("Không đọc được thời hạn này. Hãy gõ như “trước ngày 30/9/2021”."),
    "decision_unnamed": _("Hãy ghi văn bản hoặc cuộc họp mà người giao việc đã quyết định ở đó."),
    "due_before_paper": _(
        "Thời hạn này hết trước ngày của văn bản, nhiệm vụ sẽ quá hạn ngay khi giao. "
        "Hãy xem lại ngày, hoặc năm."
    ),
    "holds_it_already": _("Người này đang xử lý vụ việc."),
    "named_twice": _("Một người có hai chỗ trong thứ tự."),
    "not_a_count": _("Hãy gõ số nguyên từ 1 đến 999."),
    "not_a_person": _("Hãy chọn một người."),
    "not_an_inspector": _("Có người không còn là người kiểm tra."),
    "not_heard": _("Phải yêu cầu cơ quan giải trình trước khi xử lý cao hơn nhắc nhở."),
    "not_same_agency": _("Một văn bản chỉ dùng chung cho các vụ việc của cùng một cơ quan."),
    "already_judged": _("Minh chứng này đã được xem xét."),
    "cannot_lead": _("Cơ quan này không giao chủ trì được."),
    "date_future": _("Ngày này chưa đến."),
    "before_report_date": _("Không thể nhận văn bản trước ngày ký của nó."),
    "before_assignment": _("Ngày nhận không thể trước ngày giao nhiệm vụ."),
    "date_past": _("Ngày này đã qua."),
    "not_retroactive": _("Ngày này chưa qua nên không cần chọn áp dụng cho ngày đã qua."),
    "ends_before": _("Phiên bản này đã hết hiệu lực sớm hơn ngày đó."),
    "code_fixed": _("Mã quy tắc không đổi được; quy tắc khác thì soạn mới."),
    "rule_code_form": _("Mã gồm chữ không dấu, số và các dấu . - _, ví dụ MC-01."),
    "scope_needed": _("Hãy chọn ít nhất một quy tắc, cơ quan hoặc lĩnh vực."),
    "period_too_long": _("Mỗi lần chạy thử nhiều nhất 10 năm."),
    "evidence_missing": _("Cần kèm ít nhất một minh chứng vì nhiệm vụ có sản phẩm đầu ra."),
    "exceptions_need_group": _("Chỉ trừ được khi đã chọn một nhóm."),
    "four_eyes_hand": _("Bạn đã tải tệp này lên nên không tự xem xét được."),
    "look_below": _("Xem các chỗ đánh dấu ở dưới."),
    "negative": _("Số này không được âm."),
    "no_change": _("Chưa có gì thay đổi."),
    "no_clauses": _("Văn bản chưa có nhiệm vụ nào."),
    "cause_twice": _("Nguyên nhân này đã chọn ở trên; mỗi nguyên nhân chỉ ghi một lần."),
    "choose_dossiers": _("Hãy chọn từ 1 đến 500 hồ sơ."),
    "name_too_short": _("Hãy gõ ít nhất bốn chữ cái của tên."),
    "working_hours": _("Hãy ghi các ca làm việc như 07:30-11:30,13:00-17:00."),
    "not_a_choice": _("Hãy chọn một trong các mục."),
    "profile_name": _("Tên cấu hình chỉ gồm chữ thường không dấu, số, gạch nối, gạch dưới."),
    "profile_shipped": _("Tên này là của một cấu hình có sẵn; hãy đặt tên khác."),
    "not_a_date": _("Không đọc được ngày này. Hãy gõ như 30/09/2021."),
    "not_a_file": _("Không đọc được tệp này."),
    "not_a_number": _("Hãy gõ một số, ví dụ 91,2."),
    "not_a_percent": _("Hãy gõ số nguyên từ 0 đến 100."),
    "not_a_time": _("Không đọc được giờ này. Hãy gõ như 14:05."),
    "clause_of_a_part": _(
        "Phần việc giao xuống không có nhiệm vụ mới riêng: hãy ghi ở nhiệm vụ cấp trên."
    ),
    "not_a_unit_below": _("Chỉ giao được cho đơn vị trực thuộc đang hoạt động."),
    "not_a_year": _("Hãy gõ một năm, ví dụ 2021."),
    "not_an_agency": _("Hãy chọn một cơ quan."),
    "not_evidence": _("Không tìm thấy minh chứng này."),
    "not_in_group": _("Cơ quan này không thuộc nhóm đã chọn."),
    "not_later": _("Ngày mới phải sau thời hạn hiện tại."),
    "not_text": _("Hãy gõ chữ."),
    "not_yes_or_no": _("Hãy chọn có hoặc không."),
    "open_parts": _("Còn phần việc giao xuống chưa xong: hãy ghi lý do."),
    "owed_periods": _("Còn kỳ báo cáo chưa xong (kể ở trên): hãy ghi lý do kết thúc."),
    "no_owed_periods": _("Không còn kỳ nào chưa xong: bỏ lý do này."),
    "unit_not_chosen": _("Hạn riêng chỉ ghi cho đơn vị được chọn ở trên."),
    "outside_parent": _(
        "Thời hạn phải nằm trong thời hạn của nhiệm vụ cấp trên, trừ ngày tổng hợp."
    ),
    "period_reversed": _("Ngày cuối phải sau ngày đầu."),
    "reference_form": _("Số, ký hiệu viết như 2847/UBND-KSTTHC."),
    "reference_taken": _("Số này đã được dùng cho một văn bản khác trong năm."),
    "required": _("Cần điền mục này."),
    "same_lead": _("Đây đang là cơ quan chủ trì."),
    "too_long": _("Nội dung quá dài."),
    "too_many_clauses": _("Một văn bản có tối đa 2.000 dòng."),
    "unknown_field": _("Mục này không thuộc thao tác."),
    "day_twice": _("Ngày này được nhập hai lần."),
    "not_positive": _("Cần ít nhất một ngày làm việc."),
    "outside_calendar": _("Nằm ngoài những năm có lịch làm việc (2008–2045)."),
    "below_one": _("Cần số nguyên từ 1 trở lên."),
    "column_missing": _("Thiếu cột này."),
    "column_twice": _("Cột này có hai lần."),
    "column_unknown": _("Không biết cột này."),
    "given_twice": _("Mục này được chọn hai lần."),
    "id_twice": _("Mã vi phạm này đã có ở dòng trên."),
    "not_a_list": _("Cần một danh sách."),
    "not_a_moment": _("Không đọc được thời điểm này. Hãy ghi như 2025-09-30T08:00."),
    "not_a_state": _("Không có trạng thái vi phạm này."),
    "not_csv": _("Dòng này không đúng dạng CSV."),
    "not_rising": _("Các ngưỡng điểm phải tăng dần."),
    "not_rules": _("Mỗi quy tắc phải là một bảng [[rule]]."),
    "not_toml": _("Dòng này không đúng dạng TOML."),
    "not_utf8": _("Tệp phải ở bảng mã UTF-8."),
    "not_weights": _("Cần một bảng loại vi phạm và hệ số."),
    "not_whole": _("Cần một số nguyên."),
    "row_long": _("Dòng này nhiều ô hơn dòng tiêu đề."),
    "row_short": _("Dòng này ít ô hơn dòng tiêu đề."),
    "rule_twice": _("Mã quy tắc này đã có ở trên."),
    "too_large": _("Số này quá lớn."),
    "unknown_key": _("Không có mục này."),
    "versions_overlap": _("Hai phiên bản của một quy tắc không thể cùng có hiệu lực một ngày."),
    "window_form": _("Cần số ngày hoặc kỳ lịch (tháng, quý, năm), không phải cả hai."),
    "pause_open": _("Việc đang tạm dừng nên chưa có hạn."),
    "same_day": _("Ngày làm bù phải khác ngày nghỉ."),
    "name_of_another": _("Tên này đang hoặc đã là của cơ quan hay nhóm khác."),
    "alias_known": _("Cơ quan này đã có tên gọi đó."),
    "before_name": _("Ngày này phải sau ngày tên hiện tại bắt đầu được dùng."),
    "both_in_and_out": _("Một cơ quan không thể vừa thêm vừa trừ."),
    "code_form": _("Mã gồm chữ, số và các dấu . - _, ví dụ H32.03."),
    "code_taken": _("Mã này đã được dùng."),
    "division_known": _("Cơ quan đã có phòng này."),
    "group_code_form": _("Mã nhóm gồm chữ thường không dấu, số và dấu - _, ví dụ communes."),
    "group_empty": _("Hãy chọn ít nhất một cấp hoặc một cơ quan."),
    "merge_has_one_successor": _("Sáp nhập chỉ có một cơ quan tiếp nhận."),
    "parent_below": _("Không thể đặt cơ quan dưới chính nó hoặc đơn vị trực thuộc của nó."),
    "province_has_no_parent": _("Cấp tỉnh không trực thuộc cơ quan nào ở đây."),
    "same_agency": _("Một cơ quan không thể vừa chuyển giao vừa tiếp nhận."),
    "split_has_one_predecessor": _("Chia, tách chỉ có một cơ quan chuyển giao."),
    "succession_known": _("Việc chuyển giao này đã được ghi."),
    "successor_needed": _("Hãy chọn cơ quan tiếp nhận cho các việc đã đánh dấu."),
    "agency_ended": _("Cơ quan này đã kết thúc; hãy chọn cơ quan đang hoạt động."),
    "agency_not_standing": _("Cơ quan này không hoạt động vào ngày đã chọn."),
    "login_form": _(
        "Tên đăng nhập gồm chữ thường không dấu, chữ số và các dấu . _ - @, ví dụ mai.tt."
    ),
    "login_taken": _("Tên đăng nhập này đã có người dùng."),
    "not_an_email": _("Địa chỉ thư chưa đúng, ví dụ mai@khanhhoa.gov.vn."),
    "role_overlaps": _("Người này đã giữ vai trò đó trong khoảng thời gian này."),
    "password_common": _("Mật khẩu này dễ đoán. Hãy dùng vài từ không liên quan đến nhau."),
    "password_digits": _("Mật khẩu chỉ gồm chữ số dễ bị dò. Hãy thêm chữ."),
    "password_long": _("Mật khẩu dài nhất 200 ký tự."),
    "password_own_name": _("Mật khẩu không được ghép từ tên hoặc tên đăng nhập của bạn."),
    "password_pattern": _("Mật khẩu lặp lại hoặc theo thứ tự bàn phím nên dễ đoán."),
    "password_same": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
    "password_short": _("Mật khẩu cần ít nhất 10 ký tự."),
    "password_wrong": _("Mật khẩu hiện tại không đúng."),
}


def told(value: object) -> str:
    """Return a parameter of a sentence in words."""
    if isinstance(value, datetime):
        return vn_datetime(value)
    if isinstance(value, date):
        return vn_date(value)
    if isinstance(value, Enum):
        return _enum_told(value)
    if isinstance(value, str):
        return value
    if isinstance(value, Iterable):
        return ", ".join(told(item) for item in value)
    return str(value)


PARTLY_OWN = ("period_state", "violation_standing", "violation_state", "violation_action")


def _enum_told(value: Enum) -> str:
    groups = ("standing", "state", "action", "role", "relation", "case_state", "measure")
    for group in (*groups, *PARTLY_OWN):
        words = words_of(value, group)
        if words is not None:
            return words
    return str(value.value)


def sentence(code: str, params: Mapping[str, object]) -> str:
    """Return the sentence of a refusal code; an unknown code is told as it is."""
    words = SENTENCES.get(code) or FILE_SENTENCES.get(code) or FIELD_ERRORS.get(code)
    if words is None:
        return code
    said = {name: told(value) for name, value in params.items()}
    return str(words) % said if said else str(words)


def in_words(error: WorkflowError) -> str:
    """Return what an error says to a person, in one sentence or one for each field."""
    if isinstance(error, Invalid):
        return " ".join(
            f"{label(name, 'field')}: {field_error(code)}" if name else field_error(code)
            for name, code in error.errors.items()
        )
    return sentence(error.code, error.params)


def field_error(code: str) -> str:
    """Return what a field's error code says."""
    return str(FIELD_ERRORS.get(code) or SENTENCES.get(code) or FILE_SENTENCES.get(code) or code)
