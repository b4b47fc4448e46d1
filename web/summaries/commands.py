"""`dondoc report`: the Friday report as files, or as figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext

from models.directives.filters import Looker
from models.summaries.standing import Scope
from web.official.signing import Sign
from web.summaries.asking import DOCUMENT
from web.summaries.files import Files, chosen_sign, file_of, read_files, signing_of
from web.terminal import IsoDay, Told, print_json, refusals_told, say
from web.wiring import office
from workflow.accounts.usecases import system_actor
from workflow.agencies.records import Agency
from workflow.summaries.records import Figure, Tally
from workflow.summaries.spans import Stretch, chosen, span_of

KINDS = ("docx", "xlsx")
"""What a folder gets; a file may be a .pdf too."""


@click.group()
def report() -> None:
    """Write reports."""


@report.command("friday")
@click.option("--from", "first", type=IsoDay(), help="First day (default: Monday of this week).")
@click.option("--to", "last", type=IsoDay(), help="Last day (default: today).")
@click.option("--document", "documents", multiple=True, help="Only this document (2021-0017).")
@click.option("--agency", default="", help="Only this agency's code, with the units below it.")
@click.option(
    "--entered-later",
    is_flag=True,
    help="Count what was given by the last day though it was entered after it.",
)
@click.option(
    "--sign",
    type=click.Choice([one.value for one in Sign]),
    default=Sign.HEAD.value,
    help="Who signs the draft.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="A .docx, .pdf or .xlsx file, or a folder for DOCX and XLSX (default: this folder).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON document.")
@with_appcontext
@refusals_told
def friday(
    first: date | None,
    last: date | None,
    documents: tuple[str, ...],
    agency: str,
    *,
    entered_later: bool,
    sign: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Write the Friday report of a period as DOCX and XLSX; with --json, only its figures.

    Files are written with --json too when --out names where.
    """
    today = office().today()
    span = chosen(first or span_of(Stretch.WEEK, today).first, last or today, today)
    scope = Scope(span=span, documents=_keys(documents), agency=agency, entered_later=entered_later)
    files, agencies = _read(scope, today)
    if after := files.report.whole[Figure.ENTERED_AFTER]:
        say(f"{after} given by {span.last} but entered later are not counted (--entered-later)")
    if out or not as_json:
        _write(files, agencies, sign, out or Path())
    if as_json:
        print_json(figures_of(files))


def _read(scope: Scope, today: date) -> tuple[Files, tuple[Agency, ...]]:
    now = office().clock()
    with office().writing() as unit:
        actor = system_actor(unit.accounts, at=now)
    with office().reading() as unit:
        looker = Looker(actor=actor, day=today)
        return read_files(unit, scope, looker, now), unit.agencies.agencies()


def _keys(documents: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    found = [DOCUMENT.fullmatch(one) for one in documents]
    if not all(found):
        raise click.BadParameter("a document is named like 2021-0017", param_hint="--document")
    return tuple((int(key[1]), int(key[2])) for key in found if key)


def _write(files: Files, agencies: tuple[Agency, ...], sign: str, out: Path) -> None:
    ways = signing_of(agencies, None)
    if not ways:
        raise Told("no agency is marked as the office that follows directives")
    way = chosen_sign(ways, sign)
    named = out.suffix.lstrip(".").lower()
    is_file = named in {*KINDS, "pdf"}
    for kind in (named,) if is_file else KINDS:
        place = out if is_file else out / f"{files.name}.{kind}"
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file_of(files, kind, way))
        except OSError as error:
            raise Told(f"{place}: {error.strerror}") from error
        say(str(place))


def figures_of(files: Files) -> dict[str, object]:
    """Return the report's figures: the period, the whole, and each agency; no key is left out."""
    told, span = files.report, files.report.scope.span
    return {
        "from": span.first.isoformat(),
        "to": span.last.isoformat(),
        "total": _told(told.whole),
        "agencies": [
            {"agency": one.code, "name": one.name, **_told(one.tally)} for one in told.agencies
        ],
        "periods": [
            {
                "agency": one.code,
                "due": one.due,
                "on_time": one.on_time,
                "late": one.late,
                "missing": one.missing,
            }
            for one in files.standing.tallies
        ],
    }


def _told(tally: Tally) -> dict[str, object]:
    counts: dict[str, object] = {one.value: tally[one] for one in Figure}
    return {"given": tally.given, **counts, "rate": tally.rate, "first_rate": tally.first_rate}
