"""What stands beside the state on the page of a directive, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.directives.facts import DirectiveFile
from web.addresses import page_at
from web.directives.inside import prepared_rows
from web.formats import vn_date
from web.labels import label
from web.speech import gettext as _
from web.speech import ngettext
from workflow.accounts.records import AGENCY_ROLES
from workflow.calendar.records import Pause
from workflow.deadlines.rules import Timeliness
from workflow.directives.cooperating import inputs_of_actor
from workflow.directives.guards import Case
from workflow.directives.holding import Charge, Held, charge, days_held, held_beyond, waits_of
from workflow.directives.matters import InputRequest, InputState, Proposal
from workflow.directives.records import Action, State
from workflow.directives.rules import refusal_of
from workflow.directives.timing import standing_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What those above hold beyond their answer time, and to whom the lateness is charged."""

    held: tuple[Held, ...]
    days: int
    over: int
    whose: Charge


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the page tells beside facts, reports and history; `routes`: how its own agency did."""

    inputs: tuple[dict[str, Any], ...]
    proposals: tuple[dict[str, Any], ...]
    owed: Owed
    held_lines: tuple[dict[str, str], ...]
    pauses: tuple[dict[str, str], ...]
    routes: bool
    prepared: list[dict[str, Any]]


def beside_of(file: DirectiveFile, case: Case) -> Beside:
    """Return what the page tells beside facts, reports and history."""
    owed = owed_of(file, case)
    return Beside(
        inputs=tuple(_input(one, case) for one in reversed(file.directive.inputs)),
        proposals=tuple(_proposal(one, case) for one in reversed(file.directive.proposals)),
        owed=owed,
        held_lines=tuple(_held_lines(owed.held)),
        pauses=tuple(_pause_words(pause, case) for pause in file.pauses),
        routes=routes_of(case),
        prepared=prepared_rows(case, {one.id: one.name for one in file.coordinating}),
    )


def owed_of(file: DirectiveFile, case: Case) -> Owed:
    """Return what those above hold too long as of the day of the case."""
    d, calendar = case.directive, case.calendar
    waits = waits_of(file.entries, d.proposals)
    held = held_beyond(waits, calendar, case.limits, case.day)
    stands = standing_of(
        calendar, d.state, d.due_on, d.completed_on, case.day, suspended=d.is_suspended
    )
    late = {Timeliness.OVERDUE, Timeliness.DONE_LATE}
    over = stands.days_over if stands and stands.timeliness in late else 0
    done = d.state in {State.REPORTED, State.VERIFIED}
    until = d.completed_on if done and d.completed_on else case.day
    return Owed(
        held=held,
        days=days_held(held, case.day),
        over=over,
        whose=charge(over, held, until, since=d.lead_since),
    )


def _held_lines(held: tuple[Held, ...]) -> Iterator[dict[str, str]]:
    for one in held:
        end = (
            _("trả lời ngày %(day)s", day=vn_date(one.answered_on))
            if one.answered_on
            else _("chưa trả lời")
        )
        yield {
            "what": label(one.matter, "matter"),
            "when": _(
                "nhận %(asked)s, hạn trả lời %(by)s, %(end)s",
                asked=vn_date(one.asked_on),
                by=vn_date(one.answer_by),
                end=end,
            ),
            "days": ngettext("quá %(num)s ngày", "quá %(num)s ngày", one.days),
        }


def _input(one: InputRequest, case: Case) -> dict[str, Any]:
    late = 0 if case.directive.is_suspended and one.is_open else one.days_late(case.day)
    mine = one in inputs_of_actor(case) and refusal_of(Action.GIVE_INPUT, case) is None
    return {
        "of": one,
        "state": label(one.state, "input_state"),
        "tone": {InputState.ANSWERED: "verified", InputState.LAPSED: "quiet"}.get(
            one.state, "late" if late else "soon"
        ),
        "late": _late_words(one, late),
        "url": _act(case, "give_input", request=one.id) if mine else None,
        "back_url": _act(case, "take_back_input", asked_input=one.id)
        if one.is_open and refusal_of(Action.TAKE_BACK_INPUT, case) is None
        else None,
    }


def _late_words(one: InputRequest, late: int) -> str:
    if not late:
        return ""
    if one.is_open:
        return ngettext("quá %(num)s ngày", "quá %(num)s ngày", late)
    return ngettext("trả lời quá %(num)s ngày", "trả lời quá %(num)s ngày", late)


def _proposal(one: Proposal, case: Case) -> dict[str, Any]:
    may = one.is_open and refusal_of(Action.ANSWER, case) is None
    return {"of": one, "url": _act(case, "answer", proposed=one.id) if may else None}


def _act(case: Case, action: str, **picked: int) -> str:
    return page_at("directives.act", picked, number=case.directive.number, action=action)


def _pause_words(pause: Pause, case: Case) -> dict[str, str]:
    if pause.last_day is None:
        words = _("Tạm dừng từ %(day)s", day=vn_date(pause.first_day))
        if case.directive.carried_over and not pause.document:
            words = _("Tạm dừng từ %(day)s, ghi nhận từ nơi khác", day=vn_date(pause.first_day))
        return {"words": words, "paper": pause.document or "", "reason": pause.reason}
    days = _working_days(pause.first_day, pause.last_day, case)
    words = ngettext(
        "Tạm dừng từ %(first)s đến hết %(last)s: %(num)s ngày làm việc",
        "Tạm dừng từ %(first)s đến hết %(last)s: %(num)s ngày làm việc",
        days,
        first=vn_date(pause.first_day),
        last=vn_date(pause.last_day),
    )
    return {"words": words, "paper": pause.document or "", "reason": pause.reason}


def _working_days(first: date, last: date, case: Case) -> int:
    if not case.calendar.first_day <= first <= last <= case.calendar.last_day:
        return 0
    return case.calendar.working_days_in(first, last)


def routes_of(case: Case) -> bool:
    """Whether a page tells how the reader's own agency routed it."""
    actor, d = case.actor, case.directive
    here = actor.agency_id == d.lead_agency_id or actor.agency_id in d.coordinating
    return actor.role in AGENCY_ROLES and here
