"""The night's step for dossiers: waits that were counted on a calendar that no longer stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from models.dossiers.nightly import counted_on_another
from models.unit import Unit
from models.violations.finding import off_by_source
from web.jobs.held import Figures
from web.jobs.steps import Night, Step
from web.wiring import Office
from workflow.accounts.records import Actor
from workflow.accounts.usecases import system_actor
from workflow.dossiers.recounting import AT_ONCE, Waited, recount_waits
from workflow.violations.scopes import DossierScope
from workflow.violations.usecases import detect


def recount_by_night(office: Office, night: Night) -> Figures:
    """Count waits again after the calendar changed, and judge anew whose due day moved."""
    looked_at = moved = 0
    while True:
        with office.writing() as unit:
            night.hold(unit)
            actor = system_actor(unit.accounts, at=night.at)
            done = recount_waits(
                unit.dossiers, actor, office.calendar(unit), at=night.at, limit=AT_ONCE
            )
            _judge_anew(unit, actor, done.moved, night)
        looked_at, moved = looked_at + done.looked_at, moved + len(done.moved)
        if done.looked_at < AT_ONCE:
            return {"waits": looked_at, "due_moved": moved}


def _judge_anew(unit: Unit, actor: Actor, moved: Sequence[Waited], night: Night) -> None:
    by_source: dict[str, list[int]] = defaultdict(list)
    for one in moved:
        by_source[one.source].append(one.id)
    off = off_by_source(unit.connection) if moved else {}
    for source, ids in sorted(by_source.items()):
        scope = DossierScope(
            dossier_ids=tuple(ids), off=off.get(source, frozenset()), source="calendar"
        )
        detect(unit.violations, actor, scope, day=night.day, at=night.at)


RECOUNT = Step(
    "dossiers.recount",
    run=recount_by_night,
    look=lambda office, unit, _: counted_on_another(office.calendar(unit).version.identifier),
    idle={"waits": 0, "due_moved": 0},
)
