"""Documents that bear one number: a number of an issuer is used once a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, String, and_, cast, func, or_, select

from models.documents.rows import DocumentRow
from models.documents.scope import readable_by
from workflow.accounts.records import Actor
from workflow.documents.keys import document_key
from workflow.documents.numbers import spellings
from workflow.documents.records import DocumentHead, DocumentState
from workflow.text import squeeze

MOST_TOLD = 5
BEARS = "bears"
BREAK = "\n"
"""Between a number and a subject; a subject of several lines comes after the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameNumber:
    """Another document of the same issuer and year with the same number.

    `key` is its public key, empty for a draft.
    """

    id: int
    key: str
    subject: str

    @property
    def is_issued(self) -> bool:
        """Whether the number is used, and not only meant to be."""
        return bool(self.key)


def bears_number(head: DocumentHead, but: int | None) -> ColumnElement[bool]:
    """Return the condition that another document than `but` bears the number of `head`.

    Spaces, case, diacritics and zeros before it make no other number. Without a number or a
    day there is nothing to compare.
    """
    assert head.issued_on is not None  # noqa: S101 - callers look first
    return and_(
        DocumentRow.id != but,
        DocumentRow.issuer_key == squeeze(head.issuer),
        DocumentRow.reference_key.in_(spellings(head.reference)),
        DocumentRow.issued_year == head.issued_on.year,
    )


def is_taken(connection: Connection, head: DocumentHead, but: int | None) -> bool:
    """Whether another issued document bears the number."""
    if not head.reference or head.issued_on is None:
        return False
    issued = DocumentRow.state == DocumentState.ISSUED
    found = select(DocumentRow.id).where(bears_number(head, but), issued).limit(1)
    return connection.execute(found).first() is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearing:
    """What to select to learn who else bears a number: a key, one text, and the condition."""

    key: ColumnElement[str]
    name: ColumnElement[str]
    wanted: ColumnElement[bool]


def bearing(head: DocumentHead, actor: Actor, day: date, *, but: int | None) -> Bearing | None:
    """Return how to ask for other documents with this number that `actor` may read on `day`.

    None without a number or a day: there is nothing to compare.
    """
    if not head.reference or head.issued_on is None:
        return None
    number = cast(DocumentRow.year, String) + "-" + cast(DocumentRow.serial, String)
    return Bearing(
        key=cast(DocumentRow.id, String),
        name=func.coalesce(number, "") + BREAK + DocumentRow.subject,
        wanted=and_(bears_number(head, but), readable_by(actor, day)),
    )


def same_number_in(found: Mapping[str, str]) -> tuple[SameNumber, ...]:
    """Return the documents behind keys and texts selected as `bearing` says, issued ones first."""
    made = [_same_number(int(key), text) for key, text in found.items()]
    return tuple(sorted(made, key=lambda one: (not one.is_issued, one.id))[:MOST_TOLD])


def _same_number(key: int, text: str) -> SameNumber:
    number, _break, subject = text.partition(BREAK)
    year, _dash, serial = number.partition("-")
    return SameNumber(
        id=key, key=document_key(int(year), int(serial)) if serial else "", subject=subject
    )


def same_number(
    connection: Connection, actor: Actor, head: DocumentHead, day: date, *, but: int | None
) -> tuple[SameNumber, ...]:
    """Return the other documents with this number that `actor` may read, issued ones first."""
    asked = bearing(head, actor, day, but=but)
    if asked is None:
        return ()
    rows = connection.execute(
        select(asked.key.label("key"), asked.name.label("name")).where(asked.wanted)
    )
    return same_number_in({row.key: row.name for row in rows})


def numbered_like(connection: Connection, actor: Actor, number: str, day: date) -> tuple[str, ...]:
    """Return the keys of issued documents that bear a number, whole or without its symbol.

    The newest first, at most `MOST_TOLD`; only what `actor` may read on `day`. Spaces, case
    and diacritics make no other number: "11234" finds 11234/UBND-KSTTHC and not 112345/UBND.
    """
    typed = spellings(number)
    if not squeeze(number):
        return ()
    rows = connection.execute(
        select(DocumentRow.year, DocumentRow.serial, DocumentRow.reference)
        .where(
            DocumentRow.state == DocumentState.ISSUED,
            or_(*(DocumentRow.reference_key.startswith(one, autoescape=True) for one in typed)),
            readable_by(actor, day),
        )
        .order_by(DocumentRow.issued_on.desc(), DocumentRow.id.desc())
        .limit(MOST_TOLD * MOST_TOLD)
    )
    found = [
        document_key(row.year, row.serial)
        for row in rows
        if typed & {squeeze(row.reference), squeeze(row.reference.partition("/")[0])}
    ]
    return tuple(found[:MOST_TOLD])
