"""Detection set by set: what holds is laid beside what is kept, and only the difference moves.

Never row by row: a chunk of an import costs the same dozen statements whatever it holds.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    text,
    true,
    update,
)

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.violations.finding import anything_due, fill_found, fill_scope
from models.violations.rows import ViolationRow, ViolationStateRow
from models.violations.scratch import FOUND, SCOPE, TURNS, clean_sheets
from workflow.escalation.records import Touched
from workflow.violations.catalogue import FROM_DOSSIERS
from workflow.violations.detection import APOLOGISED, FACT_BACK, FACT_GONE, NOT_OVERDUE
from workflow.violations.ports import Change
from workflow.violations.records import Cause, ViolationSource, ViolationState
from workflow.violations.scopes import Detected, DossierScope, Scope
from workflow.violations.signs import DueOn

VIOLATIONS = table_of(ViolationRow)
V, F, T, S = VIOLATIONS.c, FOUND.c, TURNS.c, SCOPE.c
OVERTURNED = ViolationState.OVERTURNED
_FACTS = (
    "occurred_at", "occurred_on", "agency_id", "agency_text", "field_text", "procedure_code",
    "officer",
)  # fmt: skip
_SAME = and_(V.dossier_id == F.dossier_id, V.type == F.type, V.serial == 0)
_TURNED = and_(T.dossier_id == F.dossier_id, T.type == F.type)
FOUND_NEW, BACK, MOVED, GONE = "found", "reinstated", "moved", "overturned"
GREW = (FOUND_NEW, BACK)


def detect(connection: Connection, scope: Scope, day: date, at: datetime, due_on: DueOn) -> Change:
    """Bring the violations of a scope to what holds as of `day`; say what changed."""
    if not isinstance(scope, DossierScope) and not anything_due(connection, day):
        return Detected(), ()
    clean_sheets(connection)
    hold(connection)
    fill_scope(connection, scope, day, due_on)
    fill_found(connection, scope, day)
    _find_turns(connection, day)
    counts = _counts(connection)
    touched: tuple[Touched, ...] = ()
    if counts:
        touched = tuple(_touched(connection))
        keep_as_known(connection, at, select(T.violation_id).where(T.violation_id.is_not(None)))
        _turn(connection, at)
    return Detected(**counts), touched


def hold(connection: Connection) -> None:
    """Let nobody else change violations until the end of the transaction; all may read.

    What was laid beside each other must still stand when the difference is kept: a person who
    judges waits for the chunk of an import, two imports wait for each other.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE violations IN SHARE ROW EXCLUSIVE MODE"))


def _find_turns(connection: Connection, day: date) -> None:
    names = ["kind", "violation_id", "dossier_id", "type", "reason"]
    connection.execute(insert(TURNS).from_select(names, _shown()))
    connection.execute(insert(TURNS).from_select(names, _gone(day)))


def _shown() -> Select[*tuple[Any, ...]]:
    """Select what holds and is not kept so: new, fallen before, or with other facts."""
    told_by_hand = VIOLATIONS.alias("told")
    by_hand = exists(
        select(told_by_hand.c.id).where(
            told_by_hand.c.dossier_id == F.dossier_id,
            told_by_hand.c.type == F.type,
            told_by_hand.c.serial > 0,
            told_by_hand.c.occurred_on == F.occurred_on,
        )
    )
    mended = and_(V.state == OVERTURNED, V.cause == Cause.MENDED)
    differs = or_(*(V[name].is_distinct_from(F[name]) for name in _FACTS))
    kind = case(
        (V.id.is_(None), FOUND_NEW),
        (V.state == OVERTURNED, BACK),
        else_=MOVED,
    )
    return (
        select(kind, V.id, F.dossier_id, F.type, literal(FACT_BACK))
        .select_from(FOUND.outerjoin(VIOLATIONS, _SAME))
        .where(
            or_(
                and_(V.id.is_(None), F.off.is_(False), ~by_hand),
                and_(mended, F.off.is_(False)),
                and_(V.state != OVERTURNED, differs),
            )
        )
    )


def _gone(day: date) -> Select[*tuple[Any, ...]]:
    """Select what is kept and no longer holds; what lies after the day asked is not judged."""
    late = FOUND.alias("late")
    still_late = exists(
        select(late.c.dossier_id).where(late.c.dossier_id == V.dossier_id, late.c.type == "V16")
    )
    reason = case(
        (and_(V.type == "V17", still_late), APOLOGISED),
        (V.type.in_(["V16", "V17"]), NOT_OVERDUE),
        else_=FACT_GONE,
    )
    kept = SCOPE.join(VIOLATIONS, V.dossier_id == S.dossier_id)
    return (
        select(literal(GONE), V.id, V.dossier_id, V.type, reason)
        .select_from(kept.outerjoin(FOUND, and_(F.dossier_id == V.dossier_id, F.type == V.type)))
        .where(
            V.serial == 0,
            V.source == ViolationSource.DETECTED,
            V.type.in_([kind.code for kind in FROM_DOSSIERS]),
            V.state != OVERTURNED,
            V.occurred_on <= day,
            F.dossier_id.is_(None),
        )
    )


