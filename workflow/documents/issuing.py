"""Who a document's clauses go to on its day, and what each directive starts with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from workflow.agencies.records import Agency, AgencyGroup
from workflow.agencies.rules import may_lead, members_on
from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Priority
from workflow.documents.elsewhere import (
    AHEAD,
    given_on,
    is_ahead,
    reached_before,
    values_elsewhere,
)
from workflow.documents.keys import clause_key, document_key
from workflow.documents.records import (
    Clause,
    Document,
    Party,
    PartyRole,
    Problem,
)
from workflow.documents.rules import waiting
from workflow.errors import Invalid, Refused

Groups = Mapping[str, AgencyGroup]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """Who a clause goes to on the day of issue: leads, and who coordinates with each."""

    leads: tuple[Agency, ...]
    coordinating: tuple[Agency, ...]
    is_group: bool

    @property
    def is_several(self) -> bool:
        """Whether the clause becomes tied directives, each with its own `.<n>`."""
        return self.is_group or len(self.leads) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedClause:
    """What issuing would make of a clause now, and what stands in its way.

    `follows_itself` names the agency that follows the document and would lead the clause
    too: it cannot verify its own work (product.md §3), so somebody else has to. `named_twice`
    names the one lead that the clause names to coordinate as well: it only leads.
    `reached_before` is the day it was given, where it was finished or paused elsewhere before that.
    """

    clause: Clause
    recipients: Recipients
    due_on: date | None
    waits: tuple[Problem, ...]
    follows_itself: str = ""
    named_twice: str = ""
    reached_before: date | None = None


def plan_of(
    document: Document,
    agencies: tuple[Agency, ...],
    groups: Groups,
    calendar: WorkingCalendar,
    *,
    today: date,
) -> tuple[PlannedClause, ...]:
    """Say clause by clause what issuing would make; groups as of the document's day.

    A document without a day is planned for `today`, and nobody is said to be gone: on its
    own day they may have stood.
    """
    day = document.head.issued_on or today
    follower = document.head.overseer_id
    plan = tuple(
        replace(
            _planned(clause, agencies, groups, calendar, day, follower),
            reached_before=reached_before(clause, document.head.issued_on),
        )
        for clause in document.clauses
    )
    plan = tuple(
        replace(one, waits=(*one.waits, AHEAD)) if is_ahead(one.clause, today) else one
        for one in plan
    )
    if document.head.issued_on:
        return plan
    return tuple(
        replace(one, waits=tuple(p for p in one.waits if p.reason not in _OF_THE_DAY))
        for one in plan
    )


_OF_THE_DAY = frozenset({"agency_gone", "empty_group"})


def _planned(
    clause: Clause,
    agencies: tuple[Agency, ...],
    groups: Groups,
    calendar: WorkingCalendar,
    day: date,
    follower: int | None,
) -> PlannedClause:
    to, troubles = _resolved(clause, agencies, groups, day)
    due_on = None
    try:
        due_on, _ = due_of(clause, given_on(clause, day), calendar)
    except Invalid:
        text = clause.deadline.text
        troubles += (Problem(field="deadline", text=text, reason="outside_calendar"),)
    return PlannedClause(
        clause=clause,
        recipients=to,
        due_on=due_on,
        waits=waiting(clause) + troubles,
        follows_itself=next((a.name for a in to.leads if a.id == follower), ""),
        named_twice=_named_twice(clause, to.leads),
    )


def _named_twice(clause: Clause, leads: tuple[Agency, ...]) -> str:
    """Return the only lead where it is named to coordinate too; several do so for each other."""
    named = {p.agency_id for p in clause.of(PartyRole.COORDINATING)}
    return leads[0].name if len(leads) == 1 and leads[0].id in named else ""


def recipients(
    clause: Clause, agencies: tuple[Agency, ...], groups: Groups, day: date
) -> Recipients:
    """Resolve the parties of a clause on `day`.

    A lead that no longer stands, a body that cannot lead and an empty group are Refused
    with the clause's position: nothing is dropped silently.
    """
    to, troubles = _resolved(clause, agencies, groups, day)
    if troubles:
        first = troubles[0]
        raise Refused(first.reason, position=clause.position, words=first.text)
    return to


def _resolved(
    clause: Clause, agencies: tuple[Agency, ...], groups: Groups, day: date
) -> tuple[Recipients, tuple[Problem, ...]]:
    leads, lacking = _resolve(clause, PartyRole.LEAD, agencies, groups, day)
    coordinating, more = _resolve(clause, PartyRole.COORDINATING, agencies, groups, day)
    unable = tuple(
        Problem(
            field=PartyRole.LEAD,
            text=agency.name,
            reason="cannot_lead",
            suggestions=(agency.id or 0,),
        )
        for agency in leads
        if not may_lead(agency, day)
    )
    is_group = any(p.group_code for p in clause.of(PartyRole.LEAD))
    to = Recipients(
        leads=leads,
        coordinating=_beside(clause, leads, coordinating),
        is_group=is_group,
    )
    return to, lacking + more + unable


def _beside(
    clause: Clause, leads: tuple[Agency, ...], coordinating: tuple[Agency, ...]
) -> tuple[Agency, ...]:
    """Return who coordinates: whoever leads does not, by being of a group that coordinates too.

    A lead among several that the clause names to coordinate does so for the others.
    """
    named = {p.agency_id for p in clause.of(PartyRole.COORDINATING)} if len(leads) > 1 else set()
    own = {agency.id for agency in leads} - named
    return tuple(agency for agency in coordinating if agency.id not in own)


def _resolve(
    clause: Clause,
    role: PartyRole,
    agencies: tuple[Agency, ...],
    groups: Groups,
    day: date,
) -> tuple[tuple[Agency, ...], tuple[Problem, ...]]:
    found: dict[int, Agency] = {}
    troubles = []
    for party in clause.of(role):
        named = _of_party(party, agencies, groups, day)
        if not named:
            reason = "empty_group" if party.group_code else "agency_gone"
            words = party.words or _name_of(party, agencies, groups)
            troubles.append(Problem(field=role, text=words, reason=reason))
        found |= {agency.id: agency for agency in named}
    return tuple(found.values()), tuple(troubles)


def over_at_issue(planned: Iterable[PlannedClause], issued_on: date | None) -> list[int]:
    """Return the rows of new work whose due day lies before the document's own day."""
    return [
        one.clause.position
        for one in planned
        if issued_on and one.due_on and one.due_on < issued_on and not one.clause.carried_state
    ]


