"""Sending a document's signed file: always as an attachment, never rendered here."""

from __future__ import annotations

from flask import Response

from web.handing_out import hand_out
from workflow.errors import NotFound
from workflow.evidence.records import StoredFile


def send_signed(found: StoredFile | None) -> Response:
    """Send the file under the name it came with; 404 when there is none to read."""
    if found is None:
        raise NotFound
    answer = hand_out(found)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
