"""Reports that went back, for the paper that answers anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, bindparam, exists, select

from models.base import table_of
from models.directives.rows import ReportRow


@dataclass(frozen=True, slots=True, kw_only=True)
class WentBack:
    """What a report said that was returned, or taken back by its own agency, and why."""

    serial: int
    outcome: str
    outcome_reason: str
    result: str
    report_number: str
    report_date: date | None
    signer: str
    figure: Decimal | None
    own_figure: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    open_parts_reason: str


_REPORTS = table_of(ReportRow)
_NEWER = _REPORTS.alias("newer")
_LAST_BACK = select(_REPORTS).where(
    _REPORTS.c.directive_id.in_(bindparam("keys", expanding=True)),
    _REPORTS.c.outcome.in_(("recalled", "returned")),
    ~exists(
        select(_NEWER.c.id).where(
            _NEWER.c.directive_id == _REPORTS.c.directive_id,
            _NEWER.c.serial > _REPORTS.c.serial,
        )
    ),
)


def went_back(connection: Connection, keys: Sequence[int]) -> dict[int, WentBack]:
    """Return the last report of each of several directives where it went back; one statement."""
    rows = connection.execute(_LAST_BACK, {"keys": list(keys)}).all() if keys else ()
    return {
        row.directive_id: WentBack(**{one.name: getattr(row, one.name) for one in fields(WentBack)})
        for row in rows
    }
