"""A report as it is read from memory, for its page, its files and the command alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from models.directives.filters import Looker
from models.summaries.inputs import LateInput, late_inputs_of
from models.summaries.lines import Line, beside_of, lines_of
from models.summaries.moves import Moves, moves_of
from models.summaries.queries import AgencyTally, Issued, documents_of, tallies_of
from models.summaries.said import Said, Told, told_of
from models.summaries.standing import Scope
from models.unit import Unit
from web.wiring import office
from workflow.directives.holding import Charge, charge, held_beyond
from workflow.summaries.records import Figure, Tally
from workflow.text import sort_key

LATE = (Figure.OPEN_LATE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateWork:
    """One late directive of the annex: how late, who takes part, what was last said of it.

    `whose` says to whom the days of it are charged: its lead, those above who held it beyond
    their answer time, whoever led it before. None where that was not asked.
    """

    line: Line
    days: int
    beside: tuple[str, ...]
    said: Said
    whose: Charge | None = None

    @property
    def own(self) -> int | None:
        """How many of the days are the lead's own; None where that was not asked."""
        return self.whose.lead if self.whose else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report: its figures by agency, all of them together, and the annex of late work.

    `left_out` says whether there is more late work than the annex holds; `documents` are those
    it is limited to, where that was asked.
    """

    scope: Scope
    agencies: tuple[AgencyTally, ...]
    whole: Tally
    late: tuple[LateWork, ...]
    inputs: tuple[LateInput, ...] = ()
    moves: Moves = field(default_factory=Moves)
    left_out: bool = False
    documents: tuple[Issued, ...] = ()

    @property
    def late_inputs(self) -> int:
        """How many requests to coordinating agencies went unanswered past their day."""
        return sum(one.late_inputs for one in self.agencies)

    @property
    def counted(self) -> tuple[AgencyTally, ...]:
        """The agencies that had something to do in the period."""
        return tuple(one for one in self.agencies if one.tally.given)

    @property
    def late_agencies(self) -> tuple[AgencyTally, ...]:
        """The agencies with late work, those with most of it first."""
        found = [one for one in self.agencies if one.tally[Figure.OPEN_LATE]]
        return tuple(sorted(found, key=lambda one: -one.tally[Figure.OPEN_LATE]))


def report_of(
    unit: Unit,
    scope: Scope,
    looker: Looker,
    *,
    most_late: int,
    with_partners: bool = False,
) -> Report:
    """Read a report in three statements.

    It holds at most `most_late` late directives; with a few more statements, who coordinates
    them, to whom their days are charged, what coordinating agencies owe, and what the days
    changed of extensions and leads.
    """
    agencies = tallies_of(unit.connection, scope, looker)
    late, left_out = late_of(unit, scope, looker, most=most_late, with_partners=with_partners)
    return Report(
        scope=scope,
        agencies=agencies,
        whole=sum((one.tally for one in agencies), Tally()),
        late=late,
        inputs=late_inputs_of(unit.connection, scope, looker, limit=most_late)
        if with_partners
        else (),
        moves=moves_of(unit.connection, scope, looker) if with_partners else Moves(),
        left_out=left_out,
        documents=picked(unit, scope, looker) if with_partners else (),
    )


def picked(unit: Unit, scope: Scope, looker: Looker) -> tuple[Issued, ...]:
    """Return the documents that a report is limited to; none where it tells of all."""
    if not scope.documents:
        return ()
    return documents_of(unit.connection, looker, scope, limit=len(scope.documents))


def late_of(
    unit: Unit, scope: Scope, looker: Looker, *, most: int, with_partners: bool
) -> tuple[tuple[LateWork, ...], bool]:
    """Return the late work of a report by agency, and whether some of it is left out."""
    found = lines_of(unit.connection, scope, looker, LATE, limit=most)
    last = scope.span.last
    told = told_of(unit.connection, found.rows, last, with_waits=with_partners)
    beside = beside_of(unit.connection, found.rows) if with_partners else {}
    charged = _charges(unit, last) if with_partners else None
    late = []
    for line in found.rows:
        known, days = told.get(line.number, Told()), line.days_late(last)
        late.append(
            LateWork(
                line=line,
                days=days,
                beside=tuple(beside.get(line.id, ())),
                said=known.said,
                whose=charged(line, known, days) if charged else None,
            )
        )
    late.sort(key=lambda one: (sort_key(one.line.lead_name), -one.days, one.line.number))
    return tuple(late), found.after is not None


def _charges(unit: Unit, last: date) -> Callable[[Line, Told, int], Charge]:
    """Return to whom the days of late work are charged as of a day, by the ledger's rules."""
    calendar, limits = office().calendar(unit), office().settings.limits

    def charged(line: Line, known: Told, days: int) -> Charge:
        held = held_beyond(known.waits, calendar, limits, last)
        return charge(days, held, line.completed_on or last, since=known.since)

    return charged
