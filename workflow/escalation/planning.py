"""How far back a group that was touched must be looked at, so that the rest can stand.

A day is judged by the violations up to it. So what lies before the earliest change stands: an
episode that had closed by then, and what the one that ran had come to. A repeat asks for the level
and the close of the last episode before, and these are stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
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
    what opens soon after it repeats it. `carried` is the one of `open` that runs on the eve of
    `cut` and had all its raises by then: only its days from `cut` on are found anew.
    """

    cut: date | None
    load_from: date | None
    prior: Known | None
    open: tuple[Known, ...]
    carried: Known | None = None


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
    standing = [one for one in stored if not one.retracted]
    if since is None or any(one.group != group for one in standing):
        return Plan(cut=None, load_from=None, prior=None, open=tuple(stored))
    running = _running(standing, since)
    if running is None:
        return _from(judging, since, since, stored)
    alone = _judging_alone(judging, wants, running, day)
    if alone is not None:
        if _stays(alone, running, since, day):
            return None
        cut = _settled_until(running, since)
        if cut is not None and len(standing) == len(stored):
            return _from(judging, running.opened_on, cut, stored)._replace(carried=running)
    return _from(judging, running.opened_on, running.opened_on, stored)


def _running(standing: Iterable[Known], since: date) -> Known | None:
    """Return the last escalation to open whose episode runs on the eve of a day, or goes on."""
    reaching = [one for one in standing if one.reaches(since)]
    return max(reaching, key=_opening) if reaching else None


_opening = attrgetter("opened_on")


def _from(judging: Judging, first: date, cut: date, stored: Sequence[Known]) -> Plan:
    """Plan what opens from `cut` on, beside the escalations that opened from `first` on."""
    before = (one for one in stored if not one.retracted and one.opened_on < first)
    return Plan(
        cut=cut,
        load_from=judging.window_start(cut),
        prior=max(before, key=lambda one: one.opened_on, default=None),
        open=tuple(one for one in stored if one.retracted or one.opened_on >= first),
    )


def _earliest(judging: Judging, wants: Iterable[Want], day: date) -> date | None:
    """Return the first day to look at; the day asked where everything lies ahead of it."""
    first = day if judging.due is None else min(day, judging.due)
    for want in wants:
        if want.since is None:
            return None
        first = min(first, want.since)
    return first


def _judging_alone(
    judging: Judging, wants: Iterable[Want], running: Known, day: date
) -> Version | None:
    """Return the version that judges all days of the running episode, where violations only came.

    None where some went, or where another version judges some of the days.
    """
    if judging.due is not None:
        return None
    for want in wants:
        if not want.grew:
            return None
    found = _judged(judging, running.opened_on, day)
    return found[0] if len(found) == 1 else None


def _stays(version: Version, running: Known, since: date, day: date) -> bool:
    """Whether more violations change nothing: the episode runs on, at its highest level.

    All of its raises lie before the change, and it would run today without it. Its next change
    by time can then only come later, and the sweep that looks too early looks again.
    """
    if running.closed_on is not None or running.raised_on >= since:
        return False
    if running.next_change_on is None or running.next_change_on <= day:
        return False
    return running.level == len(version.rule.levels)


def _settled_until(running: Known, since: date) -> date | None:
    """Return a day no later than `since`, on whose eve the episode runs and has all its raises.

    Until its next change by time it runs on, whatever comes; beyond it nobody has looked.
    """
    if running.closed_on is not None:
        first = since
    elif running.next_change_on is not None:
        first = min(since, running.next_change_on)
    else:
        return None
    return first if max(running.raised_on, running.opened_on) < first else None


def _judged(judging: Judging, first: date, last: date) -> list[Version]:
    """Return the versions that judge any day between two."""
    return [version for version in judging.versions if _covers(version, first, last)]


def _covers(version: Version, first: date, last: date) -> bool:
    """Whether a version judges any day between two."""
    begins = version.from_on is None or version.from_on <= last
    return begins and (version.to_on is None or first <= version.to_on)
