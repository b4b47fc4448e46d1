"""Everything the page of one directive shows, put together once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar

from flask import url_for

from models.directives.facts import DirectiveFile, Relative
from models.directives.page import open_file
from models.naming import agency_names
from web.diagrams import Diagram, diagram_of
from web.directives.beside import Beside, beside_of
from web.directives.clock import Clock, Hands
from web.directives.dating import Dating, dating_of
from web.directives.doors import Doors, doors_of
from web.directives.links import agency_url, document_url
from web.directives.telling import Names, agencies_in, told
from web.documents.sums import Summed, summed
from web.file_lines import FileLine
from web.formats import vn_date
from web.identity import current_actor
from web.labels import label
from web.page import Page
from web.periods.naming import name_of
from web.periods.standing import strip_of
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.directives.guards import Case
from workflow.directives.records import Action, Directive, Sight, State
from workflow.directives.rules import LIFECYCLE
from workflow.directives.timing import days_past_first
from workflow.directives.usecases import Ground
from workflow.evidence.records import Evidence, EvidenceState, Purpose

HEADING = 140
EXITS = frozenset({State.WITHDRAWN})
"""The state that stands apart from the main way of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLine(FileLine):
    """A piece of evidence in a list of files, with what it needs to be judged there."""

    id: int
    verdict_words: str
    is_pending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A directive tied to this one, with its clock."""

    of: Relative
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What of the page only those find who may read all of the directive.

    `strip` shows its reporting periods, None where it has none by law; `past_first` are the days
    by which it is or was late by its first date.
    """

    beside: Beside
    doors: Doors
    on_day: date
    role_is_held: bool
    diagram: Diagram
    verdict_given: bool
    parts: tuple[Timed, ...]
    parts_sum: Summed | None
    strip: dict[str, Any] | None
    dating: Dating
    past_first: int
    evidence: tuple[EvidenceLine, ...]
    papers: tuple[EvidenceLine, ...]
    older: tuple[EvidenceLine, ...]
    history: list[dict[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectivePage(Page):
    """The file of one directive: what everybody reads whom its document concerns, and the whole."""

    template: ClassVar = "directives/show.html"

    file: DirectiveFile
    d: Directive
    heading: str
    is_short: bool
    clock: Clock
    tied: tuple[Timed, ...]
    agency_url: Callable[[str], str]
    document_url: Callable[[str], str]
    whole: Whole | None


def read_file(number: str, *, leave: frozenset[str] = frozenset()) -> tuple[DirectiveFile, Ground]:
    """Return a directive's file as the signed-in person may read it today, and the ground.

    What `leave` names stays unread.
    """
    unit = reading_unit()
    ground = office().ground(unit)
    file = open_file(unit.connection, current_actor(), number, ground.day, leave=leave)
    return file, ground


def case_of(file: DirectiveFile, ground: Ground) -> Case:
    """Return the case that guards judge: this directive, this person, today."""
    return Case(
        directive=file.directive,
        actor=current_actor(),
        day=ground.day,
        calendar=ground.calendar,
        limits=ground.limits,
    )


def hands_of(ground: Ground) -> Hands:
    """Return the clock of today."""
    return Hands(ground.calendar, ground.day, ground.limits.soon_days)


def page_of(file: DirectiveFile, ground: Ground) -> DirectivePage:
    """Return the page of a directive, as much of it as the signed-in person may read."""
    d, hands = file.directive, hands_of(ground)
    heading = heading_of(d.content)
    return DirectivePage(
        file=file,
        d=d,
        heading=heading,
        is_short=heading == d.content,
        clock=hands.of(d.state, d.due_on, d.completed_on, d.suspended_since),
        tied=_rows(file.tied, hands),
        agency_url=agency_url,
        document_url=document_url,
        whole=_whole(file, ground) if file.sight is Sight.FULL else None,
    )


def _whole(file: DirectiveFile, ground: Ground) -> Whole:
    pieces = [piece for piece in file.directive.evidence if piece.is_current]
    case, hands = case_of(file, ground), hands_of(ground)
    strip = strip_of(file, ground, hands)
    return Whole(
        beside=beside_of(file, case),
        doors=doors_of(case),
        on_day=ground.day,
        role_is_held=current_actor().holds_role_on(ground.day),
        diagram=diagram_of(LIFECYCLE, EXITS, states="state", actions="action"),
        verdict_given=any(link.entry.action == Action.VERIFY for link in file.links),
        parts=_rows(file.parts, hands),
        parts_sum=_parts_sum(file),
        strip=strip,
        dating=dating_of(file, ground.calendar),
        past_first=days_past_first(file.directive, ground.day),
        evidence=tuple(evidence_line(p) for p in pieces if p.purpose is Purpose.RESULT),
        papers=tuple(evidence_line(p) for p in pieces if p.purpose is Purpose.PAPER),
        older=tuple(evidence_line(p) for p in file.directive.evidence if not p.is_current),
        history=told(file.links, replace(names_in(file), periods=_period_names(strip))),
    )


def _period_names(strip: dict[str, Any] | None) -> dict[tuple[int, str], str]:
    work = strip.get("work") if strip else None
    if work is None:
        return {}
    return {(p.serial, p.due_on.isoformat()): name_of(p, work.plan.recurs) for p in work.periods}


def _parts_sum(file: DirectiveFile) -> Summed | None:
    """Return what the parts handed down reported together, where the work has an indicator."""
    d = file.directive
    measured = d.target_indicator or d.target_value is not None
    return summed(file.parts, d.target_unit) if file.parts and measured else None


def names_in(file: DirectiveFile) -> Names:
    """Return the names of what the history of a file knows by a key only."""
    evidence = file.directive.evidence
    known = {a.id: a.name for a in (file.lead, *file.coordinating)}
    missing = agencies_in(file.links) - frozenset(known)
    found = agency_names(reading_unit().connection, missing)
    return Names(
        agencies=known | found,
        files={piece.sha256: piece.name for piece in evidence},
        pieces={piece.id: piece.name for piece in evidence},
        assigner=file.assigner,
    )


def heading_of(content: str) -> str:
    """Return the content as a heading: whole when short, else cut at a word."""
    line = " ".join(content.split())
    if len(line) <= HEADING:
        return line
    return line[:HEADING].rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def _rows(relatives: tuple[Relative, ...], hands: Hands) -> tuple[Timed, ...]:
    return tuple(
        Timed(of=r, clock=hands.of(r.state, r.due_on, r.completed_on, r.suspended_since))
        for r in relatives
    )


def evidence_line(piece: Evidence) -> EvidenceLine:
    """Return a piece of evidence as the list of files shows it."""
    judged = {EvidenceState.ACCEPTED: "accepted", EvidenceState.REJECTED: "rejected"}
    return EvidenceLine(
        id=piece.id,
        name=piece.name,
        url=url_for("evidence.download", evidence_id=piece.id),
        size=piece.size,
        sha256=piece.sha256,
        version=piece.version,
        period=period_words(piece),
        by=piece.uploader,
        at=piece.uploaded_at,
        verdict=judged.get(piece.state),
        verdict_words=label(piece.state, "evidence_state"),
        reason=piece.reason,
        is_pending=piece.state is EvidenceState.PENDING,
    )


def period_words(piece: Evidence) -> str:
    """Return the period a piece proves, in words."""
    start, end = piece.period_from, piece.period_to
    if start and end:
        return f"{vn_date(start)} – {vn_date(end)}"
    if start:
        return _("từ %(day)s", day=vn_date(start))
    return _("đến %(day)s", day=vn_date(end)) if end else ""
