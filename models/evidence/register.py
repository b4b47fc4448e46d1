"""Keeping evidence on directives."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from models.accounts.rows import AccountRow
from models.evidence.rows import EvidenceRow
from workflow.accounts.records import Actor
from workflow.directives.drafts import standing_draft
from workflow.directives.needs import Given
from workflow.directives.records import Action, Directive
from workflow.evidence.records import Evidence, EvidenceState, Purpose, StoredFile
from workflow.periods.records import PeriodAction

_PIECES = (
    select(EvidenceRow.__table__, AccountRow.name.label("uploader"))
    .join(AccountRow, AccountRow.id == EvidenceRow.uploaded_by)
    .order_by(EvidenceRow.id)
)
PAPERS = frozenset(
    {
        Action.DECLINE, Action.REQUEST_EXTENSION, Action.REOPEN, Action.DECIDE_EXTENSION,
        Action.CORRECT, Action.AMEND, Action.WITHDRAW, Action.SUSPEND, Action.RESUME,
    }
)  # fmt: skip
"""Acts whose files are papers they rest on, and show no result."""
OF_PERIODS = (PeriodAction.REPORT.value, PeriodAction.RECORD.value)
"""Files that came with a report of a period: another file of the same name is not their next."""
_OF_DIRECTIVE = _PIECES.where(EvidenceRow.directive_id == bindparam("directive_id"))
_OF_SEVERAL = _PIECES.where(EvidenceRow.directive_id.in_(bindparam("keys", expanding=True)))


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(
        id=row.id,
        name=row.name,
        version=row.version,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        period_from=row.period_from,
        period_to=row.period_to,
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at,
        state=EvidenceState(row.state),
        purpose=Purpose(row.purpose),
        reason=row.reason,
        uploader=row.uploader,
        is_current=row.is_current,
    )


class EvidenceRegister:
    """Evidence within one transaction; the bytes lie in the file store under their hash."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_directive(self, directive_id: int) -> tuple[Evidence, ...]:
        """Return every version of every piece, oldest first."""
        rows = self._connection.execute(_OF_DIRECTIVE, {"directive_id": directive_id})
        return tuple(_evidence(row) for row in rows)

    def of_directives(self, keys: Sequence[int]) -> dict[int, list[Evidence]]:
        """Return the same of several directives, by directive, in one statement."""
        found: dict[int, list[Evidence]] = {}
        for row in self._connection.execute(_OF_SEVERAL, {"keys": list(keys)}):
            found.setdefault(row.directive_id, []).append(_evidence(row))
        return found

    def add(
        self, directive: Directive, action: Action, given: Given, actor: Actor, at: datetime
    ) -> tuple[str, ...]:
        """Keep the files given; a name that the agency used before becomes its next version.

        A file of what stands prepared is its officer's, whoever sends it.
        """
        if aside := given.keys("set_aside"):
            self._set_aside(directive.id, aside)
        purpose = Purpose.PAPER if action in PAPERS else Purpose.RESULT
        prepared = prepared_by(directive, action, actor.agency_id)
        for file in given.files():
            version = self._next_version(directive.id, purpose, file, actor.agency_id)
            self._connection.execute(
                insert(EvidenceRow),
                {
                    "directive_id": directive.id,
                    "purpose": purpose,
                    "name": file.name,
                    "version": version,
                    "is_current": True,
                    "media_type": file.media_type,
                    "size": file.size,
                    "sha256": file.sha256,
                    "period_from": given.day("period_from"),
                    "period_to": given.day("period_to"),
                    "action": action.value,
                    "uploaded_by": prepared.get(file.sha256, actor.account_id),
                    "agency_id": actor.agency_id,
                    "uploaded_at": at,
                    "state": EvidenceState.PENDING,
                },
            )
        return tuple(file.sha256 for file in given.files())

    def _set_aside(self, directive_id: int, keys: Iterable[int]) -> None:
        """Pieces that no longer show the result stay readable among those before."""
        self._connection.execute(
            update(EvidenceRow)
            .where(EvidenceRow.directive_id == directive_id, EvidenceRow.id.in_(sorted(keys)))
            .values(is_current=False)
        )

    def _next_version(
        self, directive_id: int, purpose: Purpose, file: StoredFile, agency_id: int | None
    ) -> int:
        same = (
            EvidenceRow.directive_id == directive_id,
            EvidenceRow.purpose == purpose,
            EvidenceRow.name == file.name,
        )
        last = self._connection.execute(
            select(func.coalesce(func.max(EvidenceRow.version), 0)).where(*same)
        ).scalar_one()
        if last:
            own = or_(EvidenceRow.agency_id == agency_id, EvidenceRow.agency_id.is_(None))
            older = update(EvidenceRow).where(*same, own, EvidenceRow.action.not_in(OF_PERIODS))
            self._connection.execute(older.values(is_current=False))
        return int(last) + 1

    def judge(
        self, directive: Directive, action: Action, given: Given, actor: Actor, at: datetime
    ) -> None:
        """Keep what the verifier said of one piece."""
        accepted = action is Action.ACCEPT_EVIDENCE
        self._connection.execute(
            update(EvidenceRow)
            .where(
                EvidenceRow.id == given.whole("evidence"),
                EvidenceRow.directive_id == directive.id,
            )
            .values(
                state=EvidenceState.ACCEPTED if accepted else EvidenceState.REJECTED,
                judged_by=actor.account_id,
                judged_at=at,
                reason=given.text("reason"),
            )
        )


def prepared_by(directive: Directive, action: Action, agency_id: int | None) -> dict[str, int]:
    """Return who prepared each file, by its hash, of what waits to be sent by an act."""
    if action is Action.REPORT:
        return prepared_of_report(directive)
    draft = standing_draft(directive, action, agency_id)
    return {file.sha256: draft.by for file in draft.files} if draft else {}


def prepared_of_report(directive: Directive) -> dict[str, int]:
    """Return who prepared each file, by its hash, of the report that waits to be submitted.

    A file that stands for the first time in a report somebody changed is theirs.
    """
    stands = directive.standing_report
    if stands is None:
        return {}
    changer = stands.changed_by or stands.by
    older = {file.sha256 for one in directive.prepared if one.by == stands.by and not one.changed_by
             for file in one.files}  # fmt: skip
    return {f.sha256: stands.by if f.sha256 in older else changer for f in stands.files}
