"""Whose papers an agency reads: its own, those of units under it, of those they follow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    cast,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from models.agencies.rows import (
    AgencyAliasRow,
    AgencyGroupRow,
    AgencyNameRow,
    AgencyRow,
    SuccessionRow,
)
from workflow.accounts.reach import Reach
from workflow.text import squeeze

_OLD = aliased(AgencyRow)
"""An agency that no longer stands; made once, since every page asks for a scope."""


def read_by(path: str, day: date) -> Select[int]:
    """Return the ids of agencies whose work the agency at `path` reads on `day`.

    Itself and every one below it, and what no longer stands and went over into one of these,
    through any number of acts: old papers keep old names (product.md, section 2), and who
    answers for them today may open them. To act is another question: that takes the work
    itself to have moved.
    """
    own = select(AgencyRow.id.label("id")).where(AgencyRow.path.startswith(path, autoescape=True))
    reads = own.cte(recursive=True)
    followed = (
        select(_OLD.id)
        .join(SuccessionRow, SuccessionRow.predecessor_id == _OLD.id)
        .join(reads, reads.c.id == SuccessionRow.successor_id)
        .where(SuccessionRow.on <= day, _OLD.valid_to < SuccessionRow.on)
    )
    reads = reads.union(followed)
    return select(reads.c.id)


def under(path: str) -> Select[int]:
    """Return the ids of the agency at `path` and of every one below it."""
    return select(AgencyRow.id).where(AgencyRow.path.startswith(path, autoescape=True))


def within(reach: Reach, held: Callable[[str], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return a reach as a condition: all, nothing, or what `held` says of an agency's path."""
    if reach.is_all:
        return true()
    return held(reach.path) if reach.path else false()


@dataclass(frozen=True, slots=True)
class Scope:
    """The agencies whose work the agency at `path` reads: the id, code and path of each."""

    path: str
    agencies: frozenset[tuple[int, str, str]]

    @property
    def ids(self) -> frozenset[int]:
        """The ids of all of them."""
        return frozenset(key for key, _code, _path in self.agencies)

    def named(self, code: str, *, alone: bool) -> frozenset[int] | None:
        """Return the ids of the agency with a code and, unless `alone`, of all below it.

        None where it is not the agency itself or one below: of others not all below are known.
        """
        own = [one for one in self.agencies if one[2].startswith(self.path)]
        top = next((path for _key, known, path in own if known == code), None)
        if top is None:
            return None
        return frozenset(
            key for key, known, path in own if known == code or (not alone and path.startswith(top))
        )


def scope_of(connection: Connection, path: str, day: date) -> Scope:
    """Return `read_by` as it stands now, in one statement."""
    found = select(AgencyRow.id, AgencyRow.code, AgencyRow.path)
    rows = connection.execute(found.where(AgencyRow.id.in_(read_by(path, day))))
    return Scope(path, frozenset((key, code, at) for key, code, at in rows))


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


GROUP = "group:"
"""What a group's code bears where an agency's would stand (`group:districts`)."""


def coded(code: str) -> Select[int]:
    """Return the id of the agency with a code, or those of a group; none where there is none."""
    if code.startswith(GROUP):
        return select(AgencyRow.id).where(_is_member(code.removeprefix(GROUP), AgencyRow))
    return select(AgencyRow.id).where(AgencyRow.code == code)


def with_below(code: str) -> Select[int]:
    """Return the ids of the agency with a code, or of a group's, and of every one below it."""
    if code.startswith(GROUP):
        member = aliased(AgencyRow)
        held = _is_member(code.removeprefix(GROUP), member)
        below = select(member.id).where(held, AgencyRow.path.startswith(member.path))
        return select(AgencyRow.id).where(below.exists())
    top = select(AgencyRow.path).where(AgencyRow.code == code).scalar_subquery()
    return select(AgencyRow.id).where(AgencyRow.path.like(func.coalesce(top, "-") + "%"))


def _is_member(code: str, agency: type[AgencyRow]) -> ColumnElement[bool]:
    """Return the condition that a group holds an agency on some day or other.

    Its tiers and its members by name are kept as JSON, which each database reads as text.
    """
    group = select(AgencyGroupRow.id).where(AgencyGroupRow.code == code)
    of_tier = _says(AgencyGroupRow.tiers, '"' + cast(agency.tier, String) + '"')
    named = _says(AgencyGroupRow.included, cast(agency.id, String))
    left_out = _says(AgencyGroupRow.excluded, cast(agency.id, String))
    return group.where(or_(of_tier, named), ~left_out).exists()


def _says(kept: InstrumentedAttribute[Any], what: ColumnElement[str]) -> ColumnElement[bool]:
    """Return whether a JSON list of words or numbers holds one of them."""
    text = func.replace(func.replace(cast(kept, String), "[", ","), "]", ",")
    return func.replace(text, " ", "").contains("," + what + ",")
