"""Whose papers an agency reads: its own, those of units under it, of those they follow."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, Select, func, or_, select
from sqlalchemy.orm import aliased

from models.agencies.rows import AgencyAliasRow, AgencyNameRow, AgencyRow, SuccessionRow
from workflow.text import squeeze


def read_by(path: str, day: date) -> Select[int]:
    """Return the ids of agencies whose work the agency at `path` reads on `day`.

    Itself and every one below it, and what no longer stands and went over into one of these,
    through any number of acts: old papers keep old names (product.md, section 2), and who
    answers for them today may open them. To act is another question: that takes the work
    itself to have moved.
    """
    old = aliased(AgencyRow)
    own = select(AgencyRow.id.label("id")).where(AgencyRow.path.startswith(path, autoescape=True))
    reads = own.cte(recursive=True)
    followed = (
        select(old.id)
        .join(SuccessionRow, SuccessionRow.predecessor_id == old.id)
        .join(reads, reads.c.id == SuccessionRow.successor_id)
        .where(SuccessionRow.on <= day, old.valid_to < SuccessionRow.on)
    )
    reads = reads.union(followed)
    return select(reads.c.id)


def ids_read_by(connection: Connection, path: str, day: date) -> frozenset[int]:
    """Return `read_by` as it stands now."""
    return frozenset(connection.scalars(read_by(path, day)))


def called(word: str) -> Select[int]:
    """Return the ids of agencies whose name, or another word for them, holds a folded word.

    With whoever took over from one of them, through any number of acts: who looks for a
    department by the name it bore before a merge finds the work that is now its successor's.
    """
    old = aliased(AgencyRow)
    alias = select(AgencyAliasRow.agency_id).where(
        AgencyAliasRow.squeezed.contains(squeeze(word) or word, autoescape=True)
    )
    former = select(AgencyNameRow.agency_id).where(
        AgencyNameRow.name_folded.contains(word, autoescape=True)
    )
    named = AgencyRow.name_folded.contains(word, autoescape=True)
    found = select(AgencyRow.id.label("id")).where(
        or_(named, AgencyRow.id.in_(alias), AgencyRow.id.in_(former))
    )
    known = found.cte(recursive=True)
    followed = (
        select(SuccessionRow.successor_id)
        .join(known, known.c.id == SuccessionRow.predecessor_id)
        .join(old, old.id == SuccessionRow.predecessor_id)
        .where(old.valid_to < SuccessionRow.on)
    )
    known = known.union(followed)
    return select(known.c.id)


def coded(code: str) -> Select[int]:
    """Return the id of the agency with a code; none where no agency has it."""
    return select(AgencyRow.id).where(AgencyRow.code == code)


def with_below(code: str) -> Select[int]:
    """Return the ids of the agency with a code and of every one below it."""
    top = select(AgencyRow.path).where(AgencyRow.code == code).scalar_subquery()
    return select(AgencyRow.id).where(AgencyRow.path.like(func.coalesce(top, "-") + "%"))
