"""Words beside the fields of an action: what is expected, until when, what if left empty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from models.directives.facts import DirectiveFile
from web.directives.called import labels_of
from web.directives.ended import ended_beside
from web.directives.joining import beside_hints
from web.directives.quoting import not_asked_of, quoted_hints
from web.directives.targets import target_told
from web.formats import vn_date
from web.labels import label
from web.periods.preparing import told_for
from web.speech import gettext as _
from web.speech import ngettext
from workflow.accounts.records import Role
from workflow.directives.asked import LETTER, SPOKEN
from workflow.directives.checks import latest_day_for_part
from workflow.directives.dividing import UNIT_DAYS
from workflow.directives.drafts import waiting_in
from workflow.directives.effects import corrects_first
from workflow.directives.ending import PERIODS_REASON, owed_periods
from workflow.directives.given import begun_for
from workflow.directives.guards import Case
from workflow.directives.instructing import NEW_CLAUSE
from workflow.directives.joining import LEAVING
from workflow.directives.needs import Need
from workflow.directives.records import Action, Directive, State
from workflow.directives.rescoping import OF_CLAUSE, may_say_whose
from workflow.directives.row import Row
from workflow.directives.table import BY_ACTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """Words under a label, other labels where the plain one says too little, fields left out.

    Those `folded` are asked of few: they stand behind a press.
    """

    under: dict[str, str] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    folded: frozenset[str] = frozenset()


def hints_of(row: Row, case: Case, file: DirectiveFile) -> Hints:
    """Return the words for one action's form on one directive."""
    under = {"due_on": _due(row.action, case), "files": _files(row.action, case)}
    under |= {"figure": _target(file), "open_parts_reason": _parts(case)}
    under |= _fixed() | _pausing(row.action) | quoted_hints(case.directive)
    under |= _named(row.action, case)
    if case.actor.role is Role.LEADER:
        under["reference"] = _("Nếu ý kiến nói trong một cuộc họp hoặc ghi trong văn bản.")
    under |= beside_hints() | dict.fromkeys(
        OF_CLAUSE, _("Nói cho mọi cơ quan chủ trì của mục này.")
    )
    under["agencies"] = ended_beside(row.action, case, file)
    if row.action is Action.HAND_DOWN:
        under["agency"] = _("Chọn một hoặc nhiều đơn vị; mỗi đơn vị một phần việc riêng.")
        under[UNIT_DAYS.name] = _("Để trống thì đơn vị theo thời hạn chung ở trên.")
    if row.action is Action.PREPARE and case.directive.has_periods:
        under["result"] = told_for(case)
    under["report_number"] = number_hint(row.needs)
    names = {need.name for need in row.needs}
    return Hints(
        under={name: words for name, words in under.items() if words and name in names},
        labels=labels_of(row.action) | _letter(row) | _units(case.directive),
        left_out=_left_out(row, case),
        folded=frozenset(names.intersection(need.name for need in NEW_CLAUSE)),
    )


def _letter(row: Row) -> dict[str, str]:
    """Call a letter what it is while an officer writes it: signed and numbered later."""
    if LETTER in row.needs or LETTER not in BY_ACTION[row.action].needs:
        return {}
    return {"files": _("Văn bản đề nghị, dự thảo được (bản ký gửi sau)")}


def _left_out(row: Row, case: Case) -> frozenset[str]:
    """Return what this form does not ask of this person, or has nothing to choose from for."""
    left_out = set(not_asked_of(case.directive))
    if not may_say_whose(case.directive):
        left_out.add("target_scope")
    if not case.directive.has_periods:
        left_out.add("target_basis")
    if case.actor.role is Role.LEADER:
        left_out |= {need.name for need in SPOKEN}
    elif row.action is Action.DECIDE_EXTENSION and case.actor.role is not Role.OFFICE:
        left_out.add("said_by")
    if case.directive.parent_id is not None:
        left_out |= {need.name for need in NEW_CLAUSE}
    has = {
        LEAVING.name: case.directive.coordinating,
        "open_parts_reason": case.directive.open_parts,
        PERIODS_REASON.name: owed_periods(case.directive, case.day),
        "set_aside": case.directive.loose_evidence,
    }
    left_out |= {name for name, found in has.items() if not found}
    if row.action is Action.PREPARE and case.directive.has_periods:
        left_out |= DAYS_OF_PERIOD
    return frozenset(left_out | _not_prepared(row.action, case))


