"""Entering and taking out legal bases by date, above the shipped ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.errors import Invalid, NotFound
from workflow.history.records import Entry, Subject
from workflow.history.rules import entry_by
from workflow.text import clean
from workflow.violations.bases import EnteredBasis
from workflow.violations.catalogue import BY_CODE

LONGEST = 500


class BasisMemory(Protocol):
    """The rows of legal bases within one transaction."""

    def entered(self, violation_type: str) -> tuple[EnteredBasis, ...]:
        """Return the rows entered for one type, the earliest first."""

    def add(
        self,
        violation_type: str,
        text: str,
        valid_from: date,
        valid_to: date | None,
        by: int,
        at: datetime,
    ) -> None:
        """Add a row."""

    def remove(self, basis_id: int) -> None:
        """Take a row out."""

    def append(self, entry: Entry) -> object:
        """Add an entry to the history, sealed to the one before."""


def put_basis(
    memory: BasisMemory,
    actor: Actor,
    violation_type: str,
    *,
    text: str,
    valid_from: date,
    valid_to: date | None,
    at: datetime,
) -> None:
    """Enter the legal basis of a type between two days, both included; the admin does.

    An empty text says that none is known in that time, whatever was shipped. Two rows of a
    type never speak for one day (Invalid `valid_from`: `basis_overlaps`).
    """
    require_admin(actor, local_day(at))
    if violation_type not in BY_CODE:
        raise NotFound
    text = clean(text)
    errors = {
        "basis": "too_long" if len(text) > LONGEST else "",
        "valid_to": "period_reversed" if valid_to and valid_to < valid_from else "",
    }
    found = {name: code for name, code in errors.items() if code}
    if found:
        raise Invalid(found)
    if any(_meet(row, valid_from, valid_to) for row in memory.entered(violation_type)):
        raise Invalid({"valid_from": "basis_overlaps"})
    memory.add(violation_type, text, valid_from, valid_to, actor.account_id, at)
    after = {"basis": text, "basis_from": valid_from, "basis_to": valid_to}
    memory.append(entry_by(actor, at, Subject.VIOLATION, violation_type, "put_basis", after=after))


def _meet(row: EnteredBasis, first: date, last: date | None) -> bool:
    begins_in_time = last is None or row.valid_from <= last
    return begins_in_time and (row.valid_to is None or first <= row.valid_to)


def remove_basis(
    memory: BasisMemory, actor: Actor, violation_type: str, basis_id: int, *, at: datetime
) -> None:
    """Take a row out: what was shipped speaks for its days again."""
    require_admin(actor, local_day(at))
    row = next((one for one in memory.entered(violation_type) if one.id == basis_id), None)
    if row is None:
        raise NotFound
    memory.remove(basis_id)
    before = {"basis": row.text, "basis_from": row.valid_from, "basis_to": row.valid_to}
    memory.append(
        entry_by(actor, at, Subject.VIOLATION, violation_type, "remove_basis", before=before)
    )
