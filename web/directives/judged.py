"""What an act decides on, whole: it stands above the choice, so that nobody decides blind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from models.directives.facts import DirectiveFile, Report
from web.directives.showing import evidence_line
from web.directives.targets import scope_told, value_told
from web.directives.telling import day_of, role_words
from web.file_lines import FileLine
from web.formats import vn_date, vn_datetime, vn_number
from web.history.telling import who_acted
from web.labels import label
from web.speech import gettext as _
from workflow.directives.cooperating import inputs_of_actor
from workflow.directives.guards import Case
from workflow.directives.records import Action, Directive
from workflow.directives.targets import falls_short
from workflow.evidence.records import Evidence
from workflow.history.records import Entry

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What somebody asks, reports or says: in which words, who and when, with which files."""

    title: str
    said: str
    who: str
    at: datetime | date | None = None
    rows: Rows = ()
    files: tuple[FileLine, ...] = ()
    no_files: str = ""


class Filed(Protocol):
    """A report of a directive or of a period, as far as both tell the same."""

    @property
    def result(self) -> str: ...
    @property
    def report_number(self) -> str: ...
    @property
    def report_date(self) -> date | None: ...
    @property
    def signer(self) -> str: ...
    @property
    def received_on(self) -> date | None: ...
    @property
    def arrival_number(self) -> str: ...
    @property
    def figure(self) -> Decimal | None: ...
    @property
    def filed_by(self) -> str: ...
    @property
    def filed_at(self) -> datetime: ...


def judged_of(action: Action, case: Case, file: DirectiveFile) -> tuple[Judged, ...]:
    """Return what stands above the form of an act: what it answers, judges or takes back."""
    telling = _TOLD.get(action)
    return tuple(telling(case, file)) if telling else ()


def of_report(
    report: Filed, pieces: Iterable[Evidence], of: Directive, *, more: Rows = ()
) -> Judged:
    """Return a filed report with its paper, its figures and the files that show it."""
    known = (
        (label("report_number", "field"), report.report_number),
        (label("report_date", "field"), vn_date(report.report_date)),
        (label("signer", "field"), report.signer),
        (label("received_on", "field"), vn_date(report.received_on)),
        (label("arrival_number", "field"), report.arrival_number),
        (label("figure", "field"), _figure(report.figure, of)),
        *more,
    )
    who = report.filed_by
    return Judged(
        title=_("Báo cáo"),
        said=report.result,
        who=_("%(who)s ghi nhận", who=who) if report.received_on else who,
        at=report.filed_at,
        rows=_told(known),
        files=_files(pieces),
        no_files=_("Không có minh chứng nào."),
    )


def _figure(figure: Decimal | None, of: Directive) -> str:
    """Return a figure with its unit, and the target it is measured against."""
    whose = scope_told(of)
    target = f"{value_told(of)} ({whose})" if whose else value_told(of)
    if figure is None:
        lacks = of.target_value is not None
        return _("chưa có số liệu (chỉ tiêu %(target)s)", target=target) if lacks else ""
    told = f"{vn_number(figure)} {of.target_unit}".strip()
    if of.target_value is None:
        return told
    if falls_short(figure, of):
        return _("%(figure)s, chưa đạt chỉ tiêu %(target)s", figure=told, target=target)
    return _("%(figure)s (chỉ tiêu %(target)s)", figure=told, target=target)


def _told(rows: Iterable[tuple[str, str]]) -> Rows:
    return tuple((word, value) for word, value in rows if value)


def _files(pieces: Iterable[Evidence]) -> tuple[FileLine, ...]:
    return tuple(map(evidence_line, pieces))


def _report(case: Case, file: DirectiveFile) -> list[Judged]:
    if not file.reports:
        return []
    report, of = file.reports[0], case.directive
    return [of_report(report, of.result_evidence, of, more=_more_of(report, of))]


def _more_of(report: Report, of: Directive) -> Rows:
    known = {
        "own_figure": _figure(report.own_figure, replace(of, target_value=None)),
        "numerator": vn_number(report.numerator) if report.numerator is not None else "",
        "denominator": vn_number(report.denominator) if report.denominator is not None else "",
        "open_parts_reason": report.open_parts_reason,
    }
    return tuple((label(name, "field"), words) for name, words in known.items())


def _verified(case: Case, file: DirectiveFile) -> list[Judged]:
    """What is reopened: the report, and what was concluded of it."""
    d = case.directive
    verdict = (
        (_("Kết luận"), label(d.verdict, "verdict") if d.verdict else ""),
        (label("grade", "field"), label(d.grade, "grade") if d.grade else ""),
        (_("Xác nhận ngày"), vn_date(d.verified_on)),
    )
    return [replace(one, rows=one.rows + _told(verdict)) for one in _report(case, file)]