def _not_prepared(action: Action, case: Case) -> set[str]:
    """Return what is not asked because no officer prepared it, or nothing else."""
    begun = begun_for(action, case)
    left_out = set() if begun and begun.files else {"prepared_files"}
    several = len(waiting_in(case.directive, case.actor.agency_id)) > 1
    return left_out if several else left_out | {"going_back"}


def without_divisions(hints: Hints) -> Hints:
    """Return the words of a form of an agency that has no division to choose."""
    said = _("Cơ quan chưa có phòng nào; quản trị thêm phòng ở trang của cơ quan.")
    return replace(
        hints, under=hints.under | {"person": said}, left_out=hints.left_out | {"division"}
    )


DAYS_OF_PERIOD = frozenset({"period_from", "period_to"})
"""What evidence of a period needs no word about: the period says its days."""
SIDE_BY_SIDE = (
    ("report_number", "report_date"),
    ("paper", "paper_date"),
    ("received_on", "arrival_number"),
    ("signer", "figure"),
    ("said_by", "said_on"),
    ("period_from", "period_to"),
    ("numerator", "denominator"),
    ("new_agency", "new_due_on"),
)


def grouped(row: Row, hints: Hints, *, folded: bool = False) -> list[list[Need]]:
    """Return the needs in their order, those that belong together in one line.

    Only what stands behind a press where `folded`, else only what stands open.
    """
    asked = [need for need in row.needs if need.name not in hints.left_out]
    needs = {need.name: need for need in asked if (need.name in hints.folded) == folded}
    beside = {first: second for first, second in SIDE_BY_SIDE if second in needs}
    seconds = {beside[name] for name in needs if name in beside}
    return [
        [need, needs[beside[name]]] if name in beside else [need]
        for name, need in needs.items()
        if name not in seconds
    ]


def number_hint(needs: Sequence[Need]) -> str:
    """Return what a report's number looks like; "if any" only where it may be left out."""
    if any(need.name == "report_number" and need.required for need in needs):
        return _("Số và ký hiệu, như trên báo cáo đã ký; ví dụ 312/BC-STNMT.")
    return _("Số và ký hiệu của báo cáo đã ký, nếu có.")


def _fixed() -> dict[str, str]:
    return {
        "paper": _("Số và ký hiệu, như trên văn bản; ví dụ 312/STNMT-VP."),
        "progress": _("Số từ 0 đến 100; không bắt buộc."),
        "set_aside": _(
            "Chọn tệp cũ không còn là minh chứng của báo cáo này; tệp không chọn vẫn tính."
        ),
        "proposal": _("Điều cần cấp trên hoặc cơ quan khác trả lời."),
        "period_from": _("Kỳ mà minh chứng nói về, không phải ngày tải lên."),
        "received_on": _("Ngày văn bản đến; đúng hạn hay quá hạn tính theo ngày này."),
        "arrival_number": _("Số văn thư ghi trên dấu đến, nếu có."),
        "prepared_files": _("Bỏ chọn tệp nào thì tệp ấy không được gửi kèm."),
        "new_content": _(
            "Chỉ ghi khi ý kiến giao thêm việc: thành một nhiệm vụ riêng của văn bản này, có số "
            "riêng, báo ngay cho cơ quan chủ trì."
        ),
        "new_agency": _("Để trống thì giao chính cơ quan chủ trì nhiệm vụ này."),
        "reference": _("Cần ghi khi cơ quan theo dõi ghi lại ý kiến của lãnh đạo."),
    }


def _named(action: Action, case: Case) -> dict[str, str]:
    """An error of entry needs no document; a decision that is recorded stands somewhere."""
    if action is Action.CORRECT:
        return {"paper": _("Chỉ khi có văn bản đính chính.")}
    if action in {Action.AMEND, Action.WITHDRAW}:
        return {"paper": _("Như trên văn bản; ví dụ 312/UBND-TH.")}
    if action is Action.DECIDE_EXTENSION and case.actor.role is Role.OFFICE:
        return {"paper": _("Số văn bản, hoặc cuộc họp nào.")}
    return {}


