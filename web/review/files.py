"""Handing out the files of papers: always as a file to keep, never shown by this server."""

from __future__ import annotations

import logging

from flask import Response

from models.review.queries import readable_file
from web.handing_out import hand_out
from web.identity import current_actor
from web.wiring import office, reading_unit

LOG = logging.getLogger("dondoc")


def send(file_id: int) -> Response:
    """Send a file of a paper to whoever may read one of its cases."""
    actor = current_actor()
    kept = readable_file(reading_unit().connection, actor, file_id, office().today())
    answer = hand_out(kept)
    LOG.info("file %s of a case taken by account %s", kept.id, actor.account_id)
    return answer
