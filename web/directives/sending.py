"""Files of a report that an officer prepared, handed out inside the agency alone."""

from __future__ import annotations

from flask import Response, send_file

from web.directives.showing import case_of, read_file
from web.wiring import office
from workflow.errors import NotFound


def send_prepared(number: str, prepared_id: int, sha256: str) -> Response:
    """Send one file of a prepared report to its own agency; NotFound for everybody else."""
    file, ground = read_file(number)
    known = (one for one in case_of(file, ground).directive.prepared if one.id == prepared_id)
    kept = next((f for one in known for f in one.files if f.sha256 == sha256), None)
    path = office().files.path(kept.sha256) if kept else None
    if kept is None or path is None or not path.is_file():
        raise NotFound
    answer = send_file(path, kept.media_type, as_attachment=True, download_name=kept.name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
