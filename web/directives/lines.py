"""The rows of the list as markup, each drawn once for all that it shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from flask import current_app, request
from markupsafe import Markup

from models.directives.inside import Held
from models.directives.listed import Listed
from models.periods.current import Current
from web.directives.clock import Clock, Hands
from web.directives.columns import COLUMNS, NOBODY, marks, told
from web.formats import vn_date
from web.periods.current import clock_of
from web.speech import language
from workflow.calendar.working import WorkingCalendar

MOST_LOOKS, MOST_ROWS = 8, 1_000
_PLAIN = tuple(key for key, column in COLUMNS.items() if not column.at_first)


class Look(NamedTuple):
    """What all rows of a table are drawn by: language, columns, the day and its calendar."""

    language: str
    root: str
    hidden: frozenset[str]
    chooses: bool
    today: date
    bands: tuple[int, ...]
    calendar: WorkingCalendar

    @property
    def plain(self) -> tuple[str, ...]:
        """The columns beyond those one sees at first; what is hidden is not even worked out."""
        return tuple(key for key in _PLAIN if key not in self.hidden)


class Line(NamedTuple):
    """One row: what it shows in a look follows from these, and from nothing else.

    A row comes here from its reader's own query with all that is shown of it, so nobody is
    given a row that they did not just read, nor one of before it changed.
    """

    row: Listed
    beside: tuple[str, ...] = ()
    period: Current | None = None
    held: Held = NOBODY


NO_ROUTING: Mapping[int, Held] = MappingProxyType({})
NO_PERIODS: Mapping[int, Current] = MappingProxyType({})
_DRAWN: dict[Look, dict[Line | Listed, str]] = {}


def look_of(hands: Hands, hidden: frozenset[str], *, chooses: bool) -> Look:
    """Return how this request's rows are drawn."""
    return Look(
        language=language(),
        root=request.script_root,
        hidden=hidden,
        chooses=chooses,
        today=hands.today,
        bands=hands.bands,
        calendar=hands.calendar,
    )


def lines_of(
    rows: Collection[Listed],
    look: Look,
    beside: Mapping[int, list[str]],
    currents: Mapping[int, Current] = NO_PERIODS,
    held: Mapping[int, Held] = NO_ROUTING,
) -> Markup:
    """Return the rows of a table.

    `beside` are the agencies that coordinate, where shown; `currents` where standing works stand;
    `held` who of the reader's own agency has them, where shown.
    """
    drawn, pen = _room_for(look, len(rows)), Pen(look)
    if beside or currents or held:
        lines = [
            Line(r, tuple(beside.get(r.id, ())), currents.get(r.id), held.get(r.id, NOBODY))
            for r in rows
        ]
        texts = [drawn.get(line) or drawn.setdefault(line, pen.draw(line)) for line in lines]
    else:  # most pages: a row is all there is to it
        texts = [drawn.get(r) or drawn.setdefault(r, pen.draw(Line(r))) for r in rows]
    return Markup("".join(texts))  # noqa: S704 - the template escaped them


def _room_for(look: Look, count: int) -> dict[Line | Listed, str]:
    """Return the rows that were drawn in a look; old ones are put away when there are many."""
    if current_app.debug:
        return {}
    if look not in _DRAWN and len(_DRAWN) >= MOST_LOOKS:
        _DRAWN.clear()
    drawn = _DRAWN.setdefault(look, {})
    if len(drawn) + count > MOST_ROWS:
        drawn = _DRAWN[look] = {}
    return drawn


def clock_in_line(row: Listed, current: Current | None, hands: Hands) -> Clock:
    """Return how a row stands: against its date, or standing work against its periods."""
    if current is not None and row.due_on is None and row.suspended_since is None:
        return clock_of(current, hands)
    return hands.of(row.state, row.due_on, row.completed_on, row.suspended_since)


class Pen:
    """Draws rows of one look; what they share is worked out at the first."""

    def __init__(self, look: Look) -> None:
        self.look = look

    @cached_property
    def _template(self) -> Any:
        return current_app.jinja_env.get_template("directives/lines.html").module

    @cached_property
    def _sees(self) -> dict[str, str]:
        hidden = self.look.hidden
        return {key: str(column.words) for key, column in COLUMNS.items() if key not in hidden}

    @cached_property
    def _hands(self) -> Hands:
        return Hands(self.look.calendar, self.look.today, self.look.bands)

    def draw(self, line: Line) -> str:
        """Return a row as markup."""
        return str(self._template.line(self._shown(line), self._sees, self.look.chooses))

    def _shown(self, line: Line) -> dict[str, Any]:
        row = line.row
        return {
            "number": row.number,
            "content": row.content,
            "lead": row.lead_name,
            "state": row.state.value,
            "due_on": row.due_on,
            "due": vn_date(row.due_on) if row.due_on else row.deadline_text,
            "clock": clock_in_line(row, line.period, self._hands),
            "owes": line.period is not None and line.period.missing > 0,
            "marks": marks(row),
            "told": [
                (key, told(key, row, list(line.beside), line.held)) for key in self.look.plain
            ],
            "is_news": row.is_news,
        }
