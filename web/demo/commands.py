"""`dondoc demo`: set the demo up where nothing stands yet, then serve it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from models.installation import is_empty, is_marked
from web.config import clock_file
from web.demo.days import DEMO_NOW
from web.demo.people import PRINTED
from web.installation import DEFAULT_PORT, bring_up_to_date, run_server
from web.terminal import Told, refusals_told, say
from web.wiring import Office, office, system_clock

MARK = "demo"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65_535))
@click.option("--no-serve", is_flag=True, help="Only set it up.")
@with_appcontext
@refusals_told
def demo(host: str, port: int, *, no_serve: bool) -> None:
    """Set up the Khánh Hòa demo, print its accounts, and serve it.

    The demo's clock is shifted: its today begins on 22 November 2021.
    """
    if office().settings.is_production:
        raise Told("the demo does not run in production")
    bring_up_to_date()
    set_up(office())
    say(accounts_text(office().settings.instance))
    if not no_serve:
        say(f"\n  http://{host}:{port}/\n")
        run_server(host, port, workers=1)


def set_up(place: Office) -> None:
    """Fill an empty database with the demo; one that holds the demo already stays."""
    instance = place.settings.instance
    with place.reading() as unit:
        if is_marked(unit.connection, MARK):
            return
        if not is_empty(unit.connection):
            raise Told("this database holds other data: give the demo its own DATABASE_URL")
    from web.demo.story import tell_story  # noqa: PLC0415 - only a set-up needs it
    from web.demo.year import tell_year  # noqa: PLC0415 - as above

    password = f"{secrets.token_hex(3)}-{secrets.token_hex(3)}"
    say("setting up the demo …")
    started = time.monotonic()
    with _clock_of_story(place) as clock:
        tell_story(place, clock, password)
        say("… its year at the one-stop shop")
        tell_year(place, clock)
    _keep(instance, password)
    say(f"set up in {time.monotonic() - started:.0f} s")


class StoryClock:
    """A clock that the story sets as it goes."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@contextmanager
def _clock_of_story(place: Office) -> Iterator[StoryClock]:
    before, clock = place.clock, StoryClock(DEMO_NOW)
    place.clock = clock
    try:
        yield clock
    finally:
        place.clock = before


def _keep(instance: Path, password: str) -> None:
    """Keep what the next start needs: how far the clock is shifted, and the accounts."""
    offset = round((DEMO_NOW - system_clock()).total_seconds())
    clock_file(instance).write_text(str(offset), encoding="ascii")
    kept = password_file(instance)
    kept.touch(mode=0o600)
    kept.write_text(password, encoding="ascii")


def password_file(instance: Path) -> Path:
    """Return where the demo's password is kept."""
    return instance / "demo_password"


def accounts_text(instance: Path) -> str:
    """Return the lines that name one account for each role."""
    kept = password_file(instance)
    password = kept.read_text(encoding="ascii") if kept.exists() else "?"
    lines = [f"  {login:<12} {password}   {words}" for login, words in PRINTED]
    return "\n".join(["Accounts / Tài khoản:", *lines])
