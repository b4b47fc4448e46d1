"""Changing the table of days: first who it touches, then all of it in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.calendar.ports import CalendarMemory, CountedDirective
from workflow.calendar.records import Override
from workflow.calendar.rules import (
    ChangedDay,
    OpenDeadline,
    check_override,
    preview_change,
)
from workflow.calendar.vietnam import vietnam_calendar
from workflow.calendar.working import WorkingCalendar
from workflow.days import local_day
from workflow.errors import Invalid, Refused, Stale
from workflow.history.records import Entry, Plain, Subject
from workflow.history.rules import entry_by
from workflow.text import clean

LONGEST_WORDS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """Rows to enter (over whatever stood there) and days whose row is taken out.

    An empty change counts open dates again on the calendar as it stands, for those that
    were counted on an older one (the holiday library was renewed, say).
    """

    put: tuple[Override, ...] = ()
    remove: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedDirective:
    """A directive whose counted date goes elsewhere, and the changed days that move it."""

    of: CountedDirective
    after: date
    because_of: tuple[date, ...]

    def is_late_by(self, due_on: date, today: date) -> bool:
        """Whether the work is late if it is due on `due_on`."""
        return not self.of.is_suspended and due_on < (self.of.reported_on or today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a change would do; `seen` names the calendar it was judged against."""

    seen: str
    days: tuple[ChangedDay, ...]
    moved: tuple[MovedDirective, ...]
    becomes_late: tuple[MovedDirective, ...]
    ceases_late: tuple[MovedDirective, ...]
    counted: int


def tidy_change(change: DayChange) -> DayChange:
    """Return the change without stray spaces; a row without an act waits for one."""
    rows = tuple(
        Override(
            day=row.day,
            kind=row.kind,
            reason=clean(row.reason),
            act=clean(row.act or "") or None,
            confirmed=bool(clean(row.act or "")),
        )
        for row in change.put
    )
    return DayChange(put=rows, remove=change.remove)


def preview_days(memory: CalendarMemory, change: DayChange, *, today: date) -> Preview:
    """List what a change of the table would do; nothing is written.

    Only open directives whose date was counted in working days move; a date that a
    document names, or that was agreed since, never does. Invalid field by field.
    """
    change = tidy_change(change)
    old_rows = memory.overrides()
    old = vietnam_calendar(old_rows)
    _check(change, old, old_rows)
    new = vietnam_calendar(_laid_over(old_rows, change))
    counted = {item.number: item for item in memory.counted_directives()}
    impact = preview_change(map(_deadline, counted.values()), old=old, new=new)
    moved = tuple(
        MovedDirective(of=counted[move.number], after=move.after, because_of=move.because_of)
        for move in impact.moved
    )
    return Preview(
        seen=old.version.identifier,
        days=impact.days,
        moved=moved,
        becomes_late=tuple(m for m in moved if _turns(m, today) == (False, True)),
        ceases_late=tuple(m for m in moved if _turns(m, today) == (True, False)),
        counted=len(counted),
    )


def _turns(move: MovedDirective, today: date) -> tuple[bool, bool]:
    return move.is_late_by(move.of.due_on, today), move.is_late_by(move.after, today)


def _deadline(item: CountedDirective) -> OpenDeadline:
    return OpenDeadline(
        number=item.number,
        due_on=item.due_on,
        started_on=item.started_on,
        budget_working_days=item.working_days,
        pauses=item.pauses,
    )


def _laid_over(rows: Iterable[Override], change: DayChange) -> tuple[Override, ...]:
    gone = {row.day for row in change.put} | set(change.remove)
    kept = [row for row in rows if row.day not in gone]
    return tuple(sorted((*kept, *change.put), key=lambda row: row.day))


def _check(change: DayChange, calendar: WorkingCalendar, rows: Sequence[Override]) -> None:
    for place, row in enumerate(change.put):
        if max(len(row.reason), len(row.act or "")) > LONGEST_WORDS:
            raise Invalid({"reason": "too_long"})
        check_override(row, calendar, others=change.put[:place])
    entered = {row.day for row in rows}
    if not set(change.remove) <= entered:
        raise Refused("day_not_entered")
    if change.put and not change.remove and set(change.put) <= set(rows):
        raise Invalid({"day": "no_change"})


def change_days(
    memory: CalendarMemory, actor: Actor, change: DayChange, *, seen: str, at: datetime
) -> Preview:
    """Change the table and move every counted date with it, all in one transaction.

    `seen` is the calendar of the preview; another one standing now is Stale. Each moved
    directive has an entry that names the days and acts that moved it. The first date of a
    directive stays what it was.
    """
    today = local_day(at)
    require_admin(actor, today)
    change = tidy_change(change)
    preview = preview_days(memory, change, today=today)
    if preview.seen != seen:
        raise Stale("calendar_changed", version=preview.seen, seen=seen)
    before = {row.day: row for row in memory.overrides()}
    for day in change.remove:
        memory.remove(day)
    for row in change.put:
        memory.put(row, actor.account_id, at)
    version = vietnam_calendar(memory.overrides()).version.identifier
    for move in preview.moved:
        memory.move_due(move.of, move.after, version, at)
    _tell(memory, actor, change, preview, before, version, at)
    return preview


def _tell(
    memory: CalendarMemory,
    actor: Actor,
    change: DayChange,
    preview: Preview,
    before: Mapping[date, Override],
    version: str,
    at: datetime,
) -> None:
    """Write the entries last: the history is held by nobody who still waits for a directive."""
    for day in change.remove:
        memory.append(_day_entry(actor, day, "remove_day", at, before=before[day], after=None))
    for row in change.put:
        old = before.get(row.day)
        memory.append(_day_entry(actor, row.day, "put_day", at, before=old, after=row))
    for move in preview.moved:
        memory.append(_move_entry(actor, move, change, version, at))


def _day_entry(
    actor: Actor,
    day: date,
    action: str,
    at: datetime,
    *,
    before: Override | None,
    after: Override | None,
) -> Entry:
    return entry_by(
        actor,
        at,
        Subject.CALENDAR,
        day.isoformat(),
        action,
        before=_facts(before),
        after=_facts(after),
    )


def _facts(row: Override | None) -> dict[str, Plain]:
    if row is None:
        return {}
    facts: dict[str, Plain] = {"kind": row.kind.value, "reason": row.reason, "act": row.act}
    return facts | {"confirmed": row.confirmed}


def _move_entry(
    actor: Actor, move: MovedDirective, change: DayChange, version: str, at: datetime
) -> Entry:
    days = [day.isoformat() for day in move.because_of]
    acts = sorted({row.act for row in change.put if row.act and row.day in move.because_of})
    said = "; ".join(row.reason for row in change.put if row.day in move.because_of)
    return entry_by(
        actor,
        at,
        Subject.DIRECTIVE,
        move.of.number,
        "move_due",
        before={"due_on": move.of.due_on.isoformat()},
        after={"due_on": move.after.isoformat()},
        given={"days": [*days], "acts": [*acts], "calendar_version": version},
        reason=said,
    )
