"""Commands of background work: a worker, and a night swept by hand or by cron."""

from __future__ import annotations

from datetime import date

import click
from flask import current_app
from flask.cli import with_appcontext

from web.config import settle
from web.jobs.engine import engine_of
from web.jobs.nightly import sweep_night
from web.jobs.running import run_due
from web.jobs.sweeping import StepFailed
from web.jobs.ticking import tick
from web.terminal import IsoDay, Told, print_json, refusals_told, say
from web.wiring import office

LEAST_THREADS = 3


@click.command()
@click.option("--threads", type=click.IntRange(2, 64), help="How many jobs at once.")
@click.option("--once", is_flag=True, help="Do what is due now, then end: for cron.")
@with_appcontext
@refusals_told
def worker(threads: int | None, *, once: bool) -> None:
    """Run background work beside the server, as many workers as you like."""
    if once:
        tick(office(), office().clock())
        ran = run_due(office())
        say(f"{ran.notices} notices, {ran.letters} letters, {ran.done} jobs, {ran.failed} failed")
        return
    jobs = office().settings.background.jobs
    if jobs.engine == "off":
        raise Told("background work is off: set DONDOC_JOBS, or use --once")
    settle(office().settings)
    engine = engine_of(current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001
    consumer = engine.consumer(threads or jobs.threads or LEAST_THREADS, embedded=False)
    say("working; stop with Ctrl+C")
    engine.poke()
    consumer.run()


@click.command()
@click.option("--as-of", type=IsoDay(), help="The day; default today.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@with_appcontext
@refusals_told
def sweep(as_of: date | None, *, as_json: bool) -> None:
    """Sweep a night: everything that falls due by a day. Twice does nothing twice."""
    day = as_of or office().today()
    try:
        swept = sweep_night(office(), day)
    except StepFailed as error:
        raise Told("not every step could be done: " + ", ".join(error.steps)) from error
    if as_json:
        print_json(swept.as_json())
        return
    since = f", since {swept.since.isoformat()}" if swept.since else ""
    click.echo(f"{day.isoformat()}{since}")
    for name, figures in swept.steps.items():
        told = ", ".join(f"{key} {value}" for key, value in figures.items())
        click.echo(f"  {name}: {told or '-'}")
