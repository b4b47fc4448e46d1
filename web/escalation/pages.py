"""Pages of the rule book: the list, a rule, its draft while it is typed, its approval."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for

from models.unit import Unit
from web.escalation import heat, knowing, marks
from web.escalation.blueprint import VERSION, Answer, blueprint
from web.escalation.drafting import (
    attach_now,
    change_now,
    draft_now,
    edit_page,
    new_page,
    propose_now,
    submit_now,
)
from web.escalation.forms import ApproveForm, ReasonForm, RetireForm
from web.escalation.overlapping import beside_draft
from web.escalation.showing import list_page, reject_words, rule_page, version_of
from web.escalation.trying import read_rule, tried
from web.identity import current_actor
from web.placing import tried as carried
from web.speech import gettext as _
from web.wiring import office
from workflow.escalation.rules import (
    raise_if_not_approvable,
    raise_if_not_rejectable,
    raise_if_not_retirable,
)
from workflow.escalation.usecases import approve_rule, reject_rule, retire_rule
from workflow.escalation.versions import StoredVersion

__all__ = ["blueprint", "heat", "knowing", "marks"]
PART = "documents/part_only.html"


@blueprint.get("/rules")
def index() -> Answer:
    """Show every rule, its versions, and what is in force."""
    return render_template("escalation/rules.html", **list_page())


@blueprint.get("/rules/new")
def new() -> Answer:
    """Show the form of a new rule."""
    return new_page()


@blueprint.post("/rules/new")
def take_new() -> Answer:
    """Draft a rule."""
    return draft_now()


@blueprint.post("/rules/proposals")
def propose() -> Answer:
    """Draft the rules to start from."""
    return propose_now()


@blueprint.get("/rules/<code>")
def show(code: str) -> Answer:
    """Show a rule: what it says, its versions, who drafted and approved, what was done."""
    number = request.args.get("number", type=int)
    return render_template("escalation/rule.html", **rule_page(code, number))


@blueprint.get(f"{VERSION}/edit")
def edit(code: str, number: int) -> Answer:
    """Show a draft in the form; a version in force becomes the text of the next draft."""
    return edit_page(code, number)


@blueprint.post(f"{VERSION}/edit")
def take_edit(code: str, number: int) -> Answer:
    """Keep a changed draft."""
    return change_now(code, number)


@blueprint.post(f"{VERSION}/backtest")
def attach(code: str, number: int) -> Answer:
    """Try a draft on the stored past and attach what came of it."""
    return attach_now(code, number)


@blueprint.post(f"{VERSION}/submit")
def submit(code: str, number: int) -> Answer:
    """Bring a draft before those who approve."""
    return submit_now(code, number)


@blueprint.get("/reading")
def reading() -> Answer:
    """Say a rule back while it is typed."""
    return render_template("escalation/reading.html", frame=PART, **read_rule())


@blueprint.get("/backtest")
def backtest() -> Answer:
    """Show what the typed rule would have done."""
    frame = PART if request.headers.get("HX-Request") else "layout.html"
    return render_template("escalation/backtest.html", frame=frame, **tried())


@blueprint.get(f"{VERSION}/approve")
def approve(code: str, number: int) -> Answer:
    """Show the form that puts a draft in force."""
    version = version_of(code, number)
    raise_if_not_approvable(version, current_actor(), office().today())
    form = ApproveForm(version=str(version.version))
    form.from_on.data = office().today()
    return _form("approve", form, version)


@blueprint.post(f"{VERSION}/approve")
def take_approve(code: str, number: int) -> Answer:
    """Put a draft in force by an act; what it judges is derived anew at once."""
    form, version, actor = ApproveForm(), version_of(code, number), current_actor()
    raise_if_not_approvable(version, actor, office().today())

    def act(unit: Unit) -> None:
        at, approval = office().clock(), form.approval()
        approve_rule(unit.rules, actor, version.id, approval, seen=seen(form), at=at)

    refused = carried(form, lambda: _form("approve", form, version), act)
    return refused or done(version, _("Quy tắc đã được phê duyệt."))


@blueprint.get(f"{VERSION}/reject")
def reject(code: str, number: int) -> Answer:
    """Show the form that puts a draft aside."""
    version = version_of(code, number)
    raise_if_not_rejectable(version, current_actor(), office().today())
    return _form("reject", ReasonForm(version=str(version.version)), version)


@blueprint.post(f"{VERSION}/reject")
def take_reject(code: str, number: int) -> Answer:
    """Put a draft aside for good."""
    form, version, actor = ReasonForm(), version_of(code, number), current_actor()
    raise_if_not_rejectable(version, actor, office().today())

    def act(unit: Unit) -> None:
        at, reason = office().clock(), str(form.reason.data or "")
        reject_rule(unit.rules, actor, version.id, reason=reason, seen=seen(form), at=at)

    refused = carried(form, lambda: _form("reject", form, version), act)
    return refused or done(version, reject_told(version))


@blueprint.get(f"{VERSION}/retire")
def retire(code: str, number: int) -> Answer:
    """Show the form that ends a version."""
    version = version_of(code, number)
    raise_if_not_retirable(version, current_actor(), office().today())
    return _form("retire", RetireForm(version=str(version.version)), version)


@blueprint.post(f"{VERSION}/retire")
def take_retire(code: str, number: int) -> Answer:
    """End a version by an act."""
    form, version, actor = RetireForm(), version_of(code, number), current_actor()
    raise_if_not_retirable(version, actor, office().today())

    def act(unit: Unit) -> None:
        at, last_day = office().clock(), form.last_day.needed_day
        words = str(form.act.data or "")
        retire_rule(
            unit.rules, actor, version.id, last_day=last_day, act=words, seen=seen(form), at=at
        )

    refused = carried(form, lambda: _form("retire", form, version), act)
    return refused or done(version, _("Đã ghi ngày ngừng áp dụng."))


def seen(form: ApproveForm | ReasonForm | RetireForm) -> int:
    """Return the state of a version that the form was made from; 0 is none of them."""
    text = str(form.version.data or "")
    return int(text) if text.isascii() and text.isdigit() else 0


def done(version: StoredVersion, words: str) -> Answer:
    """Say what was done and go back to the version it was done to."""
    flash(words, "success")
    return redirect(url_for("escalation.show", code=version.code, number=version.number), 303)


def reject_told(version: StoredVersion) -> str:
    """Say that a draft was put aside, or taken back by whoever drafted it."""
    own = version.drafted_by in current_actor().hands
    return _("Dự thảo đã được rút.") if own else _("Dự thảo không được phê duyệt.")


def _form(name: str, form: ApproveForm | ReasonForm | RetireForm, version: StoredVersion) -> str:
    return render_template(
        f"escalation/{name}.html",
        form=form,
        version=version,
        sees_all=True,
        beside=beside_draft(version) if name == "approve" else None,
        putting_aside=reject_words(own=version.drafted_by in current_actor().hands),
    )