def _counts(connection: Connection) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    rows = connection.execute(
        select(T.kind, T.type, func.count()).group_by(T.kind, T.type).order_by(T.type)
    )
    for kind, code, count in rows:
        counts[kind][code] = count
    return counts


def _touched(connection: Connection) -> list[Touched]:
    """Return the groups before and after: what moved touches both."""
    moved = (T.kind == MOVED).label("moved")
    after = select(*_group(FOUND), T.kind.in_(GREW).label("grew"), moved)
    after = after.select_from(FOUND.join(TURNS, _TURNED)).where(T.kind != GONE)
    before = select(*_group(VIOLATIONS), (literal(1) == 0).label("grew"), moved)
    before = before.select_from(VIOLATIONS.join(TURNS, T.violation_id == V.id))
    before = before.where(T.kind.in_([MOVED, GONE]))
    return [
        Touched(
            type=row.type,
            agency=row.agency,
            field=row.field_text,
            procedure=row.procedure_code,
            officer=row.officer,
            since=row.since,
            grew=bool(row.grew),
            moved=bool(row.moved),
            many=row.many,
        )
        for part in (after, before)
        for row in connection.execute(_gathered(part))
    ]


def _group(table: Any) -> tuple[ColumnElement[Any], ...]:
    names = ("type", "agency_id", "agency_text", "field_text", "procedure_code", "officer")
    return (*(table.c[name] for name in names), table.c.occurred_on)


def _gathered(part: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    one = part.subquery()
    c = one.c
    agency = func.coalesce(AgencyRow.code, c.agency_text).label("agency")
    keys = (c.type, agency, c.field_text, c.procedure_code, c.officer, c.grew, c.moved)
    return (
        select(*keys, func.min(c.occurred_on).label("since"), func.count().label("many"))
        .select_from(one.outerjoin(AgencyRow, AgencyRow.id == c.agency_id))
        .group_by(*keys)
        .order_by(*keys)
    )


def keep_as_known(connection: Connection, at: datetime, ids: Select[Any]) -> None:
    """Lay what these violations say now beside the table, as known until `at`."""
    told = (*_FACTS, "state", "reason", "version")
    connection.execute(
        insert(ViolationStateRow).from_select(
            ["violation_id", "at", "until", "by", *told],
            select(
                V.id,
                V.known_from,
                literal(at, V.known_from.type),
                V.known_by,
                *(V[name] for name in told),
            ).where(V.id.in_(ids)),
        )
    )


def _turn(connection: Connection, at: datetime) -> None:
    now = literal(at, V.known_from.type)
    kept = {"version": V.version + 1, "known_from": now, "known_by": null()}
    facts = {name: F[name] for name in _FACTS}
    shown = update(VIOLATIONS).where(V.id == T.violation_id, _TURNED)
    connection.execute(shown.where(T.kind == MOVED).values(**facts, **kept))
    connection.execute(
        shown.where(T.kind == BACK).values(
            **facts,
            **kept,
            state=V.state_before,
            state_before=null(),
            cause=null(),
            reason=T.reason,
            after_the_fact=true(),
        )
    )
    connection.execute(
        update(VIOLATIONS)
        .where(V.id == T.violation_id, T.kind == GONE)
        .values(
            **kept,
            state=OVERTURNED,
            state_before=V.state,
            cause=Cause.MENDED,
            reason=T.reason,
            after_the_fact=true(),
        )
    )
    _add_new(connection, at)


def _add_new(connection: Connection, at: datetime) -> None:
    """Keep what is new as signs that nobody has judged, by type and day as most indexes are."""
    now = literal(at, V.known_from.type)
    copied = ("dossier_id", "type", *_FACTS, "severity")
    source, state = ViolationSource.DETECTED.value, ViolationState.RECORDED.value
    new = (
        select(*(F[name] for name in copied), literal(source), literal(state), now, now)
        .select_from(FOUND.join(TURNS, and_(_TURNED, T.kind == FOUND_NEW)))
        .order_by(F.type, F.occurred_on, F.dossier_id)
    )
    names = [*copied, "source", "state", "recorded_at", "known_from"]
    connection.execute(insert(VIOLATIONS).from_select(names, new, include_defaults=False))
