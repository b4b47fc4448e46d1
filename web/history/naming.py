"""The names of whom and what entries of the history hold by their ids."""

from __future__ import annotations

from collections.abc import Sequence

from models.naming import account_names, agency_names, agency_names_by_code, piece_names
from web.history.known import Known
from web.history.subjects import agencies_named
from web.history.telling import AGENCIES, AGENCY_CODES, PEOPLE, PIECES, codes_in, ids_in, told
from web.wiring import reading_unit
from workflow.history.records import SealedEntry


def told_by_name(entries: Sequence[SealedEntry]) -> list[dict[str, object]]:
    """Return entries as the timeline macro shows them, with the names of what they hold by id."""
    return told(entries, _known_in(entries))


def _known_in(entries: Sequence[SealedEntry]) -> Known:
    """Return the names that these entries need; at most four statements."""
    connection = reading_unit().connection
    return Known(
        people=account_names(connection, ids_in(entries, PEOPLE)),
        agencies=agency_names(connection, ids_in(entries, AGENCIES) | agencies_named(entries)),
        coded=agency_names_by_code(connection, codes_in(entries, AGENCY_CODES)),
        pieces=piece_names(connection, ids_in(entries, PIECES)),
    )
