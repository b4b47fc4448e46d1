"""The form in which causes are given to one dossier, or to many at once."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from web.checked import AgencyChoice, CheckGroup, Choice, at_most, words_of
from web.labels import choices
from web.refusals import FIELD_ERRORS
from workflow.causes.records import CauseCode
from workflow.causes.usecases import MOST_DAYS, Assignment


class CauseForm(FlaskForm):
    """One primary cause with its agency, step and days; secondary ones beside it.

    `suggested` keeps which codes the steps suggested, so that it is known afterwards
    whether a cause was taken as suggested.
    """

    primary = Choice(_("Nguyên nhân chính"))
    secondary = CheckGroup(_("Nguyên nhân phụ"))
    agency = AgencyChoice(_("Cơ quan chịu trách nhiệm"))
    step = StringField(_("Bước mất thời gian"), [at_most(500)])
    days_lost = IntegerField(
        _("Số ngày làm việc bị mất"),
        [Optional(), NumberRange(0, MOST_DAYS, FIELD_ERRORS["not_a_number"])],
    )
    reason = TextAreaField(_("Ghi chú"), [at_most(2000)])
    suggested = HiddenField()

    def offer(self, agencies: Any) -> None:
        """Set what can be chosen."""
        causes = [(code, f"{code} {words}") for code, words in choices("cause")]
        self.primary.choices = [("", str(_("Chọn nguyên nhân"))), *causes]
        self.secondary.choices = causes
        self.agency.offer(agencies, str(_("Không xác định")))

    def given(self) -> Assignment:
        """Return what was said."""
        known = {code.value for code in CauseCode}
        suggested = {code for code in words_of(self.suggested).split(",") if code in known}
        return Assignment(
            primary=CauseCode(self.primary.data) if self.primary.data else None,
            secondary=tuple(CauseCode(code) for code in self.secondary.data or ()),
            suggested=frozenset(map(CauseCode, suggested)),
            agency_id=self.agency.agency_id,
            step=words_of(self.step),
            days_lost=self.days_lost.data,
            reason=words_of(self.reason),
        )
