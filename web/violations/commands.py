"""Commands of violations: look through what is kept again, and count what stands."""

from __future__ import annotations

from collections import Counter
from datetime import date

import click
from flask.cli import with_appcontext

from models.violations.chunks import dossier_chunks
from web.labels import label
from web.terminal import IsoDay, print_json, refusals_told, say
from web.wiring import office
from workflow.accounts.usecases import system_actor
from workflow.violations.scopes import Detected
from workflow.violations.usecases import detect


@click.group()
def violations() -> None:
    """Look after violations."""


@violations.command("detect")
@click.option("--as-of", type=IsoDay(), help="The day to judge by; today without it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@with_appcontext
@refusals_told
def detect_command(as_of: date | None, as_json: bool) -> None:  # noqa: FBT001 - an option
    """Bring the violations of every dossier to what holds as of a day.

    For repair: after days off were entered, or agencies were told apart. Imports and the
    night do it for what changed or fell due.
    """
    place = office()
    day = as_of or place.today()
    done: dict[str, Counter[str]] = {}
    with place.reading() as unit:
        scopes = dossier_chunks(unit.connection)
    for scope in scopes:
        with place.writing() as unit:
            at = place.clock()
            actor = system_actor(unit.accounts, at=at)
            _add(done, detect(unit.violations, actor, scope, day=day, at=at))
    if as_json:
        print_json({kind: dict(sorted(counts.items())) for kind, counts in done.items()})
        return
    for kind, counts in done.items():
        for code, count in sorted(counts.items()):
            say(f"{label(kind, 'field')}: {code} {label(code, 'violation_type')}: {count}")


def _add(done: dict[str, Counter[str]], one: Detected) -> None:
    for kind in ("found", "reinstated", "moved", "overturned", "standing"):
        done.setdefault(kind, Counter()).update(getattr(one, kind))
