"""What holds as of a day, for many dossiers at once: `workflow.violations.detection` in SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Connection,
    Insert,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    union_all,
    update,
)

from models.base import table_of
from models.dossiers.rows import DossierImportRow, DossierRow
from models.violations.moments import morning_after, next_day, province_day
from models.violations.rows import ViolationRow
from models.violations.scratch import FOUND, SCOPE, count_in
from workflow.dossiers.records import Channel, ImportState, Wait
from workflow.violations.catalogue import FROM_DOSSIERS, ViolationType
from workflow.violations.detection import MOMENTS
from workflow.violations.records import Cause, DossierScope, Scope, ViolationState

D = table_of(DossierRow).c
S = SCOPE.c
_OWN = (
    "source", "apology_on", "agency_id", "agency_text", "receiving_id", "receiving_text",
    "field_text", "procedure_code", "officer", "receipt_limit_at", *MOMENTS.values(),
)  # fmt: skip
Off = Callable[[str, CTE], ColumnElement[bool]]
DueOn = Callable[[date, Sequence[Wait]], date]
"""Push a promised day back by waits of which one is still open, as of the day asked."""


def fill_scope(connection: Connection, scope: Scope, day: date, due_on: DueOn) -> None:
    """Write down the dossiers of a scope, each with its promised day as of `day`.

    The stored day holds the waits that ended; where one still ran on `day` it is counted here.
    """
    wanted = _among(connection, scope) if isinstance(scope, DossierScope) else _fell_due(day)
    rows = select(D.id, D.due_on).where(wanted)
    connection.execute(insert(SCOPE).from_select(["dossier_id", "due_on"], rows))
    count_in(connection, SCOPE)
    waiting = connection.execute(
        select(S.dossier_id, D.promised_on, D.waits)
        .join(DossierRow, D.id == S.dossier_id)
        .where(
            D.waits_included.is_(False),
            D.promised_on < day,
            or_(D.waiting_since.is_not(None), and_(D.waited_days > 0, D.ended_on > day)),
        )
    ).all()
    moved = [
        {"dossier": row.dossier_id, "pushed": due_on(row.promised_on, waits_from(row.waits))}
        for row in waiting
    ]
    if moved:
        connection.execute(
            update(SCOPE)
            .where(S.dossier_id == bindparam("dossier"))
            .values(due_on=bindparam("pushed")),
            moved,
        )


def waits_from(kept: Sequence[Sequence[str | None]]) -> tuple[Wait, ...]:
    """Return the waits that a row keeps as pairs of days."""
    return tuple(
        Wait(date.fromisoformat(asked), date.fromisoformat(answered) if answered else None)
        for asked, answered in kept
        if asked
    )


def _among(connection: Connection, scope: DossierScope) -> ColumnElement[bool]:
    ids = list(scope.dossier_ids)
    if connection.dialect.name == "postgresql":
        return D.id == func.any(literal(ids, ARRAY(Integer)))
    listed = func.json_each(func.json(str(ids))).table_valued("value")
    return D.id.in_(select(listed.c.value))


def _fell_due(day: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Open dossiers past their day that have no sign of it yet, and those whose day still moves.

    What somebody judged not to count is not looked at again.
    """
    known = exists(
        select(ViolationRow.id).where(
            ViolationRow.dossier_id == D.id,
            ViolationRow.type == "V16",
            ViolationRow.serial == 0,
            or_(
                ViolationRow.state != ViolationState.OVERTURNED,
                ViolationRow.cause != Cause.MENDED,
            ),
        )
    )
    return and_(D.ended_on.is_(None), D.due_on < day, or_(~known, D.waiting_since.is_not(None)))


