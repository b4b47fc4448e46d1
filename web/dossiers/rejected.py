"""The file of rows that were not taken in: each as the source writes it, with line and reason.

Mended in its cells it can be taken in as it is: no profile reads the columns that are ours. It
holds personal data, as the source does: only who may import gets it, and it is kept as briefly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from flask_babel import force_locale

from web.dossiers.import_words import reason_told
from web.dossiers.opening import OURS, Opened, open_dossiers
from web.exports.tables import Value, csv_lines
from web.wiring import Office
from workflow.dossiers.misread import Rejected
from workflow.dossiers.profile import Profile

ADDED = (f"{OURS}line", f"{OURS}field", f"{OURS}reason", f"{OURS}why")
SHORT = ("line", "code", "field", "told", "reason", "why")


def short_lines(rejected: Iterable[Rejected]) -> Iterator[str]:
    """Yield what is kept of rejected rows for ever: where, what is wrong, no personal data."""
    rows = ((r.line, r.code, r.field, r.told, r.reason, reason_told(r)) for r in rejected)
    return csv_lines(SHORT, rows)


def by_command(office: Office) -> Path:
    """Return the folder where a command leaves them that names no other place."""
    return office.settings.instance / "rejected"


def file_of_import(import_id: int) -> str:
    """Return the name of the file of an import."""
    return f"import-{import_id}.csv"


def write_rejected(
    path: Path, source: Path, profile: Profile, rejected: Iterable[Rejected], *, name: str = ""
) -> Path:
    """Write the rejected rows of a source, told in the order of their lines; return the path.

    Nobody but the account that serves can read it; no cell of it is a formula.
    """
    opened = open_dossiers(source, profile, name=name)
    places = [place for place, cell in enumerate(opened.heading) if not cell.startswith(OURS)]
    heading = (*ADDED, *(opened.heading[place] for place in places))
    lines = csv_lines(
        heading, _whole(opened, places, rejected), delimiter=profile.file.delimiter or ","
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as file, force_locale("vi"):
        file.writelines(lines)
    return path


def _whole(
    opened: Opened, places: list[int], rejected: Iterable[Rejected]
) -> Iterator[tuple[Value, ...]]:
    """Yield each rejected row with all its cells, those too many and too few as they are."""
    width = len(opened.heading)
    waiting = iter(rejected)
    one = next(waiting, None)
    for line, row in opened.rows():
        if one is None:
            return
        if line == one.line:
            kept = [row[place] for place in places if place < len(row)]
            yield (one.line, one.field, one.reason, reason_told(one), *kept, *row[width:])
            one = next(waiting, None)
