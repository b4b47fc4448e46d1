"""What the items of a phrase come to together: one deadline, a reason, or nothing sensible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflow.deadlines.reading.items import (
    Fixed,
    Item,
    Recurring,
    Relative,
    Since,
    Standing,
    Unclear,
)
from workflow.deadlines.records import CountsFrom, Deadline, DeadlineKind, Unread


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One reading of a phrase, comparable with the others."""

    kind: DeadlineKind
    starts_on: date | None = None
    due_on: date | None = None
    ongoing: bool = False
    working_days: int | None = None
    recurs: str | None = None
    other_due_on: date | None = None
    other_recurs: str | None = None
    counts_from: CountsFrom | None = None

    def as_deadline(self, text: str) -> Deadline:
        """Return the reading as a deadline that keeps its words."""
        return Deadline(
            text=text,
            kind=self.kind,
            starts_on=self.starts_on,
            due_on=self.due_on,
            ongoing=self.ongoing,
            working_days=self.working_days,
            recurs=self.recurs,
            other_due_on=self.other_due_on,
            other_recurs=self.other_recurs,
            counts_from=self.counts_from,
        )


def join(items: tuple[Item, ...]) -> Facts | Unread | None:
    """Return what the items say together, why that gives no date, or None if it makes no sense.

    Standing work may be joined to anything but a budget: "… và thường xuyên" (product.md §4).
    """
    standing = Standing() in items
    rest = tuple(item for item in items if item != Standing())
    match rest:
        case ():
            return Facts(kind=DeadlineKind.ONGOING, ongoing=True)
        case (item,):
            return _alone(item, standing=standing)
        case (Recurring() as again, frame) | (frame, Recurring() as again):
            return _framed(again, frame)
    return None


def _alone(item: Item, *, standing: bool) -> Facts | Unread | None:
    match item:
        case Unclear(reason):
            return reason
        case Fixed():
            return _fixed(item, ongoing=standing)
        case Since():
            return _since(item, goes_on=standing or item.onwards)
        case Recurring():
            return _recurring(item)
        case _:
            return None if standing else _relative_or_none(item)


def _framed(again: Recurring, frame: Item) -> Facts | None:
    """Something recurring inside named years: "hằng tháng, từ tháng 3 đến tháng 12/2021"."""
    match frame:
        case Fixed(frames=True) if frame.starts_on or not again.yearly:
            return _recurring(again, frame.starts_on, frame.due_on)
        case Since(frames=True):
            return _recurring(again, frame.starts_on)
        case _:
            return None


def _relative_or_none(item: Item) -> Facts:
    if not isinstance(item, Relative):
        return Facts(kind=DeadlineKind.NONE)
    return Facts(
        kind=DeadlineKind.RELATIVE,
        starts_on=item.on,
        working_days=item.working_days,
        counts_from=item.counts_from,
    )


def more_than_one_end(items: tuple[Item, ...]) -> bool:
    """Whether the items set several deadlines at once."""
    ends = [item for item in items if isinstance(item, Fixed | Relative | Recurring | Unclear)]
    return len(ends) > 1


def _fixed(end: Fixed, *, ongoing: bool) -> Facts:
    return Facts(
        kind=DeadlineKind.FIXED,
        starts_on=end.starts_on,
        due_on=end.due_on,
        other_due_on=end.other,
        ongoing=ongoing,
    )


def _since(start: Since, *, goes_on: bool) -> Facts | Unread:
    if not goes_on:
        return Unread.NO_END
    return Facts(kind=DeadlineKind.ONGOING, starts_on=start.starts_on, ongoing=True)


def _recurring(again: Recurring, starts_on: date | None = None, until: date | None = None) -> Facts:
    last = f";UNTIL={until:%Y%m%d}" if until else ""
    return Facts(
        kind=DeadlineKind.RECURRING,
        starts_on=starts_on,
        ongoing=True,
        recurs=again.rule + last,
        other_recurs=again.other + last if again.other else None,
    )