def is_due(day: ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that any dossier fell due before a day."""
    return select(D.id).where(_fell_due(day)).exists()


def anything_due(connection: Connection, day: date) -> bool:
    """Whether any dossier fell due before `day`; most nights are asked this alone."""
    return connection.execute(select(D.id).where(_fell_due(day)).limit(1)).first() is not None


def fill_found(connection: Connection, scope: Scope, day: date) -> None:
    """Write down what the dossiers of the scope show as of `day`."""
    off = _off_of(connection, scope)
    connection.execute(_found(day, off))
    count_in(connection, FOUND)


def _found(day: date, off: Off) -> Insert:
    facts = _facts(day)
    parts = [_part(kind, facts, day, off) for kind in FROM_DOSSIERS]
    return insert(FOUND).from_select([column.name for column in FOUND.c], union_all(*parts))


def _facts(day: date) -> CTE:
    """Return the dossiers that may show anything, read once for all types."""
    late = and_(S.due_on < day, or_(D.ended_on.is_(None), S.due_on < D.ended_on))
    late_receipt = and_(D.channel == Channel.ONLINE, D.receipt_limit_at < D.received_at)
    moments = [getattr(D, name).is_not(None) for name in MOMENTS.values()]
    return (
        select(
            S.dossier_id,
            S.due_on,
            func.coalesce(late, false()).label("late"),
            func.coalesce(late_receipt, false()).label("late_receipt"),
            *(getattr(D, name) for name in _OWN),
        )
        .join(DossierRow, D.id == S.dossier_id)
        .where(or_(late, late_receipt, *moments))
        .cte("facts")
        .prefix_with("MATERIALIZED")
    )


def _part(kind: ViolationType, facts: CTE, day: date, off: Off) -> Select[*tuple[Any, ...]]:
    holds, at, on = _rule(kind.code, facts)
    agency_id, agency_text = _charged(kind, facts)
    return select(
        facts.c.dossier_id,
        literal(kind.code),
        at,
        on,
        agency_id,
        case((agency_id.is_(None), agency_text), else_=""),
        facts.c.field_text,
        facts.c.procedure_code,
        facts.c.officer,
        literal(kind.severity.value),
        off(kind.code, facts),
    ).where(holds, on <= day)


def _rule(
    code: str, facts: CTE
) -> tuple[ColumnElement[bool], ColumnElement[Any], ColumnElement[date]]:
    """Return whether a type holds, its instant and its day in the province."""
    f = facts.c
    if code in {"V16", "V17"}:
        apologised = and_(f.apology_on.is_not(None), f.apology_on <= f.due_on)
        holds = f.late if code == "V16" else and_(f.late, ~apologised)
        return holds, morning_after(f.due_on), next_day(f.due_on)
    if code == "V19":
        return f.late_receipt, f.receipt_limit_at, province_day(f.receipt_limit_at)
    moment = f[MOMENTS[code]]
    return moment.is_not(None), moment, province_day(moment)


def _charged(kind: ViolationType, facts: CTE) -> tuple[ColumnElement[Any], ColumnElement[str]]:
    """Return whose act it is: of the unit that received, where the file names one, or resolves."""
    f = facts.c
    if not kind.at_receipt:
        return f.agency_id, f.agency_text
    apart = or_(f.receiving_id.is_not(None), f.receiving_text != "")
    return (
        case((apart, f.receiving_id), else_=f.agency_id),
        case((apart, f.receiving_text), else_=f.agency_text),
    )


def _off_of(connection: Connection, scope: Scope) -> Off:
    if isinstance(scope, DossierScope):
        return lambda code, _: true() if code in scope.off else false()
    told = off_by_source(connection)
    return lambda code, facts: facts.c.source.in_(
        [source for source, off in told.items() if code in off]
    )


def off_by_source(connection: Connection) -> dict[str, frozenset[str]]:
    """Return for each source the types that its newest import could not tell."""
    newest = (
        select(func.max(DossierImportRow.id))
        .where(DossierImportRow.state == ImportState.FINISHED)
        .group_by(DossierImportRow.source)
    )
    rows = connection.execute(
        select(DossierImportRow.source, DossierImportRow.detections_off).where(
            DossierImportRow.id.in_(newest)
        )
    )
    return {row.source: frozenset(row.detections_off) for row in rows}
