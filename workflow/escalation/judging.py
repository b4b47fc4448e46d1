"""Stored versions as the engine judges by them, and which of their days are due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from workflow.days import local_day
from workflow.escalation.groups import Shape, shape_of
from workflow.escalation.planning import Judging
from workflow.escalation.versions import StoredVersion

ONE_DAY = timedelta(days=1)


def judgings_of(
    stored: Iterable[StoredVersion], swept_on: date | None, day: date
) -> tuple[Judging, ...]:
    """Return each rule's versions by the keys they gather by, as of a day."""
    gathered: dict[tuple[str, Shape], list[StoredVersion]] = {}
    for one in stored:
        gathered.setdefault((one.code, shape_of(one.as_version())), []).append(one)
    return tuple(
        Judging(
            code=code,
            shape=shape,
            versions=tuple(one.as_version() for one in versions if one.judges),
            due=min(
                (turn for one in versions for turn in turns_of(one, swept_on, day)), default=None
            ),
        )
        for (code, shape), versions in gathered.items()
    )


def turns_of(version: StoredVersion, swept_on: date | None, day: date) -> tuple[date, ...]:
    """Return the days up to `day` on which a version begins or ends to judge, not yet swept.

    What had begun or ended by its approval was evaluated with it.
    """
    if not version.judges or version.from_on is None:
        return ()
    known = local_day(version.approved_at) if version.approved_at else date.min
    done = max(known, swept_on or date.min)
    ends = version.to_on + ONE_DAY if version.to_on is not None else None
    return tuple(turn for turn in (version.from_on, ends) if turn and done < turn <= day)
