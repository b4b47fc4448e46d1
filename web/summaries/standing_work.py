"""Standing work beside the report: its reporting periods, never the directives themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from models.directives.filters import Looker
from models.periods.queries import periods_due
from models.summaries.queries import narrowed_ids
from models.summaries.standing import Scope
from models.unit import Unit
from web.formats import vn_number
from web.speech import gettext as _
from web.speech import ngettext
from workflow.periods.records import Outcome
from workflow.periods.timing import outcome_of


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


def periods_of(unit: Unit, scope: Scope, looker: Looker) -> tuple[PeriodTally, ...]:
    """Count the reporting periods due in a report's days, by agency, as of its last day."""
    found: defaultdict[tuple[str, str], Counter[Outcome]] = defaultdict(Counter)
    documents, agencies = narrowed_ids(unit.connection, scope)
    first, last = scope.span.first, scope.span.last
    for line in periods_due(
        unit.connection, looker, first, last, agencies=agencies, documents=documents
    ):
        outcome = outcome_of(line.period, last)
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
