"""`dondoc audit`: prove the history whole, write its head down outside the database."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from models.history.anchors import AnchorFile
from models.history.proving import anchor as anchor_history
from models.history.proving import prove
from web.labels import label
from web.terminal import Told, print_json, refusals_told, say
from web.wiring import office


@click.group()
def audit() -> None:
    """Prove the history."""


def _anchors() -> AnchorFile:
    return AnchorFile(office().settings.anchors)


@audit.command("verify")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@with_appcontext
@refusals_told
def verify(*, as_json: bool) -> None:
    """Walk the chain of entries; status 1 names the first broken one."""
    report, _head = prove(office().engine, _anchors())
    if as_json:
        print_json(report.as_json())
    elif report.ok:
        click.echo(f"{report.entries} entries, whole")
    if not report.ok:
        why = label(report.reason, "chain")
        raise Told(f"chain_broken: entry {report.first_broken}: {report.reason} ({why})")


@audit.command("anchor")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@with_appcontext
@refusals_told
def anchor(*, as_json: bool) -> None:
    """Prove the chain, then write its head down in the file of anchors."""
    _report, made = anchor_history(office().engine, _anchors(), office().clock())
    if as_json:
        print_json({"entries": made.entries, "digest": made.digest, "at": made.at.isoformat()})
    else:
        click.echo(f"{made.entries} {made.digest}")
    say(str(office().settings.anchors))
