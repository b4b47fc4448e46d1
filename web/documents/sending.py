"""Sending a document's signed file: always as an attachment, never rendered here."""

from __future__ import annotations

from flask import Response, abort, send_file

from web.wiring import office
from workflow.evidence.records import StoredFile


def send_signed(found: StoredFile | None) -> Response:
    """Send the file under the name it came with; 404 when there is none to read."""
    path = office().files.path(found.sha256) if found else None
    if found is None or path is None or not path.is_file():
        abort(404)
    answer = send_file(
        path, mimetype=found.media_type, as_attachment=True, download_name=found.name
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
