"""Standing work beside the report: its reporting periods, never the directives themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.directives.filters import Looker
from models.periods.queries import PeriodLine, periods_due
from models.summaries.queries import narrowed_ids
from models.summaries.said import Said, said_of
from models.summaries.standing import Scope
from models.unit import Unit
from web.formats import vn_date, vn_number
from web.periods.naming import named
from web.speech import gettext as _
from web.speech import ngettext
from workflow.periods.records import Outcome
from workflow.summaries.owing import is_owed_after, outcome_in
from workflow.summaries.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodTally:
    """The reporting periods of one agency that fell due in a period, by what came of them."""

    code: str
    name: str
    on_time: int = 0
    late: int = 0
    missing: int = 0

    @property
    def due(self) -> int:
        """All that fell due."""
        return self.on_time + self.late + self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One period without a report: what it is called, its day, and how long past that is."""

    serial: int
    recurs: str
    due_on: date
    days: int

    @property
    def name(self) -> str:
        """Return what it is called, in the language spoken when it is asked."""
        return named(self.due_on, self.serial, self.recurs)

    @property
    def words(self) -> str:
        """The period as a cell of a table tells it."""
        return _(
            "kỳ %(name)s: hạn %(day)s, quá %(n)s ngày",
            name=self.name,
            day=vn_date(self.due_on),
            n=vn_number(self.days),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingWork:
    """One line of the annex: a directive with all periods that an agency owes of it."""

    first: PeriodLine
    owed: tuple[Owed, ...]
    said: Said = field(default_factory=Said)

    @property
    def days(self) -> int:
        """How long past the oldest of them is."""
        return self.owed[0].days


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingWork:
    """What a report tells of standing work.

    The periods due in its days, counted by agency, and by name each that had no report on its
    last day, whenever it fell due.
    """

    tallies: tuple[PeriodTally, ...] = ()
    missing: tuple[MissingWork, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.tallies or self.missing)

    @property
    def owed(self) -> int:
        """How many periods had no report."""
        return sum(len(one.owed) for one in self.missing)

    @property
    def older(self) -> int:
        """How many of them fell due before the report's days."""
        return self.owed - sum(one.missing for one in self.tallies)


def standing_of(unit: Unit, scope: Scope, looker: Looker) -> StandingWork:
    """Read the periods of a report as of its last day, in two statements beside its narrowing."""
    documents, agencies = narrowed_ids(unit.connection, scope)
    span = scope.span
    lines = periods_due(
        unit.connection, looker, span.first, span.last, agencies=agencies, documents=documents,
        with_owed=True,
    )  # fmt: skip
    missing = [one for one in lines if is_owed_after(one.period, span)]
    said = said_of(unit.connection, sorted({one.number for one in missing}), span.last)
    return StandingWork(
        tallies=_tallies(lines, span), missing=tuple(_by_directive(missing, said, span.last))
    )


def _tallies(lines: Sequence[PeriodLine], span: Span) -> tuple[PeriodTally, ...]:
    found: defaultdict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
    for line in lines:
        outcome = outcome_in(line.period, span)
        if outcome is not None:
            found[line.agency_code, line.agency_name][outcome] += 1
    return tuple(
        PeriodTally(
            code=code,
            name=name,
            on_time=counts[Outcome.ON_TIME],
            late=counts[Outcome.LATE],
            missing=counts[Outcome.MISSING],
        )
        for (code, name), counts in found.items()
    )


def _by_directive(
    missing: Sequence[PeriodLine], said: dict[str, Said], last: date
) -> list[MissingWork]:
    """Put the periods of one directive together, by agency, the longest past first."""
    found: defaultdict[tuple[str, str], list[PeriodLine]] = defaultdict(list)
    places: dict[str, int] = {}
    for one in missing:
        places.setdefault(one.agency_code, len(places))
        found[one.agency_code, one.number].append(one)
    rows = [
        MissingWork(
            first=lines[0],
            owed=tuple(_owed(one, last) for one in lines),
            said=said.get(lines[0].number, Said()),
        )
        for lines in found.values()
    ]
    rows.sort(key=lambda one: (places[one.first.agency_code], -one.days, one.first.number))
    return rows


def _owed(line: PeriodLine, last: date) -> Owed:
    period = line.period
    return Owed(
        serial=period.serial,
        recurs=line.recurs,
        due_on=period.due_on,
        days=(last - period.due_on).days,
    )


def told_of_standing(works: int, tallies: Sequence[PeriodTally]) -> str:
    """Say how much standing work there is, and how its periods of the days were answered."""
    said = ngettext(
        "%(num)s nhiệm vụ thường xuyên, định kỳ, ngoài các số trên",
        "%(num)s nhiệm vụ thường xuyên, định kỳ, ngoài các số trên",
        works,
    )
    due = sum(one.due for one in tallies)
    if not due:
        return said + _(": không có kỳ báo cáo nào đến hạn trong kỳ.")
    return said + _(
        ": %(due)s kỳ đến hạn, %(on_time)s báo cáo đúng hạn, %(late)s quá hạn, "
        "%(missing)s chưa báo cáo.",
        due=vn_number(due),
        on_time=vn_number(sum(one.on_time for one in tallies)),
        late=vn_number(sum(one.late for one in tallies)),
        missing=vn_number(sum(one.missing for one in tallies)),
    )


def told_of_owed(of: StandingWork, last: date) -> str:
    """Say how many periods had no report on the last day, and of how many works."""
    said = _(
        "Đến hết ngày %(day)s còn %(n)s kỳ chưa báo cáo của %(works)s nhiệm vụ",
        day=vn_date(last),
        n=vn_number(of.owed),
        works=vn_number(len({one.first.number for one in of.missing})),
    )
    if not of.older:
        return f"{said}."
    if of.older == of.owed:
        return said + _(", đều đến hạn từ trước kỳ báo cáo.")
    return said + _(", trong đó %(n)s kỳ đến hạn từ trước kỳ báo cáo.", n=vn_number(of.older))
