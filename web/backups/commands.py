"""`dondoc backup` and `dondoc restore`."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from web.backups.keeping import back_up
from web.backups.keeping import restore as put_back
from web.terminal import Told, print_json, refusals_told, say
from web.wiring import office

FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@with_appcontext
@refusals_told
def backup(folder: Path, *, as_json: bool) -> None:
    """Write database and files into FOLDER, while everybody works on."""
    kept = back_up(office(), folder)
    told = kept.manifest
    if as_json:
        print_json(
            {
                "database": told.database,
                "revision": told.revision,
                "entries": told.entries,
                "digest": told.digest,
                "files": told.files,
                "damaged": list(kept.damaged),
            }
        )
    else:
        click.echo(f"{folder}: {told.entries} entries, {told.files} files")
    if kept.damaged:
        raise Told(f"left out, their content left their hash: {', '.join(kept.damaged)}")


@click.command()
@click.argument("folder", type=FOLDER)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@with_appcontext
@refusals_told
def restore(folder: Path, *, as_json: bool) -> None:
    """Put the backup in FOLDER back on an installation that was never set up."""
    back = put_back(office(), folder)
    told = back.manifest
    if as_json:
        print_json(
            {
                "database": told.database,
                "revision": told.revision,
                "files": told.files,
                "sessions_ended": back.sessions,
                **back.chain.as_json(),
            }
        )
    else:
        click.echo(f"{back.chain.entries} entries, {told.files} files")
    next_step = "everybody signs in anew; run `dondoc doctor`, then `dondoc serve`"
    say(next_step)
    if not back.chain.ok:
        raise Told(f"chain_broken: entry {back.chain.first_broken}: {back.chain.reason}")
