"""Everything the page of one violation shows, put together once."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import url_for

from models.violations.page import Paper, Stood, ViolationFile, open_file
from web.directives.links import agency_url
from web.history.naming import told_by_name
from web.identity import current_actor
from web.labels import label, label_or_own_words
from web.speech import gettext as _
from web.violations.doors import doors_of
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


def page_of(file: ViolationFile) -> dict[str, Any]:
    """Return what the template of the page reads."""
    violation = file.violation
    concluded = any(one.state is ViolationState.CONFIRMED for one in file.line)
    opened, shut = doors_of(case_of(violation), concluded=concluded)
    return {
        "file": file,
        "v": violation,
        "name": label(violation.type, "violation_type"),
        "basis": basis_of(file),
        "is_morning": violation.type in MORNING,
        "days": days_of(file),
        "days_after": (local_day(violation.recorded_at) - violation.occurred_on).days,
        "open": opened,
        "shut": shut,
        "role_is_held": current_actor().holds_role_on(office().today()),
        "line": line_of(file.line),
        "papers": papers_of(file.papers),
        "cases": [
            {"of": one, "url": case_url(one.number), "state": label(one.state, "case_state")}
            for one in file.cases
        ],
        "history": told_by_name(file.entries),
        "diagram": drawing(),
        "agency_url": agency_url(violation.agency_code) if violation.agency_code else None,
        "dossier_url": dossier_link(file),
        "directive_url": directive_link(file),
    }


def days_of(file: ViolationFile) -> dict[str, bool]:
    """Return what there is to say of the days of the dossier or the directive behind it."""
    dossier, directive = file.dossier or {}, file.directive or {}
    promised, due = dossier.get("promised_on"), dossier.get("due_on")
    return {
        "waited_for": due is not None and due != promised,
        "new_date": has_new_date(promised, dossier.get("promised_last_on")),
        "moved_after": not is_over(directive.get("due_on"), file.violation.occurred_on),
    }


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


def line_of(line: tuple[Stood, ...]) -> list[dict[str, Any]]:
    """Return how the violation stood from when on, and who or what made it so."""
    shown = []
    before: Stood | None = None
    for one in line:
        moved = before is not None and before.state is one.state
        shown.append(
            {
                "state": one.state.value,
                "words": _moved(before, one) if moved else label(one.state, "violation_state"),
                "at": one.at,
                "by": one.by or _("hệ thống, theo dữ liệu"),
                "reason": "" if moved else label_or_own_words(one.reason, "violation_reason"),
            }
        )
        before = one
    return shown


def _moved(before: Stood | None, after: Stood) -> str:
    if before is not None and before.occurred_on != after.occurred_on:
        return _("Đổi ngày xảy ra theo dữ liệu mới")
    return _("Đổi cơ quan, lĩnh vực hoặc cán bộ theo dữ liệu mới")


def papers_of(papers: tuple[Paper, ...]) -> list[dict[str, Any]]:
    """Return the papers as the list of files shows them."""
    return [
        {
            "name": one.name,
            "url": url_for("violations.file", file_id=one.id),
            "size": one.size,
            "sha256": one.sha256,
            "by": one.uploader,
            "at": one.uploaded_at,
            "reason": label(one.action, "violation_action"),
        }
        for one in papers
    ]


@cache
def _ways() -> tuple[tuple[str, str, str], ...]:
    return tuple((path.source, path.target or "", path.action) for path in LIFECYCLE.paths)


def drawing() -> dict[str, list[dict[str, Any]]]:
    """Return the states and the ways between them, with their words in the reader's language."""
    nodes = [
        {
            "code": state.value,
            "label": label(state, "violation_state"),
            "exit": state is ViolationState.OVERTURNED,
        }
        for state in ViolationState
    ]
    edges = [
        {"source": source, "target": target, "label": label(action, "violation_action")}
        for source, target, action in _ways()
    ]
    return {"nodes": nodes, "edges": edges}
