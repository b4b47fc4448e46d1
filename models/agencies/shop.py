"""What an agency's page counts of its one-stop shop, beside the work that it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select

from models.agencies.scope import with_below
from models.dossiers.filters import DossierFilter, Viewer, ways_to
from models.dossiers.rows import DossierRow
from models.escalation.rows import EscalationRow
from models.review.queries import IS_OPEN
from models.review.queries import visible_to as cases_visible_to
from models.violations.queries import STANDS
from models.violations.queries import visible_to as violations_visible_to
from models.violations.rows import ViolationRow
from workflow.dossiers.timing import LATE, Verdict, rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """An agency with the units below it, as its reader sees them.

    `cases` of repeated violations that are open today; `violations` that count and `on_time`
    and `late` dossiers by their first promised day, of those received in the year.
    """

    cases: int = 0
    violations: int = 0
    on_time: int = 0
    late: int = 0

    @property
    def rate(self) -> float | None:
        """The share on time, None where nothing can be judged (product.md, section 5)."""
        return rate(self.on_time, self.late, 0)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.cases or self.violations or self.on_time or self.late)


def shop_counts(code: str, viewer: Viewer, first: date) -> Mapping[str, ScalarSelect[int]]:
    """Return what is counted of an agency since `first`, each as a column of one statement."""
    actor, day = viewer.actor, viewer.day
    return {
        "cases": _count(
            EscalationRow.agency_id.in_(with_below(code)), IS_OPEN, cases_visible_to(actor, day)
        ),
        "violations": _count(
            ViolationRow.agency_id.in_(with_below(code)),
            ViolationRow.occurred_on >= first,
            ViolationRow.occurred_on <= day,
            STANDS,
            violations_visible_to(actor, day),
        ),
        "on_time": _dossiers(code, viewer, first, frozenset({Verdict.ON_TIME})),
        "late": _dossiers(code, viewer, first, LATE),
    }


def _dossiers(
    code: str, viewer: Viewer, first: date, standing: frozenset[Verdict]
) -> ScalarSelect[int]:
    view = DossierFilter(agency=code, first=first, standing=standing)
    chosen = select(func.count(DossierRow.id)).where(or_(*ways_to(view, viewer)))
    return chosen.scalar_subquery()


def _count(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(*conditions).scalar_subquery()
