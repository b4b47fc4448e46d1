"""What taking in dossiers asks of memory, within one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, repeat
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, String, insert, select, update

from models.base import table_of
from models.dossiers.imports import NONE_YET, note_ids
from models.dossiers.loading import Loader, plain
from models.dossiers.rows import (
    DossierChangeRow,
    DossierImportRow,
    DossierRejectRow,
    DossierRow,
    DossierStepRow,
)
from models.dossiers.standing import standing_of
from models.dossiers.tallying import forget_months, stale_months, tally_month
from models.dossiers.waits import counted_elsewhere, keep_counted
from models.history.register import HistoryRegister
from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.misread import Rejected
from workflow.dossiers.ports import Standing
from workflow.dossiers.records import Counts, DossierImport, ImportFacts, ImportState
from workflow.dossiers.recounting import Counted, Waited
from workflow.dossiers.steps import StepValues
from workflow.dossiers.taken import Columns
from workflow.history.records import Entry

_IMPORTS = table_of(DossierImportRow)
_DOSSIERS = DossierRow.__tablename__
_STEPS = DossierStepRow.__tablename__
_COLUMNS = [column.name for column in table_of(DossierRow).columns if column.name != "id"]
_KEPT = {"source", "code", "first_import_id", "last_import_id"}
_SILENT = _KEPT | {"digest", "calendar_version"}
"""What may differ without the dossier having changed."""
_CHANGING = [name for name in _COLUMNS if name not in {"source", "code", "first_import_id"}]
_STEP_COLUMNS = list(StepValues._fields)


class DossierRegister:
    """Dossiers, their steps and changes, and the imports they came by."""

    def __init__(self, connection: Connection, history: HistoryRegister) -> None:
        self._connection, self._history = connection, history
        self._loader = Loader(connection)

    def hold(self) -> None:
        """Let no other import write before this transaction ends."""
        self._loader.hold()

    def unfinished(self, facts: ImportFacts) -> DossierImport | None:
        """Return the import of the same file by the same reading that has not ended."""
        row = self._connection.execute(
            select(_IMPORTS)
            .where(
                _IMPORTS.c.source == facts.source,
                _IMPORTS.c.sha256 == facts.sha256,
                _IMPORTS.c.profile_digest == facts.profile_digest,
                _IMPORTS.c.as_of == facts.as_of,
                _IMPORTS.c.state == ImportState.RUNNING,
            )
            .order_by(_IMPORTS.c.id.desc())
            .limit(1)
        ).one_or_none()
        return import_from(row) if row else None

    def add_import(self, facts: ImportFacts, *, rows: int, account_id: int, at: datetime) -> int:
        """Add an import that runs from now on and return its id."""
        values = {
            "source": facts.source,
            "profile": facts.profile,
            "profile_digest": facts.profile_digest,
            "file_name": facts.file_name,
            "sha256": facts.sha256,
            "as_of": facts.as_of,
            "state": ImportState.RUNNING,
            "rows": rows,
            "violations": {},
            "last_dossier_id": NONE_YET,
            "detections_off": list(facts.detections_off),
            "started_at": at,
            "account_id": account_id,
        }
        adding = insert(DossierImportRow).returning(DossierImportRow.id)
        return self._connection.execute(adding, values).scalar_one()

    def save_import(self, running: DossierImport) -> None:
        """Keep where an import stands."""
        counts = running.counts
        self._connection.execute(
            update(_IMPORTS).where(_IMPORTS.c.id == running.id).values(
                state=running.state,
                rows=counts.rows,
                done_rows=counts.done_rows,
                created=counts.created,
                updated=counts.updated,
                unchanged=counts.unchanged,
                rejected=counts.rejected,
                violations=dict(counts.violations),
                detections_off=list(running.facts.detections_off),
                last_code=running.last_code,
                failure=running.failure,
                ended_at=running.ended_at,
            )
        )  # fmt: skip

    def look_up(
        self, facts: ImportFacts, codes: Sequence[str], digests: Sequence[str]
    ) -> Sequence[Standing]:
        """Return those dossiers of a chunk that stand already, by their places."""
        return standing_of(self._connection, self._loader, facts, codes, digests)

    def add(self, values: Columns, steps: Sequence[Sequence[StepValues]]) -> range:
        """Add dossiers in their order and return their ids, one after the other."""
        last = self._connection.exec_driver_sql(f"SELECT max(id) FROM {_DOSSIERS}").scalar() or 0
        ids = range(last + 1, last + 1 + len(values["code"]))
        told: dict[str, Sequence[Any]] = {"id": ids}
        told |= {name: values[name] for name in _COLUMNS if not _is_default(name, values[name])}
        self._loader.insert_columns(_DOSSIERS, told)
        self._add_steps(ids, steps)
        note_ids(self._connection, values["first_import_id"][0], ids)
        forget_months(self._connection, values["received_on"])
        return ids

    def _add_steps(self, ids: Sequence[int], steps: Sequence[Sequence[StepValues]]) -> None:
        rows = [
            (number, serial, *step)
            for number, held in zip(ids, steps, strict=False)
            for serial, step in enumerate(held, start=1)
        ]
        if rows:
            self._loader.insert(_STEPS, ["dossier_id", "serial", *_STEP_COLUMNS], rows)

    def steps_of(self, ids: Sequence[int]) -> Sequence[Sequence[StepValues]]:
        """Return the steps of each dossier, in their order."""
        order = "t.dossier_id, t.serial"
        found = self._loader.values_of(_STEPS, "dossier_id", _STEP_COLUMNS, ids, order)
        held = {
            number: [StepValues(*row[1:]) for row in rows]
            for number, rows in groupby(found, key=itemgetter(0))
        }
        return [held.get(number, []) for number in ids]

    def change(
        self, ids: Sequence[int], values: Columns, steps: Sequence[Sequence[StepValues]],
        *, import_id: int, at: datetime,
    ) -> Sequence[int]:  # fmt: skip
        """Write what differs over dossiers that stand, keep each change; return whose differed."""
        came = dict(zip(ids, zip(*(values[name] for name in _COLUMNS), strict=True), strict=True))
        changes = list(self._differing(came))
        moved = [change[2] for change in changes if change[1] == "received_on"]
        walked = self._steps_differing(ids, steps)
        changes += [
            (number, "steps", _steps_told(before), _steps_told(after))
            for number, (before, after) in walked.items()
        ]
        touched = sorted({change[0] for change in changes})
        received = _COLUMNS.index("received_on")
        forget_months(self._connection, [*moved, *(came[n][received] for n in touched)])
        places = [_COLUMNS.index(name) for name in _CHANGING]
        self._loader.change(
            _DOSSIERS,
            _CHANGING,
            [(number, *(came[number][place] for place in places)) for number in touched],
        )
        if walked:
            self._loader.delete_of(_STEPS, "dossier_id", list(walked))
            self._add_steps(list(walked), [after for _, after in walked.values()])
        self._keep_changes(changes, import_id, at)
        return touched

    def _differing(
        self, came: dict[int, tuple[Any, ...]]
    ) -> Iterator[tuple[int, str, object, object]]:
        compared = [(place, name) for place, name in enumerate(_COLUMNS) if name not in _SILENT]
        standing = self._loader.values_of(_DOSSIERS, "id", _COLUMNS, list(came), "t.id")
        for number, *before in standing:
            after = came[number]
            for place, name in compared:
                if before[place] != after[place]:
                    yield number, name, before[place], after[place]

    def _steps_differing(
        self, ids: Sequence[int], steps: Sequence[Sequence[StepValues]]
    ) -> dict[int, tuple[Sequence[StepValues], Sequence[StepValues]]]:
        if not any(steps):
            return {}
        trio = zip(ids, self.steps_of(ids), steps, strict=True)
        return {n: (before, after) for n, before, after in trio if list(before) != list(after)}

    def _keep_changes(
        self, changes: Sequence[tuple[int, str, object, object]], import_id: int, at: datetime
    ) -> None:
        told = plain(at)
        rows = [
            (number, import_id, name, _told(before), _told(after), told)
            for number, name, before, after in changes
        ]
        columns = ["dossier_id", "import_id", "field", "before", "after", "at"]
        self._loader.insert(DossierChangeRow.__tablename__, columns, rows)

    def reject(self, import_id: int, rejected: Sequence[Rejected]) -> None:
        """Keep the rows that are not taken in, with their reasons."""
        columns = ["import_id", "line", "code", "field", "told", "reason", "other_line"]
        rows = [
            (number, one.line, one.code, one.field, one.told, one.reason, one.other_line)
            for number, one in zip(repeat(import_id), rejected, strict=False)
        ]
        if rows:
            self._loader.insert(DossierRejectRow.__tablename__, columns, rows)

    def counted_elsewhere(self, version: str, limit: int) -> Sequence[Waited]:
        """Return dossiers that waited and were counted on another calendar, some at a time."""
        return counted_elsewhere(self._connection, version, limit)

    def keep_counted(self, counted: Sequence[Counted], version: str) -> None:
        """Keep what the calendar `version` counts."""
        keep_counted(self._connection, counted, version)

    def stale_months(self, calendar: WorkingCalendar) -> Sequence[str]:
        """Return the months of receipt whose ended dossiers do not stand counted."""
        return stale_months(self._connection, calendar)

    def tally_month(self, month: str, calendar: WorkingCalendar) -> None:
        """Count the ended dossiers of a month; no import writes meanwhile."""
        self.hold()
        tally_month(self._connection, month, calendar)

    def append(self, entry: Entry) -> object:
        """Add an entry to the history."""
        return self._history.append(entry)


def import_from(row: Row[Any]) -> DossierImport:
    """Return the import a row holds."""
    facts = ImportFacts(
        source=row.source,
        profile=row.profile,
        profile_digest=row.profile_digest,
        file_name=row.file_name,
        sha256=row.sha256,
        as_of=row.as_of,
        detections_off=tuple(row.detections_off),
    )
    counts = Counts(
        rows=row.rows,
        done_rows=row.done_rows,
        created=row.created,
        updated=row.updated,
        unchanged=row.unchanged,
        rejected=row.rejected,
        violations=row.violations,
    )
    return DossierImport(
        id=row.id,
        facts=facts,
        state=row.state,
        counts=counts,
        started_at=row.started_at,
        last_code=row.last_code,
        ended_at=row.ended_at,
        failure=row.failure,
    )


_DEFAULTS: dict[str, object] = {
    "waits": "[]",
    "waits_included": False,
    "waited_days": 0,
    "supplement_requests": 0,
} | {
    column.name: ""
    for column in table_of(DossierRow).columns
    if isinstance(column.type, String) and column.server_default is not None
}
"""What the database fills in by itself; everything else is null where nothing is said."""


def _is_default(name: str, values: Sequence[object]) -> bool:
    """Tell whether a whole column says nothing: it then need not be written."""
    default = _DEFAULTS.get(name)
    return values[-1] == default and values.count(default) == len(values)


def _told(value: object) -> str:
    return "" if value is None else str(value)


def _steps_told(steps: Sequence[StepValues]) -> str:
    kept = [[step.name, step.holder_text, step.officer, step.ended_at] for step in steps]
    return json.dumps(kept, ensure_ascii=False)
