"""What papers with many lines ask of memory, within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from models.accounts.rows import MembershipRow
from models.base import table_of
from models.directives.register import DirectiveRegister
from models.directives.rows import DirectiveRow
from models.papers.imported import PaperImports
from models.papers.rows import ReminderLetterRow, ReminderLineRow
from models.periods.register import PeriodRegister
from workflow.accounts.records import Actor
from workflow.documents.keys import root_of
from workflow.history.records import Entry
from workflow.papers.records import LetterDraft, LetterHead

_HOLD = (
    select(DirectiveRow.id)
    .where(DirectiveRow.number.in_(bindparam("numbers", expanding=True)))
    .order_by(DirectiveRow.number)
    .with_for_update()
)
_LETTERS = table_of(ReminderLetterRow)
_LETTER = select(_LETTERS).where(_LETTERS.c.id == bindparam("letter_id")).with_for_update()
_ADD_LETTER = insert(ReminderLetterRow).returning(ReminderLetterRow.id)


_NAMED = (
    select(DirectiveRow.number)
    .join(ReminderLineRow, ReminderLineRow.directive_id == DirectiveRow.id)
    .where(ReminderLineRow.letter_id == bindparam("letter_id"))
    .order_by(DirectiveRow.number)
)
_OF_YEAR = select(_LETTERS).where(
    _LETTERS.c.dated.between(bindparam("first"), bindparam("last")),
    _LETTERS.c.number.like(bindparam("begins")),
    _LETTERS.c.number != "",
    _LETTERS.c.sent_by.in_(
        select(MembershipRow.account_id).where(MembershipRow.agency_id == bindparam("agency_id"))
    ),
)


def leading_figures(number: str) -> str:
    """Return the figures a number begins with; none where it begins with a letter."""
    return "".join(takewhile(str.isdecimal, number.strip()))


def _head(row: Row[Any]) -> LetterHead:
    return LetterHead(
        id=row.id,
        number=row.number,
        dated=row.dated,
        sent_by=row.sent_by,
        agency_id=row.agency_id,
    )


class PaperRegister(PaperImports):
    """Several directives at once, the letters over them, and the office's list of papers."""

    def __init__(self, connection: Connection, directives: DirectiveRegister) -> None:
        super().__init__(connection)
        self.directives = directives

    @cached_property
    def periods(self) -> PeriodRegister:
        """The reporting periods of standing work, in the same transaction."""
        return PeriodRegister(self._connection, self.directives)

    def hold(self, numbers: Iterable[str]) -> None:
        """Hold directives and the tops of their families, in the order of their numbers.

        All of them before the first entry of the history: who holds the history's head waits
        for no directive any more, so two writers never wait for each other.
        """
        wanted = set(numbers)
        wanted |= {root_of(number) for number in wanted}
        self._connection.execute(_HOLD, {"numbers": sorted(wanted)}).all()

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Keep what happens inside whole, or roll back to before it and let the error go on."""
        mark = self.directives.history.mark()
        try:
            with self._connection.begin_nested():
                yield
        except BaseException:
            self.directives.history.back_to(mark)
            raise

    def add_letter(
        self, draft: LetterDraft, directives: Sequence[int], actor: Actor, at: datetime
    ) -> int:
        """Keep a letter with the directives it names and return its id."""
        values = {
            "agency_id": draft.agency_id,
            "number": draft.number,
            "dated": draft.dated,
            "text": draft.text,
            "sent_by": actor.account_id,
            "sent_at": at,
        }
        key = self._connection.execute(_ADD_LETTER, values).scalar_one()
        lines = [{"letter_id": key, "directive_id": directive} for directive in directives]
        self._connection.execute(insert(ReminderLineRow), lines)
        return int(key)

    def letter(self, letter_id: int) -> LetterHead | None:
        """Return the head of a letter, held for writing."""
        row = self._connection.execute(_LETTER, {"letter_id": letter_id}).one_or_none()
        if row is None:
            return None
        named = self._connection.execute(_NAMED, {"letter_id": letter_id}).scalars()
        return replace(_head(row), lines=tuple(named))

    def letters_of_year(self, actor: Actor, year: int, number: str) -> tuple[LetterHead, ...]:
        """Return the letters of a year by people of the actor's agency that may bear a number.

        Those that begin with the same figures: which of them is the same number is judged by
        its whole spelling.
        """
        rows = self._connection.execute(
            _OF_YEAR,
            {
                "first": date(year, 1, 1),
                "last": date(year, 12, 31),
                "agency_id": actor.agency_id,
                "begins": f"{leading_figures(number)}%",
            },
        )
        return tuple(map(_head, rows))

    def set_head(self, letter: LetterHead) -> None:
        """Keep the number and date of a letter."""
        values = {"number": letter.number, "dated": letter.dated}
        self._connection.execute(update(_LETTERS).where(_LETTERS.c.id == letter.id).values(values))

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""
        self.directives.append(entry)
