"""Finding one paper of a violation for who may read the violation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from models.violations.queries import visible_to
from models.violations.rows import ViolationFileRow, ViolationRow
from workflow.accounts.records import Actor
from workflow.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPaper:
    """A file as it is handed out; the bytes lie in the file store under the hash."""

    id: int
    name: str
    media_type: str
    sha256: str


def readable_paper(connection: Connection, actor: Actor, file_id: int, day: date) -> KeptPaper:
    """Return a paper; NotFound when there is none, or outside the scope."""
    row = connection.execute(
        select(
            ViolationFileRow.id,
            ViolationFileRow.name,
            ViolationFileRow.media_type,
            ViolationFileRow.sha256,
        )
        .join(ViolationRow, ViolationRow.id == ViolationFileRow.violation_id)
        .where(ViolationFileRow.id == file_id, visible_to(actor, day))
    ).one_or_none()
    if row is None:
        raise NotFound
    return KeptPaper(id=row.id, name=row.name, media_type=row.media_type, sha256=row.sha256)
