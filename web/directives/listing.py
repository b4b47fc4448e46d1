"""The list of directives as its page shows it, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Response, g, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from models.agencies.scope import Scope, scope_of
from models.directives.filters import Looker, ways_to
from models.directives.groups import (
    Grouped,
    figures_of,
    groups_of,
    latest_of_clauses,
    years_of_clauses,
)
from models.directives.inside import Held, held_in
from models.directives.listed import Listed
from models.directives.lists import beside, chunks_of, names_by_code, page_of, total_of
from web.addresses import page_at, this_page
from web.directives.choosing import offered_acts
from web.directives.clock import Hands
from web.directives.columns import COLUMNS, INSIDE, NOBODY, hidden_columns
from web.directives.filters import Asked, edge_text, read_address, sentence_of
from web.directives.framing import frame_of
from web.directives.lines import Look, clock_in_line, lines_of, look_of
from web.directives.news import news_told, what_is_news
from web.directives.told import figure_headings, figures_for, tells_figures
from web.documents.sums import period_sums, summed
from web.documents.years import year_marks
from web.exports.files import in_one_line, table_file
from web.exports.tables import TableColumn, Value
from web.identity import current_actor, remembered
from web.periods.current import currents_of
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES
from workflow.calendar.working import WorkingCalendar
from workflow.directives.holding import asked_before

PLACE_DIGITS = 19
NOT_OF_GROUP = frozenset({"group", "after", "before", "sort", "document"})


def asked_for() -> Asked:
    """Return the view that this request's address asks for."""
    return read_address(request.args, reader=current_actor().account_id)


def tidy_address() -> BaseResponse | None:
    """Return the way to the same view without what an empty field of the form left behind."""
    if all(request.args.values()):
        return None
    return redirect(this_page())


def looker(*, named: bool = False) -> Looker:
    """Return who looks at a list, today; `named` asks which agencies they read for by name.

    One statement more where nobody asked since the last act, and worth it where whole pages
    of a large province are read.
    """
    limits, day, actor = office().settings.limits, office().today(), current_actor()
    return Looker(
        actor=actor,
        day=day,
        bands=limits.soon_days,
        asked_before=remembered(
            ("asked before", day), lambda: asked_before(calendar_of_request(), limits, day)
        ),
        scope=_scope(actor.agency_path, day) if named and actor.role in AGENCY_ROLES else None,
    )


def _scope(path: str, day: date) -> Scope:
    connection = reading_unit().connection
    return remembered(("scope", path, day), lambda: scope_of(connection, path, day))


def calendar_of_request() -> WorkingCalendar:
    """Return the calendar, read once for each request."""
    if "calendar" not in g:
        g.calendar = remembered("calendar", lambda: office().calendar(reading_unit()))
    calendar: WorkingCalendar = g.calendar
    return calendar


def hands_today() -> Hands:
    """Return the clock of today."""
    place = office()
    return Hands(calendar_of_request(), place.today(), place.settings.limits.soon_days)


def list_page(asked: Asked) -> dict[str, Any]:
    """Return what the template of the list reads, in a fixed number of statements."""
    unit = reading_unit()
    ways = ways_to(asked.view, looker(named=True))
    total, exact = remembered(("total", ways), lambda: total_of(unit.connection, ways))
    page = page_of(
        unit.connection, ways, asked.order, asked.edge,
        news=what_is_news(), total=total, known=office().known,
    )  # fmt: skip
    news = news_told(frozenset(row.number for row in page.rows if row.is_news))
    frame, acts = frame_of(asked), offered_acts(page.rows)
    hands = hands_today()
    look = look_of(hands, frame.hidden, chooses=bool(acts))
    currents = currents_of(page.rows, hands)
    return frame.facts | {
        "asked": asked,
        "view": asked.view,
        "rows": page.rows,
        "lines": lines_of(
            page.rows, look, _beside(page.rows, look), currents, _held(page.rows, look.hidden)
        ),
        "news": news,
        "acts": acts,
        "total": total,
        "exact": exact,
        "next_url": _turn(after=edge_text(page.after)),
        "prev_url": _turn(before=edge_text(page.before)),
    }


