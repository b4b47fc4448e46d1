"""Drafting a rule: the form with its reading and its trial, and what the buttons do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask import flash, redirect, render_template, request, url_for

from models.unit import Unit
from web.directives.fields import typed_day
from web.escalation.blueprint import Answer
from web.escalation.forms import RuleForm, SeenForm
from web.escalation.showing import may_draft, version_of
from web.escalation.trying import backtest_of, span_asked
from web.identity import current_actor
from web.placing import tried
from web.refusals import in_words
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import close_reading, office
from workflow.errors import Forbidden, Invalid, WorkflowError
from workflow.escalation.rules import DRAFTERS, raise_if_not_changeable, raise_if_not_submittable
from workflow.escalation.submitting import submit_rule
from workflow.escalation.usecases import (
    attach_backtest,
    change_draft,
    draft_proposals,
    draft_rule,
)
from workflow.escalation.versions import RuleState, StoredVersion
from workflow.history.records import Plain


def require_drafting() -> None:
    """Show the form only to who may send it."""
    if not may_draft():
        raise Forbidden("not_yours", who=sorted(DRAFTERS))


def new_page() -> Answer:
    """Show the form of a new rule, empty."""
    require_drafting()
    return _page(RuleForm(), None)


def draft_now() -> Answer:
    """Draft a new rule, or the next version of one that is there."""
    require_drafting()
    form, actor = RuleForm(), current_actor()
    made: list[StoredVersion] = []
    summary = trial_of(form)

    def act(unit: Unit) -> None:
        reason, at = str(form.reason.data or ""), office().clock()
        drafted = draft_rule(unit.rules, actor, form.rule(), reason=reason, at=at)
        made.append(attached(unit, drafted, summary))

    return tried(form, lambda: _page(form, None), act) or _drafted(made[0])


def edit_page(code: str, number: int) -> Answer:
    """Show a draft in the form; the text of another version begins the next draft."""
    require_drafting()
    version = version_of(code, number)
    form = RuleForm(version=str(version.version))
    form.fill(version.rule)
    return _page(form, version)


def change_now(code: str, number: int) -> Answer:
    """Keep a changed draft, or draft the next version from the text of another one."""
    require_drafting()
    form, version, actor = RuleForm(), version_of(code, number), current_actor()
    kept: list[StoredVersion] = []
    summary = trial_of(form, code)

    def act(unit: Unit) -> None:
        rule, reason, at = form.rule(code), str(form.reason.data or ""), office().clock()
        if version.state is not RuleState.DRAFT:
            drafted = draft_rule(unit.rules, actor, rule, reason=reason, at=at)
        else:
            seen = _number(form.version.data)
            drafted = change_draft(
                unit.rules, actor, version.id, rule, reason=reason, seen=seen, at=at
            )
        kept.append(attached(unit, drafted, summary))

    return tried(form, lambda: _page(form, version), act) or _drafted(kept[0])


def trial_of(form: RuleForm, code: str = "") -> Mapping[str, Plain] | None:
    """Return what the typed rule would have done on the days shown beside it, None if it is none.

    What whoever drafts has seen while typing is what whoever approves will see.
    """
    first, last = span_asked(request.form)
    try:
        return backtest_of(form.rule(code), first, last).summary()
    except Invalid:
        return None


def attached(
    unit: Unit, version: StoredVersion, summary: Mapping[str, Plain] | None
) -> StoredVersion:
    """Attach the trial to a draft that was just kept, in the same transaction."""
    if summary is None:
        return version
    at = office().clock()
    return attach_backtest(
        unit.rules, current_actor(), version.id, summary, seen=version.version, at=at
    )


def submit_now(code: str, number: int) -> Answer:
    """Bring a draft before those who approve, and say so."""
    version, actor, form = version_of(code, number), current_actor(), SeenForm()
    raise_if_not_submittable(version, actor, office().today())
    seen = _number(form.version.data)
    close_reading()
    try:
        with office().writing() as unit:
            submit_rule(unit.rules, actor, version.id, seen=seen, at=office().clock())
        flash(_("Đã trình; lãnh đạo UBND tỉnh được báo để phê duyệt."), "success")
    except WorkflowError as error:
        flash(in_words(error), "danger")
    return redirect(url_for("escalation.show", code=code, number=number), 303)


def propose_now() -> Answer:
    """Draft the rules to start from."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        made = draft_proposals(unit.rules, actor, at=office().clock())
    words = ngettext("Đã soạn %(num)s đề xuất.", "Đã soạn %(num)s đề xuất.", len(made))
    flash(words if made else _("Mọi đề xuất đã có trong sổ quy tắc."), "success")
    return redirect(url_for("escalation.index"), 303)


def attach_now(code: str, number: int) -> Answer:
    """Try a draft on the days asked for and attach what came of it."""
    form, version, actor = SeenForm(), version_of(code, number), current_actor()
    raise_if_not_changeable(version, actor, office().today())

    def attach() -> None:
        first, last = _span_of(form)
        summary = backtest_of(version.rule, first, last).summary()
        seen, at = _number(form.version.data), office().clock()
        close_reading()
        with office().writing() as unit:
            attach_backtest(unit.rules, actor, version.id, summary, seen=seen, at=at)

    words, tone = _told(attach)
    flash(words, tone)
    return redirect(url_for("escalation.show", code=code, number=number), 303)


def _span_of(form: SeenForm) -> tuple[date, date]:
    """Return the days a form names, the year up to today where it names none."""
    typed = [str(field.data or "").strip() for field in (form.first, form.last)]
    days = [typed_day(words) for words in typed]
    if any(words and day is None for words, day in zip(typed, days, strict=True)):
        raise Invalid({"": "not_a_date"})
    first, last = span_asked()
    return days[0] or first, days[1] or last


def _told(act: Callable[[], None]) -> tuple[str, str]:
    try:
        act()
    except WorkflowError as error:
        return in_words(error), "danger"
    return _("Đã đính kèm kết quả chạy thử."), "success"


def _drafted(version: StoredVersion) -> Answer:
    flash(
        _("Đã lưu dự thảo %(code)s, phiên bản %(n)s.", code=version.code, n=version.number),
        "success",
    )
    return redirect(url_for("escalation.show", code=version.code, number=version.number), 303)


def _page(form: RuleForm, version: StoredVersion | None) -> str:
    first, last = span_asked()
    return render_template(
        "escalation/rule_form.html", form=form, version=version, first=first, last=last
    )


def _number(text: object) -> int:
    """Return the state a form was made from; 0 is none of them."""
    words = str(text or "")
    return int(words) if words.isascii() and words.isdigit() else 0
