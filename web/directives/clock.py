"""What a due date means today, in words, with its sign and tone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from web.formats import vn_date
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
    """A timeliness code with its words ("còn 5 ngày làm việc"), tone and sign.

    `over` are the calendar days past the due day; 0 in time.
    """

    code: Timeliness | None
    words: str = ""
    tone: str = "soft"
    sign: str = ""
    over: int = 0


class Hands:
    """The clock of today: one calendar, one day, many directives.

    What was said of one date is said of the next the same, so it is kept.
    """

    def __init__(
        self, calendar: WorkingCalendar, today: date, bands: tuple[int, ...] = (7, 3)
    ) -> None:
        self.calendar = calendar
        self.today = today
        self.bands = bands
        self._known: dict[tuple[State, date | None, date | None, date | None], Clock] = {}
        self._said: dict[tuple[str, int], str] = {}

    def of(
        self,
        state: State,
        due_on: date | None,
        completed_on: date | None,
        suspended_since: date | None = None,
    ) -> Clock:
        """Return how a directive stands against its due day; paused work stands against none."""
        key = (state, due_on, completed_on, suspended_since)
        if key not in self._known:
            self._known[key] = (
                self._paused(suspended_since)
                if suspended_since
                else self._judge(state, due_on, completed_on)
            )
        return self._known[key]

    def _paused(self, since: date) -> Clock:
        words = _("tạm dừng từ %(day)s", day=vn_date(since))
        return Clock(code=None, words=words, tone="soft", sign="player-pause")

    def _judge(self, state: State, due_on: date | None, completed_on: date | None) -> Clock:
        found = standing_of(
            self.calendar, state, due_on, completed_on, self.today, bands=self.bands
        )
        if found is None:
            return Clock(code=None)
        tone, sign = SIGNS.get(found.timeliness, ("soft", ""))
        words = self._words(found, state, due_on)
        code, over = found.timeliness, found.days_over
        return Clock(code=code, words=words, tone=tone, sign=sign, over=over)

    def _words(self, found: Standing, state: State, due_on: date | None) -> str:
        over = found.days_over
        if state is State.VERIFIED:
            return self._done(found.timeliness, over)
        if state is State.REPORTED and not over:
            return _("đã báo cáo trong hạn") if due_on else ""
        if over:
            return self._say("reported" if state is State.REPORTED else "over", over)
        return self._left(found.working_days_left, due_on)

    def _left(self, left: int | None, due_on: date | None) -> str:
        if left is None or due_on is None:
            return ""
        if due_on == self.today:
            return _("hết hạn hôm nay")
        if left == 0:
            return _("không còn ngày làm việc nào trước hạn")
        return self._say("left", left)

    def _done(self, code: Timeliness, over: int) -> str:
        if code is Timeliness.DONE_LATE:
            return self._say("done", over)
        return _("xong đúng hạn") if code is Timeliness.DONE_ON_TIME else ""

    def _say(self, what: str, number: int) -> str:
        """Return the words of a number of days; the same are said only once."""
        key = (what, number)
        if key not in self._said:
            self._said[key] = _in_days(what, number)
        return self._said[key]


def _in_days(what: str, number: int) -> str:
    if what == "left":
        return ngettext("còn %(num)s ngày làm việc", "còn %(num)s ngày làm việc", number)
    if what == "reported":
        return ngettext("báo cáo quá %(num)s ngày", "báo cáo quá %(num)s ngày", number)
    if what == "done":
        return ngettext("xong quá %(num)s ngày", "xong quá %(num)s ngày", number)
    return ngettext("quá %(num)s ngày", "quá %(num)s ngày", number)
