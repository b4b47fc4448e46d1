"""What a due date means today, in words, with its sign and tone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from web.speech import gettext as _
from web.speech import ngettext
from workflow.calendar.working import WorkingCalendar
from workflow.deadlines.rules import Standing, Timeliness
from workflow.directives.records import State
from workflow.directives.timing import standing_of

SIGNS = {
    Timeliness.OVERDUE: ("late", "alert-triangle"),
    Timeliness.DUE_SOON: ("soon", "clock-exclamation"),
    Timeliness.DONE_LATE: ("late", "alert-circle"),
    Timeliness.DONE_ON_TIME: ("soft", "check"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A timeliness code with its words ("còn 5 ngày làm việc"), tone and sign."""

    code: Timeliness | None
    words: str = ""
    tone: str = "soft"
    sign: str = ""


class Hands:
    """The clock of today: one calendar, one day, many directives."""

    def __init__(
        self, calendar: WorkingCalendar, today: date, bands: tuple[int, ...] = (7, 3)
    ) -> None:
        self.calendar = calendar
        self.today = today
        self.bands = bands

    def of(self, state: State, due_on: date | None, completed_on: date | None) -> Clock:
        """Return how a directive stands against its due day."""
        found = standing_of(
            self.calendar, state, due_on, completed_on, self.today, bands=self.bands
        )
        if found is None:
            return Clock(code=None)
        tone, sign = SIGNS.get(found.timeliness, ("soft", ""))
        words = self._words(found, state, due_on)
        return Clock(code=found.timeliness, words=words, tone=tone, sign=sign)

    def _words(self, found: Standing, state: State, due_on: date | None) -> str:
        over = found.days_over
        if state is State.VERIFIED:
            return _done(found.timeliness, over)
        if state is State.REPORTED:
            return (
                ngettext("báo cáo quá %(num)s ngày", "báo cáo quá %(num)s ngày", over)
                if (over)
                else (_("đã báo cáo trong hạn") if due_on else "")
            )
        if over:
            return ngettext("quá %(num)s ngày", "quá %(num)s ngày", over)
        return self._left(found.working_days_left, due_on)

    def _left(self, left: int | None, due_on: date | None) -> str:
        if left is None or due_on is None:
            return ""
        if due_on == self.today:
            return _("hết hạn hôm nay")
        if left == 0:
            return _("không còn ngày làm việc nào trước hạn")
        return ngettext("còn %(num)s ngày làm việc", "còn %(num)s ngày làm việc", left)


def _done(code: Timeliness, over: int) -> str:
    if code is Timeliness.DONE_LATE:
        return ngettext("xong quá %(num)s ngày", "xong quá %(num)s ngày", over)
    return _("xong đúng hạn") if code is Timeliness.DONE_ON_TIME else ""
