"""What a directive is counted under in the report of a period (product.md, section 8).

For every agency and any period, whatever was assigned:

    carried over + newly assigned = done (on time, late) + in progress (in time, late) + suspended

Both sides are judged as of the **end of the last day**, from the rows and the history as they
stood then: last month's report made today says what it said when it was made. What was not
yet in the book on the last day is on neither side; how much that is stands beside
(`entered_after`), and a report can be asked for that counts it. So:

- *Newly assigned*: the day it was given (the document's day) lies in the period. *Carried over*:
  it was given before, and was not done before the period began. Work given before and entered in
  the book during the period is carried over too, and counted beside as `entered_late`.
- *Done*: verified by the end of the period, in the period or, of what was given in it, at any
  time. A report that nobody verified yet is in progress, counted beside as `waiting`: it is
  carried over into the next period, and done there. The day of the report, not of the verdict,
  says whether it was on time. Work verified before the period and reopened in it is
  carried over, counted beside as `reopened`. Work recorded elsewhere counts on the day it was
  done there, and before the period where that day is unknown.
- *On time, late*: by the last agreed date; how many were late by the first date stands beside
  (`done_late_first`, `open_late_first`). What has no due day, or no known day of its report, is
  never late; it is counted beside (`done_undated`, `open_undated`) and in no rate.
- *In time, late* of work in progress: as of the last day; while a report waits, as of its day.
- *Suspended*: in progress and paused by a document on the last day, late or not.
- Everything is counted under the agency that **led it at the end of the last day**, on both
  sides. Work that came from another agency in the period is counted beside as `moved_in` of the
  one, `moved_out` of the other; days are charged to who held them elsewhere (the ledger).
- *Withdrawn* work is on neither side, from the moment it is withdrawn; counted beside as
  `stopped` (it would have been carried over) and `stopped_new` (it would have been new).
- *Standing* work (ongoing, recurring) is on neither side: its reporting periods are what is
  counted. What stands at the end is counted beside as `standing`.

From one period to the next, agency by agency: carried over = in progress and suspended at the
end of the one before, less `moved_out` and `stopped`, plus `moved_in`, `reopened` and
`entered_late`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from workflow.deadlines.rules import Timeliness
from workflow.directives.records import State
from workflow.directives.timing import timeliness_of
from workflow.summaries.records import Charge, Figure, Span, Stood, Tally

ENDED = frozenset({State.VERIFIED, State.WITHDRAWN})


def tallies(all_of_them: Iterable[Stood], span: Span) -> dict[int, Tally]:
    """Count directives by agency; an agency of which nothing is counted is not there."""
    counts: defaultdict[int, Counter[Figure]] = defaultdict(Counter)
    for stood in all_of_them:
        for charge in charges(stood, span):
            counts[charge.agency_id][charge.figure] += 1
    return {agency: Tally(counts=dict(found)) for agency, found in counts.items()}


def charges(stood: Stood, span: Span) -> Iterator[Charge]:
    """Yield what one directive is counted under, and of which agency."""
    if stood.assigned_on > span.last:
        return
    if not stood.known:
        if not stood.is_standing and stood.state is not State.WITHDRAWN and _counts(stood, span):
            yield Charge(stood.lead_id, Figure.ENTERED_AFTER)
        return
    if stood.is_standing:
        if stood.state not in ENDED:
            yield Charge(stood.lead_id, Figure.STANDING)
        return
    yield from (Charge(stood.lead_id, figure) for figure in _of_holder(stood, span))
    if _was_open(stood, span) and stood.lead_before != stood.lead_id:
        yield Charge(stood.lead_id, Figure.MOVED_IN)
        yield Charge(stood.lead_before, Figure.MOVED_OUT)


def _of_holder(stood: Stood, span: Span) -> Iterator[Figure]:
    given_in_it = stood.assigned_on >= span.first
    if stood.state is State.WITHDRAWN:
        if given_in_it:
            yield Figure.STOPPED_NEW
        elif _was_open(stood, span) or not stood.known_before:
            yield Figure.STOPPED
    elif _counts(stood, span):
        yield Figure.NEW if given_in_it else Figure.CARRIED
        yield from _became(stood, span)
        if not given_in_it and stood.state_before is State.VERIFIED and stood.known_before:
            yield Figure.REOPENED
    else:
        return
    if not given_in_it and not stood.known_before:
        yield Figure.ENTERED_LATE


def _was_open(stood: Stood, span: Span) -> bool:
    """Whether it was running at the end of the eve, and in the book."""
    given_before = stood.assigned_on < span.first
    return given_before and stood.known_before and stood.state_before not in ENDED


def _counts(stood: Stood, span: Span) -> bool:
    """Whether it still runs, was given in the period, or was not done before it."""
    if stood.state is not State.VERIFIED or stood.assigned_on >= span.first:
        return True
    return (stood.verified_on or stood.assigned_on) >= span.first


def _became(stood: Stood, span: Span) -> Iterator[Figure]:
    if stood.state is State.VERIFIED:
        yield from _done(stood)
    elif stood.suspended:
        yield Figure.SUSPENDED
    else:
        yield from _open(stood, span.last)


def _done(stood: Stood) -> Iterator[Figure]:
    done = stood.completed_on
    late = _later(done, stood.due_on)
    yield Figure.DONE_LATE if late else Figure.DONE_ON_TIME
    if stood.due_on is None or done is None:
        yield Figure.DONE_UNDATED
    elif _later(done, stood.first_due_on):
        yield Figure.DONE_LATE_FIRST


def _open(stood: Stood, day: date) -> Iterator[Figure]:
    def late_by(due: date | None) -> bool:
        found = timeliness_of(stood.state, due, stood.completed_on, day)
        return found is Timeliness.OVERDUE

    yield Figure.OPEN_LATE if late_by(stood.due_on) else Figure.OPEN_IN_TIME
    if stood.due_on is None:
        yield Figure.OPEN_UNDATED
    elif late_by(stood.first_due_on):
        yield Figure.OPEN_LATE_FIRST
    if stood.state is State.REPORTED:
        yield Figure.WAITING


def _later(day: date | None, due: date | None) -> bool:
    return day is not None and due is not None and day > due
