"""Directives that a person chose by their numbers, within what they may read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Connection, and_, select

from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from models.directives.several import directives_where
from models.documents.rows import ClauseRow
from workflow.accounts.records import Actor
from workflow.directives.records import Directive


def chosen_by(
    connection: Connection, actor: Actor, day: date, numbers: Collection[str], *, most: int
) -> tuple[Directive, ...]:
    """Return those of the numbers that `actor` reads whole on `day`, with their guards' facts."""
    wanted = and_(DirectiveRow.number.in_(list(numbers)), visible_to(actor, day))
    return directives_where(connection, wanted, most)


def words_for_due(connection: Connection, found: Iterable[Directive]) -> dict[int, str]:
    """Return what the documents say of the time of work that has no single due day.

    One statement, and none where every directive has its day; parts have no words of their own.
    """
    undated = [one.id for one in found if one.due_on is None and one.parent_id is None]
    if not undated:
        return {}
    rows = connection.execute(
        select(DirectiveRow.id, ClauseRow.deadline_text)
        .join(ClauseRow, ClauseRow.id == DirectiveRow.clause_id)
        .where(DirectiveRow.id.in_(undated))
    )
    return {row.id: row.deadline_text for row in rows}
