"""How letters reach one: whether, and at which hour of a working day."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField

from web.checked import Choice
from workflow.messages.hours import OfficeHours
from workflow.messages.records import Choices


class LetterForm(FlaskForm):
    """Letters or none, and the hour of the digest."""

    by_email = BooleanField(_("Gửi thông báo cho tôi bằng thư điện tử"))
    digest_hour = Choice(_("Giờ nhận thư tổng hợp trong ngày làm việc"))

    def offer(self, hours: OfficeHours) -> None:
        """Set which hours can be chosen: those of the office."""
        usual = str(_("Theo giờ chung của tỉnh (%(hour)s giờ)", hour=hours.digest_hour))
        first = hours.opens.hour + (1 if hours.opens.minute else 0)
        last = hours.closes.hour - (0 if hours.closes.minute else 1)
        within = [(str(hour), f"{hour:02}:00") for hour in range(first, last + 1)]
        self.digest_hour.choices = [("", usual), *within]

    @classmethod
    def of(cls, chosen: Choices, hours: OfficeHours) -> LetterForm:
        """Return the form as it was filled in last."""
        hour = "" if chosen.digest_hour is None else str(chosen.digest_hour)
        form = cls(None, by_email=chosen.by_email, digest_hour=hour)
        form.offer(hours)
        return form

    @classmethod
    def asked(cls, hours: OfficeHours) -> LetterForm:
        """Return the form as it was sent."""
        form = cls()
        form.offer(hours)
        return form

    def choices(self) -> Choices:
        """Return what was chosen, once it is valid."""
        hour = str(self.digest_hour.data or "")
        return Choices(by_email=bool(self.by_email.data), digest_hour=int(hour) if hour else None)
