"""Confirming several periods from the list at once, and telling how it ended for each."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from web.identity import current_actor
from web.periods import listing
from web.periods.telling import list_url, period_url
from web.refusals import field_error, sentence
from web.speech import ngettext
from web.wiring import close_reading, office
from workflow.errors import Invalid
from workflow.periods.together import PeriodOutcome, confirm_together

Answer = str | tuple[str, int] | Response
MOST_DIGITS = 4


def chosen() -> list[tuple[str, int]]:
    """Return the periods that were ticked; what names none is left out."""
    pairs = (value.rpartition("/") for value in request.form.getlist("chosen"))
    return [
        (number, int(serial))
        for number, _slash, serial in pairs
        if serial.isascii() and serial.isdecimal() and len(serial) <= MOST_DIGITS
    ]


def confirm() -> Answer:
    """Confirm what was ticked; where something was not done, say for each how it ended."""
    picked = chosen()
    close_reading()
    try:
        with office().writing() as unit:
            ground = office().ground(unit)
            outcomes = confirm_together(unit.periods, current_actor(), picked, ground=ground)
    except Invalid as error:
        refusal = field_error(error.errors["chosen"])
        return render_template("periods/index.html", refusal=refusal, **listing.page()), 422
    left = sum(one.refusal is not None for one in outcomes)
    if left:
        return _told(outcomes, left)
    words = ngettext(
        "Đã xác nhận báo cáo của %(num)s kỳ.", "Đã xác nhận báo cáo của %(num)s kỳ.", len(outcomes)
    )
    flash(words, "success")
    return redirect(list_url(count="waiting"), 303)


def _told(outcomes: tuple[PeriodOutcome, ...], left: int) -> str:
    rows: list[dict[str, Any]] = [
        {
            "number": one.number,
            "serial": one.serial,
            "url": period_url(one.number, one.serial),
            "reason": sentence(one.refusal.code, one.refusal.params) if one.refusal else "",
        }
        for one in sorted(outcomes, key=lambda one: one.refusal is None)
    ]
    return render_template(
        "periods/outcomes.html", rows=rows, left=left, done=len(outcomes) - left,
        back=list_url(count="waiting"),
    )  # fmt: skip
