"""Directives that a person chose by their numbers, within what they may read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, and_

from models.directives.queries import visible_to
from models.directives.rows import DirectiveRow
from models.directives.several import directives_where
from workflow.accounts.records import Actor
from workflow.directives.records import Directive


def chosen_by(
    connection: Connection, actor: Actor, day: date, numbers: Collection[str], *, most: int
) -> tuple[Directive, ...]:
    """Return those of the numbers that `actor` reads whole on `day`, with their guards' facts."""
    wanted = and_(DirectiveRow.number.in_(list(numbers)), visible_to(actor, day))
    return directives_where(connection, wanted, most)
