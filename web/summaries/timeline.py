"""Progress to a day: what falls due when as columns, each directive as a bar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request, url_for

from models.directives.dated import DueLine
from models.summaries.queries import documents_of
from models.summaries.standing import Scope
from models.summaries.timeline import DueDay, due_days, due_lines
from web.addresses import page_at
from web.agencies.naming import groups_to_choose, names_to_choose
from web.directives.fields import typed_day
from web.directives.framing import options_of
from web.directives.listing import looker
from web.formats import vn_date
from web.labels import label
from web.refusals import field_error
from web.speech import gettext as _
from web.speech import ngettext
from web.summaries.asking import as_typed, document_keys, read_address
from web.summaries.showing import MOST_DOCUMENTS
from web.wiring import office, reading_unit
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import State
from workflow.directives.timing import timeliness_of
from workflow.summaries.records import Span

LINES, WIDTH, HEIGHT, COLUMNS = 200, 1000, 90, 24
FIRST_YEAR, LAST_YEAR = 1990, 2200
LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """Some days of the axis: what falls due in them, as places in the drawing."""

    words: str
    short: str
    x: int
    width: int
    parts: tuple[tuple[str, int, int], ...]
    total: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One directive: from the day it was given to its due day, and what was late beyond it."""

    of: DueLine
    said: str
    start: int
    width: int
    late_from: int
    late_width: int
    tone: str


def timeline_page() -> dict[str, Any]:
    """Return what the template reads, in a fixed number of statements."""
    unit, today = reading_unit(), office().today()
    scope, errors = scope_asked(today)
    days = due_days(unit.connection, scope, looker())
    lines = due_lines(unit.connection, scope, looker(), limit=LINES)
    total, axis = sum(day.total for day in days), axis_of(days, scope.span, today)
    return {
        "scope": scope,
        "errors": errors,
        "typed": {
            "from": request.args.get("from", "") if errors else as_typed(scope.span.first),
            "until": request.args.get("until", "") if errors else as_typed(scope.span.last),
        },
        "agencies": options_of(names_to_choose(), groups_to_choose(today)),
        "documents": documents_of(
            unit.connection, looker(), _issued_by(scope, today), limit=MOST_DOCUMENTS
        ),
        "chosen_documents": document_keys(scope),
        "finding": finding_of(days, scope.span.last),
        "columns": columns_of(days, scope, axis),
        "columns_height": HEIGHT,
        "today_x": _place(axis)(today) if _holds(axis, today) else None,
        **each_of(lines, scope.span, today),
        "left_out": max(0, total - len(lines)),
        "total": total,
        "late_url": _list(scope, time="overdue"),
        "open_url": _list(scope, state="open"),
    }


def _holds(span: Span, day: date) -> bool:
    return span.first <= day <= span.last


def _issued_by(scope: Scope, today: date) -> Scope:
    return Scope(span=Span(first=today, last=today), documents=scope.documents)


def scope_asked(today: date) -> tuple[Scope, dict[str, str]]:
    """Return the days an address asks for: from the start of the year to its end, unless named."""
    errors: dict[str, str] = {}

    def asked(name: str, default: date) -> date:
        text = request.args.get(name, "").strip()
        day = typed_day(text) if text else default
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            errors[name] = field_error("not_a_date")
            return default
        return day

    until = asked("until", date(today.year, 12, 31))
    first = asked("from", date(until.year, 1, 1))
    if first > until:
        errors["until"] = field_error("period_reversed")
        first = date(until.year, 1, 1)
    several = {"documents": ",".join(request.args.getlist("documents"))}
    plain = read_address(several | {"agency": request.args.get("agency", "")}, today)
    span = Span(first=first, last=until)
    scope = Scope(span=span, documents=plain.scope.documents, agency=plain.scope.agency)
    return scope, errors | plain.errors


def _list(scope: Scope, **more: str) -> str:
    """Return the list of what falls due up to the day, in words of the list."""
    kept = {"parts": "no", "due_by": scope.span.last.isoformat(), **more}
    if scope.agency:
        kept["agency"] = scope.agency
    if len(scope.documents) == 1:
        kept["document"] = document_keys(scope)[0]
    return page_at("directives.index", kept)


def finding_of(days: Sequence[DueDay], until: date) -> str:
    """Say the finding: how much falls due up to the day, how much is done, how much is late."""
    total, late = sum(d.total for d in days), sum(d.open_late for d in days)
    done = sum(d.done_on_time + d.done_late for d in days)
    if not total:
        return _("Không có nhiệm vụ nào đến hạn trong khoảng này")
    return ngettext(
        "%(num)s nhiệm vụ đến hạn tới %(day)s: %(done)s đã xong, %(late)s quá hạn chưa xong",
        "%(num)s nhiệm vụ đến hạn tới %(day)s: %(done)s đã xong, %(late)s quá hạn chưa xong",
        total,
        day=vn_date(until),
        done=done,
        late=late,
    )


