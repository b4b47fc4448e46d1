"""What an act brings with it, said above its form: before it is sent, and not after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from web.directives.inside import written_by
from web.directives.targets import target_told
from web.formats import vn_date, vn_datetime
from web.speech import gettext as _
from web.speech import ngettext
from workflow.accounts.records import SUBMITTING_ROLES
from workflow.directives.ending import owed_periods
from workflow.directives.guards import Case
from workflow.directives.matters import OwedPeriod, Prepared
from workflow.directives.records import Action, Directive
from workflow.directives.timing import days_late_at_once
from workflow.directives.usecases import Ground

NAMED = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One thing to know before sending."""

    title: str
    words: str


def warned_of(action: Action, case: Case, ground: Ground) -> tuple[Warned, ...]:
    """Return what stands above the form of an act: what waits, what becomes late at once."""
    found = (warn(case, ground) for warn in _WARNS.get(action, ()))
    return tuple(one for one in found if one is not None)


def waiting_words(of: Directive) -> str:
    """Return in one line what still waits while a report is filed; nothing where nothing does."""
    words = []
    if of.extension_asked_to is not None:
        day = vn_date(of.extension_asked_to)
        words.append(_("đề nghị gia hạn đến %(day)s chưa được trả lời", day=day))
    if of.open_inputs:
        words.append(_("chưa trả lời phối hợp: %(who)s", who=_unanswered(of)))
    return "; ".join(words)


def _unanswered(of: Directive) -> str:
    told = [
        _("%(who)s (đến hết %(day)s)", who=one.agency_name, day=vn_date(one.due_on))
        for one in of.open_inputs[:NAMED]
    ]
    return ", ".join(told) + ("…" if len(of.open_inputs) > NAMED else "")


def _extension_waits(case: Case, ground: Ground) -> Warned | None:
    del ground
    d = case.directive
    if d.extension_asked_to is None:
        return None
    return Warned(
        title=_("Đề nghị gia hạn chưa được trả lời"),
        words=_(
            "Đề nghị gia hạn đến %(to)s gửi ngày %(on)s đang chờ quyết định. Có báo cáo thì đề "
            "nghị này để lại, chỉ xét tiếp nếu báo cáo được rút lại hoặc phải làm lại.",
            to=vn_date(d.extension_asked_to),
            on=vn_date(d.extension_asked_on),
        ),
    )


def _inputs_wait(case: Case, ground: Ground) -> Warned | None:
    del ground
    if not case.directive.open_inputs:
        return None
    return Warned(
        title=_("Còn cơ quan chưa trả lời phối hợp"),
        words=_(
            "%(who)s. Báo cáo vẫn gửi được; cơ quan được hỏi còn trả lời được cho đến khi nhiệm "
            "vụ hoàn thành.",
            who=_unanswered(case.directive),
        ),
    )


def _prepared_before(case: Case, ground: Ground) -> Warned | None:
    """Who prepares again learns that a report waits already, and what becomes of it."""
    del ground
    waits = case.directive.standing_report
    if waits is None:
        return None
    return Warned(
        title=_("Đã có báo cáo trình, đang chờ đầu mối hoặc thủ trưởng gửi"),
        words=_changing(case, waits),
    )


def _changing(case: Case, waits: Prepared) -> str:
    who, at = written_by(waits), vn_datetime(waits.at)
    if case.actor.role in SUBMITTING_ROLES:
        return _(
            "%(who)s trình lúc %(at)s. Sửa ở dưới rồi lưu: báo cáo vẫn ghi tên người soạn, thêm "
            "tên bạn là người sửa; bản trước còn xem được.",
            who=who,
            at=at,
        )
    return _(
        "%(who)s trình lúc %(at)s. Nội dung được điền sẵn ở dưới; trình lại thì bản mới thay "
        "bản ấy.",
        who=who,
        at=at,
    )


def _back_late(case: Case, ground: Ground) -> Warned | None:
    """A report that goes back past its due date leaves the work late from that moment."""
    words = late_when_back(case.directive, ground)
    return Warned(title=_("Yêu cầu làm lại là quá hạn ngay"), words=words) if words else None


def late_when_back(of: Directive, ground: Ground) -> str:
    """Return what going back without a new date does today; nothing where the date is ahead."""
    over = days_late_at_once(of, ground.day)
    if not over:
        return ""
    return ngettext(
        "Hạn %(due)s đã qua %(num)s ngày. Không ghi thời hạn mới thì %(who)s quá hạn ngay từ hôm "
        "nay.",
        "Hạn %(due)s đã qua %(num)s ngày. Không ghi thời hạn mới thì %(who)s quá hạn ngay từ hôm "
        "nay.",
        over,
        due=vn_date(of.due_on),
        who=of.lead_name,
    )


