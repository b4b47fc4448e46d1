"""The names of whom and what entries of the history hold by their ids."""

from __future__ import annotations

from collections.abc import Sequence

from models.naming import account_names, agency_names
from web.history.telling import AGENCIES, PEOPLE, Known, ids_in
from web.wiring import reading_unit
from workflow.history.records import SealedEntry


def known_in(entries: Sequence[SealedEntry]) -> Known:
    """Return the names that these entries need; at most two statements."""
    connection = reading_unit().connection
    return Known(
        people=account_names(connection, ids_in(entries, PEOPLE)),
        agencies=agency_names(connection, ids_in(entries, AGENCIES)),
    )
