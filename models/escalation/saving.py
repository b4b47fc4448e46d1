"""Keeping what a re-derivation changed: new escalations, changed ones, and their raises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from models.base import table_of
from models.bulk import add_rows, change_rows
from models.escalation.rows import EscalationRaiseRow, EscalationRow
from models.listing import among
from models.prepared import Prepared
from workflow.errors import Stale
from workflow.escalation.groups import digest_of_group
from workflow.escalation.records import Group, Raise
from workflow.escalation.stored import Change

_ESCALATIONS = table_of(EscalationRow)
_RAISES = table_of(EscalationRaiseRow)
_LAST = Prepared(
    select(func.max(_ESCALATIONS.c.serial).label("last")).where(
        _ESCALATIONS.c.year == bindparam("of_year")
    )
)
"""One year at a time: both databases then look at the end of the index, and at nothing else."""
_ADDED = Prepared(
    select(_ESCALATIONS.c.number, _ESCALATIONS.c.id).where(
        _ESCALATIONS.c.year == bindparam("of_year"),
        _ESCALATIONS.c.serial > bindparam("after_serial"),
    )
)
_ALL_RAISES = Prepared(
    select(_RAISES)
    .where(among(_RAISES.c.escalation_id, "ids"))
    .order_by(_RAISES.c.escalation_id, _RAISES.c.serial)
)
NUMBER = "VPNL-{year}-{serial:04d}"
Place = tuple[str, Group, date]
"""Rule, group and day of opening of an episode."""


class Saving:
    """The changes of one evaluation, kept in the order that references need."""

    def __init__(self, connection: Connection, at: datetime) -> None:
        self._connection = connection
        self._at = at
        self._standing_for: dict[Place, int] = {}

    def save(self, changes: Sequence[Change], next_changes: Mapping[int, date]) -> dict[int, str]:
        """Keep the changes; return each one's number by its place."""
        numbers = self._add(changes)
        for place, change in enumerate(changes):
            if change.before is not None:
                numbers[place] = change.before.number
                if change.episode is not None:
                    self._standing_for[_place(change)] = change.before.id
        self._change([change for change in changes if change.before is not None])
        self._keep_raises([c for c in changes if c.before is not None and c.episode is not None])
        later = [{"of_id": key, "new_next_change_on": day} for key, day in next_changes.items()]
        change_rows(self._connection, _ESCALATIONS, later, ("next_change_on",), ("id",))
        return numbers

    def _add(self, changes: Sequence[Change]) -> dict[int, str]:
        new = [(place, change) for place, change in enumerate(changes) if change.before is None]
        if not new:
            return {}
        serials = _Serials(self._connection, {_year(change) for _, change in new})
        rows = [_columns(change.values) | _new_values(change, serials) for _, change in new]
        ids = self._inserted(rows, serials)
        raises: list[dict[str, Any]] = []
        for row, (_, change) in zip(rows, new, strict=True):
            key = ids[row["number"]]
            self._standing_for[_place(change)] = key
            found = change.episode.raises if change.episode else ()
            raises += [self._raise(key, number, one) for number, one in enumerate(found, 1)]
        add_rows(self._connection, _RAISES, raises)
        return {place: row["number"] for (place, _), row in zip(new, rows, strict=True)}

    def _inserted(self, rows: Sequence[dict[str, Any]], serials: _Serials) -> dict[str, int]:
        """Add new rows; return the id of each by its number, which was nobody's before."""
        add_rows(self._connection, _ESCALATIONS, rows)
        return {
            row.number: row.id
            for year, last in serials.before.items()
            for row in _ADDED.rows(self._connection, {"of_year": year, "after_serial": last})
        }

    def _raise(self, key: int, serial: int, one: Raise) -> dict[str, Any]:
        return {
            "escalation_id": key,
            "serial": serial,
            "level": one.level,
            "on": one.on,
            "score": one.score,
            "violations": [int(violation) for violation in one.violations],
            "rule_number": one.version,
            "standing": True,
            "known_at": self._at,
        }

    def _change(self, changes: Sequence[Change]) -> None:
        """Save over the version that was loaded; Stale if somebody was quicker."""
        by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for change in changes:
            assert change.before is not None  # noqa: S101 - asked by the caller
            values = _columns(change.values)
            if change.heir is not None:
                values["heir_id"] = self._heir(change)
            values["version"] = change.before.version + 1
            names = tuple(sorted(values))
            where = {"of_id": change.before.id, "of_version": change.before.version}
            by_columns.setdefault(names, []).append(
                {f"new_{name}": values[name] for name in names} | where
            )
        for names, rows in by_columns.items():
            self._update(names, rows)

    def _update(self, names: tuple[str, ...], rows: Sequence[dict[str, Any]]) -> None:
        found_by = ("id", "version")
        if change_rows(self._connection, _ESCALATIONS, rows, names, found_by) != len(rows):
            raise Stale("stale")

    def _heir(self, change: Change) -> int:
        if change.heir_before is not None:
            return change.heir_before.id
        heir = change.heir
        assert heir is not None  # noqa: S101 - asked by the caller
        return self._standing_for[heir.rule, heir.group, heir.opened_on]

    def _keep_raises(self, changes: Sequence[Change]) -> None:
        """Let exactly the raises of each episode stand; those that fell stay to be read."""
        of = {c.before.id: c.episode.raises for c in changes if c.before and c.episode}
        new: list[dict[str, Any]] = []
        stands: list[dict[str, Any]] = []
        for key, rows in self._all_raises(list(of)):
            wanted = {_told(one): one for one in of[key]}
            for row in rows:
                found = wanted.pop(_told_row(row), None) is not None
                if found != row.standing:
                    place = {"of_escalation_id": key, "of_serial": row.serial}
                    stands.append(place | {"new_standing": found})
            serial = max((row.serial for row in rows), default=0)
            new += [self._raise(key, serial + n, one) for n, one in enumerate(wanted.values(), 1)]
        change_rows(
            self._connection, _RAISES, stands, ("standing",), ("escalation_id", "serial")
        )  # fmt: skip
        add_rows(self._connection, _RAISES, new)

    def _all_raises(self, ids: Sequence[int]) -> Iterable[tuple[int, list[Any]]]:
        found: dict[int, list[Any]] = {key: [] for key in ids}
        if ids:
            for row in _ALL_RAISES.rows(self._connection, {"ids": ids}):
                found[row.escalation_id].append(row)
        return found.items()


