"""Who follows agencies that no longer stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from models.agencies.register import agency_from
from models.agencies.rows import AgencyRow, SuccessionRow
from models.base import table_of
from models.lasting import stands_on
from models.prepared import Prepared
from workflow.agencies.records import Agency, SuccessionKind
from workflow.agencies.successors import Passing, Successors


@cache
def _passings() -> Prepared:
    """Return the statement; making it takes longer than asking it."""
    old, new = aliased(AgencyRow), aliased(AgencyRow)
    return Prepared(
        select(
            old.code.label("predecessor"),
            new.code.label("successor"),
            SuccessionRow.kind,
            SuccessionRow.on,
        )
        .join(old, old.id == SuccessionRow.predecessor_id)
        .join(new, new.id == SuccessionRow.successor_id)
        .where(old.valid_to < SuccessionRow.on)
        .order_by(SuccessionRow.on, SuccessionRow.id)
    )


def passings(connection: Connection) -> tuple[Passing, ...]:
    """Return every agency that ended before another took over, by the day."""
    rows = _passings().rows(connection, {})
    return tuple(
        Passing(
            predecessor=row.predecessor,
            successor=row.successor,
            kind=SuccessionKind(row.kind),
            on=row.on,
        )
        for row in rows
    )


def heirs_on(connection: Connection, day: date) -> Mapping[int, Agency]:
    """Return by id each agency that ended before `day`, with the one agency that follows it."""
    found = passings(connection)
    if not found:
        return {}
    follows = Successors(found, day)
    pairs = {one.predecessor: follows.code(one.predecessor) for one in found if one.on <= day}
    by_code = _by_code(connection, {*pairs, *pairs.values()})
    return {
        by_code[old].id: by_code[new]
        for old, new in pairs.items()
        if old != new and not by_code[old].stands_on(day) and by_code[new].stands_on(day)
    }


def _by_code(connection: Connection, codes: Iterable[str]) -> Mapping[str, Agency]:
    table = table_of(AgencyRow)
    rows = connection.execute(select(table).where(table.c.code.in_(sorted(codes))))
    return {row.code: agency_from(row) for row in rows}


@dataclass(frozen=True, slots=True)
class Followed:
    """Who took over from an agency that ended, by name, and who does its work on a day, by id.

    Who does its work is found through successors that ended themselves.
    """

    names: tuple[str, ...] = ()
    standing: Mapping[int, str] = field(default_factory=dict)


def who_follow(connection: Connection, day: date) -> Mapping[int, Followed]:
    """Return by id each agency that ended with those that followed, however many."""
    old, new = aliased(AgencyRow), aliased(AgencyRow)
    rows = connection.execute(
        select(SuccessionRow.predecessor_id, new.id, new.name, stands_on(new, day).label("stands"))
        .join(old, old.id == SuccessionRow.predecessor_id)
        .join(new, new.id == SuccessionRow.successor_id)
        .where(old.valid_to < SuccessionRow.on)
        .order_by(new.sort_key, new.id)
    )
    next_of: dict[int, dict[int, str]] = {}
    standing: set[int] = set()
    for ended, heir, name, stands in rows:
        next_of.setdefault(ended, {})[heir] = name
        if stands:
            standing.add(heir)
    return {
        ended: Followed(
            names=tuple(heirs.values()), standing=_standing_heirs(ended, next_of, standing)
        )
        for ended, heirs in next_of.items()
    }


def _standing_heirs(
    ended: int, next_of: Mapping[int, Mapping[int, str]], standing: Collection[int]
) -> dict[int, str]:
    found: dict[int, str] = {}
    seen, waiting = {ended}, list(next_of[ended].items())
    while waiting:
        heir, name = waiting.pop(0)
        if heir in seen:
            continue
        seen.add(heir)
        if heir in standing:
            found[heir] = name
        else:
            waiting += next_of.get(heir, {}).items()
    return found
