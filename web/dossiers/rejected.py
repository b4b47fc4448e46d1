"""The file of rows that were not taken in: line, code, field, what stood there, why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from flask_babel import force_locale

from web.dossiers.import_words import reason_told
from web.exports.tables import Value, csv_lines
from workflow.dossiers.misread import Rejected

HEADING = ("line", "code", "field", "told", "reason", "why")


def rejected_lines(rejected: Iterable[Rejected]) -> Iterator[str]:
    """Yield the file line by line; no cell of it is a formula."""
    return csv_lines(HEADING, map(_row, rejected))


def _row(one: Rejected) -> tuple[Value, ...]:
    return one.line, one.code, one.field, one.told, one.reason, reason_told(one)


def write_rejected(path: Path, rejected: Iterable[Rejected]) -> Path:
    """Write the file in Vietnamese and return where it lies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file, force_locale("vi"):
        file.writelines(rejected_lines(rejected))
    return path
