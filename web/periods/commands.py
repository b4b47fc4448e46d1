"""Commands of reporting periods: set those of work that was issued before there were any."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from models.periods.keeping import unplanned
from web.terminal import print_json, refusals_told, say
from web.wiring import office
from workflow.accounts.usecases import system_actor
from workflow.periods.choosing import set_by_document


@click.group()
def periods() -> None:
    """Look after reporting periods."""


@periods.command("set")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@with_appcontext
@refusals_told
def set_command(*, as_json: bool) -> None:
    """Set the periods of running work whose document names how often it reports.

    Once, after an upgrade: work issued since has them from its issue. Each directive is a
    transaction of its own; running it again changes nothing.
    """
    place = office()
    with place.reading() as unit:
        numbers = unplanned(unit.connection)
    done = []
    for number in numbers:
        with place.writing() as unit:
            actor = system_actor(unit.accounts, at=place.clock())
            if set_by_document(unit.periods, actor, number, ground=place.ground(unit)):
                done.append(number)
    if as_json:
        print_json({"directives": len(done), "numbers": done})
        return
    for number in done:
        say(number)
