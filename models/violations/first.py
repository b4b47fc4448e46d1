"""Detection among the dossiers of an import: what just came, what stood, what is settled.

Of a dossier that came in this very transaction nothing is kept yet: what it shows is told by
its own columns (`workflow.violations.signs`) and goes straight into the table. What stood is
laid beside what is kept (`models.violations.detecting`); what is settled is only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, func, select

from models.agencies.codes import codes_of
from models.dossiers.loading import Loader, plain
from models.violations.detecting import OVERTURNED, VIOLATIONS, V, detect, hold
from models.violations.finding import among
from workflow.escalation.evaluating import Gathering
from workflow.escalation.records import GroupKey, Touched
from workflow.violations.ports import Change
from workflow.violations.records import ViolationSource, ViolationState
from workflow.violations.scopes import Detected, DossierScope
from workflow.violations.signs import DueOn, Signs, signs_in

_KEYS: Mapping[GroupKey, str] = {
    GroupKey.FIELD: "field_text",
    GroupKey.PROCEDURE: "procedure_code",
    GroupKey.OFFICER: "officer",
}
"""What a rule can gather by beside the agency and the type, which is always told."""

NOTHING: Change = (Detected(), ())


def detect_of_dossiers(
    connection: Connection, scope: DossierScope, day: date, at: datetime, due_on: DueOn
) -> tuple[Detected, Gathering]:
    """Bring the violations of some dossiers to what holds as of `day`; say what changed."""
    done, touched = NOTHING
    if scope.dossier_ids:
        done, touched = detect(connection, scope, day, at, due_on)
    shown = _shown(scope, day, due_on) if scope.fresh else ()
    if shown:
        hold(connection)
        _record(connection, scope, shown, at)
    fresh = {signs.kind.code: len(signs.places) for signs in shown}
    standing = [
        _standing(connection, ids, day) for ids in (scope.dossier_ids, scope.settled) if ids
    ]

    def gathered(keys: Collection[GroupKey]) -> Iterable[Touched]:
        return chain(touched, _touched(connection, shown, keys))

    found = _sum(done.found, fresh)
    return replace(done, found=found, standing=_sum(fresh, *standing)), gathered


def _shown(scope: DossierScope, day: date, due_on: DueOn) -> Sequence[Signs]:
    """Return what the fresh ones show, which may have been read ahead."""
    if scope.shown is not None:
        return scope.shown
    return signs_in(scope.told, day, scope.off, due_on)


def _record(
    connection: Connection, scope: DossierScope, shown: Sequence[Signs], at: datetime
) -> None:
    """Keep what is shown as signs that nobody has judged, by type and day as most indexes are."""
    loader = Loader(connection)
    loader.speak_utc()
    now = plain(at)
    for signs in shown:
        count = len(signs.places)
        throughout = {
            "type": signs.kind.code,
            "severity": signs.kind.severity.value,
            "source": ViolationSource.DETECTED.value,
            "state": ViolationState.RECORDED.value,
            "recorded_at": now,
            "known_from": now,
        }
        columns: dict[str, Sequence[object]] = {
            "dossier_id": [scope.fresh[place] for place in signs.places],
            "occurred_at": signs.at,
            "occurred_on": signs.on,
            **signs.facts,
            **{name: [value] * count for name, value in throughout.items()},
        }
        loader.insert_columns(VIOLATIONS.name, columns)


def _touched(
    connection: Connection, shown: Iterable[Signs], keys: Collection[GroupKey]
) -> Iterator[Touched]:
    """Yield the groups that grew, by those keys alone that a rule gathers by."""
    for signs in shown:
        asked: dict[str, Sequence[Any]] = {}
        if GroupKey.AGENCY in keys:
            asked[GroupKey.AGENCY.value] = _agencies(connection, signs.facts)
        asked |= {key.value: signs.facts[name] for key, name in _KEYS.items() if key in keys}
        first: dict[tuple[Any, ...], str] = {}
        values = list(zip(*asked.values(), strict=True)) or [()] * len(signs.on)
        for group, on in zip(values, signs.on, strict=True):
            first.setdefault(group, on)
        counts = Counter(values)
        for group, on in sorted(first.items()):
            known = dict(zip(asked, group, strict=True))
            since, many = date.fromisoformat(on), counts[group]
            yield Touched(type=signs.kind.code, **known, since=since, grew=True, many=many)


def _agencies(connection: Connection, facts: Mapping[str, Sequence[Any]]) -> list[str]:
    """Return the agencies as rules know them: by their codes, else by the file's own words."""
    ids = {number for number in facts["agency_id"] if number is not None}
    codes = codes_of(connection, ids) if ids else {}
    pairs = zip(facts["agency_id"], facts["agency_text"], strict=True)
    return [words if number is None else codes[number] for number, words in pairs]


def _standing(connection: Connection, ids: Sequence[int], day: date) -> dict[str, int]:
    rows = connection.execute(
        select(V.type, func.count())
        .where(among(connection, V.dossier_id, ids), V.state != OVERTURNED, V.occurred_on <= day)
        .group_by(V.type)
        .order_by(V.type)
    )
    return {row[0]: row[1] for row in rows}


def _sum(*counts: Mapping[str, int]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(sorted(total.items()))
