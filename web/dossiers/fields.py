"""The fields that a filter offers: those of the latest dossiers, in Vietnamese order."""

from __future__ import annotations

from models.dossiers.choices import fields_of
from web.wiring import reading_unit
from workflow.text import sort_key


def fields_known() -> list[tuple[str, str]]:
    """Return the fields as the choices of a filter; an empty list offers a text instead."""
    found = fields_of(reading_unit().connection)
    return [(field, field) for field in sorted(found, key=sort_key)]
