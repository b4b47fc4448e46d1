"""Files of a report that an officer prepared, handed out inside the agency alone."""

from __future__ import annotations

from flask import Response

from web.directives.showing import case_of, read_file
from web.handing_out import hand_out
from workflow.errors import NotFound


def send_prepared(number: str, prepared_id: int, sha256: str) -> Response:
    """Send one file of a prepared report to its own agency; NotFound for everybody else."""
    file, ground = read_file(number)
    of = case_of(file, ground).directive
    files = [(one.id, file) for one in of.prepared for file in one.files]
    files += [(one.id, file) for one in of.drafts for file in one.files]
    kept = next((f for key, f in files if (key, f.sha256) == (prepared_id, sha256)), None)
    if kept is None:
        raise NotFound
    return hand_out(kept)
