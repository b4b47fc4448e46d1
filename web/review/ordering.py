"""The admin's page of the order in which inspectors get cases."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from models.review.people import order_kept, roster_on
from web.errors import status_of
from web.identity import current_actor
from web.refusals import field_error
from web.review.forms import Line, lines_of, lines_typed, order_typed
from web.speech import gettext as _
from web.wiring import close_reading, office, reading_unit
from workflow.errors import Invalid
from workflow.review.ordering import set_order
from workflow.review.roster import Roster

Answer = str | tuple[str, int] | Response


def _roster() -> Roster:
    return roster_on(reading_unit().connection, office().today())


def order_page() -> str:
    """Show the order as it stands."""
    roster = _roster()
    return _page(roster, lines_of(roster.inspectors, order_kept(reading_unit().connection)))


def keep_order() -> Answer:
    """Keep the order typed; else show it again with what is wrong at its place."""
    roster = _roster()
    lines = lines_typed(roster.inspectors)
    try:
        order = order_typed(lines)
        close_reading()
        with office().writing() as unit:
            set_order(unit.review, current_actor(), order, at=office().clock())
    except Invalid as error:
        errors = {name: field_error(code) for name, code in error.errors.items()}
        return _page(roster, lines, errors), status_of(error)
    flash(_("Đã lưu thứ tự xử lý."), "success")
    return redirect(url_for("review.order"), 303)


def _page(roster: Roster, lines: list[Line], errors: dict[str, str] | None = None) -> str:
    return render_template(
        "review/order.html",
        lines=lines,
        leaders=roster.leaders,
        errors=errors or {},
        days=office().settings.review.answer_days,
    )