def _recalled_late(case: Case, ground: Ground) -> Warned | None:
    """Who takes a report back past its due date learns that the work is late until the next."""
    d = case.directive
    over = days_late_at_once(d, ground.day)
    if not over:
        return None
    return Warned(
        title=_("Rút báo cáo là quá hạn ngay"),
        words=ngettext(
            "Hạn %(due)s đã qua %(num)s ngày; nhiệm vụ tính hoàn thành từ ngày gửi lại báo cáo.",
            "Hạn %(due)s đã qua %(num)s ngày; nhiệm vụ tính hoàn thành từ ngày gửi lại báo cáo.",
            over,
            due=vn_date(d.due_on),
        ),
    )


def _late_at_once(case: Case, ground: Ground) -> Warned | None:
    """Work that goes on keeps its date: who opens it again learns what that means today."""
    d = case.directive
    over = days_late_at_once(d, ground.day)
    if not over:
        return None
    return Warned(
        title=_("Mở lại là quá hạn ngay"),
        words=ngettext(
            "Hạn %(due)s giữ nguyên và đã qua %(num)s ngày. Muốn có hạn mới, sau khi mở lại dùng "
            "“Ý kiến chỉ đạo” hoặc “Điều chỉnh nhiệm vụ” theo văn bản.",
            "Hạn %(due)s giữ nguyên và đã qua %(num)s ngày. Muốn có hạn mới, sau khi mở lại dùng "
            "“Ý kiến chỉ đạo” hoặc “Điều chỉnh nhiệm vụ” theo văn bản.",
            over,
            due=vn_date(d.due_on),
        ),
    )


def _target_asks(case: Case, ground: Ground) -> Warned | None:
    """A target that is a figure asks for one: a report without it shows nothing of it."""
    del ground
    d = case.directive
    if d.target_value is None:
        return None
    return Warned(
        title=_("Nhiệm vụ có chỉ tiêu"),
        words=_(
            "%(target)s. Hãy ghi số liệu đạt được; thiếu số liệu vẫn gửi được, nhưng người xác "
            "nhận thấy “chưa có số liệu” và số tổng hợp của văn bản không tính cơ quan này.",
            target=target_told(d),
        ),
    )


def owed_words(of: Directive, day: date) -> str:
    """Return which begun periods of standing work are not settled; nothing where all are."""
    owed = owed_periods(of, day)
    told = [_owed(one, day) for one in owed[:NAMED]]
    more = len(owed) - NAMED
    return "; ".join(told) + (_("; và %(n)s kỳ khác", n=more) if more > 0 else "")


def _owed(one: OwedPeriod, day: date) -> str:
    due = vn_date(one.due_on)
    if one.is_reported:
        return _("kỳ hạn %(due)s: báo cáo chờ xác nhận", due=due)
    over = (day - one.due_on).days
    if over > 0:
        return _("kỳ hạn %(due)s: chưa báo cáo, quá %(n)s ngày", due=due, n=over)
    return _("kỳ hạn %(due)s: chưa báo cáo, chưa đến hạn", due=due)


def _periods_end(case: Case, ground: Ground) -> Warned | None:
    """Who ends standing work learns which periods it passes over, and what becomes of them."""
    words = owed_words(case.directive, ground.day)
    if not words:
        return None
    return Warned(
        title=_("Còn kỳ báo cáo chưa xong"),
        words=_(
            "%(which)s. Xác nhận hoàn thành là kết thúc cả nhiệm vụ: kỳ đã quá hạn vẫn tính là "
            "thiếu, kỳ chưa đến hạn không phải báo cáo nữa. Vẫn kết thúc thì ghi lý do; lý do "
            "nằm trong lịch sử.",
            which=words,
        ),
    )


def _periods_stay(case: Case, ground: Ground) -> Warned | None:
    """Who reports on standing work as a whole learns that it asks for its end."""
    words = owed_words(case.directive, ground.day)
    if not words:
        return None
    return Warned(
        title=_("Đây là báo cáo kết thúc nhiệm vụ, không phải báo cáo kỳ"),
        words=_(
            "%(which)s. Muốn nộp báo cáo một kỳ thì mở kỳ đó ở mục “Kỳ báo cáo”; người xác nhận "
            "phải ghi lý do nếu kết thúc khi còn kỳ chưa xong.",
            which=words,
        ),
    )


_REPORT = (_extension_waits, _inputs_wait, _periods_stay, _target_asks)
_WARNS: Mapping[Action, tuple[Callable[[Case, Ground], Warned | None], ...]] = {
    Action.REPORT: _REPORT,
    Action.RECORD_REPORT: _REPORT,
    Action.VERIFY: (_periods_end,),
    Action.REOPEN: (_late_at_once,),
    Action.RETURN: (_back_late,),
    Action.RECALL: (_recalled_late,),
    Action.PREPARE: (_prepared_before,),
}
