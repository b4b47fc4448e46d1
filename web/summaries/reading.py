"""A report as it is read from memory, for its page, its files and the command alike."""

from __future__ import annotations

from dataclasses import dataclass

from models.directives.filters import Looker
from models.summaries.inputs import LateInput, late_inputs_of
from models.summaries.lines import Line, Said, beside_of, lines_of, said_of
from models.summaries.queries import AgencyTally, tallies_of
from models.summaries.standing import Scope
from models.unit import Unit
from workflow.summaries.records import Figure, Tally
from workflow.text import sort_key

LATE = (Figure.OPEN_LATE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class LateWork:
    """One late directive of the annex: how late, who takes part, what was last said of it."""

    line: Line
    days: int
    beside: tuple[str, ...]
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report: its figures by agency, all of them together, and the annex of late work.

    `left_out` says whether there is more late work than the annex holds.
    """

    scope: Scope
    agencies: tuple[AgencyTally, ...]
    whole: Tally
    late: tuple[LateWork, ...]
    inputs: tuple[LateInput, ...] = ()
    left_out: bool = False

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

    It holds at most `most_late` late directives; with two more statements, who coordinates
    them, and what coordinating agencies owe.
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
        left_out=left_out,
    )


def late_of(
    unit: Unit, scope: Scope, looker: Looker, *, most: int, with_partners: bool
) -> tuple[tuple[LateWork, ...], bool]:
    """Return the late work of a report by agency, and whether some of it is left out."""
    found = lines_of(unit.connection, scope, looker, LATE, limit=most)
    said = said_of(unit.connection, found.rows, scope.span.last)
    beside = beside_of(unit.connection, found.rows) if with_partners else {}
    late = [
        LateWork(
            line=line,
            days=line.days_late(scope.span.last),
            beside=tuple(beside.get(line.id, ())),
            said=said.get(line.number, Said()),
        )
        for line in found.rows
    ]
    late.sort(key=lambda one: (sort_key(one.line.lead_name), -one.days, one.line.number))
    return tuple(late), found.after is not None
