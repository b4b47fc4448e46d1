"""Applicants for the use cases of looking, and the looks that were kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    exists,
    false,
    insert,
    literal,
    or_,
    select,
)

from models.agencies.scope import under
from models.dossiers.rows import DossierRow
from models.dossiers.scope import visible_to
from models.looks.rows import DossierLookRow
from models.violations.rows import ViolationRow
from workflow.accounts.records import AGENCY_ROLES, Actor
from workflow.looks.ports import Named
from workflow.looks.records import Look
from workflow.text import fold

SEARCHED_AT_MOST = 200_000
"""How many of the latest dossiers a search by name reads; names are not kept folded."""
CHUNK = 5_000


class LookRegister:
    """Looking at personal data within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def named(self, actor: Actor, dossier_id: int, day: date) -> Named | None:
        """Return a dossier within the actor's scope on `day`, or None."""
        is_case = exists(select(ViolationRow.id).where(ViolationRow.dossier_id == DossierRow.id))
        row = self._connection.execute(
            select(*_NAMED, handled(actor).label("is_handled"), is_case.label("is_case")).where(
                DossierRow.id == dossier_id, visible_to(actor, day)
            )
        ).one_or_none()
        return None if row is None else _named(row)

    def handled_by_name(self, actor: Actor, words: str, most: int) -> Sequence[Named]:
        """Return dossiers that the actor's agency handles whose applicant bears the words."""
        wanted = fold(words).split()
        found = []
        for row in self._names(actor):
            name = fold(row.applicant)
            if all(word in name for word in wanted):
                found.append(_named(row))
                if len(found) == most:
                    break
        return found

    def keep(self, looks: Sequence[Look]) -> None:
        """Keep looks."""
        if looks:
            self._connection.execute(insert(DossierLookRow), [_row(look) for look in looks])

    def _names(self, actor: Actor) -> Iterator[Row[*tuple[Any, ...]]]:
        statement = _latest_handled(actor).execution_options(yield_per=CHUNK)
        yield from self._connection.execute(statement)


def handled(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor's agency, or one below, resolves or received it."""
    if actor.role not in AGENCY_ROLES or not actor.agency_path:
        return false()
    below = under(actor.agency_path)
    return or_(
        and_(DossierRow.agency_id.is_not(None), DossierRow.agency_id.in_(below)),
        and_(DossierRow.receiving_id.is_not(None), DossierRow.receiving_id.in_(below)),
    )


_NAMED = (DossierRow.id, DossierRow.source, DossierRow.code, DossierRow.applicant)


def _latest_handled(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(*_NAMED, literal(1).label("is_handled"), literal(0).label("is_case"))
        .where(handled(actor), DossierRow.applicant != "")
        .order_by(DossierRow.received_on.desc(), DossierRow.id.desc())
        .limit(SEARCHED_AT_MOST)
    )


def _named(row: Row[*tuple[Any, ...]]) -> Named:
    return Named(
        dossier_id=row.id,
        source=row.source,
        code=row.code,
        applicant=row.applicant,
        is_handled=bool(row.is_handled),
        is_case=bool(row.is_case),
    )


def _row(look: Look) -> dict[str, object]:
    return {
        "dossier_id": look.dossier_id,
        "account_id": look.account_id,
        "role": look.role,
        "agency_id": look.agency_id,
        "way": look.way,
        "at": look.at,
    }
