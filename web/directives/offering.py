"""What can be picked in the form of an act, and what a first look finds filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from models.directives.facts import NamedAgency, Report
from web.accounts.naming import with_role
from web.accounts.signers import heads_of, only
from web.directives.called import report_label
from web.directives.drafting import draft_says
from web.directives.forms import Choices, Row
from web.directives.joining import joiners, leavers
from web.formats import vn_date
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.accounts.records import Role
from workflow.agencies.records import Agency
from workflow.agencies.rules import may_lead
from workflow.directives.asked import GOING_BACK, PREPARED_FILES
from workflow.directives.checks import latest_day_for_part
from workflow.directives.cooperating import inputs_of_actor
from workflow.directives.drafts import waiting_in
from workflow.directives.given import begun_for
from workflow.directives.guards import Case
from workflow.directives.joining import LEAVING
from workflow.directives.matters import Colleague, InputState, Prepared
from workflow.directives.needs import Kind, Need
from workflow.directives.records import Action
from workflow.directives.summing import as_written, sums_of
from workflow.evidence.records import EvidenceState

LONGEST = 120


def offered(
    case: Case,
    needs: Sequence[Need],
    beside: Sequence[NamedAgency] = (),
    action: Action | None = None,
) -> dict[str, Choices]:
    """Return what can be picked for each need: agencies of today, people, what still waits.

    `beside` are the agencies that coordinate, whose names the page knows already; `action` is the
    act whose prepared files can go along.
    """
    found = {need.name: _OFFERS[need.kind](need, case) for need in needs if need.kind in _OFFERS}
    among = [need for need in needs if need.kind in _AMONG_AGENCIES]
    known = reading_unit().agencies.agencies() if among else ()
    found |= {need.name: _AMONG_AGENCIES[need.kind](known, case) for need in among}
    inside = [need for need in needs if need.kind in _AMONG_COLLEAGUES]
    unit, agency_id = reading_unit(), case.actor.agency_id or 0
    serving = unit.directives.matters.colleagues(agency_id, case.day) if inside else ()
    found |= {need.name: _AMONG_COLLEAGUES[need.kind](serving, case) for need in inside}
    asked = (need.name for need in needs if need.kind is Kind.BESIDE)
    who = {LEAVING.name: leavers, "agencies": _coordinating}
    found |= {name: who[name](beside, case) for name in asked}
    if PREPARED_FILES in needs and action is not None:
        begun = begun_for(action, case)
        files = begun.files if begun else ()
        found[PREPARED_FILES.name] = [(file.sha256, file.name) for file in files]
    return found


def suggested(action: Action, case: Case, can_pick: Mapping[str, Choices]) -> dict[str, Any]:
    """Return what a first look finds filled in: the only item, a date planned backward."""
    found: dict[str, Any] = {
        name: can_pick[name][0][0]
        for name in ("request", "proposed", "asked_input")
        if len(can_pick.get(name, ())) == 1
    }
    found |= {name: [key for key, _words in can_pick.get(name, ())] for name in (GOING_BACK.name,)}
    beside = dict(can_pick.get("agencies", ()))
    if len(others := [key for key in map(str, not_asked(case)) if key in beside]) == 1:
        found["agencies"] = others
    if action in {Action.REPORT, Action.RECORD_REPORT}:
        found["signer"] = only(heads_of(case.directive.lead_agency_id))
    found |= _quoted(action, case) | _prepared(action, case) | draft_says(action, case)
    if action is Action.DIRECT and case.actor.role is not Role.LEADER:
        found["said_on"] = case.day
    if action is Action.REMIND:
        found["text"] = _("Đề nghị khẩn trương thực hiện và báo cáo kết quả.")
    if action is Action.TAKE_BACK and not case.directive.decline_standing:
        found["taken_back"] = "extension"
    elif action is Action.TAKE_BACK and case.directive.extension_asked_to is None:
        found["taken_back"] = "decline"
    latest = latest_day_for_part(case) if action is Action.HAND_DOWN else None
    if latest is not None and latest >= case.day:
        found["due_on"] = latest
    return found


def not_asked(case: Case) -> list[int]:
    """Return the coordinating agencies that were asked for nothing, or need answer no more."""
    asked = {one.agency_id for one in case.directive.inputs if one.state is not InputState.LAPSED}
    return sorted(case.directive.coordinating - asked)


def filed_before(report: Report, row: Row) -> dict[str, Any]:
    """Return what a report that went back said, for the form of the next one.

    One that was returned is answered by another paper: its number and day are left open. One
    that its own agency took back is the same paper still.
    """
    gone = OF_THE_PAPER if report.outcome == "returned" else frozenset()
    said = {need.name: getattr(report, need.name, None) for need in row.needs}
    return {n: value for n, value in said.items() if value not in (None, "") and n not in gone}


def _quoted(action: Action, case: Case) -> dict[str, Any]:
    """A report quotes what its parts report."""
    if action not in {Action.REPORT, Action.RECORD_REPORT}:
        return {}
    sums = sums_of(case.directive)
    rate = sums.value if sums.figure is None else None
    told = {
        "figure": sums.figure if rate is None else as_written(rate),
        "numerator": sums.numerator,
        "denominator": sums.denominator,
    }
    return {name: value for name, value in told.items() if value is not None}


OF_THE_PAPER = frozenset({"report_number", "report_date", "received_on", "arrival_number"})
"""What another paper has another of."""
PREPARED = (
    "result", "report_number", "report_date", "signer", "figure", "own_figure", "numerator",
    "denominator", "open_parts_reason", "period_from", "period_to",
)  # fmt: skip


def _prepared(action: Action, case: Case) -> dict[str, Any]:
    """A report begins with what an officer prepared; a new preparation with the last one."""
    of = case.directive
    last = next((one for one in of.prepared if one.agency_id == of.lead_agency_id), None)
    begun = {Action.REPORT: of.standing_report, Action.PREPARE: last}.get(action)
    return begun_with(begun) if begun else {}


def begun_with(begun: Prepared) -> dict[str, Any]:
    """Return what a prepared report says, for the form of the report that begins with it."""
    found = {name: getattr(begun, name) for name in PREPARED}
    return {name: value for name, value in found.items() if value not in (None, "")} | {
        "prepared_files": [file.sha256 for file in begun.files]
    }


def _agencies(known: Sequence[Agency], case: Case) -> Choices:
    lead = case.directive.lead_agency_id
    return [(str(a.id), a.name) for a in known if a.id != lead and may_lead(a, case.day)]


def _units_below(known: Sequence[Agency], case: Case) -> Choices:
    of = case.directive
    others = (a for a in known if a.id != of.lead_agency_id)
    below = [a for a in others if a.is_under(of.lead_path) and may_lead(a, case.day)]
    busy = {part.agency_name for part in of.open_parts}
    below.sort(key=lambda one: one.name in busy)
    return [
        (str(a.id), _("%(name)s (đang có phần việc)", name=a.name) if a.name in busy else a.name)
        for a in below
    ]


def _coordinating(beside: Sequence[NamedAgency], case: Case) -> Choices:
    """Return those that still stand: nobody is left in one that ended to answer."""
    standing = (a for a in beside if a.valid_to is None or a.valid_to >= case.day)
    return [(str(a.id), a.name + _asked_before(case, a.id)) for a in standing]


def _asked_before(case: Case, agency_id: int) -> str:
    """Return in brackets what an agency was asked last, and until when; nothing if never."""
    asked = [one for one in case.directive.inputs if one.agency_id == agency_id]
    last = next((one for one in reversed(asked) if one.state is not InputState.LAPSED), None)
    if last is None:
        return ""
    if last.is_open:
        day = vn_date(last.due_on)
        return " " + _("(đã hỏi, trả lời đến hết %(day)s)", day=day)
    return " " + _("(đã trả lời ngày %(day)s)", day=vn_date(last.answered_on))


def _pieces(_need: Need, case: Case) -> Choices:
    return [
        (str(piece.id), _("%(name)s (bản %(n)s)", name=piece.name, n=piece.version))
        for piece in case.directive.result_evidence
        if piece.state is EvidenceState.PENDING
    ]


def _loose(need: Need, case: Case) -> Choices:
    if need == GOING_BACK:
        return _going_back(case)
    return [
        (str(piece.id), _("Không dùng nữa: %(name)s (bản %(n)s)", name=piece.name, n=piece.version))
        for piece in case.directive.loose_evidence
    ]


def _written(act: str, case: Case) -> str:
    return report_label(Action(act), of_period=case.directive.has_periods)


def _going_back(case: Case) -> Choices:
    """Return what waits in the actor's agency, the report first, with who wrote it."""
    waiting = waiting_in(case.directive, case.actor.agency_id)
    report = case.directive.standing_report
    known = [(report.id, Action.REPORT.value, report.by_name)] if report else []
    known += [(one.id, one.act, one.by_name) for one in case.directive.drafts]
    return [
        (
            str(key),
            _("%(what)s (%(who)s)", what=_written(act, case), who=who),
        )
        for key, act, who in known
        if key in waiting
    ]