def last_of(file: DirectiveFile, action: Action) -> Entry | None:
    """Return the last entry of an act in the history of a file."""
    return next((one for one in reversed(file.entries) if one.action == action), None)


def _asked(title: str, entry: Entry, rows: Iterable[tuple[str, str]], case: Case) -> Judged:
    brought = set(entry.evidence)
    capacity = (who_acted(entry), role_words(entry), entry.agency_name)
    return Judged(
        title=title,
        said=entry.reason,
        who=", ".join(words for words in capacity if words),
        at=entry.at,
        rows=_told(rows),
        files=_files(piece for piece in case.directive.evidence if piece.sha256 in brought),
    )


def _extension(case: Case, file: DirectiveFile) -> list[Judged]:
    d, entry = case.directive, last_of(file, Action.REQUEST_EXTENSION)
    if d.extension_asked_to is None or entry is None:
        return []
    first = d.first_due_on if d.first_due_on != d.due_on else None
    rows = (
        (label("extension_asked_to", "field"), vn_date(d.extension_asked_to)),
        (_("Hạn hiện nay"), vn_date(d.due_on)),
        (_("Hạn đầu tiên"), vn_date(first)),
        (_("Đã gia hạn"), _("%(n)s lần", n=d.extensions_granted) if d.extensions_granted else ""),
        (label("paper", "field"), _given(entry, "paper")),
    )
    return [_asked(_("Đề nghị gia hạn"), entry, rows, case)]


def _as_written(case: Case, file: DirectiveFile) -> list[Judged]:
    """What is corrected or amended, as it stands: its words, and every date it had."""
    d, words = case.directive, file.clause.deadline.text
    moved = [one for one in file.entries if one.action != "assign" and "due_on" in one.after]
    first = d.first_due_on if d.first_due_on != d.due_on else None
    rows = (
        (label("expected_output", "field"), d.expected_output),
        (_("Hạn hiện nay"), vn_date(d.due_on)),
        (_("Hạn đầu tiên"), vn_date(first)),
        (_("Hạn dời theo"), _moved_by(moved[-1]) if moved else ""),
        (_("Thời hạn trong văn bản"), f"“{words}”" if words and d.parent_id is None else ""),
    )
    told = _("Văn bản %(reference)s", reference=file.paper.reference)
    return [
        Judged(
            title=_("Đang ghi"), said=d.content, who=told, at=file.paper.issued_on, rows=_told(rows)
        )
    ]


def _moved_by(entry: Entry) -> str:
    """Return the act that moved a date last, its day and the document it names."""
    told = (label(entry.action, "event"), vn_datetime(entry.at), _given(entry, "paper"))
    return ", ".join(words for words in told if words)


def _decline(case: Case, file: DirectiveFile) -> list[Judged]:
    entry = last_of(file, Action.DECLINE)
    if not case.directive.decline_standing or entry is None:
        return []
    ask = _given(entry, "ask")
    rows = (
        (label("ask", "field"), label(ask, "ask") if ask else ""),
        (_("Cơ quan đề nghị giao"), _given(entry, "agency")),
        (label("paper", "field"), _given(entry, "paper")),
    )
    return [_asked(_("Đề nghị giao lại"), entry, rows, case)]


def _given(entry: Entry, name: str) -> str:
    """Return what was given in words: of an agency its name, of a day the day as it is read."""
    value = entry.given.get(name)
    if isinstance(value, Mapping):
        value = value.get("name")
    return vn_date(day) if (day := day_of(value)) else str(value or "")


def _proposals(case: Case, file: DirectiveFile) -> list[Judged]:
    del file
    return [
        Judged(
            title=_("Kiến nghị"),
            said=one.text,
            who=", ".join(words for words in (one.proposed_by, one.agency_name) if words),
            at=one.proposed_on,
        )
        for one in case.directive.open_proposals
    ]


def _inputs(case: Case, file: DirectiveFile) -> list[Judged]:
    return [
        Judged(
            title=_("Đề nghị phối hợp"),
            said=one.what,
            who=file.lead.name,
            at=one.asked_on,
            rows=((label("needed_on", "field"), vn_date(one.due_on)),),
        )
        for one in inputs_of_actor(case)
    ]


_TOLD: Mapping[Action, Callable[[Case, DirectiveFile], list[Judged]]] = {
    Action.VERIFY: _report,
    Action.RETURN: _report,
    Action.RECALL: _report,
    Action.ACCEPT_EVIDENCE: _report,
    Action.REJECT_EVIDENCE: _report,
    Action.REOPEN: _verified,
    Action.DECIDE_EXTENSION: _extension,
    Action.REASSIGN: _decline,
    Action.CORRECT: _as_written,
    Action.AMEND: _as_written,
    Action.INSIST: _decline,
    Action.ANSWER: _proposals,
    Action.GIVE_INPUT: _inputs,
}
