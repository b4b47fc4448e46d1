"""The stored past, read once for a rule that is tried on it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, select

from models.agencies.successors import passings
from models.base import table_of
from models.escalation.occurrences import all_columns
from models.escalation.rows import EscalationClockRow
from workflow.agencies.successors import Merging, Successors
from workflow.escalation.backtesting import Backtest, backtest, check_span, shape_needed
from workflow.escalation.planning import first_day
from workflow.escalation.records import ALL_TYPES, Rule

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


def successors_on(connection: Connection, day: date) -> Successors:
    """Return who answers for whose violations on a day, by the setting that stands."""
    merging = connection.execute(select(_CLOCK.c.merging)).scalar_one_or_none()
    return Successors(passings(connection), day, Merging(merging or Merging.SUM))
