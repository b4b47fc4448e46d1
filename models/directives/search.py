"""One box that finds directives, documents and agencies, within what a person may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from models.agencies.rows import AgencyAliasRow, AgencyNameRow, AgencyRow
from models.directives.queries import shares_document_with, visible_to
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.documents.scope import readable_by
from workflow.accounts.records import Actor
from workflow.documents.keys import document_key
from workflow.documents.records import DocumentState
from workflow.text import clean, fold, squeeze


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDocument:
    """A document that was found; a draft has an id and no key."""

    id: int
    key: str
    reference: str
    subject: str
    issued_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAgency:
    """An agency that was found, by a name it bears or another word for it."""

    code: str
    name: str
    valid_to: date | None


def exact_number(connection: Connection, actor: Actor, words: str, day: date) -> str | None:
    """Return the public number of the directive that bears exactly these words, if readable."""
    number = clean(words).upper()
    statement = select(DirectiveRow.number).where(
        DirectiveRow.number == number,
        or_(visible_to(actor, day), shares_document_with(actor, day)),
    )
    return connection.execute(statement).scalar_one_or_none()


def documents_with(
    connection: Connection, actor: Actor, words: str, day: date, *, limit: int
) -> tuple[tuple[FoundDocument, ...], int]:
    """Return documents that have every word, newest first, and how many there are."""
    rows = connection.execute(
        select(
            DocumentRow.id,
            DocumentRow.year,
            DocumentRow.serial,
            DocumentRow.reference,
            DocumentRow.subject,
            DocumentRow.issued_on,
            func.count().over().label("total"),
        )
        .where(readable_by(actor, day), *(_document_has(word) for word in fold(words).split()))
        .order_by(DocumentRow.state, DocumentRow.issued_on.desc(), DocumentRow.id.desc())
        .limit(limit)
    ).all()
    found = tuple(
        FoundDocument(
            id=row.id,
            key=document_key(row.year, row.serial) if row.serial else "",
            reference=row.reference,
            subject=row.subject,
            issued_on=row.issued_on,
        )
        for row in rows
    )
    return found, rows[0].total if rows else 0


def _document_has(word: str) -> ColumnElement[bool]:
    said = DocumentRow.search.contains(word, autoescape=True)
    year, dash, serial = word.partition("-")
    if not (dash and len(year) == 4 and (year + serial).isdecimal()):  # noqa: PLR2004 - a year
        return said
    issued = DocumentRow.state == DocumentState.ISSUED
    bears = and_(issued, DocumentRow.year == int(year), DocumentRow.serial == int(serial[:6]))
    return or_(said, bears)


def agencies_with(
    connection: Connection, words: str, *, limit: int
) -> tuple[tuple[FoundAgency, ...], int]:
    """Return agencies whose name has every word, or that bear the words as another name."""
    plain, bare = fold(words).split(), squeeze(words)
    named = and_(*(AgencyRow.name_folded.contains(word, autoescape=True) for word in plain))
    known = select(AgencyAliasRow.agency_id).where(AgencyAliasRow.squeezed == bare)
    former = select(AgencyNameRow.agency_id).where(
        *(AgencyNameRow.name_folded.contains(word, autoescape=True) for word in plain)
    )
    rows = connection.execute(
        select(
            AgencyRow.code,
            AgencyRow.name,
            AgencyRow.valid_to,
            func.count().over().label("total"),
        )
        .where(
            or_(
                named,
                AgencyRow.id.in_(known),
                AgencyRow.id.in_(former),
                func.lower(AgencyRow.code) == fold(words),
            )
        )
        .order_by(AgencyRow.valid_to.is_not(None), AgencyRow.sort_key)
        .limit(limit)
    ).all()
    found = tuple(FoundAgency(code=r.code, name=r.name, valid_to=r.valid_to) for r in rows)
    return found, rows[0].total if rows else 0
