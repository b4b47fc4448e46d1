"""What of the desk is asked for, as conditions of the query, always within the scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import aliased

from models.agencies.scope import coded, with_below
from models.escalation.rows import EscalationRow
from models.review.queries import IS_OPEN, IS_UNHELD, held_in_team, visible_to, waits_for
from workflow.accounts.records import Actor
from workflow.review.records import EscalationState


class Tab(StrEnum):
    """Whose cases: what waits for me, what my agency's inspectors hold, all I may read."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What of the desk is asked for; `state` None: what is still open.

    `standing`: open and ended ones, without those that were retracted; `opened`: those whose
    first day lies between two, both included. `same`: those of the group and the rule of the
    case with this number. `below`: with the agency's units; `late`: past its clock; `unheld`:
    nobody has it.
    """

    tab: Tab = Tab.MINE
    state: EscalationState | None = None
    ended_too: bool = False
    standing: bool = False
    opened: tuple[date, date] | None = None
    level: int | None = None
    agency: str = ""
    rule: str = ""
    same: str = ""
    below: bool = False
    late: bool = False
    unheld: bool = False


def conditions(actor: Actor, view: View, day: date) -> list[ColumnElement[bool]]:
    """Return what a view asks for, always within the scope."""
    found = [visible_to(actor, day)]
    if view.tab is Tab.MINE:
        found.append(waits_for(actor))
    elif view.tab is Tab.TEAM:
        found += [held_in_team(actor, day), IS_OPEN]
    found += [*_of_state(view), *_of_clock(view, day)]
    if view.opened is not None:
        found.append(EscalationRow.opened_on.between(*view.opened))
    if view.level is not None:
        found.append(EscalationRow.level >= view.level)
    if view.rule:
        found.append(EscalationRow.rule_code == view.rule)
    if view.same:
        found.append(_of_the_group_of(view.same))
    if view.agency:
        named = with_below(view.agency) if view.below else coded(view.agency)
        found.append(EscalationRow.agency_id.in_(named))
    return found


def _of_the_group_of(number: str) -> ColumnElement[bool]:
    named = aliased(EscalationRow, name="named")
    return exists().where(
        named.number == number,
        named.rule_code == EscalationRow.rule_code,
        named.group_key == EscalationRow.group_key,
    )


def _of_clock(view: View, day: date) -> list[ColumnElement[bool]]:
    late = [EscalationRow.answer_by < day] if view.late else []
    return late + ([IS_UNHELD] if view.unheld else [])


def _of_state(view: View) -> list[ColumnElement[bool]]:
    if view.state is not None:
        return [EscalationRow.state == view.state]
    if view.standing:
        return [EscalationRow.state != EscalationState.RETRACTED]
    return [] if view.ended_too else [IS_OPEN]
