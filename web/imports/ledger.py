"""What was taken in: the list of imports, and the result of one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Response, render_template, stream_with_context

from models.dossiers.imports import ended_early, rejected_rows, unmatched
from models.imports.queries import cases_told, first_rejected, import_line, imports_page
from web.addresses import asked_key, page_links
from web.dossiers.import_words import reason_told
from web.dossiers.rejected import by_command, file_of_import, short_lines
from web.exports.files import CSV_TYPE, attached
from web.guard import admin_only
from web.imports.blueprint import blueprint
from web.imports.handing_out import note_handed_out
from web.imports.keeping import rejected_of
from web.imports.words import detections_told, field_told, violations_told
from web.refusals import in_words
from web.review.notices import cases_in_words
from web.wiring import office, reading_unit
from workflow.errors import NotFound, Refused

SHOWN_REJECTED, SHOWN_UNMATCHED, SHOWN_EARLY = 50, 50, 50
IMPORT_PLACE = "/imports/<int(max=2147483647):import_id>"


@blueprint.get("/imports")
@admin_only
def index() -> str:
    """List the imports, newest first."""
    page = imports_page(
        reading_unit().connection, newer=asked_key("newer"), older=asked_key("older")
    )
    links = page_links(page.newer, page.older, names=("newer", "older"))
    return render_template("imports/index.html", page=page, links=links)


@blueprint.get(IMPORT_PLACE)
@admin_only
def show(import_id: int) -> str:
    """Show what an import did, what it could not read, and what nobody knows."""
    return render_template("imports/show.html", **_told(import_id))


def _told(import_id: int) -> dict[str, Any]:
    connection = reading_unit().connection
    line = import_line(connection, import_id)
    if line is None:
        raise NotFound("import")
    rejected = first_rejected(connection, import_id, SHOWN_REJECTED)
    done = line.of
    return {
        "line": line,
        "done": done,
        "counts": done.counts,
        "failure": in_words(Refused(done.failure)) if done.failure else "",
        "rejected": [(row, reason_told(row), field_told(row.field)) for row in rejected],
        "unmatched": unmatched(connection, done.facts.source, limit=SHOWN_UNMATCHED),
        "early": ended_early(connection, done.facts.source, limit=SHOWN_EARLY + 1),
        "shown_early": SHOWN_EARLY,
        "violations": violations_told(done.counts.violations),
        "off": detections_told(done.facts.detections_off),
        "is_whole": _whole(import_id) is not None,
        "cases": cases_in_words(cases_told(connection, done)),
    }


@blueprint.post(f"{IMPORT_PLACE}/rejected.csv")
@admin_only
def rejected(import_id: int) -> Response:
    """Send the rows that an import did not take in, whole while they are kept; it is recorded."""
    if import_line(reading_unit().connection, import_id) is None:
        raise NotFound("import")
    name = f"dong-loi-{import_id}.csv"
    if (whole := _whole(import_id)) is not None:
        note_handed_out(str(import_id))
        return attached(whole.read_bytes(), CSV_TYPE, name)
    return attached(stream_with_context(_lines(import_id)), CSV_TYPE, name)


def _whole(import_id: int) -> Path | None:
    """Return the file of the rows as the source wrote them; None when it is forgotten."""
    by_hand = by_command(office()) / file_of_import(import_id)
    places = (rejected_of(office(), import_id), by_hand)
    return next((path for path in places if path.is_file()), None)


def _lines(import_id: int) -> Iterator[str]:
    """Yield the file line by line, on a unit of its own: the request's is closed by then."""
    yield from short_lines(rejected_rows(reading_unit().connection, import_id))
