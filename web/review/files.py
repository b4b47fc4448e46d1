"""Handing out the files of papers: always as a file to keep, never shown by this server."""

from __future__ import annotations

import logging

from flask import Response, send_file

from models.review.queries import readable_file
from web.identity import current_actor
from web.wiring import office, reading_unit
from workflow.errors import NotFound

LOG = logging.getLogger("dondoc")


def send(file_id: int) -> Response:
    """Send a file of a paper to whoever may read one of its cases."""
    actor = current_actor()
    kept = readable_file(reading_unit().connection, actor, file_id, office().today())
    path = office().files.path(kept.sha256)
    if not path.is_file():
        LOG.error("file %s of a case is missing in the file store", kept.id)
        raise NotFound
    LOG.info("file %s of a case taken by account %s", kept.id, actor.account_id)
    answer = send_file(path, kept.media_type, as_attachment=True, download_name=kept.name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
