"""`dondoc dossiers`: take in a file of dossiers, and count who was on time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import click
from flask.cli import with_appcontext

from models.dossiers.imports import ended_early, rejected_rows, unmatched
from models.dossiers.queries import GROUPS, timeliness
from web.dossiers.following import detection
from web.dossiers.import_words import reason_told
from web.dossiers.intake import Order, Outcome, take_in_file
from web.dossiers.profile_words import profile_told
from web.dossiers.rejected import by_command, file_of_import, write_rejected
from web.dossiers.shipped import profile_from
from web.terminal import IsoDay, Told, print_json, refusals_told, say
from web.wiring import office
from workflow.accounts.usecases import system_actor
from workflow.dossiers.profile import Profile
from workflow.dossiers.profile_text import ProfileInvalid
from workflow.dossiers.timing import Promise

SHOWN_REJECTED, SHOWN_UNMATCHED, SHOWN_EARLY = 20, 20, 20


class Groups(click.ParamType[tuple[str, ...]]):
    """Some of the things dossiers can be counted by, with commas between them."""

    name = "KEYS"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the keys."""
        if isinstance(value, tuple):
            return value
        keys = tuple(key.strip() for key in str(value).split(",") if key.strip())
        if not set(keys) <= set(GROUPS):
            self.fail(f"{value!r}: only {', '.join(GROUPS)}", param, ctx)
        return keys


@click.group()
def dossiers() -> None:
    """Take in dossiers and count who was on time."""


@dossiers.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option("--profile", "named", required=True, help="A profile's TOML file, or a shipped name.")
@click.option("--as-of", type=IsoDay(), help="Judge violations as of this day (default: today).")
@click.option("--dry-run", is_flag=True, help="Read all of it and leave nothing.")
@click.option(
    "--rejected",
    "rejected_file",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where the rows that were not taken in are written.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
@refusals_told
def import_file(
    file: Path,
    named: str,
    as_of: date | None,
    *,
    dry_run: bool,
    rejected_file: Path | None,
    as_json: bool,
) -> None:
    """Take in a file of dossiers (CSV or XLSX) by a profile.

    The same file again changes nothing; an import that was killed goes on where it stood.
    """
    profile = _profile(named)
    order = Order(
        path=file,
        profile=profile,
        as_of=as_of or office().today(),
        acting=lambda unit: system_actor(unit.accounts, at=office().clock()),
        trial=dry_run,
    )
    with _bar() as progress:
        outcome = take_in_file(office(), order, following=detection, progress=progress)
    _tell(outcome, order, rejected_file)
    if as_json:
        print_json(outcome.done.counts.as_json())


def _profile(named: str) -> Profile:
    try:
        return profile_from(named)
    except ProfileInvalid as error:
        told = (f"{path}: {words}" for path, words in profile_told(error).items())
        raise Told(f"invalid: {' · '.join(told)}") from error


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """Show how far an import is, where somebody watches."""
    if not sys.stderr.isatty():
        yield lambda _done, _rows: None
        return
    with click.progressbar(length=1, label="rows", file=sys.stderr, show_pos=True) as bar:

        def progress(done: int, rows: int) -> None:
            bar.length = max(rows, 1)
            bar.update(done - bar.pos)

        yield progress


def _tell(outcome: Outcome, order: Order, chosen: Path | None) -> None:
    """Say on standard error what was done, what was not, and what is not known."""
    counts, done = outcome.done.counts, outcome.done
    say(
        f"rows {counts.rows} · created {counts.created} · updated {counts.updated} · "
        f"unchanged {counts.unchanged} · rejected {counts.rejected}" + (" · dry run" * order.trial)
    )
    for kind, number in sorted(counts.violations.items()):
        say(f"{kind} {number}")
    if done.facts.detections_off:
        say(f"detections off, their columns are not there: {', '.join(done.facts.detections_off)}")
    _tell_doubts(order.profile)
    if counts.rejected:
        _tell_rejected(outcome, order, chosen)


def _tell_doubts(profile: Profile) -> None:
    """Tell what of the source was taken in and is worth a look: names nobody knows, odd days."""
    with office().reading() as unit:
        words = unmatched(unit.connection, profile.source, limit=SHOWN_UNMATCHED)
        early = ended_early(unit.connection, profile.source, limit=SHOWN_EARLY)
    for one in words:
        say(f"unmatched agency: {one.words} ({one.dossiers})")
    for dossier in early:
        say(
            f"ended before it was received: {dossier.code} "
            f"({dossier.ended_on} before {dossier.received_on})"
        )


def _tell_rejected(outcome: Outcome, order: Order, chosen: Path | None) -> None:
    """Write the rejected rows to their file; a trial leaves one only where it was asked for."""
    write = partial(write_rejected, source=order.path, profile=order.profile)
    if order.trial:
        for one in outcome.rejected[:SHOWN_REJECTED]:
            say(f"{one.line}\t{one.code}\t{one.field}\t{reason_told(one)}")
        if chosen:
            say(f"rejected rows: {write(chosen, rejected=outcome.rejected)}")
        return
    place = chosen or by_command(office()) / file_of_import(outcome.done.id)
    with office().reading() as unit:
        written = write(place, rejected=rejected_rows(unit.connection, outcome.done.id))
    say(f"rejected rows: {written}")


@dossiers.command("overdue")
@click.option("--as-of", required=True, type=IsoDay(), help="The day as of which it is judged.")
@click.option("--by", type=Groups(), default=(), help="agency, field, or both with a comma.")
@click.option("--last-promise", is_flag=True, help="Judge by the last promised day, not the first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
@refusals_told
def overdue(as_of: date, by: tuple[str, ...], *, last_promise: bool, as_json: bool) -> None:
    """Count the dossiers received by a day: ended on time, ended late, open and late."""
    promise = Promise.LAST if last_promise else Promise.FIRST
    with office().reading() as unit:
        calendar = office().calendar(unit)
        rows = timeliness(unit.connection, as_of, calendar, groups=by, by=promise)
    if as_json:
        print_json([one.as_json() for one in rows])
        return
    for one in rows:
        share = "-" if one.rate is None else f"{one.rate:.1%}"
        who = " · ".join(filter(None, (one.agency, one.field))) or "all"
        click.echo(
            f"{who}\treceived {one.received}\tended {one.ended}\ton time {one.on_time}\t"
            f"late {one.late}\topen late {one.open_late}\trate {share}"
        )
