"""`dondoc demo`: set the demo up where nothing stands yet, then serve it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
from flask.cli import with_appcontext

from models.installation import is_empty, is_marked
from web.config import clock_file
from web.demo.autumn.days import AUTUMN_NOW
from web.demo.autumn.people import PRINTED as AUTUMN_PRINTED
from web.demo.days import DEMO_NOW, instant
from web.demo.people import PRINTED
from web.installation import bring_up_to_date, listening, run_server
from web.terminal import Told, answer, refusals_told, say
from web.wiring import Office, office, system_clock
from workflow.days import local_day


@click.command()
@listening
@click.option("--autumn-2025", is_flag=True, help="The province on two tiers, in October 2025.")
@click.option("--no-serve", is_flag=True, help="Only set it up.")
@with_appcontext
@refusals_told
def demo(host: str, port: int, *, autumn_2025: bool, no_serve: bool) -> None:
    """Set up the Khánh Hòa demo, print its accounts, and serve it.

    The demo's clock is shifted: its today begins on 22 November 2021. With --autumn-2025 it
    begins on 20 October 2025, and the agencies of 2021 have gone over into those of the two
    tiers; that one wants a database of its own.
    """
    if office().settings.is_production:
        raise Told("the demo does not run in production")
    bring_up_to_date()
    telling = AUTUMN if autumn_2025 else AUGUST
    set_up(office(), telling)
    answer(accounts_text(office().settings.instance, telling))
    if not no_serve:
        answer(f"\n  http://{host}:{port}/\n")
        run_server(host, port, workers=1)


@dataclass(frozen=True, slots=True)
class Telling:
    """One of the demo's stories: its mark in a database, its today, its accounts."""

    mark: str
    now: datetime
    printed: tuple[tuple[str, str], ...]
    hint: str


AUGUST = Telling("demo", DEMO_NOW, PRINTED, "dondoc demo")
AUTUMN = Telling("demo-autumn-2025", AUTUMN_NOW, AUTUMN_PRINTED, "dondoc demo --autumn-2025")


def set_up(place: Office, telling: Telling = AUGUST) -> None:
    """Fill an empty database with the demo; one that holds the demo already stays."""
    instance = place.settings.instance
    with place.reading() as unit:
        if is_marked(unit.connection, telling.mark):
            return
        if not is_empty(unit.connection):
            raise Told(
                "this database holds other data: give the demo a place of its own "
                f"(DONDOC_INSTANCE=instance/{telling.mark} {telling.hint})"
            )
    password = f"{secrets.token_hex(3)}-{secrets.token_hex(3)}"
    say("setting up the demo …")
    started = time.monotonic()
    with _clock_of_story(place, telling.now) as clock:
        _tell(place, clock, password, telling)
        sweep_last_night(place, clock, telling.now)
    _keep(instance, password, telling.now)
    say(f"set up in {time.monotonic() - started:.0f} s")


def _tell(place: Office, clock: StoryClock, password: str, telling: Telling) -> None:
    from web.demo.autumn.story import tell_autumn  # noqa: PLC0415 - only a set-up needs it
    from web.demo.autumn.year import tell_autumn_year  # noqa: PLC0415 - as above
    from web.demo.story import tell_story  # noqa: PLC0415 - as above
    from web.demo.year import tell_year  # noqa: PLC0415 - as above

    if telling is AUTUMN:
        tell_autumn(place, clock, password)
        say("… its year at the one-stop shop")
        tell_autumn_year(place, clock)
        return
    tell_story(place, clock, password)
    say("… its year at the one-stop shop")
    tell_year(place, clock)


def sweep_last_night(place: Office, clock: StoryClock, now: datetime) -> None:
    """Sweep the night before the demo's today: whoever opens it finds what fell due on the desk."""
    from web.jobs.nightly import sweep_night  # noqa: PLC0415 - only a set-up needs it

    today = local_day(now)
    clock.at = instant(today, hour=3)
    sweep_night(place, today)
    clock.at = now


class StoryClock:
    """A clock that the story sets as it goes."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@contextmanager
def _clock_of_story(place: Office, now: datetime) -> Iterator[StoryClock]:
    before, clock = place.clock, StoryClock(now)
    place.clock = clock
    try:
        yield clock
    finally:
        place.clock = before


def _keep(instance: Path, password: str, now: datetime) -> None:
    """Keep what the next start needs: how far the clock is shifted, and the accounts."""
    offset = round((now - system_clock()).total_seconds())
    clock_file(instance).write_text(str(offset), encoding="ascii")
    kept = password_file(instance)
    kept.touch(mode=0o600)
    kept.write_text(password, encoding="ascii")


def password_file(instance: Path) -> Path:
    """Return where the demo's password is kept."""
    return instance / "demo_password"


def accounts_text(instance: Path, telling: Telling = AUGUST) -> str:
    """Return the lines that name one account for each role."""
    kept = password_file(instance)
    password = kept.read_text(encoding="ascii") if kept.exists() else "?"
    lines = [f"  {login:<12} {password}   {words}" for login, words in telling.printed]
    return "\n".join(["Accounts / Tài khoản:", *lines])
