"""Finding one piece of evidence for who may read its directive whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from models.evidence.rows import EvidenceRow
from workflow.accounts.records import Actor
from workflow.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file as it is handed out; the bytes lie in the file store under the hash."""

    id: int
    directive_number: str
    name: str
    media_type: str
    sha256: str


def readable_file(connection: Connection, actor: Actor, evidence_id: int, day: date) -> KeptFile:
    """Return a piece of evidence, any version; NotFound outside the scope."""
    row = connection.execute(
        select(
            EvidenceRow.id,
            DirectiveRow.number,
            EvidenceRow.name,
            EvidenceRow.media_type,
            EvidenceRow.sha256,
        )
        .join(DirectiveRow, DirectiveRow.id == EvidenceRow.directive_id)
        .where(EvidenceRow.id == evidence_id, visible_to(actor, day))
    ).one_or_none()
    if row is None:
        raise NotFound
    return KeptFile(
        id=row.id,
        directive_number=row.number,
        name=row.name,
        media_type=row.media_type,
        sha256=row.sha256,
    )
