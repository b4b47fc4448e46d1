"""Forms of the working calendar."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from web.checked import NEEDED, Day, at_most, words_of
from web.refusals import FIELD_ERRORS
from workflow.calendar.records import DayKind, Override
from workflow.calendar.usecases import DayChange

MADE_UP = "làm bù cho ngày %(day)s"
"""Kept with the day, so it is in Vietnamese whoever enters it."""


class DayForm(FlaskForm):
    """A day that differs from the law, by an act, with the day that makes up for it."""

    class Meta:
        """The preview reads it from the address; what changes something has its own token."""

        csrf = False

    day = Day(_("Ngày"), [NEEDED])
    kind = RadioField(
        _("Ngày này là"),
        [NEEDED],
        choices=[SelectChoice("off", _("Ngày nghỉ")), SelectChoice("working", _("Ngày làm việc"))],
        default="off",
    )
    reason = StringField(_("Lý do"), [NEEDED, at_most(500)])
    act = StringField(_("Số, ký hiệu văn bản"), [at_most(500)])
    made_up_on = Day(_("Làm bù vào ngày"))

    def validate_made_up_on(self, field: Day) -> None:
        """Refuse a day that makes up for itself."""
        if field.day is not None and field.day == self.day.day:
            raise ValidationError(FIELD_ERRORS["same_day"])

    def change(self) -> DayChange:
        """Return what was entered, once it is valid."""
        day, act = self.day.needed_day, words_of(self.act) or None
        kind = DayKind(self.kind.data)
        rows = [Override(day=day, kind=kind, reason=words_of(self.reason), act=act)]
        if self.made_up_on.day is not None and kind is DayKind.OFF:
            reason = MADE_UP % {"day": f"{day:%d/%m/%Y}"}
            rows.append(
                Override(day=self.made_up_on.day, kind=DayKind.WORKING, reason=reason, act=act)
            )
        return DayChange(put=tuple(rows))


class SeenForm(FlaskForm):
    """The calendar that a preview was judged against."""

    seen = HiddenField()


class CountForm(FlaskForm):
    """A day and a number of working days."""

    class Meta:
        """It is read from the address and changes nothing."""

        csrf = False

    start = Day(_("Từ ngày"), [NEEDED])
    days = StringField(_("Số ngày làm việc"), [NEEDED, at_most(5)])

    def validate_days(self, field: StringField) -> None:
        """Refuse what is no whole number above 0."""
        typed = words_of(field)
        if not (typed.isascii() and typed.isdigit()):
            raise ValidationError(FIELD_ERRORS["not_a_number"])

    @property
    def budget(self) -> int:
        """The number of working days, once it is valid."""
        return int(words_of(self.days))
