"""With which title people signed documents before."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from models.documents.rows import DocumentRow
from workflow.documents.records import DocumentState


def last_title(connection: Connection, signer: str, issuer: str, day: date) -> str:
    """Return the title on the latest issued document of a signer and a body, not after a day."""
    found = (
        select(DocumentRow.signer_title)
        .where(
            DocumentRow.state != DocumentState.DRAFT,
            DocumentRow.signer == signer,
            DocumentRow.issuer == issuer,
            DocumentRow.signer_title != "",
            DocumentRow.issued_on <= day,
        )
        .order_by(DocumentRow.issued_on.desc(), DocumentRow.id.desc())
        .limit(1)
    )
    return connection.execute(found).scalar() or ""
