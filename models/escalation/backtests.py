"""The stored past, read once for a rule that is tried on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from models.agencies.successors import passings
from models.base import table_of
from models.escalation.occurrences import all_columns
from models.escalation.rows import EscalationClockRow
from workflow.agencies.successors import Merging, Successors
from workflow.escalation.backtesting import (
    Backtest,
    backtest,
    check_span,
    run_trial,
    shape_needed,
)
from workflow.escalation.planning import first_day
from workflow.escalation.records import ALL_TYPES, Rule
from workflow.escalation.versions import StoredVersion

_CLOCK = table_of(EscalationClockRow)


def try_rule(
    connection: Connection, rule: Rule, in_force: Rule | None, first: date, last: date
) -> Backtest:
    """Try a rule on the stored violations of a span of days, beside the one in force."""
    check_span(first, last)
    rules = [one for one in (rule, in_force) if one is not None]
    types = {word for one in rules for word in one.violation_types}
    columns = all_columns(
        connection,
        shape_needed(rule, in_force),
        successors_on(connection, last),
        first=min(first_day(one.window, first) for one in rules),
        last=last,
        by_moment=False,
        types=None if ALL_TYPES in types else types,
    )
    return backtest(rule, in_force, columns, first, last)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDay:
    """What a rule would find on its first day: cases that open, and open ones that go on."""

    opening: int
    going_on: int


def first_day_of(
    connection: Connection, rule: Rule, version: StoredVersion | None, day: date
) -> FirstDay:
    """Judge the first day of a rule, and the eve by its version in force until then.

    An episode goes on where both sides reach their own first level (product.md, 6); the cases
    of a version that is in force since the very day stand already, too.
    """
    former = version.rule if version else None
    eve = day - timedelta(days=1)
    if version and version.from_on:
        eve = max(eve, version.from_on)
    types = {*rule.violation_types, *(former.violation_types if former else ())}
    first = first_day(rule.window, day)
    columns = all_columns(
        connection,
        shape_needed(rule, former),
        successors_on(connection, day),
        first=min(first, first_day(former.window, eve)) if former else first,
        last=day,
        by_moment=False,
        types=None if ALL_TYPES in types else types,
    )
    held = run_trial(rule, columns, day, day).groups
    before = run_trial(former, columns, eve, eve).groups if former else frozenset()
    return FirstDay(opening=len(held - before), going_on=len(held & before))


def successors_on(connection: Connection, day: date) -> Successors:
    """Return who answers for whose violations on a day, by the setting that stands."""
    merging = connection.execute(select(_CLOCK.c.merging)).scalar_one_or_none()
    return Successors(passings(connection), day, Merging(merging or Merging.SUM))
