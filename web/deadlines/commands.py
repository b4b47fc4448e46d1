"""`dondoc deadline`: what a deadline phrase says."""

from __future__ import annotations

import click

from web.labels import label
from web.terminal import print_json, refusals_told
from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import Deadline

YEARS = click.IntRange(1900, 2200)


@click.group()
def deadline() -> None:
    """Read deadline phrases."""


@deadline.command("parse")
@click.argument("text")
@click.option("--year", required=True, type=YEARS, help="The year of the document.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@refusals_told
def parse(text: str, year: int, *, as_json: bool) -> None:
    """Read TEXT as a deadline, for a document of YEAR; every kind ends with status 0.

    It asks nothing of a database.
    """
    read = read_deadline(text, year=year)
    if as_json:
        print_json(read.as_json())
        return
    for name, value in told(read):
        click.echo(f"{name + ':':<16} {value}")


def told(read: Deadline) -> list[tuple[str, str]]:
    """Return what a phrase says, line by line, without what it does not say."""
    kind = label(read.kind, "deadline_kind")
    lines: list[tuple[str, str]] = [("kind", f"{read.kind} ({kind})")]
    if read.reason:
        lines.append(("reason", str(read.reason)))
    days = (
        ("starts_on", read.starts_on),
        ("due_on", read.due_on),
        ("other reading", read.other_due_on),
    )
    lines += [(name, f"{day:%d/%m/%Y}") for name, day in days if day]
    if read.ongoing:
        lines.append(("ongoing", "yes"))
    if read.working_days:
        lines.append(("working_days", str(read.working_days)))
    if read.recurs:
        lines.append(("recurs", read.recurs))
    return lines
