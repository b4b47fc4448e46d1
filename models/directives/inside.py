"""What stands inside an agency beside a directive: routings, and reports officers prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, insert, null, select, update
from sqlalchemy.orm import aliased

from models.accounts.rows import AccountRow
from models.agencies.rows import DivisionRow
from models.base import table_of
from models.directives.looking import IS_CURRENT, is_own
from models.directives.matter_rows import PreparedRow, RoutingRow
from workflow.accounts.records import SUBMITTING_ROLES, Actor
from workflow.directives.matters import Prepared, PreparedState, Routing
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive, State
from workflow.directives.rules import Step
from workflow.evidence.records import StoredFile

_ROUTINGS, _PREPARED = table_of(RoutingRow), table_of(PreparedRow)
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
_READ_ROUTINGS = (
    select(_ROUTINGS.c.agency_id, _ROUTINGS.c.by, _ROUTINGS.c.account_id, _ROUTINGS.c.division_id)
    .where(_ROUTINGS.c.directive_id == bindparam("of_directive"), _ROUTINGS.c.is_current)
    .order_by(_ROUTINGS.c.id)
)
_READ_HELD = (
    select(
        _ROUTINGS.c.directive_id,
        _ROUTINGS.c.internal_due_on,
        AccountRow.name.label("person"),
        DivisionRow.name.label("division"),
    )
    .outerjoin(AccountRow, AccountRow.id == _ROUTINGS.c.account_id)
    .outerjoin(DivisionRow, DivisionRow.id == _ROUTINGS.c.division_id)
    .where(
        _ROUTINGS.c.directive_id.in_(bindparam("keys", expanding=True)),
        _ROUTINGS.c.agency_id == bindparam("of_agency"),
        IS_CURRENT,
    )
)
_COPIED = (
    "id", "agency_id", "by", "at", "result", "report_number", "report_date", "signer", "figure",
    "own_figure", "numerator", "denominator", "open_parts_reason", "period_from", "period_to",
    "changed_by", "note", "ended_at",
)  # fmt: skip
_LINES = ("result", "report_number", "signer", "open_parts_reason")
_DAYS = ("report_date", "period_from", "period_to")
_NUMBERS = ("figure", "own_figure", "numerator", "denominator")
_ENDED = {
    Action.REPORT: PreparedState.SUBMITTED,
    Action.GIVE_BACK: PreparedState.RETURNED,
    Action.PREPARE: PreparedState.REPLACED,
}


def prepared_of(
    connection: Connection, directive_id: int, agency_id: int | None = None
) -> tuple[Prepared, ...]:
    """Return the reports that officers prepared, the newest first; of one agency where named."""
    found = _READ_PREPARED
    if agency_id is not None:
        found = found.where(_PREPARED.c.agency_id == agency_id)
    return tuple(map(_prepared, connection.execute(found, {"of_directive": directive_id})))


def standing_of_several(
    connection: Connection, keys: Sequence[int], agency_id: int
) -> dict[int, Prepared]:
    """Return by directive the report that waits in one agency, in one statement."""
    named = {"keys": list(keys), "of_agency": agency_id}
    return {row.directive_id: _prepared(row) for row in connection.execute(_READ_STANDING, named)}


def current_routings(connection: Connection, directive_id: int) -> tuple[Routing, ...]:
    """Return to whom each agency routed a directive now."""
    rows = connection.execute(_READ_ROUTINGS, {"of_directive": directive_id})
    return tuple(Routing(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's own


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


class Held(NamedTuple):
    """Who in an agency does its share of a directive, and by which day there; empty: nobody yet."""

    who: str = ""
    internal_due_on: date | None = None


def held_in(connection: Connection, actor: Actor, keys: Sequence[int]) -> dict[int, Held]:
    """Return by directive who in the actor's own agency has it now, in one statement."""
    if not is_own(actor) or not keys:
        return {}
    named = {"keys": list(keys), "of_agency": actor.agency_id}
    return {
        row.directive_id: Held(
            ", ".join(word for word in (row.person, row.division) if word), row.internal_due_on
        )
        for row in connection.execute(_READ_HELD, named)
    }


class InsideRegister:
    """What an agency keeps for itself beside directives, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(
        self, before: Directive, action: Action, given: Given, step: Step, actor: Actor,
        at: datetime,
    ) -> None:  # fmt: skip
        """Keep what an act leaves inside an agency; a prepared report ends with its use."""
        if before.standing_report is not None and _ends(before, action, step):
            state = _ENDED.get(action, PreparedState.LAPSED)
            self.end_standing(before, state, actor, at, given.text("note"))
        if action is Action.PREPARE:
            self._add(before, given, actor, at)
        elif action is Action.HAND_BACK:
            self._hand_back(before, given, actor, at)

    def _add(self, of: Directive, given: Given, actor: Actor, at: datetime) -> None:
        changed = of.standing_report if actor.role in SUBMITTING_ROLES else None
        values: dict[str, object] = {
            "directive_id": of.id,
            "agency_id": actor.agency_id,
            "files": [_kept(file) for file in given.files()],
            "hands": sorted(actor.hands | (changed.hands if changed else frozenset())),
            "by": changed.by if changed else actor.account_id,
            "changed_by": actor.account_id if changed else None,
            "at": at,
            "state": PreparedState.STANDING,
            "note": "",
        }
        values |= {name: given.text(name) for name in _LINES}
        values |= {name: given.day(name) for name in _DAYS}
        values |= {name: given.number(name) for name in _NUMBERS}
        self._connection.execute(insert(_PREPARED), values)

    def end_standing(
        self, of: Directive, state: PreparedState, actor: Actor, at: datetime, note: str = ""
    ) -> None:
        """Keep how the report that waits in the lead's agency ended."""
        self._connection.execute(
            update(_PREPARED)
            .where(
                _PREPARED.c.directive_id == of.id,
                _PREPARED.c.agency_id == of.lead_agency_id,
                _PREPARED.c.state == PreparedState.STANDING,
            )
            .values(state=state, note=note, ended_by=actor.account_id, ended_at=at)
        )

    def _hand_back(self, of: Directive, given: Given, actor: Actor, at: datetime) -> None:
        self._connection.execute(
            update(_ROUTINGS)
            .where(
                _ROUTINGS.c.directive_id == of.id,
                _ROUTINGS.c.agency_id == actor.agency_id,
                _ROUTINGS.c.is_current,
            )
            .values(
                is_current=False,
                back_note=given.text("note"),
                back_by=actor.account_id,
                back_at=at,
            )
        )


def _ends(before: Directive, action: Action, step: Step) -> bool:
    """Whether a prepared report ends: used, given back, replaced, or the work went elsewhere."""
    after = step.directive
    gone = after.state not in {State.ASSIGNED, State.IN_PROGRESS}
    return gone or action in _ENDED or before.lead_agency_id != after.lead_agency_id


def _kept(file: StoredFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }
