"""The days of a count as a page or a command shows them, each counted one with its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflow.calendar.records import LedgerDay


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One day of a count; `number` is its place among those that count, None where it does not."""

    date: date
    counted: bool
    reason: str
    number: int | None


def ledger_lines(days: Iterable[LedgerDay]) -> tuple[LedgerLine, ...]:
    """Return the days of a ledger in their order, those that count numbered from one."""
    lines: list[LedgerLine] = []
    number = 0
    for day in days:
        number += day.counted
        lines.append(
            LedgerLine(
                date=day.date,
                counted=day.counted,
                reason=day.reason,
                number=number if day.counted else None,
            )
        )
    return tuple(lines)
