"""Keeping what stands beside a directive: routings, requests for input, proposals, pauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from models.accounts.rows import AccountRow, MembershipRow
from models.agencies.rows import DivisionRow
from models.base import table_of
from models.directives.matter_rows import InputRequestRow, ProposalRow, RoutingRow, SuspensionRow
from models.lasting import stands_on
from workflow.accounts.records import AGENCY_ROLES, Actor, Role
from workflow.agencies.records import Division
from workflow.days import local_day
from workflow.directives.matters import Colleague, InputState, Shift
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive
from workflow.directives.rules import Step

_ROUTINGS, _INPUTS = table_of(RoutingRow), table_of(InputRequestRow)
_PROPOSALS, _PAUSES = table_of(ProposalRow), table_of(SuspensionRow)
_CHANGES_HANDS = frozenset({Action.REASSIGN, Action.CORRECT, Action.AMEND})
_ENDS = frozenset({Action.VERIFY, Action.WITHDRAW})
_ONE_DAY = timedelta(days=1)


class MatterRegister:
    """What stands beside directives, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def division(self, agency_id: int, division_id: int) -> Division | None:
        """Return a division of this agency."""
        row = self._connection.execute(
            select(DivisionRow.__table__).where(
                DivisionRow.id == division_id, DivisionRow.agency_id == agency_id
            )
        ).one_or_none()
        if row is None:
            return None
        return Division(id=row.id, name=row.name, valid_from=row.valid_from, valid_to=row.valid_to)

    def colleagues(self, agency_id: int, day: date) -> tuple[Colleague, ...]:
        """Return who does agency work in this agency on `day`, in Vietnamese order of names.

        Each once: whoever holds several roles there sits in the division that one of them names.
        """
        rows = self._connection.execute(
            select(
                AccountRow.id,
                AccountRow.name,
                MembershipRow.role,
                MembershipRow.division_id,
                DivisionRow.name.label("division"),
            )
            .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
            .outerjoin(DivisionRow, DivisionRow.id == MembershipRow.division_id)
            .where(
                AccountRow.is_active,
                MembershipRow.agency_id == agency_id,
                MembershipRow.role.in_(sorted(AGENCY_ROLES)),
                stands_on(MembershipRow, day),
            )
            .order_by(
                AccountRow.sort_key,
                AccountRow.id,
                MembershipRow.division_id.is_not(None),
                MembershipRow.id,
            )
        )
        found = {row.id: row for row in rows}
        return tuple(
            Colleague(
                id=row.id,
                name=row.name,
                division_id=row.division_id,
                division=row.division or "",
                role=Role(row.role),
            )
            for row in found.values()
        )

    def colleague(self, agency_id: int, account_id: int, day: date) -> Colleague | None:
        """Return somebody who does agency work in this agency on `day`."""
        known = self.colleagues(agency_id, day)
        return next((one for one in known if one.id == account_id), None)

    def keep(
        self, before: Directive, action: Action, given: Given, step: Step, actor: Actor,
        at: datetime,
    ) -> None:  # fmt: skip
        """Keep what an act leaves beside the row."""
        of = before.id
        keepers = {
            Action.ROUTE: self._route,
            Action.REQUEST_INPUT: self._ask,
            Action.GIVE_INPUT: self._give,
            Action.TAKE_BACK_INPUT: self._take_back,
            Action.ANSWER: self._answer,
            Action.UPDATE: self._propose,
            Action.SUSPEND: self._suspend,
        }
        if action in keepers:
            keepers[action](of, given, actor, at)
        if action in _CHANGES_HANDS:
            self._change_hands(before, step, at)
        if before.suspended_since and step.directive.suspended_since is None:
            self._go_on(of, given, step, actor, at)
        if action in _ENDS:
            self._lapse(before, at)

    def _route(self, of: int, given: Given, actor: Actor, at: datetime) -> None:
        self._end_routing(of, actor.agency_id)
        division, colleague = given.division("division"), given.colleague("person")
        values = {
            "directive_id": of,
            "agency_id": actor.agency_id,
            "division_id": division.id if division else None,
            "account_id": colleague.id if colleague else None,
            "note": given.text("note"),
            "internal_due_on": given.day("internal_due_on"),
            "by": actor.account_id,
            "at": at,
            "is_current": True,
        }
        self._connection.execute(insert(_ROUTINGS), values)

    def _end_routing(self, of: int, agency_id: int | None) -> None:
        self._connection.execute(
            update(_ROUTINGS)
            .where(
                _ROUTINGS.c.directive_id == of,
                _ROUTINGS.c.agency_id == agency_id,
                _ROUTINGS.c.is_current,
            )
            .values(is_current=False)
        )

    def _ask(self, of: int, given: Given, actor: Actor, at: datetime) -> None:
        values = {
            "directive_id": of,
            "what": given.text("what"),
            "due_on": given.day("needed_on"),
            "asked_by": actor.account_id,
            "asked_at": at,
            "state": InputState.OPEN,
            "answer": "",
        }
        asked = [values | {"agency_id": agency.id} for agency in given.agencies("agencies")]
        self._connection.execute(insert(_INPUTS), asked)

    def _give(self, of: int, given: Given, actor: Actor, at: datetime) -> None:
        del of
        self._connection.execute(
            update(_INPUTS)
            .where(_INPUTS.c.id == given.whole("request"))
            .values(
                state=InputState.ANSWERED,
                answer=given.text("answer"),
                answered_by=actor.account_id,
                answered_at=at,
                answered_on=local_day(at),
            )
        )

    def _take_back(self, of: int, given: Given, actor: Actor, at: datetime) -> None:
        del actor
        self._connection.execute(
            update(_INPUTS)
            .where(_INPUTS.c.id == given.whole("asked_input"), _INPUTS.c.directive_id == of)
            .values(state=InputState.LAPSED, answered_on=local_day(at))
        )

    def _propose(self, of: int, given: Given, actor: Actor, at: datetime) -> None:
        if not given.text("proposal"):
            return
        values = {
            "directive_id": of,
            "agency_id": actor.agency_id,
            "text": given.text("proposal"),
            "by": actor.account_id,
            "at": at,
            "answer": "",
            "paper": "",
        }
        self._connection.execute(insert(_PROPOSALS), values)

    def _answer(self, of: int, given: Given, actor: Actor, at: datetime) -> None:
        del of
        self._connection.execute(
            update(_PROPOSALS)
            .where(_PROPOSALS.c.id == given.whole("proposed"))
            .values(
                answer=given.text("answer"),
                paper=given.text("paper"),
                answered_by=actor.account_id,
                answered_at=at,
            )
        )

    def add_pause(self, of: Directive, reason: str, actor: Actor, at: datetime) -> None:
        """Keep the pause of work that was paused elsewhere: no paper of ours says it."""
        assert of.suspended_since is not None  # noqa: S101 - it comes paused into the book
        values = {"directive_id": of.id, "from_on": of.suspended_since, "paper": ""}
        self._pause(values | {"reason": reason}, actor, at)

    def _suspend(self, of: int, given: Given, actor: Actor, at: datetime) -> None:
        values = {
            "directive_id": of,
            "from_on": local_day(at),
            "paper": given.text("paper"),
            "reason": given.text("reason"),
        }
        self._pause(values, actor, at)

    def _pause(self, values: Mapping[str, object], actor: Actor, at: datetime) -> None:
        said = {"by": actor.account_id, "at": at, "end_paper": ""}
        self._connection.execute(insert(_PAUSES), {**values, **said})

    def _go_on(self, of: int, given: Given, step: Step, actor: Actor, at: datetime) -> None:
        self._connection.execute(
            update(_PAUSES)
            .where(_PAUSES.c.directive_id == of, _PAUSES.c.ended_at.is_(None))
            .values(
                to_on=local_day(at) - _ONE_DAY,
                end_paper=given.text("paper"),
                ended_by=actor.account_id,
                ended_at=at,
            )
        )
        self._shift(step.change.shifts)

    def _shift(self, shifts: Iterable[Shift]) -> None:
        for shift in shifts:
            self._connection.execute(
                update(_INPUTS).where(_INPUTS.c.id == shift.input_id).values(due_on=shift.due_on)
            )

    def _change_hands(self, before: Directive, step: Step, at: datetime) -> None:
        """Another lead: the old one's people are free; who coordinates no more answers nothing."""
        if before.lead_agency_id != step.directive.lead_agency_id:
            self._end_routing(before.id, before.lead_agency_id)
        gone = before.coordinating - step.directive.coordinating - {step.directive.lead_agency_id}
        for agency in gone:
            self._end_routing(before.id, agency)
        gone = before.coordinating - step.directive.coordinating
        if gone:
            self.lapse_inputs(before.id, at, gone)

    def hand_on(self, of: Directive, heirs: Mapping[int, int]) -> None:
        """Put who follows in the place of agencies that are gone; what those routed ends."""
        lead = heirs.get(of.lead_agency_id, of.lead_agency_id)
        for old, heir in heirs.items():
            if old == of.lead_agency_id or old in of.coordinating:
                self._end_routing(of.id, old)
            if any(one.agency_id == old for one in of.open_inputs):
                asks_itself = {"state": InputState.LAPSED} if heir == lead else {}
                self._connection.execute(
                    update(_INPUTS)
                    .where(
                        _INPUTS.c.directive_id == of.id,
                        _INPUTS.c.agency_id == old,
                        _INPUTS.c.state == InputState.OPEN,
                    )
                    .values(agency_id=heir, missed_on=None, **asks_itself)
                )

    def _lapse(self, before: Directive, at: datetime) -> None:
        """Work that ended asks nobody for anything."""
        if before.open_inputs:
            self.lapse_inputs(before.id, at)
        if before.open_proposals:
            keys = [one.id for one in before.open_proposals]
            self._connection.execute(
                update(_PROPOSALS).where(_PROPOSALS.c.id.in_(keys)).values(lapsed_at=at)
            )

    def lapse_inputs(self, of: int, at: datetime, agencies: Iterable[int] = ()) -> None:
        """Let open requests of a directive lapse: those to some agencies, or all."""
        waits = [_INPUTS.c.directive_id == of, _INPUTS.c.state == InputState.OPEN]
        if agencies:
            waits.append(_INPUTS.c.agency_id.in_(sorted(agencies)))
        self._connection.execute(
            update(_INPUTS).where(*waits).values(state=InputState.LAPSED, answered_on=local_day(at))
        )