def _beside(rows: tuple[Listed, ...], look: Look) -> dict[int, list[str]]:
    shown = rows and "coordinating" not in look.hidden
    return beside(reading_unit().connection, rows) if shown else {}


def _held(rows: tuple[Listed, ...], hidden: frozenset[str]) -> dict[int, Held]:
    """Return who of the reader's own agency has the rows, where a column shows it."""
    if hidden >= INSIDE:
        return {}
    return held_in(reading_unit().connection, current_actor(), [row.id for row in rows])


def group_page(asked: Asked) -> dict[str, Any]:
    """Return what the template of the grouped list reads."""
    after, before = (_place(name) for name in ("after", "before"))
    connection = reading_unit().connection
    page = groups_of(connection, asked.view, looker(), after=after, before=before)
    measured = {item.clause_id: item for item in page.rows if item.target_indicator}
    told = figures_of(connection, asked.view, looker(), measured)
    latest = latest_of_clauses(connection, asked.view, looker(), measured)
    years = years_of_clauses(
        connection, asked.view, looker(), [item.clause_id for item in page.rows]
    )
    return frame_of(asked).facts | {
        "asked": asked,
        "view": asked.view,
        "page": page,
        "years": {key: year_marks(days) for key, days in years.items()},
        "sums": {
            key: summed(told.get(key, ()), of.target_unit, of) for key, of in measured.items()
        },
        "period_sums": {
            key: period_sums(latest.get(key, {}), of, of.key) for key, of in measured.items()
        },
        "group_url": group_url,
        "next_url": _turn(after=str(page.after) if page.after else None),
        "prev_url": _turn(before=str(page.before) if page.before else None),
    }


def _place(name: str) -> int | None:
    text = request.args.get(name, "")
    known = text.isdecimal() and text.isascii() and len(text) < PLACE_DIGITS
    return int(text) if known else None


def group_url(item: Grouped, **more: str) -> str:
    """Return the address of the directives of one clause within this view."""
    kept = {k: v for k, v in request.args.items() if k not in NOT_OF_GROUP and v}
    return page_at("directives.index", kept | {"clause": item.key} | more)


def _turn(**edge: str | None) -> str | None:
    if not any(edge.values()):
        return None
    return this_page(**({"after": None, "before": None} | edge))


def export(asked: Asked, kind: str) -> Response:
    """Return the whole view as a file: the columns shown, every row of it, in its order."""
    return table_file(
        kind,
        "nhiem-vu",
        _headings(asked),
        _values(asked),
        _("Danh sách nhiệm vụ"),
        lambda: _said(asked),
    )


def _said(asked: Asked) -> dict[str, str]:
    names = dict(names_by_code(reading_unit().connection))
    return {_("Điều kiện"): in_one_line(sentence_of(asked, names))}


def _shown() -> list[str]:
    hidden = hidden_columns()
    return [key for key in COLUMNS if key not in hidden]


def _headings(asked: Asked) -> list[TableColumn]:
    own = [TableColumn(str(words)) for key in _shown() for words, _cell in COLUMNS[key].values]
    return own + (figure_headings() if tells_figures(asked.view) else [])


def _values(asked: Asked) -> Iterator[list[Value]]:
    connection = reading_unit().connection
    hands, hidden = hands_today(), hidden_columns()
    cells = [cell for key in _shown() for _words, cell in COLUMNS[key].values]
    ways = ways_to(asked.view, looker())
    for rows in chunks_of(connection, ways, asked.order):
        others, currents = beside(connection, rows), currents_of(rows, hands)
        held = _held(rows, hidden)
        figures = figures_for([row.id for row in rows]) if tells_figures(asked.view) else {}
        for row in rows:
            clock = clock_in_line(row, currents.get(row.id), hands)
            who = held.get(row.id, NOBODY)
            told = [cell(row, clock, others.get(row.id, []), who) for cell in cells]
            yield told + figures.get(row.id, [])