def _pausing(action: Action) -> dict[str, str]:
    """The clock stops and goes on by a document (product.md, section 3); what if it has no number.

    What was said stays in the history as it was said, so the number that comes later is told
    there by an act of its own.
    """
    if action not in {Action.SUSPEND, Action.RESUME}:
        return {}
    return {
        "paper": _(
            "Phải theo văn bản đã ký. Văn thư chưa cấp số thì ghi ký hiệu và ngày ký, ví dụ "
            "“UBND-TH ngày 20/08/2021, chưa có số”; khi có số, ghi thêm bằng “Ý kiến chỉ đạo”. "
            "Chưa có văn bản thì chưa tạm dừng hay tiếp tục được."
        )
    }


def _units(of: Directive) -> dict[str, str]:
    """Figures are asked for in the unit of their target."""
    if not of.target_unit:
        return {}
    words = {name: label(name, "field") for name in ("figure", "own_figure")}
    return {
        name: _("%(what)s (%(unit)s)", what=what, unit=of.target_unit)
        for name, what in words.items()
    }


def _due(action: Action, case: Case) -> str:
    directive = case.directive
    now = vn_date(directive.due_on)
    if action is Action.HAND_DOWN:
        latest = latest_day_for_part(case)
        return (
            ""
            if latest is None
            else _(
                "Muộn nhất ngày %(latest)s: trước hạn %(due)s đủ %(n)s ngày làm việc để tổng hợp.",
                latest=vn_date(latest),
                due=now,
                n=case.limits.part_buffer_working_days,
            )
        )
    if action is Action.REQUEST_EXTENSION:
        left = case.limits.extensions_allowed - directive.extensions_granted
        return _("Hạn hiện nay %(due)s; còn gia hạn được %(n)s lần.", due=now, n=left)
    if action is Action.DECIDE_EXTENSION and directive.extension_asked_to:
        asked = vn_date(directive.extension_asked_to)
        return _("Đề nghị đến %(asked)s; hạn hiện nay %(due)s.", asked=asked, due=now)
    if action in {Action.CORRECT, Action.AMEND} and now:
        return _rewritten(action, directive)
    if action in {Action.REASSIGN, Action.RETURN, Action.DIRECT} and now:
        return _("Để trống thì giữ hạn hiện nay %(due)s.", due=now) + _late_now(case)
    return ""


def _rewritten(action: Action, of: Directive) -> str:
    """What becomes of the first date when another is written over the one that stands."""
    due, first = vn_date(of.due_on), vn_date(of.first_due_on)
    if action is Action.CORRECT and corrects_first(of):
        return _("Đang ghi %(due)s; hạn đầu được đính chính theo.", due=due)
    return _("Đang ghi %(due)s; hạn đầu %(first)s giữ để tính tỷ lệ.", due=due, first=first)


def _late_now(case: Case) -> str:
    """What a new date does to work that is late: said with the field, and not found out after."""
    of = case.directive
    if of.due_on is None or of.state is State.REPORTED or of.due_on >= case.day:
        return ""
    over = (case.day - of.due_on).days
    words = ngettext(
        "Đang quá hạn %(num)s ngày; ghi hạn mới thì đếm theo hạn mới, hạn đầu %(first)s giữ để "
        "tính tỷ lệ.",
        "Đang quá hạn %(num)s ngày; ghi hạn mới thì đếm theo hạn mới, hạn đầu %(first)s giữ để "
        "tính tỷ lệ.",
        over,
        first=vn_date(of.first_due_on),
    )
    return f" {words}"


def _files(action: Action, case: Case) -> str:
    directive = case.directive
    if action is Action.DECLINE:
        return _("Bản quét văn bản có chữ ký, đóng dấu.")
    if action is Action.REPORT and directive.expected_output:
        standing = len(directive.standing_evidence)
        if standing:
            return _("Sản phẩm cần nộp: %(what)s. Đã có %(n)s minh chứng; có thể nộp thêm.",
                     what=directive.expected_output, n=standing)  # fmt: skip
        return _("Sản phẩm cần nộp: %(what)s.", what=directive.expected_output)
    return _("Có thể chọn nhiều tệp cùng lúc; tệp trùng tên là bản mới của tệp cũ.")


def _target(file: DirectiveFile) -> str:
    d = file.directive
    if d.target_value is None:
        return d.target_indicator
    return _("Chỉ tiêu: %(what)s", what=target_told(d))


def _parts(case: Case) -> str:
    numbers = ", ".join(part.number for part in case.directive.open_parts)
    return _("Phần việc còn mở: %(numbers)s.", numbers=numbers) if numbers else ""
