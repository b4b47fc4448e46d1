"""Which documents a person may read, as a condition of the query itself."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, select, true

from models.agencies.scope import within
from models.directives.queries import held_under
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from workflow.accounts.reach import reach_of
from workflow.accounts.records import Actor, Role
from workflow.documents.records import DocumentState

KEY = re.compile(r"(\d{4})-(\d{1,6})")
"""The public key of a document: year and serial."""


def readable_by(actor: Actor, day: date) -> ColumnElement[bool]:
    """Return the condition under which `actor` reads a document with its clauses on `day`.

    Drafts are the office's. Who leads, coordinates or holds a part of any clause reads the
    whole issued document (product.md, section 1); a scope that cannot be resolved reads
    nothing.
    """
    issued = DocumentRow.state == DocumentState.ISSUED
    reach = reach_of(actor, day)
    if reach.is_all:
        return true() if actor.is_system or actor.role is Role.OFFICE else issued
    return within(reach, lambda path: and_(issued, exists(_held(path, day))))


def _held(path: str, day: date) -> Select[int]:
    return select(DirectiveRow.id).where(
        DirectiveRow.document_id == DocumentRow.id, held_under(path, day)
    )


def document_id(connection: Connection, actor: Actor, key: str, day: date) -> int | None:
    """Return the id of an issued document by its public key, within the reader's scope."""
    found = KEY.fullmatch(key)
    if not found:
        return None
    statement = select(DocumentRow.id).where(
        DocumentRow.year == int(found[1]),
        DocumentRow.serial == int(found[2]),
        DocumentRow.state == DocumentState.ISSUED,
        readable_by(actor, day),
    )
    return connection.execute(statement).scalar_one_or_none()
