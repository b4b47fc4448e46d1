"""What a list of directives can be narrowed to; every figure on a page is one of these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true

from models.agencies.scope import Scope, coded, with_below
from models.directives.desk import routed_as
from models.directives.finding import of_words
from models.directives.judging import judged_by
from models.directives.looking import beside_it, directed_by, held_too_long, prepared_in
from models.directives.queries import (
    IS_OPEN,
    MOST_NAMED,
    OPEN,
    RUNS,
    named,
    reading_ways,
    silent_for,
    timeliness_is,
    visible_to,
)
from models.directives.rows import EXTENSION_WAITS, CoordinatingRow, DirectiveRow
from models.directives.ways import Way
from models.documents.rows import ClauseRow, DocumentRow
from models.history.rows import HistoryRow
from workflow.accounts.reach import reach_of
from workflow.accounts.records import Actor
from workflow.deadlines.rules import SOON_BANDS, Timeliness
from workflow.directives.holding import AskedBefore
from workflow.directives.records import Priority, State
from workflow.history.records import Subject

FOLLOWED_BY_ME, FOLLOWED_BY_NOBODY = "me", "nobody"
ASK_EXTENSION, ASK_REASSIGN, ASK_PROPOSAL = "extension", "reassign", "proposal"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """One view of the directives a person may read.

    `agency` is a lead's code, with the units below it unless `alone`; `clause` narrows a
    `document` (year, serial) to one of its clauses; `silent` asks for work assigned at
    least so many days ago and not accepted; `changed` for what others than `reader` did
    since an instant; `asks` for a standing request (reassign, extension) or an unanswered
    proposal; `waits` for what the office must answer: a report, or any of these; `judge` for
    reports that wait for the looker to judge, or for somebody else (`judging`); with `waits`
    it narrows the reports only; `overheld` for what it holds beyond its answer time. `inputs`
    asks for requests to coordinating agencies that wait, or are late, those to the agency
    `asked` where one is named; `routed` for what the reader's own agency routed to the reader,
    to others, or to nobody yet; `handler` (an account), `internal` for its internal date,
    `prepared` for a report that waits there; `follower` for what the reader follows, or nobody
    does; `declined` for a standing wish for a new lead; `directed` for what the reader directed.
    """

    words: str = ""
    states: frozenset[State] = frozenset()
    timeliness: Timeliness | None = None
    agency: str = ""
    alone: bool = False
    coordinating: str = ""
    handed_by: str = ""
    document: tuple[int, int] | None = None
    clause: int | None = None
    overseer: str = ""
    year: int | None = None
    priority: Priority | None = None
    silent: int | None = None
    asks: str = ""
    carried: bool | None = None
    rework: bool = False
    waits: bool = False
    judge: str = ""
    overheld: bool = False
    suspended: bool | None = None
    inputs: str = ""
    asked: str = ""
    routed: str = ""
    handler: int | None = None
    internal: str = ""
    prepared: bool = False
    declined: bool | None = None
    directed: bool = False
    follower: str = ""
    changed: datetime | None = None
    reader: int | None = None
    due_by: date | None = None
    parts: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """Who looks, on which day, with which bands of due soon.

    `scope` are the agencies whose work the actor reads that day, where somebody has asked.
    `asked_before` says by which day each matter must have been asked for its answer time to
    be over; without it nothing counts as held too long.
    """

    actor: Actor
    day: date
    bands: tuple[int, ...] = SOON_BANDS
    asked_before: AskedBefore | None = None
    scope: Scope | None = None


@lru_cache(maxsize=256)
def wanted(view: ListFilter, looker: Looker) -> ColumnElement[bool]:
    """Return the condition of a view, within what the looker may read."""
    return and_(seen_by(looker), *_narrowed(view, looker))


def seen_by(looker: Looker) -> ColumnElement[bool]:
    """Return `visible_to`; where the looker's scope is known, each row is asked by its key."""
    if looker.scope is None:
        return visible_to(looker.actor, looker.day)
    return or_(*(way.reads for way in reading_ways(looker.actor, looker.day, looker.scope)))


@lru_cache(maxsize=256)
def ways_to(view: ListFilter, looker: Looker) -> tuple[Way, ...]:
    """Return the ways that together are `wanted`, each with an index of its own.

    The same view gives the same objects, so that statements over them are built once. Where
    a view names the lead, its agencies' work is walked, whoever reads it; where it asks for what
    changed, that is found first.
    """
    narrowed, leads = tuple(_narrowed(view, looker, led=False)), leads_in(view)
    if own := _own(view, looker):
        return (Way(reads=true(), rest=and_(true(), *narrowed), leads=named(own)),)
    ways = reading_ways(looker.actor, looker.day, looker.scope)
    if leads is None and not (view.changed and len(ways) > 1):
        return tuple(replace(way, rest=and_(way.rest, *narrowed)) for way in ways)
    reads = or_(*(way.reads for way in ways))
    is_short = view.changed is not None
    return (Way(reads=reads, rest=and_(reads, *narrowed), leads=leads, is_short=is_short),)


def _own(view: ListFilter, looker: Looker) -> frozenset[int] | None:
    """Return the leads a view names where all of them are of the looker's own agency.

    What these lead the looker reads, so nothing else need be asked of a row.
    """
    actor, scope = looker.actor, looker.scope
    if scope is None or not view.agency:
        return None
    path = reach_of(actor, looker.day).path
    if not path or scope.path != path:
        return None
    led = scope.named(view.agency, alone=view.alone)
    return led if led and len(led) <= MOST_NAMED else None


