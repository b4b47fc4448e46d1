"""The filter of the history."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField

from models.history.queries import HistoryFilter
from web.checked import Choice, Day, at_most, words_of
from web.labels import choices
from workflow.days import PROVINCE_ZONE
from workflow.history.records import Subject


class HistoryFilterForm(FlaskForm):
    """Which entries the list shows; the address keeps it."""

    class Meta:
        """A filter is read from the address and changes nothing."""

        csrf = False

    q = StringField(_("Người, cơ quan, số"), [at_most(200)])
    subject = Choice(_("Về"))
    action = Choice(_("Thao tác"))
    since = Day(_("Từ ngày"))
    until = Day(_("Đến hết ngày"))

    def offer(self) -> None:
        """Set what can be chosen."""
        self.subject.choices = choices("subject", empty=str(_("Mọi mục")))
        self.action.choices = choices("event", empty=str(_("Mọi thao tác")))

    def asked(self) -> HistoryFilter:
        """Return the filter; a field that cannot be read asks for nothing."""
        subject = words_of(self.subject)
        since, until = self.since.day, self.until.day
        return HistoryFilter(
            words="" if self.q.errors else words_of(self.q),
            subject=Subject(subject) if subject and not self.subject.errors else None,
            action="" if self.action.errors else words_of(self.action),
            since=datetime.combine(since, time.min, PROVINCE_ZONE).astimezone(UTC)
            if since
            else None,
            until=datetime.combine(until + timedelta(days=1), time.min, PROVINCE_ZONE).astimezone(
                UTC
            )
            if until
            else None,
        )
