"""The report as an answer to a browser."""

from __future__ import annotations

from flask import Response

from web.directives.listing import looker
from web.exports.files import attached
from web.identity import current_actor
from web.summaries.asking import Asked
from web.summaries.files import TYPES, chosen_sign, file_of, read_files, signing_of
from web.wiring import office, reading_unit


def sent(asked: Asked, kind: str, sign: str) -> Response:
    """Return the report as a file to keep."""
    unit = reading_unit()
    files = read_files(unit, asked.scope, looker(), office().clock())
    way = chosen_sign(signing_of(unit.agencies.agencies(), current_actor().agency_id), sign)
    return attached(file_of(files, kind, way), TYPES[kind], f"{files.name}.{kind}")