class _Serials:
    """The next public number of each year; the evaluation's lock keeps them apart."""

    def __init__(self, connection: Connection, years: set[int]) -> None:
        self.before = {year: _last_of(connection, year) for year in sorted(years)}
        self._last = dict(self.before)

    def take(self, year: int) -> int:
        self._last[year] += 1
        return self._last[year]


def _last_of(connection: Connection, year: int) -> int:
    row = _LAST.row(connection, {"of_year": year})
    return (row.last if row is not None else None) or 0


def _year(change: Change) -> int:
    assert change.episode is not None  # noqa: S101 - a new one stands for an episode
    return change.episode.opened_on.year


def _place(change: Change) -> Place:
    assert change.episode is not None  # noqa: S101 - asked by the caller
    return change.rule, change.group, change.episode.opened_on


def _new_values(change: Change, serials: _Serials) -> dict[str, Any]:
    year = _year(change)
    serial = serials.take(year)
    return {
        "number": NUMBER.format(year=year, serial=serial),
        "year": year,
        "serial": serial,
        "rule_code": change.rule,
        "version": 1,
    }


def _columns(values: Mapping[str, object]) -> dict[str, Any]:
    """Return the columns that hold some fields."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        if name == "group":
            group: Any = value
            found |= {"group_json": dict(group), "group_key": digest_of_group(group)}
        elif name == "before_retraction":
            found["state_before_retraction"] = value
        elif name == "heir":
            found["heir_id"] = None
        else:
            found[name] = value
    return found


def _told(one: Raise) -> tuple[Any, ...]:
    violations = tuple(int(violation) for violation in one.violations)
    return one.level, one.on, one.score, one.version, violations


def _told_row(row: Any) -> tuple[Any, ...]:
    return row.level, row.on, row.score, row.rule_number, tuple(row.violations)
