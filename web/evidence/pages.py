"""Handing out evidence: always as a file to keep, never shown by this server."""

from __future__ import annotations

import logging

from flask import Blueprint, Response

from models.evidence.queries import readable_file
from web.handing_out import hand_out
from web.identity import current_actor
from web.wiring import office, reading_unit

LOG = logging.getLogger("dondoc")
LARGEST_ID = 2**31 - 1

blueprint = Blueprint("evidence", __name__, url_prefix="/evidence")


@blueprint.get(f"/<int(max={LARGEST_ID}):evidence_id>")
def download(evidence_id: int) -> Response:
    """Send one piece of evidence to whoever may read its directive whole."""
    actor = current_actor()
    kept = readable_file(reading_unit().connection, actor, evidence_id, office().today())
    answer = hand_out(kept)
    LOG.info("evidence %s taken by account %s", kept.id, actor.account_id)
    return answer
