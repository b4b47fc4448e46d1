"""Reads of dossiers: how many were on time, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, case, func, literal, select

from models.agencies.rows import AgencyRow
from models.dossiers.rows import DossierRow
from models.dossiers.timing import Judging, standing_is
from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.timing import Promise, Verdict, rate

__all__ = ["GROUPS", "Timeliness", "standing_is", "timeliness"]

AGENCY: ColumnElement[str] = func.coalesce(AgencyRow.code, DossierRow.agency_text)
"""The agency as the escalation engine knows it: its code, or the words of an unmatched one."""

GROUPS: dict[str, ColumnElement[str]] = {
    "agency": AGENCY,
    "field": DossierRow.field_text,  # type: ignore[dict-item]
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeliness:
    """Dossiers of one group as of a day; a key that was not asked for is None.

    `ended` counts those without a promised day too, the verdicts do not.
    """

    agency: str | None
    field: str | None
    received: int
    ended: int
    on_time: int
    late: int
    open_late: int

    @property
    def rate(self) -> float | None:
        """The share on time, None where nothing can be judged."""
        return rate(self.on_time, self.late, self.open_late)

    def as_json(self) -> dict[str, object]:
        """Return exactly the keys of `dondoc dossiers overdue --json`."""
        names = ("agency", "field", "received", "ended", "on_time", "late", "open_late", "rate")
        return {name: getattr(self, name) for name in names}


def timeliness(
    connection: Connection,
    day: date,
    calendar: WorkingCalendar,
    *,
    groups: Sequence[str] = (),
    by: Promise = Promise.FIRST,
) -> list[Timeliness]:
    """Count the dossiers received by `day` as they stood on it, by agency and field as asked.

    Dossiers that were received later do not count; what ended later was open. In the order
    of the groups' words; nothing where no dossier was received.
    """
    judging = Judging(day, calendar, by)
    verdicts = select(
        *(
            GROUPS[name].label(name) if name in groups else literal(None).label(name)
            for name in GROUPS
        ),
        judging.verdict().label("verdict"),
        judging.ended.label("ended"),
    ).outerjoin(AgencyRow, AgencyRow.id == DossierRow.agency_id)
    each = verdicts.where(judging.received).subquery()
    keys = [each.c[name] for name in groups]
    counted = select(
        each.c.agency if "agency" in groups else literal(None).label("agency"),
        each.c.field if "field" in groups else literal(None).label("field"),
        func.count().label("received"),
        func.sum(case((each.c.ended, 1), else_=0)).label("ended"),
        *(
            func.sum(case((each.c.verdict == one.value, 1), else_=0)).label(one.value)
            for one in (Verdict.ON_TIME, Verdict.LATE, Verdict.OPEN_LATE)
        ),
    )
    rows = connection.execute(counted.group_by(*keys) if keys else counted)
    found = [Timeliness(**row) for row in rows.mappings() if row["received"]]
    return sorted(found, key=lambda one: (one.agency or "", one.field or ""))
