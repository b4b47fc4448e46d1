"""Handing out evidence: always as a file to keep, never shown by this server."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, send_file

from models.evidence.queries import readable_file
from web.identity import current_actor
from web.wiring import office, reading_unit
from workflow.errors import NotFound

LOG = logging.getLogger("dondoc")
LARGEST_ID = 2**31 - 1

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")


@blueprint.get(f"/<int(max={LARGEST_ID}):evidence_id>")
def download(evidence_id: int) -> Response:
    """Send one piece of evidence to whoever may read its directive whole."""
    actor = current_actor()
    kept = readable_file(reading_unit().connection, actor, evidence_id, office().today())
    path = office().files.path(kept.sha256)
    if not path.is_file():
        LOG.error("evidence %s is missing in the file store", kept.id)
        raise NotFound
    LOG.info("evidence %s taken by account %s", kept.id, actor.account_id)
    answer = send_file(path, kept.media_type, as_attachment=True, download_name=kept.name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
