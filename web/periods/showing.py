"""Everything the page of one period shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from models.directives.facts import DirectiveFile, Link
from models.periods.page import StandingWork, reports_of, standing_work
from web.deadlines.telling import recurs_told
from web.directives.showing import case_of, evidence_line, hands_of, heading_of, names_in, read_file
from web.directives.telling import told
from web.identity import current_actor
from web.periods.doors import doors_of
from web.periods.grouping import urge_url
from web.periods.preparing import way_to_prepare
from web.periods.telling import period_url, shown
from web.wiring import reading_unit
from workflow.accounts.records import Role
from workflow.directives.records import Sight
from workflow.directives.usecases import Ground
from workflow.errors import NotFound
from workflow.evidence.records import Evidence
from workflow.periods.guards import PeriodCase
from workflow.periods.records import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFile:
    """A period with the file of its directive."""

    file: DirectiveFile
    work: StandingWork
    period: Period
    ground: Ground

    @property
    def case(self) -> PeriodCase:
        """The case that guards judge: this period, this person, today."""
        return PeriodCase(
            period=self.period,
            directive=self.file.directive,
            actor=current_actor(),
            day=self.ground.day,
            calendar=self.ground.calendar,
        )

    @property
    def links(self) -> tuple[Link, ...]:
        """The history of the directive as far as it is about this period, oldest first."""
        serial = self.period.serial
        return tuple(x for x in self.file.links if x.entry.given.get("period") == serial)

    @property
    def pieces(self) -> tuple[Evidence, ...]:
        """Current evidence for the days of this period."""
        days = (self.period.from_on, self.period.to_on)
        return tuple(
            piece
            for piece in self.file.directive.result_evidence
            if (piece.period_from, piece.period_to) == days
        )


def read_period(number: str, serial: int) -> PeriodFile:
    """Return a period as the signed-in person may read it; NotFound where there is none.

    Reports stay closed to who reads only the clause of the directive.
    """
    file, ground = read_file(number)
    work = None
    if file.sight is Sight.FULL:
        work = standing_work(reading_unit().connection, file.directive.id)
    period = work.numbered(serial) if work else None
    if work is None or period is None:
        raise NotFound
    return PeriodFile(file=file, work=work, period=period, ground=ground)


def page_of(of: PeriodFile) -> dict[str, Any]:
    """Return what the template of the page reads."""
    d, hands = of.file.directive, hands_of(of.ground)
    facts = facts_of(of)
    number, last = d.number, len(of.work.periods)
    serial = of.period.serial
    return facts | {
        "doors": doors_of(of.case),
        "reports": reports_of(reading_unit().connection, of.period.id),
        "evidence": [evidence_line(piece) for piece in of.pieces],
        "history": told(of.links, names_in(of.file)),
        "before": period_url(number, serial - 1) if serial > 1 else None,
        "after": period_url(number, serial + 1) if serial < last else None,
        "recurs": recurs_told(of.work.plan.recurs),
        "today": hands.today,
        "prepare": way_to_prepare(case_of(of.file, of.ground), of.period, of.work),
        "urge_url": _urge_url(of, is_missing=facts["row"]["is_missing"]),
    }


def _urge_url(of: PeriodFile, *, is_missing: bool) -> str:
    """Return where a letter over this period alone is written; empty for who does not urge."""
    urges = current_actor().role is Role.OFFICE and is_missing
    return urge_url([of.file.directive.number], of.period.due_on) if urges else ""


def facts_of(of: PeriodFile) -> dict[str, Any]:
    """Return what every page about a period reads."""
    d, hands = of.file.directive, hands_of(of.ground)
    return {
        "file": of.file,
        "d": d,
        "p": of.period,
        "row": shown(of.period, d.number, hands, d.suspended_since, of.work.plan.recurs),
        "heading": heading_of(d.content),
        "total": len(of.work.periods),
    }