def _narrowed(
    view: ListFilter, looker: Looker, *, led: bool = True
) -> Iterator[ColumnElement[bool]]:
    yield from _of_standing(view, looker)
    yield from _of_facts(view, looker)
    leads = leads_in(view) if led else None
    if leads is not None:
        yield DirectiveRow.lead_agency_id.in_(leads)
    if view.directed:
        yield directed_by(looker.actor)
    yield from _of_agencies(view)
    yield from _of_document(view)
    yield from of_words(view.words)


def _of_standing(view: ListFilter, looker: Looker) -> Iterator[ColumnElement[bool]]:
    if view.states:
        yield state_among(view.states)
    if view.timeliness:
        yield timeliness_is(view.timeliness, looker.day, bands=looker.bands)
    if view.silent is not None:
        yield state_among(frozenset({State.ASSIGNED}))
        yield silent_for(view.silent, looker.day)
    if view.suspended is not None:
        yield and_(IS_OPEN, ~RUNS) if view.suspended else RUNS  # only open work is ever paused
    if view.rework:
        yield and_(state_among(frozenset({State.IN_PROGRESS})), DirectiveRow.returned_count > 0)
    yield from _of_requests(view, looker)
    yield from beside_it(view.inputs, view.asked, view.routed, looker.actor, looker.day)
    yield from routed_as(view.handler, view.internal, looker.actor, looker.day)
    if view.prepared:
        yield DirectiveRow.id.in_(prepared_in(looker.actor))
    if view.declined is not None:
        yield DirectiveRow.decline_standing.is_(view.declined)


def _of_requests(view: ListFilter, looker: Looker) -> Iterator[ColumnElement[bool]]:
    """Requests stand on open work only; saying so lets its index be walked."""
    asks = {
        ASK_REASSIGN: DirectiveRow.decline_standing.is_(True),
        ASK_EXTENSION: EXTENSION_WAITS,
        ASK_PROPOSAL: DirectiveRow.proposed_on.is_not(None),
    }
    reported = DirectiveRow.state == State.REPORTED
    if view.judge:
        reported = judged_by(view.judge, looker.actor, looker.day)
    if view.asks or view.waits or view.judge or view.overheld:
        yield IS_OPEN
    if view.asks:
        yield asks[view.asks]
    if view.waits:
        yield or_(reported, *asks.values())
    elif view.judge:
        yield reported
    if view.overheld:
        yield held_too_long(looker.asked_before)


def state_among(states: frozenset[State]) -> ColumnElement[bool]:
    """Return the condition of some states.

    Of open and of verified work it says which states it is not in: so indexes by date or agency
    are walked, and not that of states, which would read a third of it, or nearly all there is.
    """
    if states <= frozenset(OPEN):
        others = (state for state in OPEN if state not in states)
        return and_(IS_OPEN, *(DirectiveRow.state != state for state in others))
    if State.VERIFIED in states:
        return and_(true(), *(DirectiveRow.state != one for one in State if one not in states))
    return DirectiveRow.state.in_(sorted(states))


def _of_follower(follower: str, looker: Looker) -> Iterator[ColumnElement[bool]]:
    """What one follows, or whom one stands in for; or what the office left to nobody."""
    if follower == FOLLOWED_BY_ME:
        yield DirectiveRow.monitor_id.in_(sorted(looker.actor.hands))
    else:
        yield and_(DirectiveRow.monitor_id.is_(None), DirectiveRow.handed_by_id.is_(None))


def _of_facts(view: ListFilter, looker: Looker) -> Iterator[ColumnElement[bool]]:
    if view.follower:
        yield from _of_follower(view.follower, looker)
    if view.priority:
        yield DirectiveRow.priority == view.priority
    if view.carried is not None:
        yield DirectiveRow.carried_over.is_(view.carried)
    if view.due_by:
        yield DirectiveRow.due_on <= view.due_by
    if view.changed:
        yield DirectiveRow.number.in_(_touched_since(view.changed, view.reader))
    if view.parts is not None:
        parent = func.coalesce(DirectiveRow.parent_id, 0)  # nearly all have none: no index helps
        yield parent != 0 if view.parts else parent == 0


def _touched_since(since: datetime, reader: int | None) -> Select[str]:
    """Return the numbers of directives on which others acted after `since`.

    The subject is compared so that no index of it is tempting: what is new is little.
    """
    return select(HistoryRow.subject_key).where(
        HistoryRow.at > since,
        HistoryRow.subject.concat("") == Subject.DIRECTIVE.value,
        HistoryRow.actor_id != (reader or 0),
    )


def leads_in(view: ListFilter) -> Select[int] | None:
    """Return the agencies whose work a view is narrowed to, if it names any."""
    if not view.agency:
        return None
    return coded(view.agency) if view.alone else with_below(view.agency)


def _of_agencies(view: ListFilter) -> Iterator[ColumnElement[bool]]:
    if view.coordinating:
        beside = select(CoordinatingRow.directive_id).where(
            CoordinatingRow.agency_id.in_(with_below(view.coordinating))
        )
        yield DirectiveRow.id.in_(beside)
    if view.handed_by:
        yield DirectiveRow.handed_by_id.in_(coded(view.handed_by))


def _of_document(view: ListFilter) -> Iterator[ColumnElement[bool]]:
    document: list[ColumnElement[bool]] = []
    if view.document:
        year, serial = view.document
        document = [DocumentRow.year == year, DocumentRow.serial == serial]
    if view.year:
        document.append(DocumentRow.year == view.year)
    if view.overseer:
        document.append(DocumentRow.overseer_id.in_(coded(view.overseer)))
    if document:
        yield DirectiveRow.document_id.in_(select(DocumentRow.id).where(*document))
    if view.clause is not None and view.document:
        yield DirectiveRow.clause_id.in_(
            select(ClauseRow.id)
            .join(DocumentRow, DocumentRow.id == ClauseRow.document_id)
            .where(*document, ClauseRow.position == view.clause)
        )
