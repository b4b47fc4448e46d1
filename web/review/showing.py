"""Everything the page of one case shows, put together once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar

from flask import url_for

from models.naming import account_names
from models.review.facts import CaseFile, IssuedFrom
from models.review.page import open_case
from models.review.people import organisation_on, roster_on
from web.directives.clock import Clock, Hands
from web.directives.doors import Doors
from web.directives.links import agency_url
from web.file_lines import FileLine
from web.formats import vn_date
from web.identity import current_actor
from web.labels import label
from web.page import Page
from web.review.doors import doors_of
from web.review.limits import Limit, limit_shown
from web.review.links import case_url, violation_number, violation_url
from web.review.raises import ToldRaise, raise_shown
from web.review.saying import DeskClock, group_words, weights_words, window_words
from web.review.telling import Names, accounts_in, told
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES
from workflow.days import local_day
from workflow.directives.records import State
from workflow.review.conflict import is_offices_own
from workflow.review.guards import Case
from workflow.review.records import ENDED, Escalation, EscalationState, Paper, PaperKind
from workflow.review.roster import Roster
from workflow.review.rules import LIFECYCLE

DECIDING = frozenset({PaperKind.PROPOSAL, PaperKind.SENT_BACK, PaperKind.DECISION})
"""Papers that ask for a decision, or answer one that did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPaper:
    """A paper of the case, the other cases that it serves, and its files."""

    of: Paper
    title: str
    others: tuple[str, ...]
    files: tuple[FileLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A directive issued from the case, with its clock."""

    of: IssuedFrom
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A state on the line from the first to the last."""

    label: str
    current: bool
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage(Page):
    """The file of one case; each text is empty where there is nothing to say."""

    template: ClassVar = "review/show.html"

    file: CaseFile
    e: Escalation
    is_agency: bool
    role_is_held: bool
    heading: str
    limit: Limit
    next_words: str
    dropped: str
    merged_words: str
    rule_window: str
    rule_weights: str
    raises: tuple[ToldRaise, ...]
    papers: tuple[ToldPaper, ...]
    directives: tuple[Ordered, ...]
    doors: Doors
    states: tuple[Step, ...]
    history: list[dict[str, object]]
    agency_url: Callable[[str], str]
    case_url: Callable[[str], str]
    violation_url: Callable[[int], str]
    violation_number: Callable[[int], str]


def read_case(number: str) -> tuple[CaseFile, Case]:
    """Return a case's file as the signed-in person may read it today, and what guards judge."""
    unit, actor = reading_unit(), current_actor()
    ground = office().desk_ground(unit)
    file = open_case(unit.connection, actor, number, ground.day)
    roster = roster_on(unit.connection, ground.day, ground.desk.tied_since(ground.day))
    escalation = replace(
        file.escalation, holder_agencies=_agencies_of(roster, file.escalation.holder_id)
    )
    case = Case(
        escalation=escalation,
        actor=actor,
        at=ground.at,
        day=ground.day,
        calendar=ground.calendar,
        organisation=organisation_on(unit.connection, ground.day, ground.desk.home_affairs),
        roster=roster,
        limits=ground.desk,
    )
    return file, case


def _agencies_of(roster: Roster, account_id: int | None) -> frozenset[int]:
    found = roster.inspector(account_id)
    return found.inspects_in if found else frozenset()


def page_of(file: CaseFile, case: Case) -> CasePage:
    """Return the page of a case for the signed-in person today."""
    one = file.escalation
    hands = Hands(case.calendar, case.day, office().settings.limits.soon_days)
    return CasePage(
        file=file,
        e=one,
        is_agency=case.actor.role in AGENCY_ROLES,
        role_is_held=case.actor.holds_role_on(case.day),
        heading=heading_of(file),
        limit=limit_shown(case, DeskClock(case.calendar, case.day)),
        next_words=next_words(case),
        dropped=dropped_words(file),
        merged_words=merged_words(case),
        rule_window=window_words(file.rule.body),
        rule_weights=weights_words(file.rule.body),
        raises=tuple(raise_shown(file, raised) for raised in file.raises),
        papers=tuple(paper_shown(paper, one.number) for paper in file.papers),
        directives=tuple(
            Ordered(of=d, clock=hands.of(State(d.state), d.due_on, None)) for d in file.directives
        ),
        doors=doors_of(case),
        states=states_of(one.state.value),
        history=told(file.links, names_in(file, case)),
        agency_url=agency_url,
        case_url=case_url,
        violation_url=violation_url,
        violation_number=violation_number,
    )


def next_words(case: Case) -> str:
    """Say who has the next word once a case is decided; "" where the clock says it."""
    one = case.escalation
    if one.state is not EscalationState.DECIDED:
        return ""
    if one.ordered:
        return _("Đã giao nhiệm vụ khắc phục; có kết quả thì kết thúc vụ việc.")
    if is_offices_own(case.organisation, one.concerned):
        who = _("Sở Nội vụ")
    else:
        who = _("Văn phòng UBND tỉnh")
    return _(
        "%(who)s giao nhiệm vụ khắc phục theo quyết định; không cần giao nhiệm vụ "
        "thì kết thúc vụ việc.",
        who=who,
    )


def merged_words(case: Case) -> str:
    """Say whose violations a case counts beside its agency's own; "" where it counts no others."""
    one, names = case.escalation, case.organisation.names
    if one.agency_id is None:
        return ""
    former = sorted(names[other] for other in one.concerned - {one.agency_id} if other in names)
    if not former:
        return ""
    return _(
        "Tính cả vi phạm của %(former)s, đã sáp nhập vào %(agency)s: số của các cơ quan cũ được "
        "cộng lại cho mọi ngày, kể cả trước khi sáp nhập.",
        former=", ".join(former),
        agency=one.agency_name,
    )


def dropped_words(file: CaseFile) -> str:
    """Say that a proposal nobody decided went with the raise it was about; "" where none did."""
    one = file.escalation
    latest = next((paper for paper in file.papers if paper.kind in DECIDING), None)
    if one.state in {EscalationState.PROPOSED, *ENDED} or latest is None:
        return ""
    if latest.kind is not PaperKind.PROPOSAL or latest.raise_serial >= one.raise_serial:
        return ""
    return _(
        "Đề xuất ngày %(day)s (%(measure)s) không còn chờ quyết định vì vụ việc đã lên mức "
        "%(level)s; người kiểm tra xem lại và đề xuất lại.",
        day=vn_date(local_day(latest.at)),
        measure=label(latest.measure, "measure").lower() if latest.measure else "",
        level=one.level,
    )


def heading_of(file: CaseFile) -> str:
    """Return the title of a case: the rule's, and whom it is about."""
    about = group_words(file.group, file.escalation.agency_name)
    title = file.rule.title or file.rule.code
    return f"{title}: {about}" if about else title


def paper_shown(paper: Paper, number: str) -> ToldPaper:
    """Return a paper with its files as the list of files shows them."""
    return ToldPaper(
        of=paper,
        title=label(paper.kind, "review_paper"),
        others=tuple(case for case in paper.cases if case != number),
        files=tuple(
            FileLine(
                name=file.name,
                url=url_for("review.download", file_id=file.id),
                size=file.size,
                sha256=file.sha256,
            )
            for file in paper.files
        ),
    )


def states_of(current: str) -> tuple[Step, ...]:
    """Return the line of states, the present one marked; a retracted case stands off the line."""
    line = [state for state in LIFECYCLE.states if state != EscalationState.RETRACTED]
    passed = line.index(current) if current in line else -1
    return tuple(
        Step(
            label=label(state, "case_state"),
            current=state == current,
            passed=place < passed,
        )
        for place, state in enumerate(line)
    )


def names_in(file: CaseFile, case: Case) -> Names:
    """Return the names of what the history of a file knows by a key only."""
    wanted = accounts_in(file.links)
    people = (*case.roster.inspectors, *case.roster.leaders)
    known = {person.account_id: person.name for person in people}
    one = file.escalation
    if one.holder_id is not None:
        known[one.holder_id] = one.holder_name
    missing = wanted - frozenset(known)
    if missing:
        known |= account_names(reading_unit().connection, missing)
    return Names(
        accounts=known,
        files={f.sha256: f.name for paper in file.papers for f in paper.files},
    )
