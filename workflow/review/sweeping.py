"""The desk's own clock work: placing what was raised, and what climbs when a clock ran out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.accounts.records import Actor
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by
from workflow.review.climbing import Climb, Waiting, climbs
from workflow.review.notices import SUMMARY_KIND, climb_notice
from workflow.review.ports import ReviewMemory
from workflow.review.usecases import DeskGround

CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Climbed:
    """What one step of the sweep did: cases placed, climbed, brought to a leader, unheld.

    `unheld` have nobody at all, not even a leader. The next step begins after `last_id`; a
    step that saw fewer than `CHUNK` was the last.
    """

    seen: int = 0
    last_id: int = 0
    placed: int = 0
    climbed: int = 0
    to_leader: int = 0
    unheld: int = 0

    @property
    def is_last(self) -> bool:
        """Whether nothing more waits."""
        return self.seen < CHUNK


def climb(
    memory: ReviewMemory, actor: Actor, *, ground: DeskGround, day: date, after: int = 0
) -> Climbed:
    """Give up to `CHUNK` cases their next holder, each with its entry and its notice.

    Past its answer time a case goes to the next inspector in the admin's order who is here
    and has no tie, then to the leader (product.md, section 6). Run again the same day it
    moves nothing. `day` is the one as of which clocks are over. The cost follows what is
    due, not what there is. `after` is the last id of the step before, so that cases that
    cannot move starve nobody.
    """
    waiting = memory.waiting(day, after, CHUNK)
    if not waiting:
        return Climbed()
    moved = tuple(
        climbs(
            waiting,
            memory.organisation(day, ground.desk.home_affairs),
            memory.roster(day, ground.desk.tied_since(day)),
            calendar=ground.calendar,
            limits=ground.desk,
            day=day,
        )
    )
    memory.save_climbs(moved, ground.at)
    for one in moved:
        memory.append(_entry(actor, one, ground))
    memory.post_bundled(
        (n for one in moved if (n := climb_notice(one, ground.at))),
        source=f"desk {day.isoformat()}",
        kind=SUMMARY_KIND,
    )
    return _counted(waiting, moved)


def _counted(waiting: tuple[Waiting, ...], moved: tuple[Climb, ...]) -> Climbed:
    return Climbed(
        seen=len(waiting),
        last_id=waiting[-1].id,
        placed=sum(one.is_first for one in moved),
        climbed=sum(not one.is_first for one in moved),
        to_leader=sum(one.to_leader for one in moved),
        unheld=sum(one.holder_id is None for one in moved),
    )


def _entry(actor: Actor, climb: Climb, ground: DeskGround) -> Entry:
    of = climb.of
    before: dict[str, object] = {"holder_id": of.holder_id, "answer_by": of.answer_by}
    after: dict[str, object] = {"holder_id": climb.holder_id, "answer_by": climb.answer_by}
    if climb.holder_id != of.holder_id:
        after["holder_since"] = ground.at
    return entry_by(
        actor,
        ground.at,
        Subject.ESCALATION,
        of.number,
        "place" if climb.is_first else "climb",
        before=before,
        after=after,
    )