def _place(span: Span) -> Callable[[date], int]:
    days = max((span.last - span.first).days, 1)

    def place(day: date) -> int:
        return round(WIDTH * min(max((day - span.first).days, 0), days) / days)

    return place


TONES = (("done_on_time", "is-verified"), ("done_late", "is-late-done"),
         ("open_in_time", "is-plain"), ("open_late", "is-late"))  # fmt: skip


def axis_of(days: Sequence[DueDay], span: Span, today: date) -> Span:
    """Return the days that are drawn: from the first due day, or today where that is earlier."""
    first = min([day.due_on for day in days] + [today] * _holds(span, today), default=span.first)
    return Span(first=first, last=span.last)


def columns_of(days: Sequence[DueDay], scope: Scope, axis: Span) -> tuple[Column, ...]:
    """Return the due days as columns, so many that their figures can be read."""
    length = (axis.last - axis.first).days + 1
    step = max(1, -(-length // COLUMNS))
    found: dict[int, list[DueDay]] = {}
    for day in days:
        found.setdefault((day.due_on - axis.first).days // step, []).append(day)
    most = max((sum(d.total for d in some) for some in found.values()), default=1)
    width = WIDTH // -(-length // step)
    return tuple(
        _column(some, place * width, width, most, scope) for place, some in sorted(found.items())
    )


def _column(some: Sequence[DueDay], x: int, width: int, most: int, scope: Scope) -> Column:
    total, top, parts = sum(day.total for day in some), HEIGHT, []
    for name, tone in TONES:
        height = round(HEIGHT * sum(getattr(day, name) for day in some) / most)
        if height:
            top -= height
            parts.append((tone, top, height))
    first, last = some[0].due_on, some[-1].due_on
    words = vn_date(first) if first == last else f"{vn_date(first)} – {vn_date(last)}"
    late = sum(day.open_late for day in some)
    more = f", {_('%(n)s quá hạn', n=late)}" if late else ""
    return Column(
        words=f"{words}: {total}{more}",
        short=f"{last.day}/{last.month}",
        x=x,
        width=max(width - 4, 4),
        parts=tuple(parts),
        total=total,
        url=_due_between(scope, first, last),
    )


def _due_between(scope: Scope, first: date, last: date) -> str:
    days: dict[str, Any] = {"from": first.isoformat(), "until": last.isoformat()}
    if scope.agency:
        days["agency"] = scope.agency
    if scope.documents:
        days["documents"] = ",".join(document_keys(scope))
    return url_for("summaries.timeline", **days)


def each_of(lines: Sequence[DueLine], span: Span, today: date) -> dict[str, Any]:
    """Return directives as bars on one axis, its ends, and where today stands on it.

    The axis runs from the first day one of them was given to the last day, or today.
    """
    begun = min((line.assigned_on for line in lines), default=span.first)
    first = max(begun, span.last - timedelta(days=400))
    axis = Span(first=first, last=max(span.last, today))
    place = _place(axis)
    return {
        "bars": tuple(_bar(line, place, today) for line in lines),
        "axis": axis,
        "bars_today": min(place(today), WIDTH - 2) if _holds(axis, today) else None,
        "is_several": len({line.lead_name for line in lines}) > 1,
    }


def _bar(line: DueLine, place: Callable[[date], int], today: date) -> Bar:
    state, done, paused = State(line.state), line.completed_on, line.suspended_since
    code = timeliness_of(state, line.due_on, done, today, suspended=paused is not None)
    start, due, end = place(line.assigned_on), place(line.due_on), _end(line, today)
    tone = {State.VERIFIED: "is-verified", State.REPORTED: "is-reported"}.get(state, "is-open")
    return Bar(
        of=line,
        said=_said(code, paused, state),
        start=start,
        width=max(due - start, LEAST),
        late_from=due,
        late_width=max(place(end) - due, LEAST) if end > line.due_on else 0,
        tone=tone,
    )


def _end(line: DueLine, today: date) -> date:
    """Return the day a bar runs to: of the report, else today; the due day where it is paused."""
    if State(line.state) in {State.VERIFIED, State.REPORTED}:
        return line.completed_on or line.due_on
    return line.due_on if line.suspended_since else today


def _said(code: Timeliness | None, paused: date | None, state: State) -> str:
    if code:
        return label(code, "timeliness")
    return label("suspended", "summary_figure") if paused else label(state, "state")
