"""Standing work in a reminder: what is urged is the periods that are missing, by their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from models.periods.page import StandingWork, standing_works
from web.directives.clock import Hands
from web.formats import vn_date
from web.periods.telling import shown
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import reading_unit
from workflow.directives.records import Directive

NAMED = 6


class Owing:
    """What the standing works among some directives owe, read once; one statement where any is.

    `due_on` narrows it to the period that falls due that day: a reminder of one period names
    no other.
    """

    def __init__(
        self, directives: Sequence[Directive], hands: Hands, due_on: date | None = None
    ) -> None:
        several = [one.id for one in directives if one.has_periods]
        self._works: Mapping[int, StandingWork] = standing_works(reading_unit().connection, several)
        self._hands, self._due_on = hands, due_on

    def words(self, directive: Directive) -> str:
        """Return the missing periods with their days; empty where none is.

        Said in the language of whoever asks: a letter in Vietnamese, a form in the reader's.
        """
        told = list(self._missing(directive))
        named = "; ".join(told[:NAMED])
        left = len(told) - NAMED
        if left > 0:
            more = ngettext("và %(num)s kỳ nữa", "và %(num)s kỳ nữa", left)
            named = f"{named} {more}"
        return _("Chưa báo cáo %(periods)s", periods=named) if told else ""

    def count(self, directive: Directive) -> int:
        """Return how many periods are missing."""
        return sum(1 for _period in self._missing(directive))

    def _missing(self, directive: Directive) -> Iterator[str]:
        work = self._works.get(directive.id)
        if work is None:
            return
        for period in work.periods:
            row = shown(
                period, directive.number, self._hands, directive.suspended_since, work.plan.recurs
            )  # fmt: skip
            if row["is_missing"] and self._due_on in {None, period.due_on}:
                clock = f", {row['clock'].words}" if row["clock"] else ""
                yield (
                    _("kỳ %(name)s, hạn %(day)s", name=row["name"], day=vn_date(period.due_on))
                    + clock
                )
