"""The office's list of papers as its page shows it: narrowed, turned, counted."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask import render_template, request, url_for

from models.papers.counting import by_agency, by_month
from models.papers.lists import ListView, papers_page
from models.papers.uses import counted_uses
from web.addresses import from_start, narrowed_to
from web.agencies.naming import names_to_choose
from web.directives.fields import typed_day
from web.formats import vn_date
from web.labels import choices, label
from web.papers.imported import import_to_undo
from web.papers.known import require_office_now
from web.papers.outcomes import Answer
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.papers.records import Direction

MOST_WORDS = 200
AGENCY, MONTH = "agency", "month"


def list_page() -> Answer:
    """Show the list: what came and what left, the newest first."""
    require_office_now()
    view, names = _view(), names_to_choose()
    page = papers_page(reading_unit().connection, view)
    shown = render_template(
        "papers/list.html",
        view=view,
        page=page,
        uses=counted_uses(reading_unit().connection, page.rows),
        agencies=names,
        last=import_to_undo(),
        choices=choices,
        sentence=_sentence(view, dict(names)),
        by=_by(),
        counted=_counted(view),
        next_url=_turn(after=page.after),
        prev_url=_turn(before=page.before),
    )
    return shown, 200


def _view() -> ListView:
    asked = request.args
    direction = asked.get("direction", "")
    return ListView(
        direction=Direction(direction) if direction in set(Direction) else None,
        words=asked.get("q", "")[:MOST_WORDS],
        agency=asked.get("agency", "")[:MOST_WORDS],
        since=typed_day(asked.get("since", "")),
        until=typed_day(asked.get("until", "")),
        after=_edge(asked.get("after", "")),
        before=_edge(asked.get("before", "")),
    )


def _edge(text: str) -> tuple[date, int] | None:
    day, _tilde, key = text.partition("~")
    try:
        return date.fromisoformat(day), int(key)
    except ValueError:
        return None


def _turn(**edge: tuple[date, int] | None) -> str | None:
    told = {name: f"{at[0].isoformat()}~{at[1]}" for name, at in edge.items() if at}
    return from_start(**told) if told else None


def period_parts(since: date | None, until: date | None) -> Iterator[tuple[str, str]]:
    """Yield the days that a view is narrowed to, each by its argument."""
    if since is not None:
        yield "since", _("từ %(day)s", day=vn_date(since))
    if until is not None:
        yield "until", _("đến hết %(day)s", day=vn_date(until))


def _sentence(view: ListView, names: Mapping[str, str]) -> list[dict[str, str]]:
    return narrowed_to(
        [
            ("q", f"“{view.words}”" if view.words else ""),
            ("direction", label(view.direction, "direction") if view.direction else ""),
            ("agency", names.get(view.agency, view.agency)),
            *period_parts(view.since, view.until),
        ]
    )


def _by() -> list[dict[str, Any]]:
    """Return the ways of counting, the one shown marked; pressing it again puts it away."""
    words = {AGENCY: _("Đếm theo cơ quan"), MONTH: _("Đếm theo tháng")}
    now = request.args.get("by", "")
    return [
        {"words": said, "url": from_start(by=None if code == now else code), "current": code == now}
        for code, said in words.items()
    ]


def _counted(view: ListView) -> dict[str, Any] | None:
    """Return the papers of the view counted as the address asks; each figure opens its rows."""
    connection, by = reading_unit().connection, request.args.get("by", "")
    if by == AGENCY:
        groups = [
            {
                "of": one,
                "name": one.name,
                "narrowed": {"agency": one.code} if one.code else {"q": one.name},
                "urge": url_for("papers.remind", agency=one.code, alone="yes") if one.code else "",
            }
            for one in by_agency(connection, view)
        ]
        return {"title": _("Cơ quan gửi, nhận"), "groups": [_with_urls(one) for one in groups]}
    if by == MONTH:
        months = [
            {
                "of": one,
                "name": _("Tháng %(m)s/%(y)s", m=one.first.month, y=one.first.year),
                "narrowed": _days_of(one.first, view),
            }
            for one in by_month(connection, view)
        ]
        return {"title": _("Tháng"), "groups": [_with_urls(one) for one in months]}
    return None


def _days_of(first: date, view: ListView) -> dict[str, str]:
    """Return the days of a month, as far as they lie within those the view asks for."""
    last = first.replace(day=monthrange(first.year, first.month)[1])
    since = first if view.since is None else max(first, view.since)
    until = last if view.until is None else min(last, view.until)
    return {"since": since.isoformat(), "until": until.isoformat()}


def _with_urls(group: dict[str, Any]) -> dict[str, Any]:
    narrowed = {"by": None} | group["narrowed"]
    return group | {
        "incoming_url": from_start(**narrowed, direction=Direction.INCOMING.value),
        "outgoing_url": from_start(**narrowed, direction=Direction.OUTGOING.value),
        "url": from_start(**narrowed),
    }
