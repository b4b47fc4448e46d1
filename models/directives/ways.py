"""The ways in which rows come into a view, and what each is walked by."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, true

from models.directives.rows import DirectiveRow

Agencies = Select[int] | tuple[ColumnElement[int], ...]
"""Agencies by their ids: a question for the database, or the answer where it is known."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Way:
    """One condition of a view, in parts that a statement can put where they are walked best.

    `leads` are the agencies whose work it is: each has its own stretch of an index, in
    the order of dates. `is_short` says that what it reads is found first and put in order
    afterwards: a walk along all dates might meet none of it. `rest` is all else, and `reads`
    the part that says why the reader may read it.
    """

    reads: ColumnElement[bool]
    rest: ColumnElement[bool]
    leads: Agencies | None = None
    is_short: bool = False

    @property
    def whole(self) -> ColumnElement[bool]:
        """The condition in one piece."""
        if self.leads is None:
            return self.rest
        return and_(DirectiveRow.lead_agency_id.in_(self.leads), self.rest)


EVERYTHING = Way(reads=true(), rest=true())
