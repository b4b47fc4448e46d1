"""What one paper can do on a document: for each reader the acts that wait there, counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from models.documents.page import HeldDirective
from web.directives.filters import NO
from web.labels import label
from web.speech import gettext as _
from workflow.accounts.records import AGENCY_ROLES, SUBMITTING_ROLES, Actor, Role
from workflow.directives.records import Action, State

RUNNING = frozenset({State.ASSIGNED, State.IN_PROGRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDoor:
    """One act on many lines; `lines` are sent along where a single press does it."""

    words: str
    url: str
    count: int
    code: str
    lines: tuple[tuple[str, int], ...] = ()


def paper_doors(
    key: str, held: Sequence[HeldDirective], actor: Actor, today: date
) -> list[PaperDoor]:
    """Return what the reader may do on several directives of a document, the next step first.

    Whether each is really open is judged where it leads to; here is only what is counted.
    """
    if actor.role in AGENCY_ROLES:
        mine = [one for one in held if one.lead_id == actor.agency_id]
        return [door for door in _of_agency(key, mine, actor.role) if door.count]
    to_judge, others = _of_judge(key, held)
    doors = [to_judge] if actor.role in {Role.OFFICE, Role.INSPECTOR} else []
    if actor.role is Role.OFFICE:
        doors.append(_letters(key, held, today))
        doors.append(_door(key, Action.RECORD_REPORT, _count(held, RUNNING)))
    if actor.role in {Role.OFFICE, Role.INSPECTOR}:
        doors.append(others)
    return [door for door in doors if door.count]


def _of_judge(key: str, held: Sequence[HeldDirective]) -> tuple[PaperDoor, PaperDoor]:
    """Return the reports that the reader may judge, and those that wait for somebody else."""
    mine = [one for one in held if one.is_independent]
    others = [one for one in held if not one.is_independent]
    url, waits = url_for("papers.judge", key=key), {State.REPORTED}
    return (
        PaperDoor(words=_("Xem xét báo cáo"), url=url, count=_count(mine, waits), code="judge"),
        PaperDoor(
            words=_("Báo cáo chờ người khác xác nhận"),
            url=f"{url}#for-others",
            count=_count(others, waits),
            code="for_others",
        ),
    )


def _of_agency(key: str, mine: Sequence[HeldDirective], role: Role | None) -> list[PaperDoor]:
    free = [one for one in mine if not one.decline_standing]
    fresh = tuple((one.number, one.version) for one in free if one.state is State.ASSIGNED)
    running = _count(free, RUNNING)
    doors = [_door(key, Action.ACCEPT, len(fresh), fresh)]
    if role in SUBMITTING_ROLES:
        doors.append(_door(key, Action.REPORT, running))
    return [*doors, _door(key, Action.UPDATE, running)]


def _door(
    key: str, action: Action, count: int, lines: tuple[tuple[str, int], ...] = ()
) -> PaperDoor:
    return PaperDoor(
        words=label(action, "action"),
        url=url_for("papers.together", key=key, action=action.value),
        count=count,
        code=action.value,
        lines=lines,
    )


def _letters(key: str, held: Sequence[HeldDirective], today: date) -> PaperDoor:
    late = [one for one in held if one.missing or _is_over(one, today)]
    return PaperDoor(
        words=label(Action.REMIND, "action"),
        url=url_for("papers.remind", document=key, parts=NO),
        count=_count(late, RUNNING),
        code=Action.REMIND.value,
    )


def _is_over(one: HeldDirective, today: date) -> bool:
    return one.due_on is not None and one.suspended_since is None and one.due_on < today


def _count(held: Iterable[HeldDirective], states: Iterable[State]) -> int:
    among = frozenset(states)
    return sum(one.state in among for one in held)
