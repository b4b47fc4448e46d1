"""The forms of papers: one for what is said once, one for each line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from flask import request
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, TextAreaField

from web.choosing import RadioField, SelectField
from web.directives.fields import DayField
from web.directives.forms import field_of
from web.labels import choices
from web.papers.sheets import Asked
from workflow.directives.records import Directive

NUMBER = re.compile(r"\d{4}-\d{1,6}-\d{1,6}(\.\d{1,6})?(-\d{1,4})*")
"""The public number of a directive or of a part."""
SEEN = "-version"
LEAVE, RETURN = "", "return"
MOST_DIGITS = 9


@cache
def _line_kind(asked: Asked, locale: str) -> type[FlaskForm]:
    """Make the form of a line once for each language, whose words stand in it."""
    del locale
    fields: dict[str, Any] = {need.name: field_of(need) for need in asked.needs}
    fields |= {"include": BooleanField(_("Có trong lần này")), "version": HiddenField()}
    return type("LineForm", (FlaskForm,), fields)


def line_form(
    asked: Asked,
    directive: Directive,
    *,
    ticked: bool = True,
    known: Mapping[str, object] | None = None,
    is_new: bool = False,
) -> FlaskForm:
    """Return the form of one line: filled from the request, else prefilled and ticked.

    `known` are words that a first look finds in its fields; `is_new`: it was not on the form
    that was sent, which says nothing of it.
    """
    prefilled = {n.name: getattr(directive, n.prefill) for n in asked.needs if n.prefill}
    data = {**prefilled, **(known or {}), "include": ticked, "version": str(directive.version)}
    sent: dict[str, Any] = {"formdata": None} if is_new else {}
    form = _line_kind(asked, str(get_locale()))(prefix=f"{directive.number}-", data=data, **sent)
    assert isinstance(form, FlaskForm)  # noqa: S101 - made just above
    return form


def paper_form(asked: Asked, known: Mapping[str, object] | None = None) -> FlaskForm:
    """Return the form of what is said once for the whole paper, filled with what is known."""
    fields: dict[str, Any] = {need.name: field_of(need) for need in asked.needs}
    form = type("PaperForm", (FlaskForm,), fields)(data=dict(known or {}))
    assert isinstance(form, FlaskForm)  # noqa: S101 - made just above
    return form


def seen_numbers() -> tuple[str, ...]:
    """Return the directives that were on the form that was sent, in their order."""
    names = (name.removesuffix(SEEN) for name in request.form if name.endswith(SEEN))
    return tuple(name for name in dict.fromkeys(names) if NUMBER.fullmatch(name))


def seen_version(form: FlaskForm) -> int:
    """Return the version of a line that the person saw; 0, that none is, when it is no number."""
    text = str(form["version"].data or "")
    known = text.isdecimal() and text.isascii() and len(text) <= MOST_DIGITS
    return int(text) if known else 0


class JudgedLine(FlaskForm):
    """What the verifier says of one line."""

    include = BooleanField(_("Có trong lần này"))
    decision = SelectField(_("Kết luận riêng"), validate_choice=False)
    grade = SelectField(_("Xếp loại riêng"), validate_choice=False)
    remark = TextAreaField(_("Nhận xét hoặc lý do riêng"))
    due_on = DayField(_("Thời hạn mới, khi yêu cầu làm lại"))
    version = HiddenField()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.decision.choices = decisions(str(_("Theo kết luận chung")))
        self.grade.choices = choices("grade", empty=str(_("Theo xếp loại chung")))


class JudgedPaper(FlaskForm):
    """What the verifier says of every line that has nothing of its own."""

    decision = RadioField(_("Kết luận chung"), default=LEAVE, validate_choice=False)
    grade = SelectField(_("Xếp loại chung"), validate_choice=False)
    remark = TextAreaField(_("Nhận xét hoặc lý do chung"))
    due_on = DayField(_("Thời hạn mới chung, khi yêu cầu làm lại"))

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.decision.choices = decisions(str(_("Chỉ những dòng có kết luận riêng")))
        self.grade.choices = choices("grade", empty=str(_("Không ghi")))


def decisions(empty: str) -> list[tuple[str, str]]:
    """Return what can be said of a report: a verdict, or that it goes back."""
    return [*choices("verdict", empty=empty), (RETURN, str(_("Yêu cầu bổ sung, thực hiện lại")))]


def judged_line(directive: Directive) -> JudgedLine:
    """Return the form of one line that waits for its verdict."""
    data = {"include": True, "version": str(directive.version)}
    return JudgedLine(prefix=f"{directive.number}-", data=data)


def place_line_errors(
    errors: Mapping[str, str],
    paper: FlaskForm,
    lines: Mapping[str, FlaskForm],
    *,
    say: Any,
    once: Iterable[str] = (),
) -> None:
    """Put each error where it can be mended: at the paper, at its line, or above the form.

    Errors are named "<number> <field>", as `act_on_lines` names them; those of a field in
    `once` are the paper's, said once, and with the lines they are about where not all of them.
    """
    shared = frozenset(once)
    about: dict[tuple[str, str], list[str]] = {}
    for name, code in errors.items():
        number, _space, field = name.rpartition(" ")
        if field in shared and number in lines and field in paper._fields:
            about.setdefault((field, code), []).append(number)
            continue
        form = paper if field in shared or number not in lines else lines[number]
        found: Any = form._fields.get(field)
        words = say(code)
        if found is None:
            paper.form_errors.append(f"{number}: {words}" if number else words)
        elif words not in found.errors:
            found.errors = [*found.errors, words]
    ticked = sum(bool(form["include"].data) for form in lines.values())
    for (field, code), numbers in about.items():
        which = "" if len(numbers) >= ticked else f"{', '.join(sorted(numbers))}: "
        of: Any = paper._fields[field]
        of.errors = [*of.errors, f"{which}{say(code)}"]
