"""The forms of an import: which file, read how, judged as of which day."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms.validators import InputRequired

from web.checked import NEEDED, Choice, Day
from web.imports.profiles import KnownProfile
from web.refusals import FIELD_ERRORS


class UploadForm(FlaskForm):
    """A file of dossiers, its profile, and the day lateness is judged as of."""

    file = FileField(_("Tệp hồ sơ (CSV hoặc XLSX)"), [InputRequired(FIELD_ERRORS["required"])])
    profile = Choice(_("Cấu hình nhập"), [NEEDED])
    as_of = Day(_("Tính vi phạm đến ngày"), [NEEDED])

    def offer(self, profiles: Sequence[KnownProfile]) -> None:
        """Set which profiles can be chosen: those that can be read."""
        self.profile.choices = [
            (p.name, f"{p.title} ({p.name}{f', bản {p.version}' if p.version else ''})")
            for p in profiles
            if p.read is not None
        ]
