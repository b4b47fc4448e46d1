"""What agencies that ended have left: one page, ticks, one press, a result for each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from flask import render_template, request, url_for

from models.agencies.queries import agency_choices
from models.agencies.successors import Followed, who_follow
from models.directives.left import LEADS, MOST, Left, left_by_ended
from web.directives.choosing import Answer
from web.directives.listing import hands_today
from web.identity import current_actor
from web.papers.outcomes import Told, shown
from web.refusals import field_error, sentence
from web.speech import gettext as _
from web.wiring import close_reading, office, reading_unit
from workflow.accounts.records import Role
from workflow.directives.handing_on import Move, Moved, hand_on_left
from workflow.errors import Invalid, NotFound

CHOSEN = re.compile(r"([0-9]{1,9}):([0-9]{1,9}):([0-9.-]{1,60})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One ended agency with what it left, and who is offered to take it."""

    of: Left
    rows: tuple[dict[str, Any], ...]
    offered: tuple[tuple[str, str], ...]
    picked: str
    follows: bool


class Leavings:
    """Open work of ended agencies before somebody of the office."""

    def __init__(self) -> None:
        self.actor = current_actor()
        if self.actor.role is not Role.OFFICE:
            raise NotFound
        self.error = ""

    def page(self, status: int = 200) -> Answer:
        """Show what is left, agency by agency, with who follows chosen where only one does."""
        unit, hands = reading_unit(), hands_today()
        found = left_by_ended(unit.connection, self.actor, hands.today)
        followed, nobody = who_follow(unit.connection, hands.today), Followed()
        follow = {
            one.agency_id: list(followed.get(one.agency_id, nobody).standing.items())
            for one in found
        }
        anybody: list[tuple[int, str]] = []
        if not all(follow.values()):
            anybody = list(agency_choices(unit.connection, hands.today))
        sections = []
        for _key, rows in groupby(found, key=lambda one: one.agency_id):
            ours = tuple(rows)
            heirs = follow[ours[0].agency_id]
            offered = tuple((str(key), name) for key, name in heirs or anybody)
            only = offered[0][0] if len(heirs) == 1 else ""
            sections.append(
                Section(
                    of=ours[0],
                    rows=tuple(self._row(one, hands) for one in ours),
                    offered=offered,
                    picked=request.form.get(f"to-{ours[0].agency_id}", only),
                    follows=bool(heirs),
                )
            )
        page = render_template(
            "directives/left.html", sections=sections, error=self.error, most=MOST,
            is_cut=len(found) == MOST,
        )  # fmt: skip
        return page, status

    def _row(self, one: Left, hands: Any) -> dict[str, Any]:
        key = f"{one.agency_id}:{one.version}:{one.number}"
        return {
            "of": one,
            "key": key,
            "ticked": key in request.form.getlist("chosen"),
            "leads": one.part == LEADS,
            "clock": hands.of(one.state, one.due_on, None),
        }

    def carry_out(self) -> Answer:
        """Hand on what was ticked, and tell how each ended."""
        try:
            moves = moves_of(request.form.getlist("chosen"), request.form)
            close_reading()
            with office().writing() as unit:
                done = hand_on_left(unit.papers, self.actor, moves, at=office().clock())
        except Invalid as error:
            self.error = field_error(next(iter(error.errors.values())))
            return self.page(422)
        return _told(done)


def moves_of(chosen: Iterable[str], given: Any) -> list[Move]:
    """Return a move for each directive that was ticked; Invalid where nobody is to take one."""
    heirs: dict[str, dict[int, int]] = {}
    versions: dict[str, int] = {}
    for text in chosen:
        found = CHOSEN.fullmatch(text)
        if found is None:
            continue
        old, version, number = int(found[1]), int(found[2]), found[3]
        to = given.get(f"to-{old}", "")
        if not re.fullmatch(r"[0-9]{1,9}", to):
            raise Invalid({"to": "successor_needed"})
        heirs.setdefault(number, {})[old] = int(to)
        versions[number] = version
    return [
        Move(number=number, version=versions[number], heirs=heirs[number])
        for number in sorted(heirs)
    ]


def _told(done: Iterable[Moved]) -> Answer:
    title = _("Chuyển việc của cơ quan đã kết thúc")
    kept, refused = [], []
    for one in done:
        if one.refusal is None:
            kept.append(Told(number=one.number, act=title))
        else:
            reason = sentence(one.refusal.code, one.refusal.params)
            refused.append(Told(number=one.number, reason=reason))
    return shown(refused, kept, (), title, url_for("directives.left"))
