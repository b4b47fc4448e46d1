"""Commands of directives: take in a task sheet as a draft document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from models.unit import Unit
from web.documents.intake import TakenIn, keep, open_sheet, take_in
from web.documents.words import problem_told
from web.terminal import print_json, refusals_told, say
from web.uploads.spreadsheet import Spreadsheet
from web.wiring import office
from workflow.accounts.usecases import system_actor
from workflow.documents.issuing import plan_of
from workflow.documents.records import Document, DocumentState, Problem
from workflow.documents.rules import waiting
from workflow.documents.secret_names import refuse_secret_name

FIRST_YEAR, LAST_YEAR = 1945, 2100


@click.group()
def directives() -> None:
    """Take in task sheets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import made, or would make: the counts, and what waits for a person by row.

    `early` are rows that ended or stopped elsewhere before the day they were given, told beside.
    """

    rows: int
    directives: int
    unresolved: tuple[tuple[int, Problem], ...]
    early: tuple[tuple[int, date], ...]
    draft_id: int | None

    def as_json(self) -> dict[str, object]:
        """Return exactly the keys of `dondoc directives import --json`."""
        waits = [
            {"row": row, "field": one.field, "text": one.text, "reason": one.reason}
            for row, one in self.unresolved
        ]
        return {"rows": self.rows, "directives": self.directives, "unresolved": waits}


class _NothingKept(Exception):
    """Ends a dry run: the transaction rolls back and leaves nothing."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome


@directives.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, readable=True, path_type=Path))
@click.option(
    "--year",
    type=click.IntRange(FIRST_YEAR, LAST_YEAR),
    help="Year of the document; stands above every year that the sheet names.",
)
@click.option("--dry-run", is_flag=True, help="Read the sheet and leave nothing.")
@click.option(
    "--create-agencies",
    is_flag=True,
    help="Add agencies that nobody knows as departments of the province.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
@refusals_told
def import_sheet(
    file: Path, year: int | None, *, dry_run: bool, create_agencies: bool, as_json: bool
) -> None:
    """Take in a task sheet (XLSX or CSV) as one draft document.

    Nothing is issued. What could not be read waits in the draft for a person, with its reason.
    """
    refuse_secret_name(file.name)
    with file.open("rb") as stream:
        sheet = open_sheet(stream, file.name)
    try:
        outcome = _import(sheet, year, dry_run=dry_run, create_agencies=create_agencies)
    except _NothingKept as ended:
        outcome = ended.outcome
    for row, given in outcome.early:
        say(f"row {row}: ended or paused elsewhere before it was given on {given:%Y-%m-%d}")
    if as_json:
        print_json(outcome.as_json())
    else:
        _print_for_people(outcome)


def _import(
    sheet: Spreadsheet, year: int | None, *, dry_run: bool, create_agencies: bool
) -> Outcome:
    with office().writing() as unit:
        actor = system_actor(unit.accounts, at=office().clock())
        taken = take_in(unit, actor, sheet, year=year, create_agencies=create_agencies)
        for name in sheet.other_sheets:
            say(f"sheet {name!r} is not read: import it on its own if it holds tasks")
        outcome = _outcome(unit, taken)
        if dry_run:
            raise _NothingKept(outcome)
        return replace(outcome, draft_id=keep(unit, actor, taken))


def _outcome(unit: Unit, taken: TakenIn) -> Outcome:
    """Count the directives the draft would make now, its groups as of the sheet's day."""
    head, clauses = taken.draft.head, taken.draft.clauses
    document = Document(id=0, state=DocumentState.DRAFT, version=0, head=head, clauses=clauses)
    plan = plan_of(
        document,
        unit.agencies.agencies(),
        {group.code: group for group in unit.agencies.groups()},
        office().calendar(unit),
        today=taken.day,
    )
    return Outcome(
        rows=len(clauses),
        directives=sum(len(one.recipients.leads) for one in plan),
        early=tuple(
            (one.clause.sheet_row or 0, one.reached_before) for one in plan if one.reached_before
        ),
        unresolved=tuple((c.sheet_row or 0, p) for c in clauses for p in waiting(c)),
        draft_id=None,
    )


def _print_for_people(outcome: Outcome) -> None:
    for row, problem in outcome.unresolved:
        click.echo(f"{row}\t{problem.field}\t{problem.reason}\t{problem_told(problem)}")
    kept: Any = outcome.draft_id or "-"
    say(
        f"rows {outcome.rows} · directives {outcome.directives} · "
        f"unresolved {len(outcome.unresolved)} · draft {kept}"
    )
