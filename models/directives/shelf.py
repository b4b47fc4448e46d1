"""What officers prepared on directives, read: reports, and other acts that wait to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, null, select
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.base import table_of
from models.directives.matter_rows import REPORT, PreparedRow
from workflow.directives.matters import Draft, Prepared, PreparedState
from workflow.evidence.records import StoredFile

_PREPARED = table_of(PreparedRow)
_Ender, _Changer = aliased(AccountRow, name="ender"), aliased(AccountRow, name="changer")
_READ_PREPARED = (
    select(
        _PREPARED,
        AccountRow.name.label("preparer"),
        _Changer.name.label("changer"),
        _Ender.name.label("ender"),
    )
    .join(AccountRow, AccountRow.id == _PREPARED.c.by)
    .outerjoin(_Changer, _Changer.id == _PREPARED.c.changed_by)
    .outerjoin(_Ender, _Ender.id == _PREPARED.c.ended_by)
    .where(_PREPARED.c.directive_id == bindparam("of_directive"))
    .order_by(_PREPARED.c.id.desc())
)
_READ_STANDING = (
    select(
        _PREPARED,
        AccountRow.name.label("preparer"),
        _Changer.name.label("changer"),
        null().label("ender"),
    )
    .join(AccountRow, AccountRow.id == _PREPARED.c.by)
    .outerjoin(_Changer, _Changer.id == _PREPARED.c.changed_by)
    .where(
        _PREPARED.c.directive_id.in_(bindparam("keys", expanding=True)),
        _PREPARED.c.agency_id == bindparam("of_agency"),
        _PREPARED.c.state == PreparedState.STANDING,
    )
)
_COPIED = (
    "id", "agency_id", "by", "at", "result", "report_number", "report_date", "signer", "figure",
    "own_figure", "numerator", "denominator", "open_parts_reason", "period_from", "period_to",
    "changed_by", "note", "ended_at",
)  # fmt: skip


class Shelf(NamedTuple):
    """What officers prepared on a directive, the newest first: reports, and other acts."""

    prepared: tuple[Prepared, ...] = ()
    drafts: tuple[Draft, ...] = ()


def prepared_of(connection: Connection, directive_id: int, agency_id: int | None = None) -> Shelf:
    """Return what officers prepared; of one agency where named."""
    found = _READ_PREPARED
    if agency_id is not None:
        found = found.where(_PREPARED.c.agency_id == agency_id)
    return _shelf(connection.execute(found, {"of_directive": directive_id}))


def standing_of_several(
    connection: Connection, keys: Sequence[int], agency_id: int
) -> dict[int, Shelf]:
    """Return by directive what waits in one agency, in one statement."""
    named = {"keys": list(keys), "of_agency": agency_id}
    found: dict[int, list[Row[*tuple[Any, ...]]]] = {}
    for row in connection.execute(_READ_STANDING, named):
        found.setdefault(row.directive_id, []).append(row)
    return {key: _shelf(rows) for key, rows in found.items()}


def _shelf(rows: Iterable[Row[*tuple[Any, ...]]]) -> Shelf:
    known = list(rows)
    return Shelf(
        tuple(_prepared(row) for row in known if row.act == REPORT),
        tuple(_draft(row) for row in known if row.act != REPORT),
    )


def _prepared(row: Row[*tuple[Any, ...]]) -> Prepared:
    values: Mapping[Any, Any] = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
    return Prepared(
        **{name: values[name] for name in _COPIED},
        state=PreparedState(row.state),
        by_name=row.preparer,
        changed_by_name=row.changer or "",
        ended_by=row.ender or "",
        files=tuple(StoredFile(**one) for one in row.files),
        hands=frozenset(row.hands),
    )


def _draft(row: Row[*tuple[Any, ...]]) -> Draft:
    values: Mapping[Any, Any] = row._mapping  # noqa: SLF001 - SQLAlchemy's public name
    return Draft(
        **{name: values[name] for name in ("id", "agency_id", "act", "by", "at", "note")},
        by_name=row.preparer,
        said=row.said or {},
        state=PreparedState(row.state),
        files=tuple(StoredFile(**one) for one in row.files),
        hands=frozenset(row.hands),
        ended_by=row.ender or "",
        ended_at=row.ended_at,
    )
