"""Escalations and their raises, as evaluation compares them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, exists, select

from models.base import table_of
from models.escalation.rows import EscalationRaiseRow, EscalationRow
from models.listing import among
from models.prepared import Prepared, rows_of
from models.review.rows import EscalationDirectiveRow
from workflow.escalation.groups import digest_of_group
from workflow.escalation.records import Group, Raise
from workflow.escalation.stored import Known, Stored
from workflow.review.records import EscalationState
from workflow.violations.records import engine_id

_ESCALATIONS = table_of(EscalationRow)
_RAISES = table_of(EscalationRaiseRow)
_E = _ESCALATIONS.c
_KNOWN = select(
    _E.id, _E.group_key, _E.rule_code, _E.opened_on, _E.closed_on, _E.level, _E.raised_on,
    _E.next_change_on, _E.state,
).where(among(_E.group_key, "keys")).order_by(_E.id)  # fmt: skip
_LOOKED_AT = Prepared(_KNOWN)
_ISSUED = table_of(EscalationDirectiveRow).c
HAS_DIRECTIVE = exists().where(_ISSUED.escalation_id == _E.id).label("has_directive")
"""Beside an escalation: whether a directive was issued from it."""
_WHOLE = (
    _E.id, _E.number, _E.version, _E.state, _E.state_before_retraction, _E.rule_code,
    _E.rule_number, _E.group_json, _E.agency_id, _E.opened_on, _E.closed_on, _E.level,
    _E.raised_on, _E.next_change_on, _E.holder_id, _E.holder_since, _E.answer_by, HAS_DIRECTIVE,
)  # fmt: skip
_BY_ID = Prepared(select(*_WHOLE).where(among(_E.id, "ids")).order_by(_E.id))
_HOLD = Prepared(select(_E.id).where(among(_E.id, "ids")).order_by(_E.id).with_for_update())
_RAISES_OF = Prepared(
    select(
        _RAISES.c.escalation_id,
        _RAISES.c.level,
        _RAISES.c.on,
        _RAISES.c.score,
        _RAISES.c.violations,
        _RAISES.c.rule_number,
    )
    .where(among(_RAISES.c.escalation_id, "ids"), _RAISES.c.standing.is_(True))
    .order_by(_RAISES.c.escalation_id, _RAISES.c.on, _RAISES.c.level, _RAISES.c.serial)
)


def known_of_groups(
    connection: Connection, groups: Iterable[Group], *, since: date | None
) -> list[Known]:
    """Return what planning asks of the escalations of some groups.

    Of those that had closed before `since` the last of each rule and group will do: episodes
    follow one another, and what opens anew may repeat only that one. None asks for all.
    """
    by_key = {digest_of_group(group): group for group in groups}
    form = _LOOKED_AT.form(connection.dialect)
    rows = rows_of(connection, form.text, form.bound({"keys": list(by_key)}))
    is_text = connection.dialect.name == "sqlite"
    day = date.fromisoformat if is_text else _as_it_is
    if since is not None:
        rows = _needed(rows, since.isoformat() if is_text else since)
    return [
        Known(
            key, rule, by_key[group], day(opened), closed and day(closed), level, day(raised),
            later and day(later), state == RETRACTED,
        )
        for key, group, rule, opened, closed, level, raised, later, state in rows
    ]  # fmt: skip


RETRACTED = EscalationState.RETRACTED.value


def _needed(rows: Iterable[Any], since: Any) -> list[Any]:
    """Leave out what had closed before a day, but for the last of each rule and group.

    Cases gather over the years, and making a record of each costs more than reading it.
    """
    found: list[Any] = []
    last: dict[tuple[str, str], Any] = {}
    for row in rows:
        _id, group, rule, opened, closed, *_, state = row
        if closed is None or closed >= since or state == RETRACTED:
            found.append(row)
        elif (group, rule) not in last or last[group, rule][3] < opened:
            last[group, rule] = row
    return sorted([*found, *last.values()], key=itemgetter(0))


def _as_it_is(day: Any) -> date:
    found: date = day
    return found


def hold(connection: Connection, ids: Sequence[int]) -> None:
    """Wait for whoever acts on one of some escalations, in the order of their ids, and hold them.

    What they left, also in other tables, is seen by the statement after: this one sees the
    others as they were when it began.
    """
    _HOLD.rows(connection, {"ids": ids})


def stored_of_ids(connection: Connection, ids: Sequence[int]) -> dict[int, Stored]:
    """Return some escalations whole, with their standing raises."""
    rows = _BY_ID.rows(connection, {"ids": ids})
    raises = raises_of(connection, ids)
    return {row.id: stored_from(row, raises.get(row.id, ())) for row in rows}


def raises_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Raise, ...]]:
    """Return the standing raises of some escalations, by day."""
    found: dict[int, list[Raise]] = {}
    for row in _RAISES_OF.rows(connection, {"ids": ids}):
        found.setdefault(row.escalation_id, []).append(raise_from(row))
    return {key: tuple(raises) for key, raises in found.items()}


def raise_from(row: Row[Any]) -> Raise:
    """Return the raise a row holds."""
    return raise_of(row.level, row.on, row.score, row.violations, row.rule_number)


def raise_of(level: int, on: date, score: int, violations: Iterable[int], version: int) -> Raise:
    """Return a raise from what is kept of it."""
    ids = tuple(map(engine_id, violations))
    return Raise(level=level, on=on, score=score, violations=ids, version=version)


def group_from(pairs: dict[str, str]) -> Group:
    """Return the group a row holds."""
    return tuple(sorted(pairs.items()))


def stored_from(row: Row[Any], raises: tuple[Raise, ...] = ()) -> Stored:
    """Return the escalation a row holds."""
    before = row.state_before_retraction
    return Stored(
        id=row.id,
        number=row.number,
        version=row.version,
        state=EscalationState(row.state),
        before_retraction=EscalationState(before) if before else None,
        rule=row.rule_code,
        rule_number=row.rule_number,
        group=group_from(row.group_json),
        agency_id=row.agency_id,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        level=row.level,
        raised_on=row.raised_on,
        next_change_on=row.next_change_on,
        holder_id=row.holder_id,
        holder_since=row.holder_since,
        answer_by=row.answer_by,
        has_directive=bool(row.has_directive),
        raises=raises,
    )
