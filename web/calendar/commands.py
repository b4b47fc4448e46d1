"""`dondoc calendar`: a period of working days with its ledger."""

from __future__ import annotations

from datetime import date, datetime

import click
from flask.cli import with_appcontext

from models.calendar.queries import overrides_if_any
from web.calendar.ledger import ledger_lines
from web.refusals import field_error
from web.terminal import Told, print_json, refusals_told, say
from web.wiring import office
from workflow.calendar.vietnam import vietnam_calendar
from workflow.calendar.working import WorkingCalendar, due_after
from workflow.errors import Invalid

ISO_DAY = 10
OPTIONS = {"start": "--from", "working_days": "--working-days"}
"""How what cannot be counted was given."""


class IsoMoment(click.ParamType[date | datetime]):
    """A date, or a date-time with or without seconds and zone, in ISO form."""

    name = "ISO"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date | datetime:
        """Return the day, or the instant."""
        text = str(value).strip()
        try:
            return (
                date.fromisoformat(text) if len(text) == ISO_DAY else datetime.fromisoformat(text)
            )
        except ValueError:
            self.fail(f"{text!r} is no ISO date or date-time", param, ctx)


def standing_calendar() -> WorkingCalendar:
    """Return the calendar of the database where one is set up, else the shipped one."""
    overrides = overrides_if_any(office().engine)
    if overrides is None:
        say("no table of days found: the calendar as shipped")
    return vietnam_calendar(overrides or ())


@click.group()
def calendar() -> None:
    """Count working days."""


@calendar.command("due")
@click.option("--from", "start", required=True, type=IsoMoment(), help="When the period begins.")
@click.option("--working-days", required=True, type=int, help="How many working days it has.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@with_appcontext
@refusals_told
def due(start: date | datetime, working_days: int, *, as_json: bool) -> None:
    """Print the last day of a period; its first day is not counted."""
    try:
        counted = due_after(standing_calendar(), start, working_days)
    except Invalid as error:
        said = (f"{OPTIONS[name]}: {field_error(code)}" for name, code in error.errors.items())
        raise Told(f"invalid: {' '.join(said)}") from None
    if as_json:
        print_json(counted.as_json())
        return
    for line in ledger_lines(counted.ledger):
        place = "-" if line.number is None else line.number
        click.echo(f"{line.date:%d/%m/%Y} {place:>4}  {line.reason}")
    click.echo(f"{counted.due_on:%d/%m/%Y}")
