"""What stands inside an agency beside a directive: routings, and reports officers prepared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    insert,
    select,
    update,
)

from models.accounts.rows import AccountRow
from models.agencies.rows import DivisionRow
from models.base import table_of
from models.directives.looking import IS_CURRENT, is_own
from models.directives.matter_rows import REPORT, PreparedRow, RoutingRow
from workflow.accounts.records import SUBMITTING_ROLES, Actor
from workflow.directives.draft_ends import ended_drafts
from workflow.directives.drafts import goes_back, standing_draft
from workflow.directives.matters import PreparedState, Routing
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive, State
from workflow.directives.rules import Step
from workflow.evidence.records import StoredFile

_ROUTINGS, _PREPARED = table_of(RoutingRow), table_of(PreparedRow)
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
_LINES = ("result", "report_number", "signer", "open_parts_reason")
_DAYS = ("report_date", "period_from", "period_to")
_NUMBERS = ("figure", "own_figure", "numerator", "denominator")
_ENDED = {
    Action.REPORT: PreparedState.SUBMITTED,
    Action.GIVE_BACK: PreparedState.RETURNED,
    Action.PREPARE: PreparedState.REPLACED,
}


def current_routings(connection: Connection, directive_id: int) -> tuple[Routing, ...]:
    """Return to whom each agency routed a directive now."""
    rows = connection.execute(_READ_ROUTINGS, {"of_directive": directive_id})
    return tuple(Routing(**row._mapping) for row in rows)  # noqa: SLF001 - SQLAlchemy's own


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
        note = given.text("note")
        if before.standing_report is not None and _ends(before, action, given, step, actor):
            state = _ENDED.get(action, PreparedState.LAPSED)
            self.end_standing(before, state, actor, at, note)
        for draft, state in ended_drafts(before, step.directive, action, given, actor):
            self._end(_PREPARED.c.id == draft.id, state, actor, at, note)
        if action is Action.PREPARE:
            self._add(before, given, actor, at)
        elif action is Action.HAND_BACK:
            self._hand_back(before, given, actor, at)

    def _add(self, of: Directive, given: Given, actor: Actor, at: datetime) -> None:
        changed = of.standing_report if actor.role in SUBMITTING_ROLES else None
        values = _written(of, given, actor, at)
        if changed is not None:
            values["hands"] = sorted(actor.hands | changed.hands)
            values |= {"by": changed.by, "changed_by": actor.account_id}
        values |= {name: given.text(name) for name in _LINES}
        values |= {name: given.day(name) for name in _DAYS}
        values |= {name: given.number(name) for name in _NUMBERS}
        self._connection.execute(insert(_PREPARED), values)

    def keep_draft(
        self, of: Directive, action: Action, given: Given, actor: Actor, at: datetime
    ) -> None:
        """Keep an act that an officer wrote, in place of what stood of it in their agency."""
        if stands := standing_draft(of, action, actor.agency_id):
            self._end(_PREPARED.c.id == stands.id, PreparedState.REPLACED, actor, at)
        files = ("files", "prepared_files")
        said = {n: _plain(v) for n, v in given.for_history().items() if n not in files}
        values = _written(of, given, actor, at) | {"act": action.value, "said": said}
        self._connection.execute(insert(_PREPARED), values)

    def end_standing(
        self, of: Directive, state: PreparedState, actor: Actor, at: datetime, note: str = ""
    ) -> None:
        """Keep how the report that waits in the lead's agency ended."""
        which = and_(
            _PREPARED.c.directive_id == of.id,
            _PREPARED.c.agency_id == of.lead_agency_id,
            _PREPARED.c.act == REPORT,
        )
        self._end(which, state, actor, at, note)

    def _end(
        self, which: ColumnElement[bool], state: PreparedState, actor: Actor, at: datetime,
        note: str = "",
    ) -> None:  # fmt: skip
        self._connection.execute(
            update(_PREPARED)
            .where(which, _PREPARED.c.state == PreparedState.STANDING)
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


def _ends(before: Directive, action: Action, given: Given, step: Step, actor: Actor) -> bool:
    """Whether a prepared report ends: used, given back, replaced, or the work went elsewhere."""
    after, report = step.directive, before.standing_report
    if action is Action.GIVE_BACK:
        back = goes_back(before, given, actor.agency_id)
        return report is not None and report.id in back
    gone = after.state not in {State.ASSIGNED, State.IN_PROGRESS}
    return gone or action in _ENDED or before.lead_agency_id != after.lead_agency_id


def _written(of: Directive, given: Given, actor: Actor, at: datetime) -> dict[str, object]:
    """Return what every row says: who wrote it, when, with which files."""
    return {
        "directive_id": of.id,
        "agency_id": actor.agency_id,
        "files": [_kept(file) for file in given.files()],
        "hands": sorted(actor.hands),
        "by": actor.account_id,
        "changed_by": None,
        "at": at,
        "state": PreparedState.STANDING,
        "note": "",
    }


def _plain(value: object) -> object:
    """Return a value as JSON holds it: who is named by the id, a day in its ISO form."""
    if isinstance(value, dict):
        return value["id"]
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def _kept(file: StoredFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
    }
