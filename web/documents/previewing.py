"""A draft row by row: what was read, as what, and what waits for a person with its reason."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from models.documents.page import Names, names_in
from web.calendar.words import off_day
from web.documents.deadlines import ReadingView, clause_view
from web.documents.showing import head_facts, named_parties
from web.documents.shown import NamedParty
from web.documents.words import LEFT_OUT, problem_told, say_of
from web.formats import vn_date
from web.identity import current_actor
from web.labels import label
from web.wiring import office, reading_unit
from workflow.calendar.working import WorkingCalendar
from workflow.documents.clauses import ROLES, fingerprint, rows_by_words
from workflow.documents.issuing import PlannedClause, plan_of
from workflow.documents.records import Clause, Document, PartyRole, Problem
from workflow.documents.rules import lacking
from workflow.text import squeeze

ROWS_A_PAGE = 100
WAITING_ONLY = "waiting"
NEEDS_ANOTHER_ROW = frozenset({"cannot_lead", "agency_gone", "empty_group", "outside_calendar"})
STOPPED = "stopped_elsewhere"
WRITE_ANEW = frozenset({"required", "missing_content"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits in a row, and what a person can do about it here.

    `suggestions` are choices with their names; `mark` names the problem in an address.
    `drop_mark` is the row as it was shown, where leaving it out is the likely answer.
    """

    problem: Problem
    told: str
    mark: str
    suggestions: tuple[tuple[str, str], ...]
    rows_alike: int
    can_choose: bool
    can_note: bool
    can_date: bool
    can_keep: bool
    can_remember: bool = True
    drop_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row of a draft: the clause, who and when as read, and what waits.

    `made` are the leads by name where there are several: each becomes a directive. `set_off`
    says why nobody works on the day that a person set. `can_read_otherwise` says that the
    words have another reading that nobody chose yet; `mark` is the row as it is shown.
    """

    clause: Clause
    leads: tuple[NamedParty, ...]
    coordinating: tuple[NamedParty, ...]
    reading: ReadingView
    directives: int
    waits: tuple[Waiting, ...]
    made: tuple[str, ...] = ()
    follows_itself: str = ""
    named_twice: str = ""
    reached_before: date | None = None
    set_off: str = ""
    mark: str = ""

    @property
    def is_led_by_others(self) -> bool:
        """Whether one of its leads can be taken from them: somebody else leads it too."""
        return self.directives > 1

    @property
    def is_of_group(self) -> bool:
        """Whether its leads come of a group, which an agency can be taken out of."""
        return any(one.is_group for one in self.leads)

    @property
    def other_told(self) -> str:
        """The other reading of the words as a day or a rule; empty where none is left to choose."""
        read = self.clause.deadline
        if self.clause.due_set_on or self.reading.why:
            return ""
        return vn_date(read.other_due_on) if read.other_due_on else self.reading.other_recurs


def mark_of(problem: Problem) -> str:
    """Return a short name for a problem within its row."""
    text = f"{problem.field}|{problem.reason}|{problem.text}"
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


def preview_page(document: Document) -> dict[str, Any]:
    """Return what the page of a draft shows."""
    unit = reading_unit()
    reader = (current_actor(), office().today())
    names = names_in(unit.connection, document, reader)
    calendar = office().calendar(unit)
    plan = plan_now(document, calendar)
    waiting = [one for one in plan if one.waits]
    only = request.args.get("show") == WAITING_ONLY
    alike = rows_by_words(document.clauses)
    shown, next_url = _page_of(document, waiting if only else list(plan), only=only)
    return {
        "document": document,
        "head": document.head,
        "facts": head_facts(document, names),
        "lacking": [label(name, "field") for name in lacking(document)],
        "others": names.same_number,
        "rows": [_row(document, one, names, calendar, alike) for one in shown],
        "next_url": next_url,
        "only_waiting": only,
        "figures": {
            "rows": len(plan),
            "understood": len(plan) - len(waiting),
            "waiting": len(waiting),
            "left_out": len(document.left_out),
            "directives": sum(len(one.recipients.leads) for one in plan),
        },
        "left_out": [(one, say_of(LEFT_OUT, one.reason)) for one in document.left_out],
    }


def plan_now(
    document: Document, calendar: WorkingCalendar | None = None
) -> tuple[PlannedClause, ...]:
    """Return what issuing the draft would make, as agencies and calendar stand now."""
    unit = reading_unit()
    groups = {group.code: group for group in unit.agencies.groups()}
    return plan_of(
        document,
        unit.agencies.agencies(),
        groups,
        calendar or office().calendar(unit),
        today=office().today(),
    )


def _page_of(
    document: Document, rows: list[PlannedClause], *, only: bool
) -> tuple[list[PlannedClause], str | None]:
    text = request.args.get("from", "")
    start = int(text) if text.isascii() and text.isdecimal() else 1
    left = [one for one in rows if one.clause.position >= start]
    if len(left) <= ROWS_A_PAGE:
        return left, None
    following = left[ROWS_A_PAGE].clause.position
    parts: dict[str, Any] = {"from": following} | ({"show": WAITING_ONLY} if only else {})
    url = url_for("documents.draft", document_id=document.id, **parts)
    return left[:ROWS_A_PAGE], url


def _row(
    document: Document,
    planned: PlannedClause,
    names: Names,
    calendar: WorkingCalendar,
    alike: Mapping[str, int],
) -> PreviewRow:
    clause = planned.clause
    return PreviewRow(
        clause=clause,
        leads=named_parties(clause.of(PartyRole.LEAD), names),
        coordinating=named_parties(clause.of(PartyRole.COORDINATING), names),
        reading=clause_view(clause, document.head.issued_on, calendar),
        directives=len(planned.recipients.leads),
        waits=tuple(waiting_view(clause, p, names, alike) for p in planned.waits),
        made=_several(planned),
        follows_itself=planned.follows_itself,
        named_twice=planned.named_twice,
        reached_before=planned.reached_before,
        set_off=off_day(clause.due_set_on, calendar),
        mark=fingerprint(clause),
    )


def _several(planned: PlannedClause) -> tuple[str, ...]:
    """Return the leads of a row that becomes several directives, by name."""
    if not planned.recipients.is_several:
        return ()
    return tuple(agency.name for agency in planned.recipients.leads)


def waiting_view(
    clause: Clause, problem: Problem, names: Names, alike: Mapping[str, int]
) -> Waiting:
    """Return what can be done here about one thing that waits; `alike` counts rows by words."""
    names_party = problem.field in ROLES and problem.reason not in NEEDS_ANOTHER_ROW
    is_coordinating = problem.field == PartyRole.COORDINATING and bool(problem.text)
    return Waiting(
        problem=problem,
        told=problem_told(problem),
        mark=mark_of(problem),
        suggestions=_suggestions(problem, names),
        rows_alike=alike.get(squeeze(problem.text), 1) if names_party and problem.text else 1,
        can_choose=names_party and problem.reason != "lead_unclear",
        can_note=is_coordinating and problem.reason not in {"cannot_lead", "agency_gone"},
        can_date=problem.field == "deadline",
        can_keep=_may_stand(clause, problem),
        can_remember=problem.ended_on is None,
        drop_mark=fingerprint(clause) if problem.reason == STOPPED else "",
    )


def _may_stand(clause: Clause, problem: Problem) -> bool:
    """Whether a person may keep the row although this waited: nothing it needs is missing."""
    if problem not in clause.problems or problem.reason in WRITE_ANEW:
        return False
    if problem.field == PartyRole.LEAD:
        return problem.reason == "lead_unclear"
    return problem.field not in {PartyRole.COORDINATING, "deadline"}


def _suggestions(problem: Problem, names: Names) -> tuple[tuple[str, str], ...]:
    agencies = [
        (f"a:{key}", names.agencies[key]) for key in problem.suggestions if key in names.agencies
    ]
    groups = [(f"g:{code}", names.groups[code]) for code in problem.groups if code in names.groups]
    return (*groups, *agencies)


def after_mending(document_id: int, row: int | None = None) -> str:
    """Return the address of the draft as it was looked at, at the row that was mended."""
    only = WAITING_ONLY if request.args.get("show") == WAITING_ONLY else None
    anchor = f"row-{row}" if row else None
    return url_for("documents.draft", document_id=document_id, _anchor=anchor, show=only)
