"""What the use cases of the desk ask of memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, update

from models.agencies.register import AgencyRegister
from models.base import table_of
from models.escalation.rows import EscalationRow
from models.history.register import HistoryRegister
from models.messages.register import MessageRegister
from models.review.loading import ReviewReader
from models.review.rows import (
    EscalationDirectiveRow,
    ReviewFileRow,
    ReviewPaperCaseRow,
    ReviewPaperRow,
    ReviewPlaceRow,
)
from workflow.accounts.records import Actor
from workflow.agencies.records import Agency
from workflow.errors import Stale
from workflow.history.records import Entry
from workflow.messages.records import Notice
from workflow.review.climbing import Climb
from workflow.review.records import Escalation, NewPaper
from workflow.review.roster import Place
from workflow.review.rules import Step

_ESCALATIONS = table_of(EscalationRow)
_CLIMB = (
    update(_ESCALATIONS)
    .where(
        _ESCALATIONS.c.id == bindparam("this_id"),
        _ESCALATIONS.c.version == bindparam("seen_version"),
    )
    .values(
        holder_id=bindparam("new_holder"),
        holder_since=bindparam("since"),
        answer_by=bindparam("until"),
        version=bindparam("seen_version") + 1,
    )
)

_PAPER = (
    "kind", "text", "number", "paper_on", "signer", "measure", "answer_on", "is_signed",
)  # fmt: skip
_FILE = ("name", "media_type", "size", "sha256")


class ReviewRegister(ReviewReader):
    """The desk within one transaction, read and written."""

    def __init__(
        self,
        connection: Connection,
        agencies: AgencyRegister,
        history: HistoryRegister,
        messages: MessageRegister,
        *,
        writing: bool,
        now: datetime,
    ) -> None:
        super().__init__(connection, writing=writing, now=now)
        self._agencies = agencies
        self._history = history
        self._messages = messages

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""
        return self._agencies.agency(agency_id)

    def save_step(self, escalation: Escalation, step: Step) -> None:
        """Keep a step; Stale if somebody saved the case since it was loaded."""
        values = dict(step.change.fields) | {"version": step.escalation.version}
        saved = self._connection.execute(
            update(_ESCALATIONS)
            .where(
                _ESCALATIONS.c.id == escalation.id,
                _ESCALATIONS.c.version == escalation.version,
            )
            .values(values)
        )
        if saved.rowcount != 1:
            raise Stale("stale", number=escalation.number, version=None, seen=escalation.version)

    def add_paper(
        self, cases: Sequence[Escalation], paper: NewPaper, actor: Actor, at: datetime
    ) -> int:
        """Keep a paper with its files in the files of all these cases."""
        key = self._connection.execute(
            insert(ReviewPaperRow).returning(ReviewPaperRow.id),
            {name: getattr(paper, name) for name in _PAPER} | {"by_id": actor.account_id, "at": at},
        ).scalar_one()
        served = [
            {
                "escalation_id": case.id,
                "paper_id": key,
                "level": case.level,
                "raise_serial": case.raise_serial,
            }
            for case in cases
        ]
        self._connection.execute(insert(ReviewPaperCaseRow), served)
        files = [
            {"paper_id": key} | {name: getattr(file, name) for name in _FILE}
            for file in paper.files
        ]
        if files:
            self._connection.execute(insert(ReviewFileRow), files)
        return int(key)

    def link(
        self, escalation: Escalation, directives: Sequence[int], actor: Actor, at: datetime
    ) -> None:
        """Tie directives to the case they were issued from."""
        for directive_id in directives:
            self._connection.execute(
                insert(EscalationDirectiveRow),
                {
                    "escalation_id": escalation.id,
                    "directive_id": directive_id,
                    "by_id": actor.account_id,
                    "at": at,
                },
            )

    def save_climbs(self, climbs: Iterable[Climb], at: datetime) -> None:
        """Give cases their next holders and clocks, all in one go."""
        values = [
            {
                "this_id": one.of.id,
                "seen_version": one.of.version,
                "new_holder": one.holder_id,
                "since": one.of.holder_since if one.holder_id == one.of.holder_id else at,
                "until": one.answer_by,
            }
            for one in climbs
        ]
        if values:
            self._connection.execute(_CLIMB, values)

    def save_order(self, order: Sequence[Place]) -> None:
        """Make this the admin's order."""
        self._connection.execute(delete(ReviewPlaceRow))
        values = [
            {
                "position": position,
                "account_id": place.account_id,
                "away_from": place.away_from,
                "away_to": place.away_to,
            }
            for position, place in enumerate(order, start=1)
        ]
        if values:
            self._connection.execute(insert(ReviewPlaceRow), values)

    def post_all(self, notices: Iterable[Notice]) -> None:
        """Leave what must be told in the outbox."""
        found = tuple(notices)
        if found:
            self._messages.post_all(found)

    def post_bundled(self, notices: Iterable[Notice], *, source: str, kind: str) -> None:
        """Leave what must be told: beyond a handful of a source one summary for each."""
        self._messages.post_bundled(notices, source=source, kind=kind)

    def append(self, entry: Entry) -> None:
        """Add an entry to the history, sealed to the one before."""
        self._history.append(entry)
