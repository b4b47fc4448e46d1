"""What a form asks of escalation before an act: each kind of thing in one statement.

An evaluation may read group by group, for it reads millions; a page reads little, and is asked
for all day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    exists,
    literal,
    literal_column,
    or_,
    select,
    true,
    union,
)

from models.base import table_of
from models.escalation import asking
from models.escalation.loading import HAS_DIRECTIVE, raise_of, stored_from
from models.escalation.occurrences import VALUES, columns_from
from models.escalation.rows import (
    EscalationClockRow,
    EscalationRaiseRow,
    EscalationRow,
    HeldTouchRow,
    RuleVersionRow,
)
from models.escalation.versions import version_from
from models.listing import among
from models.prepared import Prepared, rows_of, text_of
from models.violations.rows import ViolationRow
from workflow.agencies.successors import Merging, Successors
from workflow.escalation.columns import Columns
from workflow.escalation.groups import Shape, digest_of_group, value_in
from workflow.escalation.records import Group, GroupKey
from workflow.escalation.stored import Known, Reckoning, Stored
from workflow.escalation.versions import JUDGING, StoredVersion
from workflow.violations.records import ViolationState

_CLOCK, _VERSIONS = table_of(EscalationClockRow), table_of(RuleVersionRow)
_ESCALATIONS, _RAISES = table_of(EscalationRow), table_of(EscalationRaiseRow)
_V = table_of(ViolationRow).alias("v")
_ONE = select(literal(1).label("one")).subquery()
_CLOCK_NAMES = ("swept_on", "evaluated_to", "later_from", "merging")
_BOOK = Prepared(
    select(
        _VERSIONS,
        *(_CLOCK.c[name].label(f"clock_{name}") for name in _CLOCK_NAMES),
        exists().where(table_of(HeldTouchRow).c.id.is_not(None)).label("any_held"),
    )
    .select_from(
        _ONE.outerjoin(_CLOCK, true()).outerjoin(
            _VERSIONS, or_(*(_VERSIONS.c.state == state for state in sorted(JUDGING)))
        )
    )
    .order_by(_VERSIONS.c.code, _VERSIONS.c.number)
)
_RAISE_NAMES = ("serial", "level", "on", "score", "violations", "rule_number")
_CASES = Prepared(
    select(
        _ESCALATIONS,
        HAS_DIRECTIVE,
        *(_RAISES.c[name].label(f"raise_{name}") for name in _RAISE_NAMES),
    )
    .outerjoin_from(
        _ESCALATIONS,
        _RAISES,
        (_RAISES.c.escalation_id == _ESCALATIONS.c.id) & _RAISES.c.standing.is_(True),
    )
    .where(among(_ESCALATIONS.c.group_key, "keys"))
    .order_by(_ESCALATIONS.c.id, _RAISES.c.on, _RAISES.c.level, _RAISES.c.serial)
)


class Book:
    """How far evaluation has come, by which versions it judges, whether an import holds back."""

    def __init__(self, connection: Connection) -> None:
        rows = _BOOK.rows(connection, {})
        self.any_held = bool(rows[0].any_held)
        self.reckoning = _reckoning(rows[0])
        self.versions: tuple[StoredVersion, ...] = tuple(
            version_from(row) for row in rows if row.id is not None
        )


def _reckoning(row: Any) -> Reckoning:
    if row.clock_merging is None:
        return Reckoning()
    return Reckoning(
        swept_on=row.clock_swept_on,
        evaluated_to=row.clock_evaluated_to,
        later_from=row.clock_later_from,
        merging=Merging(row.clock_merging),
    )


class Cases:
    """The escalations of some groups: what planning asks of them, and each one whole."""

    def __init__(self, connection: Connection, groups: Collection[Group]) -> None:
        by_key = {digest_of_group(group): group for group in groups}
        self.known: list[Known] = []
        self.stored: dict[int, Stored] = {}
        rows = _CASES.rows(connection, {"keys": sorted(by_key)})
        for _, found in groupby(rows, attrgetter("id")):
            raises = list(found)
            self._take(raises[0], raises, by_key)

    def _take(self, row: Any, raises: Sequence[Any], by_key: Mapping[str, Group]) -> None:
        found = tuple(
            raise_of(
                each.raise_level, each.raise_on, each.raise_score, each.raise_violations,
                each.raise_rule_number,
            )
            for each in raises
            if each.raise_serial is not None
        )  # fmt: skip
        one = stored_from(row, found)
        self.stored[one.id] = one
        self.known.append(
            Known(
                one.id, one.rule, by_key[row.group_key], one.opened_on, one.closed_on, one.level,
                one.raised_on, one.next_change_on, one.retracted,
            )
        )  # fmt: skip


_KEYS = (GroupKey.TYPE, GroupKey.FIELD, GroupKey.PROCEDURE, GroupKey.OFFICER)


def columns_at_once(
    connection: Connection,
    wanted: Mapping[Shape, Mapping[Group, date | None]],
    successors: Successors,
    *,
    without: Collection[int],
    codes: Mapping[int, str],
) -> dict[Shape, Columns]:
    """Return what counts for groups of several shapes, read together; others may come along."""
    ids = {code: key for key, code in codes.items()}
    asked = [
        statement
        for shape, since in wanted.items()
        for statement in _asked(shape, since, successors, ids)
    ]
    rows = _rows(connection, union(*asked)) if asked else []
    return {
        shape: columns_from(
            connection, rows, _KEYS, shape, successors, without=without, codes=codes
        )
        for shape in wanted
    }


def _rows(connection: Connection, ids: CompoundSelect[Any]) -> list[Any]:
    kind = connection.dialect.name
    statement = select(
        _V.c.id,
        literal_column(asking.DAYS[kind]).label("day"),
        literal_column(asking.MOMENTS[kind]).label("moment"),
        *(_V.c[asking.COLUMNS[key]] for key in _KEYS),
        _V.c.agency_text,
        _V.c.agency_id,
    ).where(_V.c.id.in_(ids))
    return rows_of(connection, *text_of(statement, connection.dialect))


def _asked(
    shape: Shape,
    since: Mapping[Group, date | None],
    successors: Successors,
    ids: Mapping[str, int],
) -> Iterator[Select[Any]]:
    """Yield what finds the violations of a shape's groups: by agency, and by its words alone."""
    if not since:
        return
    v = table_of(ViolationRow).c
    first = min(day or date.min for day in since.values())
    where: list[ColumnElement[bool]] = [
        v.state != ViolationState.OVERTURNED,
        v.occurred_on >= first,
        *(
            VALUES[key].in_(sorted({value_in(group, key) for group in since}))
            for key in shape
            if key is not GroupKey.AGENCY
        ),
    ]
    if GroupKey.AGENCY not in shape:
        yield select(v.id).where(*where)
        return
    codes = {
        code
        for group in since
        for code in successors.counted_under(value_in(group, GroupKey.AGENCY))
    }
    of = [ids[code] for code in sorted(codes) if code in ids]
    yield select(v.id).where(v.agency_id.in_(of), *where)
    yield select(v.id).where(v.agency_id.is_(None), v.agency_text.in_(sorted(codes)), *where)
