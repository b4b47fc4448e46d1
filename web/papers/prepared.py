"""What officers prepared for the lines of one paper: clerk and head type nothing of it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import request
from flask_wtf import FlaskForm

from models.directives.shelf import standing_of_several
from web.directives.inside import told_of, written_by
from web.identity import current_actor
from web.papers.sheets import ASKED_ONCE
from web.wiring import reading_unit
from workflow.directives.matters import Prepared
from workflow.directives.records import Action, Directive

FILES = "prepared_files"
READ_FOR = frozenset({Action.REPORT, Action.GIVE_BACK, Action.DECLINE})
OF_LINE = (
    "result", "figure", "own_figure", "numerator", "denominator", "open_parts_reason",
)  # fmt: skip
OF_PAPER = ("report_number", "report_date", "signer", "period_from", "period_to")
assert ASKED_ONCE.issuperset(OF_PAPER)  # noqa: S101 - what is said once is suggested once


def with_prepared(action: Action, directives: Sequence[Directive]) -> tuple[Directive, ...]:
    """Return the lines with what waits in the reader's own agency, where it is used.

    Nothing is read for another act: what officers prepared is for who sends it, or gives it back.
    One statement.
    """
    agency_id = current_actor().agency_id
    if action not in READ_FOR or agency_id is None or not directives:
        return tuple(directives)
    keys = [one.id for one in directives]
    found = standing_of_several(reading_unit().connection, keys, agency_id)
    return tuple(
        replace(one, **found[one.id]._asdict()) if one.id in found else one for one in directives
    )


def said_once(directives: Sequence[Directive]) -> dict[str, object]:
    """Return what every prepared report of the paper says alike: its number, date, signer."""
    reports = [one.standing_report for one in directives if one.standing_report is not None]
    said = {name: {getattr(one, name) for one in reports} - {"", None} for name in OF_PAPER}
    return {name: next(iter(words)) for name, words in said.items() if len(words) == 1}


def said_of_line(directive: Directive) -> dict[str, Any]:
    """Return what the form of one line begins with; nothing where nobody prepared it."""
    report = directive.standing_report
    if report is None:
        return {}
    said = {name: getattr(report, name) for name in OF_LINE}
    return {name: value for name, value in said.items() if value not in (None, "")} | {
        FILES: [file.sha256 for file in report.files]
    }


def offer_files(form: FlaskForm, directive: Directive) -> None:
    """Offer the files that were prepared for a line, where its form asks for them."""
    report = directive.standing_report
    if FILES in form:
        files = report.files if report else ()
        form[FILES].choices = [(file.sha256, file.name) for file in files]


def asks_for_files(directive: Directive) -> bool:
    """Whether a line has prepared files to choose, or had some when its form was sent.

    Those of a report that was given back meanwhile are refused at the line, not dropped unsaid.
    """
    report = directive.standing_report
    return bool(report and report.files) or f"{directive.number}-{FILES}" in request.form


def told_at_line(directive: Directive) -> dict[str, Any] | None:
    """Return who prepared a line's report, when, and what it says of its paper."""
    report: Prepared | None = directive.standing_report
    if report is None:
        return None
    return {"who": written_by(report), "at": report.at, "told": list(told_of(report))}
