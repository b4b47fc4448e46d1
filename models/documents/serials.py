"""The serial of a document within its year, counted on so that no two get one."""

from __future__ import annotations

from sqlalchemy import Connection, text, update

from models.documents.rows import SerialRow

_FIRST_SERIAL = text(
    "INSERT INTO serials (year, last) "
    "SELECT :year, coalesce(max(serial), 0) FROM documents WHERE year = :year "
    "ON CONFLICT DO NOTHING"
)
"""A year begins after what stands in it; whoever comes second leaves the first one's row."""


def next_serial(connection: Connection, year: int) -> int:
    """Count on within the year; the row counted on is held, so no two get one serial."""
    count_on = (
        update(SerialRow)
        .where(SerialRow.year == year)
        .values(last=SerialRow.last + 1)
        .returning(SerialRow.last)
    )
    moved = connection.execute(count_on).scalar_one_or_none()
    if moved is None:
        connection.execute(_FIRST_SERIAL, {"year": year})
        moved = connection.execute(count_on).scalar_one()
    return int(moved)
