"""Judging several periods from the list at once, and telling how it ended for each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from models.directives.chosen import chosen_by
from models.periods.lists import ListedPeriod, PeriodView, first_rows
from models.periods.page import waiting_words
from web.directives.clock import Hands
from web.directives.forms import act_form, given_by
from web.identity import current_actor
from web.labels import label
from web.periods import listing
from web.periods.figures import JUDGES
from web.periods.telling import list_url, period_url, shown
from web.placing import place_errors
from web.refusals import field_error, sentence
from web.speech import ngettext
from web.wiring import close_reading, office, reading_unit
from workflow.directives.standing import Standing
from workflow.doors import Refusal
from workflow.errors import Forbidden, Invalid
from workflow.periods.guards import PeriodCase
from workflow.periods.records import PeriodAction
from workflow.periods.rules import refusal_of
from workflow.periods.table import BY_ACTION
from workflow.periods.together import MOST_AT_ONCE, PeriodOutcome, Ticked, judge_together

Answer = str | tuple[str, int] | Response
TICK = re.compile(r"(?P<number>[^/]+)/(?P<serial>[0-9]{1,4})(?:/(?P<at>[0-9T:.+-]{19,32}))?")
RETURN = PeriodAction.RETURN


@dataclass(frozen=True, slots=True)
class _Several:
    """What is judged at once; each of it is looked at again when it is done."""

    version: int = 0


def chosen() -> list[Ticked]:
    """Return the periods that were ticked; what names none is left out."""
    found = (TICK.fullmatch(value) for value in request.values.getlist("chosen"))
    return [Ticked(one["number"], int(one["serial"]), _instant(one["at"])) for one in found if one]


def _instant(told: str | None) -> datetime | None:
    """Return when the report was filed that a box tells of; what is no instant tells nothing."""
    try:
        found = datetime.fromisoformat(told or "")
    except ValueError:
        return None
    return found if found.tzinfo else None


def confirm() -> Answer:
    """Confirm what was ticked; where something was not done, say for each how it ended."""
    picked = chosen()
    try:
        outcomes = _judge(PeriodAction.CONFIRM, picked, {})
    except Invalid as error:
        return _list_again(error)
    return _told(PeriodAction.CONFIRM, outcomes)


def asking_back() -> Answer:
    """Show what was ticked with its reports, and ask once what is missing of all of them."""
    _raise_if_no_judge()
    if not chosen():
        return redirect(list_url(count="waiting"), 303)
    return _form_page(act_form(BY_ACTION[RETURN], {}, _Several()))


def send_back() -> Answer:
    """Return what was ticked with one reason; from the list, which gives none, ask for it."""
    _raise_if_no_judge()
    if "reason" not in request.form and chosen():
        return asking_back()
    form = act_form(BY_ACTION[RETURN], {}, _Several())
    try:
        outcomes = _judge(RETURN, chosen(), given_by(form, BY_ACTION[RETURN]))
    except Invalid as error:
        if "chosen" in error.errors:
            return _list_again(error)
        return _form_page(form, place_errors(form, error))
    return _told(RETURN, outcomes)


def _raise_if_no_judge() -> None:
    if current_actor().role not in JUDGES:
        raise Forbidden("not_yours", action=RETURN, who=[Standing.JUDGE])


def _judge(
    action: PeriodAction, picked: list[Ticked], given: Mapping[str, object]
) -> tuple[PeriodOutcome, ...]:
    close_reading()
    with office().writing() as unit:
        ground = office().ground(unit)
        return judge_together(unit.periods, current_actor(), action, picked, given, ground=ground)


def _list_again(error: Invalid) -> Answer:
    refusal = field_error(error.errors["chosen"])
    return render_template("periods/index.html", refusal=refusal, **listing.page()), 422


def _form_page(form: FlaskForm, status: int = 200) -> Answer:
    rows = _rows()
    page = render_template(
        "periods/together.html",
        form=form,
        rows=rows,
        going=sum(not row["reason"] for row in rows),
        back=list_url(count="waiting"),
    )
    return page, status


def _rows() -> list[dict[str, Any]]:
    """Return each period that was ticked with its report, and why it can't be returned."""
    unit, who = reading_unit(), listing.looker()
    view = PeriodView(chosen=tuple(one[:2] for one in chosen()[:MOST_AT_ONCE]))
    found = first_rows(unit.connection, who, view, MOST_AT_ONCE)
    words = waiting_words(unit.connection, [one.period.id for one in found])
    shut = _shut(found)
    hands = Hands(office().calendar(unit), who.day, who.bands)
    return [
        shown(one.period, one.number, hands, one.suspended_since, one.recurs)
        | {
            "number": one.number,
            "content": one.content,
            "agency": one.agency_name,
            "report": words.get(one.period.id, ""),
            "reason": sentence(why.code, why.params) if (why := shut[one.period.id]) else "",
        }
        for one in found
    ]


def _shut(found: tuple[ListedPeriod, ...]) -> dict[int, Refusal | None]:
    unit, actor = reading_unit(), current_actor()
    ground = office().ground(unit)
    numbers = {one.number for one in found}
    directives = {
        one.number: one
        for one in chosen_by(unit.connection, actor, ground.day, numbers, most=MOST_AT_ONCE)
    }
    return {
        one.period.id: refusal_of(
            RETURN,
            PeriodCase(
                period=one.period,
                directive=directives[one.number],
                actor=actor,
                day=ground.day,
                calendar=ground.calendar,
            ),
        )
        for one in found
    }


def _told(action: PeriodAction, outcomes: tuple[PeriodOutcome, ...]) -> Answer:
    """Go back with one sentence when all went well, else show how it ended for each."""
    back = list_url(count="waiting")
    left = sum(one.refusal is not None for one in outcomes)
    if not left:
        flash(_done_words(action, len(outcomes)), "success")
        return redirect(back, 303)
    names = _names(outcomes)
    rows: list[dict[str, Any]] = [
        {
            "number": one.number,
            "name": names.get((one.number, one.serial), str(one.serial)),
            "url": period_url(one.number, one.serial),
            "reason": sentence(one.refusal.code, one.refusal.params) if one.refusal else "",
        }
        for one in sorted(outcomes, key=lambda one: one.refusal is None)
    ]
    return render_template(
        "periods/outcomes.html",
        title=label(action, "period_action"),
        rows=rows,
        left=left,
        done=len(outcomes) - left,
        back=back,
    )


def _done_words(action: PeriodAction, count: int) -> str:
    if action is RETURN:
        return ngettext(
            "Đã yêu cầu bổ sung báo cáo của %(num)s kỳ.",
            "Đã yêu cầu bổ sung báo cáo của %(num)s kỳ.",
            count,
        )
    return ngettext(
        "Đã xác nhận báo cáo của %(num)s kỳ.", "Đã xác nhận báo cáo của %(num)s kỳ.", count
    )


def _names(outcomes: tuple[PeriodOutcome, ...]) -> dict[tuple[str, int], str]:
    """Return what the periods are called, those that the reader may read."""
    unit, who = reading_unit(), listing.looker()
    view = PeriodView(chosen=tuple((one.number, one.serial) for one in outcomes))
    hands = Hands(office().calendar(unit), who.day, who.bands)
    return {
        (one.number, one.period.serial): shown(
            one.period, one.number, hands, one.suspended_since, one.recurs
        )["name"]
        for one in first_rows(unit.connection, who, view, MOST_AT_ONCE)
    }
