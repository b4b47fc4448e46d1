"""The forms of violations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField, MultipleFileField, StringField, TextAreaField, ValidationError

from web.addresses import LARGEST_KEY
from web.checked import NEEDED, AgencyChoice, Choice, Day, at_most, words_of
from web.labels import choices, label
from web.refusals import FIELD_ERRORS
from workflow.days import PROVINCE_ZONE
from workflow.violations.catalogue import CATALOGUE, Detection
from workflow.violations.records import Reported, Severity, ViolationSource

LINE, WORDS = 500, 5_000
CLOCK = re.compile(r"([01]?\d|2[0-3])[:hH]([0-5]\d)")
IDS = re.compile(r"\d{1,10}(,\d{1,10})*")


def chosen(field: MultipleFileField) -> list[FileStorage]:
    """Return the files that came; an empty file field sends a nameless one."""
    return [f for f in field.data or [] if isinstance(f, FileStorage) and f.filename]


class ActForm(FlaskForm):
    """A reason and papers; whether the reason is needed is the act's own rule."""

    version = HiddenField()
    reason = TextAreaField(_("Lý do"), [at_most(WORDS)])
    files = MultipleFileField(_("Tệp đính kèm"))


class TogetherForm(ActForm):
    """The same for several violations; `ids` are those that were seen."""

    ids = HiddenField()

    @property
    def violation_ids(self) -> list[int]:
        """The violations that were seen, in their order."""
        text = words_of(self.ids)
        ids = [int(key) for key in text.split(",")] if IDS.fullmatch(text) else []
        return ids if max(ids, default=0) <= LARGEST_KEY else []


class Clock(StringField):
    """A time of day typed as 14:05, midnight when empty; refused when it cannot be read."""

    @property
    def time(self) -> time:
        """The time typed."""
        found = CLOCK.fullmatch(words_of(self))
        return time(int(found[1]), int(found[2])) if found else time.min

    def pre_validate(self, _form: object) -> None:
        """Refuse what is no time of day."""
        if words_of(self) and not CLOCK.fullmatch(words_of(self)):
            raise ValidationError(FIELD_ERRORS["not_a_time"])


class RecordForm(FlaskForm):
    """What an inspector enters of one violation."""

    type = Choice(_("Loại vi phạm"), [NEEDED])
    source = Choice(_("Nguồn phát hiện"), [NEEDED])
    agency = AgencyChoice(_("Cơ quan vi phạm"), [NEEDED])
    occurred_on = Day(_("Ngày xảy ra"), [NEEDED])
    occurred_time = Clock(_("Giờ xảy ra"))
    words = TextAreaField(_("Diễn biến, kết quả kiểm tra"), [NEEDED, at_most(WORDS)])
    severity = Choice(_("Mức độ"))
    dossier_code = StringField(_("Mã hồ sơ"), [at_most(100)])
    field_text = StringField(_("Lĩnh vực"), [at_most(LINE)])
    procedure_code = StringField(_("Mã thủ tục"), [at_most(100)])
    officer = StringField(_("Cán bộ"), [at_most(LINE)])
    reference = StringField(_("Số biên bản, văn bản"), [at_most(LINE)])
    files = MultipleFileField(_("Tệp đính kèm"))

    def offer(self, agencies: Sequence[tuple[int, str]]) -> None:
        """Set what can be chosen."""
        known = [
            (kind.code, f"{kind.code} {label(kind.code, 'violation_type')}")
            for kind in CATALOGUE
            if kind.detection is not Detection.DIRECTIVE
        ]
        self.type.choices = [("", str(_("Chọn loại vi phạm"))), *known]
        sources = choices("violation_source", empty=str(_("Chọn nguồn")))
        self.source.choices = [one for one in sources if one[0] != ViolationSource.DETECTED]
        self.severity.choices = choices("severity", empty=str(_("Theo danh mục")))
        self.agency.offer(agencies)

    def reported(self) -> Reported:
        """Return what was entered, once it is valid."""
        severity = words_of(self.severity)
        moment = datetime.combine(
            self.occurred_on.needed_day, self.occurred_time.time, PROVINCE_ZONE
        )
        return Reported(
            type=words_of(self.type),
            source=ViolationSource(words_of(self.source)),
            agency_id=self.agency.agency_id or 0,
            occurred_at=moment,
            words=self.words.data or "",
            severity=Severity(severity) if severity else None,
            field_text=self.field_text.data or "",
            procedure_code=self.procedure_code.data or "",
            officer=self.officer.data or "",
            dossier_code=self.dossier_code.data or "",
            reference=self.reference.data or "",
        )


class BasisForm(FlaskForm):
    """A legal basis between two days."""

    basis = StringField(_("Căn cứ pháp lý"), [at_most(LINE)])
    valid_from = Day(_("Có hiệu lực từ ngày"), [NEEDED])
    valid_to = Day(_("Có hiệu lực đến hết ngày"))
