"""What was known on an earlier day: the engine over the violations and rules known then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.agencies.rows import AgencyRow
from models.base import table_of
from models.escalation.occurrences import agency_codes, all_columns
from models.escalation.queries import Scope
from models.escalation.rows import EscalationRow
from models.escalation.versions import judging_versions
from models.history.rows import HistoryRow
from workflow.agencies.successors import Successors
from workflow.days import PROVINCE_ZONE
from workflow.escalation.columns import keys_of
from workflow.escalation.engine import episodes_of
from workflow.escalation.groups import digest_of_group, value_in
from workflow.escalation.known import Pair, paired, versions_known
from workflow.escalation.records import Episode, GroupKey, Version
from workflow.escalation.versions import StoredVersion
from workflow.history.records import Subject

ENDING = ("end_rule", "retire_rule")
"""The acts that set the last day of a version."""
_H = table_of(HistoryRow).c
_E = table_of(EscalationRow).c


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known on a day beside what is known of it now; `numbers` are the cases' own.

    A case is found by its rule, its group and its first day; one that the desk never had has
    no number.
    """

    day: date
    pairs: Sequence[Pair]
    numbers: Sequence[str]


class _Agencies(NamedTuple):
    """Who answers for whom, and the codes of all by id."""

    successors: Successors
    codes: Mapping[int, str]


def evening(day: date) -> datetime:
    """Return the last instant of a day in the province."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time(), PROVINCE_ZONE)
    return midnight - timedelta(microseconds=1)


def known_on(
    connection: Connection, within: frozenset[str] | None, day: date, successors: Successors
) -> Known:
    """Say which episodes the evening of a day knew, and which are known of that day now.

    `successors` are those of the day; `within` are the codes of the agencies of a scope, None for
    all. Both come from the same engine as of the same day.
    """
    versions = judging_versions(connection)
    at = evening(day)
    then = versions_known(versions, _ends(connection, at), at)
    agencies = _Agencies(successors, agency_codes(connection) if versions else {})
    before = _episodes(connection, then, agencies, day, known=at)
    after = _episodes(connection, versions, agencies, day)
    pairs = paired(_within(before, within), _within(after, within))
    return Known(day=day, pairs=pairs, numbers=_numbers(connection, pairs))


def _ends(connection: Connection, at: datetime) -> dict[str, date]:
    """Return the last days that acts had set by an instant, by the version's name."""
    rows = connection.execute(
        select(_H.subject_key, _H.after)
        .where(_H.subject == Subject.RULE.value, _H.action.in_(ENDING), _H.at <= at)
        .order_by(_H.serial)
    )
    told = ((row.subject_key, row.after.get("to_on")) for row in rows)
    return {name: date.fromisoformat(text) for name, text in told if text}


def _episodes(
    connection: Connection,
    versions: Iterable[StoredVersion],
    agencies: _Agencies,
    day: date,
    *,
    known: datetime | None = None,
) -> list[Episode]:
    """Return the episodes of every rule as of the evening of a day, all read in one go."""
    rules: dict[str, list[Version]] = {}
    for one in versions:
        if one.judges and one.from_on is not None and one.from_on <= day:
            rules.setdefault(one.code, []).append(one.as_version())
    if not rules:
        return []
    shape = keys_of({key for same in rules.values() for one in same for key in one.rule.group_by})
    successors, codes = agencies
    columns = all_columns(connection, shape, successors, last=day, known=known, codes=codes)
    return [one for same in rules.values() for one in episodes_of(same, columns, day)]


def codes_within(connection: Connection, scope: Scope) -> frozenset[str] | None:
    """Return the codes of the agencies of a scope; None for all, and what names no agency."""
    if not scope.path:
        return None
    return frozenset(
        connection.execute(select(AgencyRow.code).where(scope.covers(AgencyRow.id))).scalars()
    )


def _within(episodes: Iterable[Episode], codes: frozenset[str] | None) -> list[Episode]:
    if codes is None:
        return list(episodes)
    return [one for one in episodes if value_in(one.group, GroupKey.AGENCY) in codes]


def _numbers(connection: Connection, pairs: Sequence[Pair]) -> list[str]:
    """Return the number of each pair's case, "" where the desk has none of that beginning."""
    keys = {digest_of_group(pair.either.group) for pair in pairs}
    rows = connection.execute(
        select(_E.number, _E.rule_code, _E.group_key, _E.opened_on).where(
            _E.group_key.in_(sorted(keys))
        )
    )
    cases = {(row.rule_code, row.group_key, row.opened_on): row.number for row in rows}
    return [next(filter(None, (cases.get(key) for key in _keys(pair))), "") for pair in pairs]


def _keys(pair: Pair) -> Iterable[tuple[str, str, date]]:
    """Yield how the case of a pair may be stored: by its first day as known now, or then."""
    for one in (pair.now, pair.then):
        if one is not None:
            yield one.rule, digest_of_group(one.group), one.opened_on
