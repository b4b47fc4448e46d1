"""What holds as of a day, for many dossiers at once: `workflow.violations.detection` in SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    CompoundSelect,
    Connection,
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
from workflow.dossiers.records import Channel, ImportState
from workflow.dossiers.waiting import waits_from
from workflow.violations.catalogue import FROM_DOSSIERS, ViolationType
from workflow.violations.detection import MOMENTS
from workflow.violations.records import Cause, ViolationState
from workflow.violations.scopes import DossierScope, Scope
from workflow.violations.signs import DueOn

D = table_of(DossierRow).c
S = SCOPE.c
_OWN = (
    "source", "apology_on", "agency_id", "agency_text", "receiving_id", "receiving_text",
    "field_text", "procedure_code", "officer", "receipt_limit_at", *MOMENTS.values(),
)  # fmt: skip
Off = Callable[[str, CTE], ColumnElement[bool]]


def fill_scope(connection: Connection, scope: Scope, day: date, due_on: DueOn) -> None:
    """Write down the dossiers of a scope, each with its promised day as of `day`.

    The stored day holds the waits that ended; where one still ran on `day`, or was yet to be
    asked for on it, it is counted here.
    """
    wanted = _fell_due(day)
    if isinstance(scope, DossierScope):
        wanted = among(connection, D.id, scope.dossier_ids)
    rows = select(D.id, D.due_on).where(wanted)
    connection.execute(insert(SCOPE).from_select(["dossier_id", "due_on"], rows))
    count_in(connection, SCOPE)
    in_scope = select(S.dossier_id, D.promised_on, D.waits)
    in_scope = in_scope.join(DossierRow, D.id == S.dossier_id)
    moved = _pushed(connection, in_scope, day, due_on)
    if moved:
        connection.execute(
            update(SCOPE)
            .where(S.dossier_id == bindparam("dossier"))
            .values(due_on=bindparam("pushed")),
            moved,
        )


def _pushed(
    connection: Connection, rows: Select[*tuple[Any, ...]], day: date, due_on: DueOn
) -> list[dict[str, Any]]:
    """Return the promised days that a wait may move on `day`, each beside its dossier.

    A wait that was answered after `day` is in the stored day whole; `day` may lie in the past.
    """
    still_open = or_(D.ended_on.is_(None), D.ended_on > day)
    waiting = rows.where(
        D.waits_included.is_(False),
        D.promised_on < day,
        or_(D.waiting_since.is_not(None), and_(D.waited_days > 0, still_open)),
    )
    return [
        {"dossier": row.dossier_id, "pushed": due_on(row.promised_on, waits_from(row.waits))}
        for row in connection.execute(waiting)
    ]


def among(
    connection: Connection, column: ColumnElement[Any], ids: Sequence[int]
) -> ColumnElement[bool]:
    """Return the condition that a column is one of `ids`; a whole stretch is asked as such."""
    if ids and max(ids) - min(ids) + 1 == len(set(ids)):
        return column.between(min(ids), max(ids))
    if connection.dialect.name == "postgresql":
        return column == func.any(literal(list(ids), ARRAY(Integer)))
    listed = func.json_each(func.json(str(list(ids)))).table_valued("value")
    return column.in_(select(listed.c.value))


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
    in_scope = _facts(day, S.due_on).join(DossierRow, D.id == S.dossier_id)
    shown = _shown(in_scope, day, _off_of(connection, scope))
    connection.execute(insert(FOUND).from_select([column.name for column in FOUND.c], shown))
    count_in(connection, FOUND)


def _shown(
    facts: Select[*tuple[Any, ...]], day: date, off: Off
) -> CompoundSelect[*tuple[Any, ...]]:
    read_once = facts.cte("facts").prefix_with("MATERIALIZED")
    return union_all(*(_part(kind, read_once, day, off) for kind in FROM_DOSSIERS))


def _facts(day: date, due_on: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Select the dossiers that may show anything, to be read once for all types."""
    late = and_(due_on < day, or_(D.ended_on.is_(None), due_on < D.ended_on))
    late_receipt = and_(D.channel == Channel.ONLINE, D.receipt_limit_at < D.received_at)
    moments = [getattr(D, name).is_not(None) for name in MOMENTS.values()]
    return select(
        D.id.label("dossier_id"),
        due_on.label("due_on"),
        func.coalesce(late, false()).label("late"),
        func.coalesce(late_receipt, false()).label("late_receipt"),
        *(getattr(D, name) for name in _OWN),
    ).where(or_(late, late_receipt, *moments))


def _part(kind: ViolationType, facts: CTE, day: date, off: Off) -> Select[*tuple[Any, ...]]:
    holds, at, on = _rule(kind.code, facts)
    agency_id, agency_text = _charged(kind, facts)
    told: tuple[ColumnElement[Any], ...] = (
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
    )
    named = (one.label(column.name) for one, column in zip(told, FOUND.c, strict=True))
    return select(*named).where(holds, on <= day)


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
