"""The office's list of papers as it is kept and found again by number."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    Row,
    bindparam,
    delete,
    insert,
    select,
    union_all,
    update,
)

from models.base import table_of
from models.directives.rows import ReportRow
from models.papers.rows import ListedPaperRow, PaperChangeRow, ReminderLetterRow
from workflow.accounts.records import Actor
from workflow.evidence.records import StoredFile
from workflow.papers.records import Direction, KnownPaper, ListedPaper, paper_key
from workflow.text import fold, squeeze

PAPERS, CHANGES = table_of(ListedPaperRow), table_of(PaperChangeRow)
CHUNK = 500
_LIKE = (
    select(PAPERS)
    .where(PAPERS.c.number_key.in_(bindparam("numbers", expanding=True)))
    .order_by(PAPERS.c.id)
    .with_for_update()
)
_BEARING = (
    select(PAPERS)
    .where(PAPERS.c.number_key == bindparam("key"))
    .order_by(PAPERS.c.id)
    .with_for_update()
)
_REFERRING: CompoundSelect[*tuple[Any, ...]] = union_all(
    select(ReportRow.report_number, ReportRow.report_date).where(
        ReportRow.report_date.in_(bindparam("days", expanding=True)),
        ReportRow.outcome != "recalled",
    ),
    select(ReminderLetterRow.number, ReminderLetterRow.dated).where(
        ReminderLetterRow.dated.in_(bindparam("days", expanding=True))
    ),
)
_ONE = select(PAPERS).where(PAPERS.c.id == bindparam("paper_id")).with_for_update()
_SET_FILE = (
    update(PAPERS)
    .where(PAPERS.c.id == bindparam("this_id"))
    .values(
        {name: bindparam(f"new_{name}") for name in ("file_name", "file_sha256", "file_type")}
        | {"file_size": bindparam("new_file_size"), "import_id": None}
    )
)


def known_from(row: Row[Any]) -> KnownPaper:
    """Return the paper a row holds."""
    file = None
    if row.file_sha256:
        file = StoredFile(
            name=row.file_name,
            media_type=row.file_type,
            size=row.file_size,
            sha256=row.file_sha256,
        )
    return KnownPaper(
        id=row.id,
        listed=ListedPaper(
            direction=Direction(row.direction),
            number=row.number,
            dated=row.dated,
            counterpart=row.counterpart,
            subject=row.subject,
            signer=row.signer,
            received_on=row.received_on,
            arrival_number=row.arrival_number,
            agency_id=row.agency_id,
        ),
        file=file,
    )


class PaperList:
    """The list within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def papers_like(self, papers: Sequence[ListedPaper]) -> tuple[KnownPaper, ...]:
        """Return the papers of direction, number and day of any of these, held for writing."""
        wanted = {paper.key[:3] for paper in papers}
        numbers = sorted({paper_key(paper.number) for paper in papers})
        found: list[KnownPaper] = []
        for start in range(0, len(numbers), CHUNK):
            chunk = {"numbers": numbers[start : start + CHUNK]}
            found += map(known_from, self._connection.execute(_LIKE, chunk))
        return tuple(one for one in found if one.listed.key[:3] in wanted)

    def add_papers(self, papers: Sequence[ListedPaper], actor: Actor, at: datetime) -> None:
        """Add papers that are not there yet."""
        if papers:
            who = {"entered_by": actor.account_id, "entered_at": at, "import_id": None}
            rows = [values_of(paper) | who for paper in papers]
            self._connection.execute(insert(PAPERS), rows)

    def paper(self, paper_id: int) -> KnownPaper | None:
        """Return one paper, held for writing."""
        row = self._connection.execute(_ONE, {"paper_id": paper_id}).one_or_none()
        return known_from(row) if row else None

    def papers_bearing(self, number: str) -> tuple[KnownPaper, ...]:
        """Return the papers with this number, whatever its spelling, held for writing."""
        rows = self._connection.execute(_BEARING, {"key": paper_key(number)})
        return tuple(map(known_from, rows))

    def set_paper(self, paper: KnownPaper) -> None:
        """Keep every word of a paper that is there."""
        changed = (
            update(PAPERS)
            .where(PAPERS.c.id == paper.id)
            .values(values_of(paper.listed) | {"import_id": None})
        )
        self._connection.execute(changed)

    def referred_to(self, papers: Sequence[KnownPaper]) -> set[int]:
        """Return the ids of papers whose number and date a recorded report or letter bears."""
        days = sorted({one.listed.dated for one in papers})
        borne = {
            (paper_key(number), day)
            for start in range(0, len(days), CHUNK)
            for number, day in self._connection.execute(
                _REFERRING, {"days": days[start : start + CHUNK]}
            )
        }
        return {
            one.id for one in papers if (paper_key(one.listed.number), one.listed.dated) in borne
        }

    def remove_paper(self, paper_id: int) -> None:
        """Take a paper off the list, and what imports kept of its past."""
        self._connection.execute(delete(CHANGES).where(CHANGES.c.paper_id == paper_id))
        self._connection.execute(delete(PAPERS).where(PAPERS.c.id == paper_id))

    def like_recorded(self, paper: ListedPaper) -> KnownPaper | None:
        """Return the paper kept that a recorded one is, whatever the spelling of its agency."""
        for one in self.papers_bearing(paper.number):
            listed = one.listed
            same = listed.direction is paper.direction and listed.dated == paper.dated
            if same and listed.agency_id in {None, paper.agency_id}:
                return one
        return None

    def set_file(self, paper_id: int, file: StoredFile) -> None:
        """Keep the file of a paper."""
        self._connection.execute(
            _SET_FILE,
            {
                "this_id": paper_id,
                "new_file_name": file.name,
                "new_file_sha256": file.sha256,
                "new_file_type": file.media_type,
                "new_file_size": file.size,
            },
        )


def values_of(paper: ListedPaper) -> dict[str, object]:
    """Return the columns of a paper, with the words it is searched by."""
    said = (paper.number, paper.counterpart, paper.subject, paper.signer, paper.arrival_number)
    words = " ".join(said)
    return {
        "direction": paper.direction,
        "number": paper.number,
        "number_key": paper_key(paper.number),
        "dated": paper.dated,
        "counterpart": paper.counterpart,
        "counterpart_key": squeeze(paper.counterpart),
        "subject": paper.subject,
        "signer": paper.signer,
        "received_on": paper.received_on,
        "arrival_number": paper.arrival_number,
        "agency_id": paper.agency_id,
        "search": fold(words),
    }
