"""What a chair asks of an agency beside its directives: what waits, and its one-stop shop."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    Select,
    String,
    cast,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)

from models.agencies.rows import AgencyRow
from models.directives.filters import Looker
from models.directives.rows import DirectiveRow
from models.dossiers.filters import DossierFilter, Viewer, ways_to
from models.dossiers.rows import DossierRow
from models.dossiers.timing import Judging
from models.escalation.rows import EscalationRow
from models.periods.conditions import outcome_is, readable_by
from models.periods.rows import PeriodRow
from models.review.queries import IS_OPEN
from models.review.queries import visible_to as case_visible_to
from models.summaries.meeting import WAITS, Waits, counted_waits
from models.summaries.standing import Scope, led_from, led_within
from models.violations.queries import STANDS
from models.violations.queries import visible_to as violation_visible_to
from models.violations.rows import ViolationRow
from workflow.dossiers.timing import Verdict, rate
from workflow.periods.records import Outcome
from workflow.violations.records import UNCONFIRMED

WAITING, DOSSIERS, VIOLATIONS, CASES = "waiting", "dossiers", "violations", "cases"
PERIODS = "periods"


@dataclass(slots=True)
class OneStop:
    """One agency with the units below it.

    Dossiers received in the period by their first promised day, as of its end; violations that
    occurred in it and count, those not confirmed yet among them as signs; cases open today.
    """

    verdicts: Counter[Verdict] = field(default_factory=Counter)
    violations: int = 0
    signs: int = 0
    cases: int = 0

    @property
    def overdue(self) -> int:
        """Dossiers that ended late or are open and late."""
        return self.verdicts[Verdict.LATE] + self.verdicts[Verdict.OPEN_LATE]

    @property
    def judged(self) -> int:
        """The denominator of the rate."""
        return self.verdicts[Verdict.ON_TIME] + self.overdue

    @property
    def rate(self) -> float | None:
        """The share on time, None where nothing can be judged."""
        on_time = self.verdicts[Verdict.ON_TIME]
        return rate(on_time, self.verdicts[Verdict.LATE], self.verdicts[Verdict.OPEN_LATE])

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.judged or self.violations or self.cases)


class Missing(NamedTuple):
    """The reporting periods of an agency that are overdue on the day asked, and the oldest day."""

    number: int
    since: date


class Beside(NamedTuple):
    """What a meeting's pages tell beside the report, by agency."""

    waits: Mapping[int, Waits]
    shops: Mapping[int, OneStop]
    missing: Mapping[int, Missing]


def beside_of(
    connection: Connection,
    scope: Scope,
    looker: Looker,
    viewer: Viewer,
    *,
    silent_days: int,
    agencies: Iterable[int],
) -> Beside:
    """Count what waits, and the one-stop shops of some agencies, in one statement for all."""
    wanted = frozenset(agencies)
    waits: dict[int, Waits] = {}
    missing: dict[int, Missing] = {}
    shops: defaultdict[int, OneStop] = defaultdict(OneStop)
    parts = (
        _waits(scope, looker, silent_days),
        _dossiers(scope, viewer),
        _violations(scope, looker),
        _cases(looker),
        _periods(scope, looker),
    )
    for what, agency, path, told, *numbers in connection.execute(union_all(*parts)):
        if what == WAITING:
            waits[agency] = Waits(**dict(zip(WAITS, map(int, numbers), strict=True)))
            continue
        if what == PERIODS:
            missing[agency] = Missing(int(numbers[0]), date.fromisoformat(told))
            continue
        for key in wanted.intersection(map(int, filter(None, path.split("/")))):
            _add(shops[key], what, told, int(numbers[0]))
    return Beside(waits=waits, shops=shops, missing=missing)


def _add(of: OneStop, what: str, told: str, number: int) -> None:
    if what == DOSSIERS:
        of.verdicts[Verdict(told)] += number
    elif what == VIOLATIONS:
        of.violations += number
        of.signs += number if told in UNCONFIRMED else 0
    else:
        of.cases += number


def _dossiers(scope: Scope, viewer: Viewer) -> Select[*tuple[Any, ...]]:
    view = DossierFilter(first=scope.span.first, last=scope.span.last)
    verdict = Judging(viewer.as_of, viewer.calendar).verdict()
    rows = (
        select(DossierRow.agency_id, verdict.label("told"))
        .where(or_(*ways_to(view, viewer)), DossierRow.received_on <= viewer.as_of)
        .subquery()
    )
    counted = select(rows.c.agency_id, rows.c.told, func.count().label("number")).group_by(
        rows.c.agency_id, rows.c.told
    )
    return _told(DOSSIERS, counted)


def _violations(scope: Scope, looker: Looker) -> Select[*tuple[Any, ...]]:
    days = ViolationRow.occurred_on.between(scope.span.first, scope.span.last)
    counted = (
        select(ViolationRow.agency_id, type_coerce(ViolationRow.state, String).label("told"),
               func.count().label("number"))
        .where(days, STANDS, violation_visible_to(looker.actor, looker.day))
        .group_by(ViolationRow.agency_id, ViolationRow.state)
    )  # fmt: skip
    return _told(VIOLATIONS, counted)


def _cases(looker: Looker) -> Select[*tuple[Any, ...]]:
    counted = (
        select(EscalationRow.agency_id, literal("").label("told"), func.count().label("number"))
        .where(IS_OPEN, case_visible_to(looker.actor, looker.day))
        .group_by(EscalationRow.agency_id)
    )
    return _told(CASES, counted)


def _periods(scope: Scope, looker: Looker) -> Select[*tuple[Any, ...]]:
    """Count the periods overdue without a report, with the oldest day as ISO words."""
    agency = PeriodRow.agency_id
    counted = (
        select(
            agency,
            cast(func.min(PeriodRow.due_on), String).label("told"),
            func.count().label("number"),
        )
        .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
        .where(
            outcome_is(Outcome.MISSING, looker.day),
            readable_by(looker.actor, looker.day),
            *led_from(scope),
            *led_within(agency, scope, looker),
        )
        .group_by(agency)
    )
    return _told(PERIODS, counted)


def _waits(scope: Scope, looker: Looker, silent_days: int) -> Select[*tuple[Any, ...]]:
    counted = counted_waits(scope, looker, silent_days).subquery()
    nothing = literal("", String)
    numbers = (counted.c[name] for name in WAITS)
    return select(literal(WAITING), counted.c.lead_agency_id, nothing, nothing, *numbers)


def _told(what: str, counted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    rows = counted.subquery()
    none = [literal(0) for _ in WAITS[1:]]
    return select(
        literal(what), AgencyRow.id, AgencyRow.path, rows.c.told, rows.c.number, *none
    ).join(AgencyRow, AgencyRow.id == rows.c.agency_id)
