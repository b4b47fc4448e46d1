"""Days that passed without what was owed on them, judged once by a night, set by set.

Periods and requests to other agencies note the last due day that a night judged (`missed_on`,
ADR 0022), so that it looks at what fell due since, whatever is overdue already.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, TextClause, select, update

from models.base import table_of
from models.directives.matter_rows import InputRequestRow
from models.listing import among
from models.periods.rows import PeriodRow
from models.prepared import Prepared
from models.violations.adding import adding, change_of
from models.violations.holding import hold_work
from models.violations.lateness import DAY, LISTED
from workflow.violations.ports import Change
from workflow.violations.scopes import Detected

Passed = Callable[[ColumnElement[date]], Sequence[TextClause | ColumnElement[bool]]]


class Missed:
    """What is owed by a day under some directive, and is a violation where the day passed.

    `passed` gives the conditions that a row's day passed before another and was not judged;
    `new` selects those of the rows listed that no violation speaks of; `code` is their type.
    """

    def __init__(
        self,
        row: type[PeriodRow | InputRequestRow],
        passed: Passed,
        new: Select[Any],
        code: str,
    ) -> None:
        owed, self._code, self._passed, self._id = table_of(row), code, passed, row.id
        self._found = Prepared(select(row.id, row.directive_id).where(*passed(DAY)))
        self._noted = Prepared(
            update(owed)
            .where(among(owed.c.id, LISTED), *passed(DAY))
            .values(missed_on=owed.c.due_on)
            .returning(owed.c.id)
        )
        self.add = Prepared(adding(new))

    def is_due(self, day: ColumnElement[date]) -> ColumnElement[bool]:
        """Return the condition that a day passed which no night judged."""
        return select(self._id).where(*self._passed(day)).exists()

    def detect(self, connection: Connection, day: date, at: datetime) -> Change:
        """Record each day before `day` that passed; the directives are held first."""
        judged = {"judged_on": day}
        found = self._found.rows(connection, judged)
        if not found:
            return Detected(), ()
        hold_work(connection, (row.directive_id for row in found))
        asked = judged | {LISTED: [row.id for row in found]}
        noted = [row.id for row in self._noted.rows(connection, asked)]
        added = self.add.rows(connection, {"judged_at": at, LISTED: noted})
        return change_of(connection, self._code, added)
