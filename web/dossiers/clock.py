"""How a dossier stands on a day, in words, with its sign and tone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import g

from web.labels import label
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import office, reading_unit
from workflow.calendar.working import WorkingCalendar
from workflow.dossiers.timing import LATE, Promise, Timed, Verdict, due_on, judged

SIGNS = {
    Verdict.ON_TIME: ("soft", "check"),
    Verdict.LATE: ("late", "alert-circle"),
    Verdict.OPEN_LATE: ("late", "alert-triangle"),
    Verdict.OPEN_IN_TIME: ("soft", "clock"),
    Verdict.UNPROMISED: ("soft", "minus"),
}
TAGS = {
    Verdict.ON_TIME: "verified",
    Verdict.LATE: "late",
    Verdict.OPEN_LATE: "late",
    Verdict.OPEN_IN_TIME: "plain",
    Verdict.UNPROMISED: "quiet",
}


def calendar_now() -> WorkingCalendar:
    """Return the calendar as it stands, asked for once in each request."""
    if "working_calendar" not in g:
        g.working_calendar = office().calendar(reading_unit())
    calendar: WorkingCalendar = g.working_calendar
    return calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A verdict with its last day in time, its words, tone and sign."""

    code: Verdict | None
    due_on: date | None = None
    words: str = ""
    tone: str = "soft"
    sign: str = ""

    @property
    def label(self) -> str:
        """The verdict's word."""
        return label(self.code, "dossier_verdict") if self.code else ""

    @property
    def is_late(self) -> bool:
        """Whether it ended after its day, or is open after it."""
        return self.code in LATE

    @property
    def tag(self) -> str:
        """The tone of the verdict's tag."""
        return TAGS[self.code] if self.code else "quiet"


class Hands:
    """The clock of one day: one calendar, many dossiers."""

    def __init__(self, calendar: WorkingCalendar, day: date) -> None:
        self.calendar = calendar
        self.day = day

    def of(self, dossier: Timed, by: Promise = Promise.FIRST) -> Standing:
        """Return how a dossier stands by one of its promised days."""
        code = judged(dossier, self.day, self.calendar, by)
        if code is None:
            return Standing(code=None, words=_("chưa tiếp nhận vào ngày này"))
        due = due_on(dossier, self.day, self.calendar, by)
        tone, sign = SIGNS[code]
        return Standing(
            code=code, due_on=due, words=self._words(code, due, dossier), tone=tone, sign=sign
        )

    def _words(self, code: Verdict, due: date | None, dossier: Timed) -> str:
        if due is None:
            return _("không hẹn ngày")
        if code is Verdict.ON_TIME:
            return _("xong đúng hạn")
        if code is Verdict.OPEN_IN_TIME:
            left = self.calendar.working_days_between(self.day, due)
            if self.day == due:
                return _("hết hạn hôm nay")
            return ngettext("còn %(num)s ngày làm việc", "còn %(num)s ngày làm việc", left)
        ended = dossier.ended_on if code is Verdict.LATE else self.day
        over = ((ended or self.day) - due).days
        if code is Verdict.LATE:
            return ngettext("xong trễ %(num)s ngày", "xong trễ %(num)s ngày", over)
        return ngettext("quá %(num)s ngày", "quá %(num)s ngày", over)
