"""Everything the page of one case shows, put together once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import url_for

from models.naming import account_names
from models.review.facts import Behind, CaseFile, Raised
from models.review.page import open_case
from models.review.people import organisation_on, roster_on
from web.directives.clock import Hands
from web.directives.links import agency_url
from web.formats import vn_date
from web.identity import current_actor
from web.labels import label
from web.review.doors import doors_of
from web.review.limits import limit_shown
from web.review.links import case_url, violation_number, violation_url
from web.review.saying import (
    DeskClock,
    count_words,
    edges_of,
    edges_words,
    group_words,
    threshold,
    weights_words,
    window_words,
)
from web.review.telling import Names, accounts_in, import_words, told
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES
from workflow.days import local_day
from workflow.directives.records import State
from workflow.review.conflict import is_offices_own
from workflow.review.guards import Case
from workflow.review.records import ENDED, EscalationState, Paper, PaperKind
from workflow.review.roster import Roster
from workflow.review.rules import LIFECYCLE

NEXT_DAY = timedelta(days=1)
LATE_DOSSIER = frozenset({"V16", "V17"})
DECIDING = frozenset({PaperKind.PROPOSAL, PaperKind.SENT_BACK, PaperKind.DECISION})
"""Papers that ask for a decision, or answer one that did."""


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


def page_of(file: CaseFile, case: Case) -> dict[str, Any]:
    """Return what the template of the page reads."""
    one = file.escalation
    hands = Hands(case.calendar, case.day, office().settings.limits.soon_days)
    return {
        "file": file,
        "e": one,
        "is_agency": case.actor.role in AGENCY_ROLES,
        "role_is_held": case.actor.holds_role_on(case.day),
        "heading": heading_of(file),
        "limit": limit_shown(case, DeskClock(case.calendar, case.day)),
        "next_words": next_words(case),
        "dropped": dropped_words(file),
        "merged_words": merged_words(case),
        "rule_window": window_words(file.rule.body),
        "rule_weights": weights_words(file.rule.body),
        "raises": [raise_shown(file, raised) for raised in file.raises],
        "papers": [paper_shown(paper, one.number) for paper in file.papers],
        "directives": [
            {"of": d, "clock": hands.of(State(d.state), d.due_on, None)} for d in file.directives
        ],
        "doors": doors_of(case),
        "states": states_of(one.state.value),
        "history": told(file.links, names_in(file, case)),
        "agency_url": agency_url,
        "case_url": case_url,
        "violation_url": violation_url,
        "violation_number": violation_number,
    }


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


def raise_shown(file: CaseFile, raised: Raised) -> dict[str, Any]:
    """Return a raise as the page shows it; the level's threshold is that of the rule today."""
    same = raised.rule_number == file.rule.number
    body = file.rule.body if same else {}
    return {
        "of": raised,
        "count": count_words(body, raised.level, raised.score),
        "edges": edges_words(body, raised.on),
        "behind": behind_of(file, body, raised),
        "need": threshold(body, raised.level),
        "more": raised.count - len(raised.violations),
        "known": known_words(file, raised),
        "is_latest": file.latest is raised,
        "late": {one.id: days_late(one, office().today()) for one in raised.violations},
    }


def behind_of(file: CaseFile, body: Mapping[str, object], raised: Raised) -> dict[str, str]:
    """Return the view of the list of violations that holds those behind a raise."""
    edges = edges_of(body, raised.on)
    days = {"since": f"{edges[0]}", "until": f"{edges[1]}"} if edges else {}
    return {"case": file.escalation.number} | days


def days_late(one: Behind, today: date) -> int | None:
    """Return for how many days a dossier was or is late; None if it was not, or is none.

    V16 and V17 occur on the day after the promised one (product.md, section 5).
    """
    if one.type not in LATE_DOSSIER or not one.dossier:
        return None
    late = ((one.ended_on or today) - one.occurred_on).days + 1
    return late if late > 0 else None


def known_words(file: CaseFile, raised: Raised) -> str:
    """Say when and by which import a level became known, where that was long after its day."""
    known_on = local_day(raised.known_at)
    if known_on <= raised.on + NEXT_DAY:
        return ""
    words = _("hệ thống biết ngày %(day)s", day=vn_date(known_on))
    entries = (link.entry for link in file.links if link.entry.at == raised.known_at)
    source = next(filter(None, map(import_words, entries)), "")
    return _("%(words)s, theo %(source)s", words=words, source=source) if source else words


def paper_shown(paper: Paper, number: str) -> dict[str, Any]:
    """Return a paper with its files as the list of files shows them."""
    return {
        "of": paper,
        "title": label(paper.kind, "review_paper"),
        "others": [case for case in paper.cases if case != number],
        "files": [
            {
                "name": file.name,
                "size": file.size,
                "sha256": file.sha256,
                "url": url_for("review.download", file_id=file.id),
            }
            for file in paper.files
        ],
    }


def states_of(current: str) -> list[dict[str, Any]]:
    """Return the line of states, the present one marked; a retracted case stands off the line."""
    line = [state for state in LIFECYCLE.states if state != "retracted"]
    passed = line.index(current) if current in line else -1
    return [
        {
            "code": state,
            "label": label(state, "case_state"),
            "current": state == current,
            "passed": place < passed,
        }
        for place, state in enumerate(line)
    ]


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