def _of_party(
    party: Party, agencies: tuple[Agency, ...], groups: Groups, day: date
) -> tuple[Agency, ...]:
    if party.group_code is None:
        return tuple(a for a in agencies if a.id == party.agency_id and a.stands_on(day))
    group = groups.get(party.group_code)
    return members_on(group, agencies, day, without=party.without) if group else ()


def _name_of(party: Party, agencies: tuple[Agency, ...], groups: Groups) -> str:
    if party.group_code is None:
        return next((a.name for a in agencies if a.id == party.agency_id), "")
    group = groups.get(party.group_code)
    return group.name if group else party.group_code


def directive_number(year: int, serial: int, position: int, place: int | None) -> str:
    """Return the public number `2021-0017-03`, with `.12` for each lead of several."""
    suffix = f".{place:02d}" if place is not None else ""
    return clause_key(document_key(year, serial), position) + suffix


def due_of(clause: Clause, signed_on: date, calendar: WorkingCalendar) -> tuple[date | None, str]:
    """Return the due date a clause starts with, and the calendar's version if it counted.

    A date that a person set stands above the reading; a period of working days is
    counted from the day the document was signed. Invalid outside the calendar.
    """
    if clause.due_set_on:
        return clause.due_set_on, ""
    deadline = clause.deadline
    if deadline.kind is DeadlineKind.RELATIVE and deadline.working_days:
        due = calendar.due_on(deadline.starts_on or signed_on, deadline.working_days)
        return due, calendar.version.identifier
    return deadline.due_on, ""


def starting_values(
    document: Document,
    clause: Clause,
    lead: Agency,
    number: str,
    calendar: WorkingCalendar,
    *,
    entered_on: date,
) -> dict[str, object]:
    """Return what the directive of one lead starts with, entered in the book on `entered_on`."""
    head = document.head
    assert head.issued_on is not None  # noqa: S101 - checked before issue
    assigned_on = given_on(clause, head.issued_on)
    due_on, counted_on = due_of(clause, assigned_on, calendar)
    return {
        "number": number,
        "document_id": document.id,
        "clause_id": clause.id,
        "lead_agency_id": lead.id,
        "content": clause.content,
        "expected_output": clause.expected_output,
        "target_indicator": clause.target_indicator,
        "target_value": clause.target_value,
        "target_unit": clause.target_unit,
        "priority": Priority(clause.priority),
        "assigner_id": clause.assigner_id or head.assigner_id,
        "monitor_id": clause.monitor_id,
        "deadline_text": clause.deadline.text or "",
        "deadline_kind": clause.deadline.kind,
        "working_days": clause.deadline.working_days,
        "calendar_version": counted_on,
        "starts_on": clause.deadline.starts_on,
        "due_on": due_on,
        "first_due_on": due_on,
        "assigned_on": assigned_on,
        "lead_since": max(assigned_on, lead.valid_from),
        "touched_by": [],
        **values_elsewhere(clause, head.issued_on, entered_on),
    }
