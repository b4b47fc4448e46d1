"""Rules with their versions: what a row's body holds, and what use cases ask of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from models.base import table_of
from models.escalation.register import EscalationRegister
from models.escalation.rows import RuleVersionRow
from models.escalation.versions import body_of, version_from
from models.history.register import HistoryRegister
from workflow.errors import Stale
from workflow.escalation.records import Rule
from workflow.escalation.versions import RuleState, StoredVersion
from workflow.history.records import Entry
from workflow.messages.records import Notice

_VERSIONS = table_of(RuleVersionRow)
_ONE = select(_VERSIONS).with_for_update()


class RuleRegister:
    """The versions of rules within one transaction."""

    def __init__(
        self, connection: Connection, history: HistoryRegister, escalation: EscalationRegister
    ) -> None:
        self._connection = connection
        self._history = history
        self.escalation = escalation

    def version(self, version_id: int) -> StoredVersion | None:
        """Return a version, held for writing."""
        row = self._connection.execute(_ONE.where(_VERSIONS.c.id == version_id)).one_or_none()
        return None if row is None else version_from(row)

    def versions(self, code: str) -> Sequence[StoredVersion]:
        """Return every version of a rule, by number, held for writing."""
        rows = self._connection.execute(
            _ONE.where(_VERSIONS.c.code == code).order_by(_VERSIONS.c.number)
        )
        return tuple(version_from(row) for row in rows)

    def add_version(
        self,
        rule: Rule,
        *,
        number: int,
        reason: str,
        by: int,
        at: datetime,
        is_proposal: bool,
    ) -> StoredVersion:
        """Add a draft and return it as loaded."""
        values = {
            "code": rule.code,
            "number": number,
            "state": RuleState.DRAFT,
            "body": body_of(rule),
            "reason": reason,
            "is_proposal": is_proposal,
            "drafted_by": by,
            "drafted_at": at,
        }
        row: Row[Any] = self._connection.execute(
            insert(_VERSIONS).returning(_VERSIONS), values
        ).one()
        return version_from(row)

    def save_version(self, version: StoredVersion, fields: Mapping[str, object]) -> StoredVersion:
        """Keep fields over a version and return it; Stale if another state of it stands."""
        values = {name: value for name, value in fields.items() if name != "rule"}
        if "rule" in fields:
            rule = fields["rule"]
            assert isinstance(rule, Rule)  # noqa: S101 - the field's type
            values["body"] = body_of(rule)
        saved = self._connection.execute(
            update(_VERSIONS)
            .where(_VERSIONS.c.id == version.id, _VERSIONS.c.version == version.version)
            .values(**values, version=version.version + 1)
        )
        if saved.rowcount != 1:
            raise Stale("stale", number=version.name, version=None, seen=version.version)
        changes: dict[str, Any] = dict(fields)
        return replace(version, **changes, version=version.version + 1)

    def post(self, notice: Notice) -> bool:
        """Leave a notice in the outbox."""
        return self.escalation.post(notice)

    def append(self, entry: Entry) -> None:
        """Add an entry to the history."""
        self._history.append(entry)
