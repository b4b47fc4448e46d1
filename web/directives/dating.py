"""How the due date of a directive came about, from its words to the last extension."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from models.directives.facts import DirectiveFile
from web.calendar.ledger import LedgerLine, ledger_lines
from web.directives.telling import day_of
from web.formats import vn_date
from web.history.telling import who_acted
from web.labels import label
from web.speech import gettext as _
from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.ledger import Ledger, Reading, ledger_of
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Action
from workflow.errors import Invalid
from workflow.history.records import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class DateStep:
    """One act that moved the date, or asked to: who, why, from which day to which."""

    title: str
    at: datetime
    who: str
    agency: str
    before: date | None
    after: date | None
    reason: str
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """Both days that "trước ngày X" can mean, and which of them the date stands on."""

    strict_on: date
    inclusive_on: date
    chosen: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """What the page tells about the due date.

    `days` is the count of working days, where there was one, on the calendar of `version`;
    `version_then` is that of the day of issue; `readings` are both readings of the words, where
    they have two; `steps` every later act on the date, oldest first.
    """

    summary: tuple[str, ...]
    readings: Readings | None
    days: tuple[LedgerLine, ...]
    version: str | None
    version_then: str
    steps: tuple[DateStep, ...]


def dating_of(file: DirectiveFile, calendar: WorkingCalendar) -> Dating:
    """Return how the due date came about, from the words of the document to the last act."""
    ledger = None if file.directive.parent_id else _ledger(file, calendar)
    return Dating(
        summary=tuple(_sentences(file, ledger)),
        readings=_readings(ledger) if ledger and not file.clause.due_set_on else None,
        days=ledger_lines(ledger.days) if ledger else (),
        version=ledger.calendar_version if ledger else None,
        version_then=file.calendar_version,
        steps=tuple(step_of(e) for e in file.entries if _is_about_date(e)),
    )


def _ledger(file: DirectiveFile, calendar: WorkingCalendar) -> Ledger | None:
    try:
        ended = (pause for pause in file.pauses if pause.last_day is not None)
        return ledger_of(
            file.clause.deadline, calendar, signed_on=file.paper.issued_on, pauses=ended
        )
    except Invalid:
        return None


def _readings(ledger: Ledger) -> Readings | None:
    if ledger.reading is Reading.ONLY or not ledger.read_due_on or not ledger.other_due_on:
        return None
    pair = (ledger.read_due_on, ledger.other_due_on)
    return Readings(strict_on=min(pair), inclusive_on=max(pair), chosen=ledger.reading)


def _sentences(file: DirectiveFile, ledger: Ledger | None) -> Iterator[str]:
    if file.directive.parent_id is not None:
        yield _of_part(file)
        return
    kind = file.clause.deadline.kind
    if kind is DeadlineKind.RELATIVE and ledger and ledger.started_on:
        yield _(
            "Đếm %(n)s ngày làm việc từ ngày %(day)s; ngày đầu không tính.",
            n=ledger.budget_working_days,
            day=vn_date(ledger.started_on),
        )
    elif kind is DeadlineKind.NONE:
        yield _("Văn bản không nêu thời hạn.")
    elif kind is not DeadlineKind.FIXED:
        yield label(kind, "deadline_kind") + "."
    if file.clause.due_set_on:
        yield _(
            "Người nhập văn bản đặt hạn ngày %(day)s: %(why)s",
            day=vn_date(file.clause.due_set_on),
            why=file.clause.due_set_reason,
        )
    elif kind is DeadlineKind.FIXED and file.directive.first_due_on:
        yield _("Ngày nêu trong văn bản không tự dời khi lịch làm việc thay đổi.")


def _of_part(file: DirectiveFile) -> str:
    hander = file.handed_by.name if file.handed_by else ""
    above = file.parent.due_on if file.parent else None
    if not file.directive.first_due_on:
        return _("%(who)s giao phần việc này mà không đặt hạn.", who=hander)
    if not above:
        return _("%(who)s đặt hạn khi giao phần việc.", who=hander)
    return _(
        "%(who)s đặt hạn khi giao phần việc, trong thời hạn %(day)s của nhiệm vụ cấp trên.",
        who=hander,
        day=vn_date(above),
    )


def _is_about_date(entry: Entry) -> bool:
    if entry.action == "assign":
        return False
    asks = {
        Action.REQUEST_EXTENSION.value,
        Action.DECIDE_EXTENSION.value,
        Action.SUSPEND.value,
        Action.RESUME.value,
    }
    return "due_on" in entry.after or entry.action in asks


def step_of(entry: Entry) -> DateStep:
    """Return one act on the date, with the paper it names."""
    asked = entry.after.get("extension_asked_to")
    decision = entry.given.get("decision")
    paper, dated = entry.given.get("paper"), vn_date(day_of(entry.given.get("paper_date")))
    named = _("%(paper)s ngày %(day)s", paper=paper, day=dated) if paper and dated else paper
    return DateStep(
        title=label(entry.action, "event"),
        at=entry.at,
        who=who_acted(entry),
        agency=entry.agency_name,
        before=day_of(entry.before.get("due_on")),
        after=day_of(asked) or day_of(entry.after.get("due_on")),
        reason=" · ".join(str(part) for part in (entry.reason, named) if part),
        outcome=label(decision, "decision") if decision else "",
    )
