"""What the use cases of violations ask of memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, func, insert, literal, select, text, update

from models.agencies.register import AgencyRegister
from models.base import table_of
from models.calendar.register import CalendarRegister
from models.dossiers.choices import fields_of
from models.dossiers.rows import DossierRow
from models.escalation.register import EscalationRegister
from models.history.register import HistoryRegister
from models.review.loading import ReviewReader
from models.violations.detecting import detect, keep_as_known
from models.violations.first import detect_of_dossiers
from models.violations.inputs import OWED
from models.violations.lateness import detect_late_directives
from models.violations.loading import LOAD, violation_from
from models.violations.periods import MISSING
from models.violations.righting import missed_again, right_recorded
from models.violations.rows import ViolationFileRow, ViolationRow
from workflow.agencies.records import Agency
from workflow.calendar.records import Override
from workflow.calendar.vietnam import vietnam_calendar
from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.records import Wait
from workflow.dossiers.timing import pushed_as_of
from workflow.errors import Stale
from workflow.escalation.evaluating import Gathering
from workflow.evidence.records import StoredFile
from workflow.history.records import Entry
from workflow.review.conflict import Organisation
from workflow.text import fold
from workflow.violations.ports import Change
from workflow.violations.records import (
    KnownDossier,
    Reported,
    Severity,
    Violation,
    ViolationState,
)
from workflow.violations.scopes import Detected, DossierScope, Scope

VIOLATIONS = table_of(ViolationRow)
_SAVED = ("state", "state_before", "cause", "reason", "contested_by", "version")
_SAVE = (
    update(VIOLATIONS)
    .where(
        VIOLATIONS.c.id == bindparam("this_id"),
        VIOLATIONS.c.version == bindparam("seen_version"),
    )
    .values({name: bindparam(name) for name in (*_SAVED, "known_from", "known_by")})
)


@lru_cache(maxsize=4)
def _calendar(overrides: tuple[Override, ...]) -> WorkingCalendar:
    return vietnam_calendar(overrides)


class ViolationRegister:
    """Violations within one transaction, read and written."""

    def __init__(
        self,
        connection: Connection,
        *,
        agencies: AgencyRegister,
        calendar: CalendarRegister,
        history: HistoryRegister,
        escalation: EscalationRegister,
        now: datetime,
    ) -> None:
        self._connection = connection
        self._agencies = agencies
        self._calendar = calendar
        self._history = history
        self.escalation = escalation
        self._now = now

    def detect(self, scope: Scope, day: date, at: datetime) -> tuple[Detected, Gathering]:
        """Bring the violations of a scope's dossiers to what holds on `day`, set by set."""

        def due_on(promised: date, waits: Sequence[Wait]) -> date:
            return pushed_as_of(promised, waits, day, _calendar(self._calendar.overrides()))

        if isinstance(scope, DossierScope):
            return detect_of_dossiers(self._connection, scope, day, at, due_on)
        done, touched = detect(self._connection, scope, day, at, due_on)
        return done, lambda _: touched

    def detect_late_directives(self, day: date, at: datetime) -> Change:
        """Record each due day before `day` that passed without its report, or without the input."""
        steps = (
            detect_late_directives,
            MISSING.detect,
            OWED.detect,
            right_recorded,
        )
        done = [step(self._connection, day, at) for step in steps]
        found: Counter[str] = Counter()
        for detected, _ in done:
            found.update(detected.found)
        righted, _ = done[-1]
        touched = tuple(one for _, those in done for one in those)
        return Detected(found=dict(found), overturned=righted.overturned), touched

    def violations(self, ids: Iterable[int]) -> Sequence[Violation]:
        """Return violations with the facts their guards need, held for writing, by id."""
        self._share_with_detection()
        rows = self._connection.execute(
            LOAD.where(VIOLATIONS.c.id.in_(sorted(ids)))
            .order_by(VIOLATIONS.c.id)
            .with_for_update(of=VIOLATIONS)
        )
        return tuple(violation_from(row) for row in rows)

    def _share_with_detection(self) -> None:
        """Wait for a detection under way before holding a row, so that neither waits for ever."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("LOCK TABLE violations IN ROW EXCLUSIVE MODE"))

    def save(self, before: Violation, after: Violation, by: int, at: datetime) -> None:
        """Keep what changed over `before`; Stale if another version stands now."""
        keep_as_known(self._connection, at, select(literal(before.id)))
        values = {name: getattr(after, name) for name in _SAVED}
        values |= {"known_from": at, "known_by": by}
        values |= {"this_id": before.id, "seen_version": before.version}
        if self._connection.execute(_SAVE, values).rowcount != 1:
            raise Stale("stale", number=before.number, version=None, seen=before.version)
        if before.state is ViolationState.OVERTURNED:
            missed_again(self._connection, before.id)

    def add(
        self,
        reported: Reported,
        *,
        agency: Agency,
        severity: Severity,
        occurred_on: date,
        dossier_id: int | None,
        by: int,
        at: datetime,
    ) -> Violation:
        """Add a violation that a person entered and return it as loaded."""
        self._share_with_detection()
        words = (reported.words, reported.reference, reported.officer, reported.field_text)
        key = self._connection.execute(
            insert(VIOLATIONS).returning(VIOLATIONS.c.id),
            {
                "type": reported.type,
                "agency_id": agency.id,
                "field_text": reported.field_text,
                "procedure_code": reported.procedure_code,
                "officer": reported.officer,
                "dossier_id": dossier_id,
                "serial": self._next_serial(dossier_id, reported.type),
                "occurred_at": reported.occurred_at,
                "occurred_on": occurred_on,
                "recorded_at": at,
                "recorded_by": by,
                "source": reported.source,
                "severity": severity,
                "state": ViolationState.RECORDED,
                "words": reported.words,
                "reference": reported.reference,
                "search": fold(" ".join(words)),
                "known_from": at,
                "known_by": by,
            },
        ).scalar_one()
        return self.violations([key])[0]

    def _next_serial(self, dossier_id: int | None, violation_type: str) -> int:
        """Serial 0 is detection's own; what people enter counts on from 1."""
        if dossier_id is None:
            return 0
        last = self._connection.execute(
            select(func.coalesce(func.max(VIOLATIONS.c.serial), 0)).where(
                VIOLATIONS.c.dossier_id == dossier_id, VIOLATIONS.c.type == violation_type
            )
        ).scalar_one()
        return int(last) + 1

    def same_standing(
        self, dossier_id: int, violation_type: str, occurred_on: date
    ) -> Violation | None:
        """Return a violation that already stands for this act of this dossier, if any."""
        row = self._connection.execute(
            LOAD.where(
                VIOLATIONS.c.dossier_id == dossier_id,
                VIOLATIONS.c.type == violation_type,
                VIOLATIONS.c.occurred_on == occurred_on,
                VIOLATIONS.c.state != ViolationState.OVERTURNED,
            ).order_by(VIOLATIONS.c.id)
        ).first()
        return violation_from(row) if row else None

    def dossier(self, code: str) -> KnownDossier | None:
        """Return the dossier that bears this code; None when none or several do."""
        of = DossierRow
        asked = select(of.id, of.field_text, of.procedure_code, of.officer).where(of.code == code)
        found = self._connection.execute(asked.limit(2)).mappings().all()
        return KnownDossier(**found[0]) if len(found) == 1 else None

    def field_as_known(self, words: str) -> str:
        """Return a field as the dossiers spell it; the words where none or several do."""
        known = fields_of(self._connection) if words else ()
        alike = [field for field in known if fold(field) == fold(words)]
        return alike[0] if len(alike) == 1 else words

    def add_files(
        self,
        violation_ids: Sequence[int],
        action: str,
        files: Sequence[StoredFile],
        by: int,
        at: datetime,
    ) -> None:
        """Keep the files that came with an act, for each violation it touched."""
        rows = [
            {
                "violation_id": key,
                "action": action,
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
                "uploaded_by": by,
                "uploaded_at": at,
            }
            for key in violation_ids
            for file in files
        ]
        self._connection.execute(insert(ViolationFileRow), rows)

    def agency(self, agency_id: int) -> Agency | None:
        """Return an agency, on whatever day it stood."""
        return self._agencies.agency(agency_id)

    def organisation(self, day: date) -> Organisation:
        """Return the tree of agencies on a day, and what each came from."""
        reader = ReviewReader(self._connection, writing=False, now=self._now)
        return reader.organisation(day, "")

    def append(self, entry: Entry) -> object:
        """Add an entry to the history, sealed to the one before."""
        return self._history.append(entry)
