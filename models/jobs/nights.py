"""The nights: which were swept, and who holds the one that is being swept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, update

from models.base import table_of
from models.jobs.rows import NightRow
from models.once import insert_once
from models.prepared import Prepared

_NIGHTS = table_of(NightRow)
Steps = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNight:
    """A night as its sweeper holds it; `attempts` fences its writes, `steps` are those done."""

    day: date
    since: date | None
    attempts: int
    steps: Steps


_NIGHT = _NIGHTS.c.day == bindparam("night")
_LAST_BEFORE = Prepared(
    select(func.max(_NIGHTS.c.day).label("newest")).where(
        _NIGHTS.c.day < bindparam("night"), _NIGHTS.c.ended_at.is_not(None)
    )
)
_ENDED = select(_NIGHTS.c.ended_at).where(_NIGHT)
_ATTEMPTS = select(_NIGHTS.c.attempts).where(_NIGHT).with_for_update()
_TAKE = (
    update(_NIGHTS)
    .where(
        _NIGHT,
        or_(_NIGHTS.c.lease_until.is_(None), _NIGHTS.c.lease_until < bindparam("now")),
        or_(_NIGHTS.c.ended_at.is_(None), _NIGHTS.c.ended_at <= bindparam("asked")),
    )
    .values(attempts=_NIGHTS.c.attempts + 1, lease_until=bindparam("lease"))
    .returning(_NIGHTS.c.since, _NIGHTS.c.attempts, _NIGHTS.c.steps, _NIGHTS.c.ended_at)
)


class NightRegister:
    """The nights within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def last_before(self, day: date) -> date | None:
        """Return the last day before `day` whose night was swept to its end."""
        found = _LAST_BEFORE.row(self._connection, {"night": day})
        newest: date | None = found.newest if found else None
        return newest

    def ended(self, day: date) -> datetime | None:
        """Return when the night of `day` was last swept to its end, if it was."""
        return self._connection.execute(_ENDED, {"night": day}).scalar_one_or_none()

    def figures(self, day: date) -> Steps:
        """Return what the steps of a night did."""
        steps = self._connection.execute(
            select(_NIGHTS.c.steps).where(_NIGHTS.c.day == day)
        ).scalar_one_or_none()
        return dict(steps or {})

    def take(
        self, day: date, now: datetime, lease: timedelta, *, asked: datetime | None = None
    ) -> HeldNight | None:
        """Hold a night; None while another sweeper holds it, or when one ended it since `asked`.

        One that was cut short goes on after its last step; one that had ended begins anew.
        """
        since = self.last_before(day)
        begun: Steps = {"day": day, "since": since, "steps": {}, "attempts": 1}
        begun |= {"started_at": now, "lease_until": now + lease}
        if insert_once(self._connection, _NIGHTS, [begun], key="day"):
            return HeldNight(day=day, since=since, attempts=1, steps={})
        asked_for = {"night": day, "lease": now + lease, "now": now, "asked": asked or now}
        row = self._connection.execute(_TAKE, asked_for).one_or_none()
        if row is None:
            return None
        steps = {} if row.ended_at is not None else dict(row.steps)
        return HeldNight(day=day, since=row.since, attempts=row.attempts, steps=steps)

    def keep(self, night: HeldNight, steps: Mapping[str, Any], until: datetime) -> bool:
        """Keep which steps are done and hold on; False when another sweeper took over."""
        return self._write(night, steps=dict(steps), lease_until=until)

    def is_held(self, night: HeldNight) -> bool:
        """Whether this sweeper still holds the night, and will until the transaction ends.

        Reading is enough where the transaction has the write lock; it makes no commit wait
        for the disk that has nothing else to write.
        """
        held = self._connection.execute(_ATTEMPTS, {"night": night.day}).scalar_one_or_none()
        return held == night.attempts

    def renew(self, night: HeldNight, until: datetime) -> bool:
        """Hold on; False when another sweeper took over."""
        return self._write(night, lease_until=until)

    def let_go(self, night: HeldNight, steps: Mapping[str, Any]) -> bool:
        """Give a night back that could not be swept to its end."""
        return self._write(night, steps=dict(steps), lease_until=None)

    def end(self, night: HeldNight, steps: Mapping[str, Any], at: datetime) -> bool:
        """Mark a night as swept; False when another sweeper took over."""
        return self._write(night, steps=dict(steps), lease_until=None, ended_at=at)

    def _write(self, night: HeldNight, **values: object) -> bool:
        mine = {"night": night.day, "mine": night.attempts}
        return _writing(tuple(values)).run(self._connection, values | mine) == 1


@lru_cache(maxsize=8)
def _writing(names: tuple[str, ...]) -> Prepared:
    """Return the statement that writes some columns of a night that is still held."""
    held = update(_NIGHTS).where(_NIGHT, _NIGHTS.c.attempts == bindparam("mine"))
    return Prepared(held.values({name: bindparam(name) for name in names}))
