"""Handing out kept files: whole or not at all, and never shown by this server."""

from __future__ import annotations

import logging
from typing import Protocol

from flask import Response, send_file

from web.wiring import office
from workflow.errors import NotFound, Refused

LOG = logging.getLogger("dondoc")


class Kept(Protocol):
    """A file as a row names it."""

    @property
    def sha256(self) -> str:
        """Its hash, under which it lies."""

    @property
    def name(self) -> str:
        """The name it came with."""

    @property
    def media_type(self) -> str:
        """What it was found to be."""


def hand_out(kept: Kept) -> Response:
    """Send a file to keep, under the name it came with.

    NotFound where it is lost; Refused, `file_changed`, where its content is no longer the one
    whose hash the history holds.
    """
    path = office().files.path(kept.sha256)
    if not path.is_file():
        LOG.error("file %s is missing in the file store", kept.sha256)
        raise NotFound
    if not office().files.is_whole(kept.sha256):
        LOG.error("file %s was changed in the file store", kept.sha256)
        raise Refused("file_changed")
    answer = send_file(path, kept.media_type, as_attachment=True, download_name=kept.name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
