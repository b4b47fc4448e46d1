"""Everything the page of one violation shows, put together once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from flask import url_for

from models.violations.page import CountedIn, Paper, Stood, ViolationFile, open_file
from web.diagrams import Diagram, diagram_of
from web.directives.links import agency_url
from web.file_lines import FileLine
from web.history.naming import told_by_name
from web.identity import current_actor
from web.labels import label, label_or_own_words
from web.page import Page
from web.speech import gettext as _
from web.violations.doors import Shown, doors_of
from web.violations.links import case_url, dossier_url
from web.wiring import office, reading_unit
from workflow.accounts.records import PROVINCE_ROLES
from workflow.days import is_over, local_day
from workflow.dossiers.timing import has_new_date
from workflow.violations.bases import basis_on
from workflow.violations.catalogue import BY_CODE
from workflow.violations.guards import Case
from workflow.violations.records import Violation, ViolationState
from workflow.violations.rules import LIFECYCLE

MORNING = {"V16", "V17", "V22", "V23"}
"""Types that occur at the beginning of a day: the hour says nothing."""
EXITS = frozenset({ViolationState.OVERTURNED})
"""States that stand apart from the main way of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """What there is to say of days: waits counted in, another day promised, a due date moved."""

    waited_for: bool
    new_date: bool
    moved_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStand:
    """How a violation stood from an instant on, in words; what came before says the rest."""

    words: str
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLink:
    """A case that the violation counts in, where its page is, and how it stands."""

    of: CountedIn
    url: str | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationPage(Page):
    """The file of one violation; `days_after` it occurred it was recorded."""

    template: ClassVar = "violations/show.html"

    file: ViolationFile
    v: Violation
    name: str
    basis: str | None
    is_morning: bool
    days: Days
    days_after: int
    open: tuple[Shown, ...]
    shut: tuple[Shown, ...]
    role_is_held: bool
    line: tuple[ToldStand, ...]
    papers: tuple[FileLine, ...]
    cases: tuple[CaseLink, ...]
    history: list[dict[str, object]]
    diagram: Diagram
    agency_url: str | None
    dossier_url: str | None
    directive_url: str | None


def read_file(violation_id: int) -> ViolationFile:
    """Return a violation's file as the signed-in person may read it today."""
    connection = reading_unit().connection
    return open_file(connection, current_actor(), violation_id, office().today())


def case_of(violation: Violation) -> Case:
    """Return what the guards look at for the signed-in person today."""
    day = office().today()
    return Case(
        violation=violation,
        actor=current_actor(),
        day=day,
        organisation=reading_unit().violations.organisation(day),
        limits=office().settings.review,
    )


def page_of(file: ViolationFile) -> ViolationPage:
    """Return the page of a violation for the signed-in person today."""
    violation = file.violation
    concluded = any(one.state is ViolationState.CONFIRMED for one in file.line)
    opened, shut = doors_of(case_of(violation), concluded=concluded)
    return ViolationPage(
        file=file,
        v=violation,
        name=label(violation.type, "violation_type"),
        basis=basis_of(file),
        is_morning=violation.type in MORNING,
        days=days_of(file),
        days_after=(local_day(violation.recorded_at) - violation.occurred_on).days,
        open=opened,
        shut=shut,
        role_is_held=current_actor().holds_role_on(office().today()),
        line=line_of(file.line),
        papers=tuple(map(file_line, file.papers)),
        cases=tuple(map(_case_link, file.cases)),
        history=told_by_name(file.entries),
        diagram=diagram_of(LIFECYCLE, EXITS, states="violation_state", actions="violation_action"),
        agency_url=agency_url(violation.agency_code) if violation.agency_code else None,
        dossier_url=dossier_link(file),
        directive_url=directive_link(file),
    )


def _case_link(one: CountedIn) -> CaseLink:
    return CaseLink(of=one, url=case_url(one.number), state=label(one.state, "case_state"))


def days_of(file: ViolationFile) -> Days:
    """Return what there is to say of the days of the dossier or the directive behind it."""
    dossier, directive = file.dossier or {}, file.directive or {}
    promised, due = dossier.get("promised_on"), dossier.get("due_on")
    return Days(
        waited_for=due is not None and due != promised,
        new_date=has_new_date(promised, dossier.get("promised_last_on")),
        moved_after=not is_over(directive.get("due_on"), file.violation.occurred_on),
    )


def basis_of(file: ViolationFile) -> str | None:
    """Return the legal basis in force on the day it occurred, or None where none is known."""
    kind = BY_CODE.get(file.violation.type)
    return basis_on(kind.bases if kind else (), file.entered, file.violation.occurred_on)


def dossier_link(file: ViolationFile) -> str | None:
    """Return the page of the dossier behind it."""
    dossier = file.dossier
    return dossier_url(dossier["source"], dossier["code"]) if dossier else None


def directive_link(file: ViolationFile) -> str | None:
    """Return the page of the directive behind it, where the person reads it.

    An agency that has handed it on since no longer does.
    """
    directive = file.directive
    if directive is None:
        return None
    own = directive["lead_agency_id"] == file.violation.agency_id
    sees = current_actor().role in PROVINCE_ROLES or own
    return url_for("directives.show", number=directive["number"]) if sees else None


def line_of(line: tuple[Stood, ...]) -> tuple[ToldStand, ...]:
    """Return how the violation stood from when on, and who or what made it so."""
    return tuple(map(_told, (None, *line), line))


def _told(before: Stood | None, one: Stood) -> ToldStand:
    moved = before is not None and before.state is one.state
    return ToldStand(
        words=_moved(before, one) if moved else label(one.state, "violation_state"),
        at=one.at,
        by=one.by or _("hệ thống, theo dữ liệu"),
        reason="" if moved else label_or_own_words(one.reason, "violation_reason"),
    )


def _moved(before: Stood | None, after: Stood) -> str:
    if before is not None and before.occurred_on != after.occurred_on:
        return _("Đổi ngày xảy ra theo dữ liệu mới")
    return _("Đổi cơ quan, lĩnh vực hoặc cán bộ theo dữ liệu mới")


def file_line(paper: Paper) -> FileLine:
    """Return a paper as the list of files shows it, with the act that it came with."""
    return FileLine(
        name=paper.name,
        url=url_for("violations.file", file_id=paper.id),
        size=paper.size,
        sha256=paper.sha256,
        by=paper.uploader,
        at=paper.uploaded_at,
        reason=label(paper.action, "violation_action"),
    )