def _divisions(serving: Sequence[Colleague], case: Case) -> Choices:
    peopled = {one.division_id for one in serving}
    return [
        (str(one.id), one.name if one.id in peopled else _nobody_in(one.name))
        for one in reading_unit().agencies.divisions(case.actor.agency_id or 0)
        if one.valid_from <= case.day and (one.valid_to is None or case.day <= one.valid_to)
    ]


def _nobody_in(division: str) -> str:
    """Say that what is routed to a division alone would wait on nobody's first page."""
    return _("%(division)s (chưa có ai; chọn thêm người xử lý)", division=division)


def _colleagues(serving: Sequence[Colleague], _case: Case) -> Choices:
    return [(str(one.id), with_role(one.name, one.role, one.division)) for one in serving]


def _items(need: Need, case: Case) -> Choices:
    if need.name == "asked_input":
        return [
            (str(one.id), _("%(what)s (%(who)s)", what=short(one.what), who=one.agency_name))
            for one in case.directive.open_inputs
        ]
    if need.name == "request":
        return [
            (
                str(one.id),
                _("%(what)s (đến hết %(day)s)", what=short(one.what), day=vn_date(one.due_on)),
            )
            for one in inputs_of_actor(case)
        ]
    return [
        (
            str(one.id),
            _("%(what)s (%(who)s)", what=short(one.text), who=one.agency_name or one.proposed_by),
        )
        for one in case.directive.open_proposals
    ]


def short(text: str) -> str:
    """Return the beginning of a text on one line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST].rsplit(" ", 1)[0] + "…"


_AMONG_AGENCIES: Mapping[Kind, Callable[[Sequence[Agency], Case], Choices]] = {
    Kind.AGENCY: _agencies,
    Kind.AGENCIES: joiners,
    Kind.UNITS_BELOW: _units_below,
    Kind.UNIT_DAYS: _units_below,
}
_AMONG_COLLEAGUES: Mapping[Kind, Callable[[Sequence[Colleague], Case], Choices]] = {
    Kind.DIVISION: _divisions,
    Kind.COLLEAGUE: _colleagues,
}
_OFFERS: Mapping[Kind, Callable[[Need, Case], Choices]] = {
    Kind.EVIDENCE: _pieces,
    Kind.PIECES: _loose,
    Kind.ITEM: _items,
}
