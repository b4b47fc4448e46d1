"""What one import brought into the office's list of papers, so that it can be undone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, delete, insert, select, update

from models.accounts.rows import AccountRow
from models.base import table_of
from models.papers.known import CHANGES, CHUNK, PAPERS, PaperList, known_from, values_of
from models.papers.rows import PaperImportRow
from workflow.accounts.records import Actor
from workflow.papers.records import (
    Direction,
    ImportedPaper,
    KnownPaper,
    ListedPaper,
    PaperImport,
)

IMPORTS = table_of(PaperImportRow)
_IMPORTS = (
    select(IMPORTS, AccountRow.name.label("by"))
    .join(AccountRow, AccountRow.id == IMPORTS.c.kept_by)
    .order_by(IMPORTS.c.id.desc())
)
_STILL = (
    select(PAPERS, CHANGES.c.before)
    .outerjoin(
        CHANGES, and_(CHANGES.c.paper_id == PAPERS.c.id, CHANGES.c.import_id == PAPERS.c.import_id)
    )
    .where(PAPERS.c.import_id == bindparam("import_id"))
    .order_by(PAPERS.c.id)
    .with_for_update(of=PAPERS)
)
_COLUMNS = (
    "direction", "number", "number_key", "dated", "counterpart", "counterpart_key", "subject",
    "signer", "received_on", "arrival_number", "agency_id", "search", "import_id",
)  # fmt: skip
_CHANGE = (
    update(PAPERS)
    .where(PAPERS.c.id == bindparam("this_id"))
    .values({name: bindparam(f"new_{name}") for name in _COLUMNS})
)
_BEFORE = select(PAPERS.c.id, PAPERS.c.import_id).where(
    PAPERS.c.id.in_(bindparam("ids", expanding=True))
)


def last_import(connection: Connection, since: datetime) -> PaperImport | None:
    """Return the newest import after an instant that was not undone."""
    wanted = _IMPORTS.where(IMPORTS.c.undone_at.is_(None), IMPORTS.c.kept_at >= since).limit(1)
    row = connection.execute(wanted).one_or_none()
    return _import(row) if row else None


def _import(row: Row[Any]) -> PaperImport:
    return PaperImport(
        id=row.id,
        source=row.source,
        added=row.added,
        changed=row.changed,
        kept_by=row.by,
        kept_at=row.kept_at,
        undone_at=row.undone_at,
    )


class PaperImports(PaperList):
    """The list within one transaction, and what each import did to it."""

    def add_import(
        self,
        added: Sequence[ListedPaper],
        changed: Sequence[ImportedPaper],
        *,
        source: str,
        actor: Actor,
        at: datetime,
    ) -> int:
        """Keep what a list brought, new and changed, as one import; return its id."""
        head = {
            "source": source[:500],
            "added": len(added),
            "changed": len(changed),
            "kept_by": actor.account_id,
            "kept_at": at,
        }
        made = insert(PaperImportRow).returning(PaperImportRow.id)
        key = int(self._connection.execute(made, head).scalar_one())
        if added:
            who = {"entered_by": actor.account_id, "entered_at": at, "import_id": key}
            self._connection.execute(insert(PAPERS), [values_of(one) | who for one in added])
        self._change(changed, key)
        return key

    def _change(self, changed: Sequence[ImportedPaper], key: int) -> None:
        if not changed:
            return
        of = self._imports_of([one.paper.id for one in changed])
        lines = [
            {
                "import_id": key,
                "paper_id": one.paper.id,
                "before": _told(one.before) | {"import_id": of[one.paper.id]},
            }
            for one in changed
            if one.before is not None
        ]
        self._connection.execute(insert(CHANGES), lines)
        self._set([one.paper for one in changed], dict.fromkeys(of, key))

    def _imports_of(self, ids: Sequence[int]) -> dict[int, int | None]:
        """Return which import left each paper as it is, None where it was worked with since."""
        chunks = (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
        rows = (
            row for chunk in chunks for row in self._connection.execute(_BEFORE, {"ids": chunk})
        )
        return {row.id: row.import_id for row in rows}

    def _set(self, papers: Sequence[KnownPaper], imports: Mapping[int, int | None]) -> None:
        values = [
            {"this_id": one.id, "new_import_id": imports.get(one.id)}
            | {f"new_{name}": value for name, value in values_of(one.listed).items()}
            for one in papers
        ]
        self._connection.execute(_CHANGE, values)

    def paper_import(self, import_id: int) -> PaperImport | None:
        """Return one import, held for writing."""
        wanted = _IMPORTS.where(IMPORTS.c.id == import_id).with_for_update(of=IMPORTS)
        row = self._connection.execute(wanted).one_or_none()
        return _import(row) if row else None

    def papers_of_import(self, import_id: int) -> tuple[ImportedPaper, ...]:
        """Return the papers that still stand as an import left them, held for writing."""
        return tuple(
            ImportedPaper(paper=known_from(row), before=_listed(row.before) if row.before else None)
            for row in self._connection.execute(_STILL, {"import_id": import_id})
        )

    def undo_import(
        self, import_id: int, gone: Sequence[int], back: Sequence[KnownPaper], at: datetime
    ) -> None:
        """Take the papers `gone` off the list, put others `back`, and mark the import undone.

        A paper put back stands again as the import before this one left it, if one did.
        """
        for start in range(0, len(gone), CHUNK):
            ids = gone[start : start + CHUNK]
            self._connection.execute(delete(CHANGES).where(CHANGES.c.paper_id.in_(ids)))
            self._connection.execute(delete(PAPERS).where(PAPERS.c.id.in_(ids)))
        if back:
            kept = select(CHANGES.c.paper_id, CHANGES.c.before)
            rows = self._connection.execute(kept.where(CHANGES.c.import_id == import_id))
            self._set(back, {row.paper_id: row.before["import_id"] for row in rows})
        undone = update(IMPORTS).where(IMPORTS.c.id == import_id).values(undone_at=at)
        self._connection.execute(undone)


def _told(paper: ListedPaper) -> dict[str, object]:
    """Return a paper as JSON keeps it."""
    return {
        "direction": paper.direction.value,
        "number": paper.number,
        "dated": paper.dated.isoformat(),
        "counterpart": paper.counterpart,
        "subject": paper.subject,
        "signer": paper.signer,
        "received_on": paper.received_on.isoformat() if paper.received_on else None,
        "arrival_number": paper.arrival_number,
        "agency_id": paper.agency_id,
    }


def _listed(told: Mapping[str, Any]) -> ListedPaper:
    received = told["received_on"]
    return ListedPaper(
        direction=Direction(told["direction"]),
        number=told["number"],
        dated=date.fromisoformat(told["dated"]),
        counterpart=told["counterpart"],
        subject=told["subject"],
        signer=told["signer"],
        received_on=date.fromisoformat(received) if received else None,
        arrival_number=told.get("arrival_number", ""),
        agency_id=told["agency_id"],
    )
