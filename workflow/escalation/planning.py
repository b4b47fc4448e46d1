"""How far back a group that was touched must be looked at, so that the rest can stand.

A day is judged by the violations up to it. So what lies before the earliest change stands: an
episode that had closed by then, and the opening of the one that ran. A repeat asks for the level
and the close of the last episode before, and these are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from workflow.escalation.groups import Shape
from workflow.escalation.records import Group, Period, Version, Window
from workflow.escalation.stored import Known

ONE_DAY = timedelta(days=1)
MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


class Want(NamedTuple):
    """A change among the violations of a group: since which day (None: any), of which type.

    `type` "" stands for whatever type, `rule` "" for every rule.
    """

    type: str
    since: date | None
    grew: bool
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """The versions of one rule that gather by the same keys: they judge the same groups.

    There is none where a later version took over every day of those that gathered so. `due` is
    the first day on which a version begins or ends that no evaluation looked at yet.
    """

    code: str
    shape: Shape
    versions: tuple[Version, ...]
    due: date | None = None

    def counts(self, want: Want) -> bool:
        """Whether the rule is asked to look, and any version counts violations of this type.

        A rule that is asked by its name looks at the whole group: the version that counted the
        type may be the one that another took over.
        """
        if want.rule:
            return want.rule == self.code
        return not want.type or any(one.rule.counts_type(want.type) for one in self.versions)

    def window_start(self, day: date) -> date:
        """Return the first day that any version looks at when it judges `day`."""
        if len(self.versions) == 1:
            return first_day(self.versions[0].rule.window, day)
        return min((first_day(one.rule.window, day) for one in self.versions), default=day)


class Plan(NamedTuple):
    """What of a group is derived anew: episodes that open from `cut` on (None: all of them).

    Violations are needed from `load_from` on (None: all). `open` are the escalations that are
    compared with what is found; the others stand as they are, and `prior` is the last of them:
    what opens soon after it repeats it.
    """

    cut: date | None
    load_from: date | None
    prior: Known | None
    open: tuple[Known, ...]


def first_day(window: Window, day: date) -> date:
    """Return the first day of the window that ends with `day` (§6, 2)."""
    if window.days is not None:
        return date.fromordinal(max(day.toordinal() - window.days + 1, 1))
    months = MONTHS[window.calendar or Period.YEAR]
    month = (day.month - 1) // months * months + 1
    return date(day.year, month, 1)


def day_after_period(window: Window, day: date) -> date:
    """Return the first day after the calendar period of `day`."""
    months = MONTHS[window.calendar or Period.YEAR]
    first = first_day(window, day)
    beyond = first.year * 12 + first.month - 1 + months
    return date(beyond // 12, beyond % 12 + 1, 1)


def plan_of(
    judging: Judging, group: Group, wants: Sequence[Want], stored: Sequence[Known], day: date
) -> Plan | None:
    """Return what of a group must be derived anew; None when nothing can have changed.

    `stored` are the escalations of the group and of those that went over into it; while one
    still bears its old group's name, the group is looked at whole.
    """
    since = _earliest(judging, wants, day)
    if not stored:
        begins = judging.window_start(since) if since else None
        return Plan(cut=since, load_from=begins, prior=None, open=())
    if any(one.group != group and not one.retracted for one in stored):
        since = None
    standing = sorted((one for one in stored if not one.retracted), key=lambda one: one.opened_on)
    if since is None:
        return Plan(cut=None, load_from=None, prior=None, open=tuple(stored))
    running = next((one for one in reversed(standing) if one.reaches(since)), None)
    if running is not None and _stays(judging, wants, running, since, day):
        return None
    cut = running.opened_on if running else since
    return Plan(
        cut=cut,
        load_from=judging.window_start(cut),
        prior=next((one for one in reversed(standing) if one.opened_on < cut), None),
        open=tuple(one for one in stored if one.retracted or one.opened_on >= cut),
    )


def _earliest(judging: Judging, wants: Iterable[Want], day: date) -> date | None:
    """Return the first day to look at; the day asked where everything lies ahead of it."""
    first = day if judging.due is None else min(day, judging.due)
    for want in wants:
        if want.since is None:
            return None
        first = min(first, want.since)
    return first


def _stays(judging: Judging, wants: Iterable[Want], running: Known, since: date, day: date) -> bool:
    """Whether more violations change nothing: the episode runs on, at its highest level.

    All of its raises lie before the change, and it would run today without it. Its next change
    by time can then only come later, and the sweep that looks too early looks again.
    """
    if not all(want.grew for want in wants) or judging.due is not None:
        return False
    if running.closed_on is not None or running.raised_on >= since:
        return False
    if running.next_change_on is None or running.next_change_on <= day:
        return False
    judged = [v for v in judging.versions if _covers(v, running.opened_on, day)]
    return len(judged) == 1 and running.level == len(judged[0].rule.levels)


def _covers(version: Version, first: date, last: date) -> bool:
    """Whether a version judges any day between two."""
    begins = version.from_on is None or version.from_on <= last
    return begins and (version.to_on is None or first <= version.to_on)
