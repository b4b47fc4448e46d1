"""What is wrong with a profile that is being built: said at the field that can mend it."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from web.dossiers.profile_words import profile_told
from web.imports.words import field_told
from web.refusals import field_error, in_words
from workflow.dossiers.fields import COLUMNS, STEP_COLUMNS
from workflow.dossiers.profile_text import ProfileInvalid
from workflow.errors import Invalid, WorkflowError

FIELDS = {
    "name": ("name", _("Tên")),
    "title": ("title", _("Dùng cho")),
    "source": ("source", _("Nguồn")),
    "time_zone": ("time_zone", _("Múi giờ")),
    "rows": ("rows", _("Mỗi dòng là")),
    "code_pattern": ("code_pattern", _("Mẫu mã hồ sơ")),
    "dates.formats": ("formats", _("Dạng ngày")),
    "steps": ("step-name", _("Cột của bước")),
}
WORDS = {"status": _("Từ chỉ trạng thái"), "channel": _("Từ chỉ kênh nộp")}


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong: the field it stands at, what that is called, and the words.

    Without a field (a part of the profile that the form does not show) `label` is its path;
    what is wrong with the whole has neither.
    """

    words: str
    label: str = ""
    field: str = ""


def troubles_of(error: WorkflowError) -> tuple[Trouble, ...]:
    """Return what a refused profile has wrong, each at its field where the form has one."""
    if isinstance(error, ProfileInvalid):
        told = profile_told(error)
    elif isinstance(error, Invalid):
        told = {name: field_error(code) for name, code in error.errors.items()}
    else:
        return (Trouble(in_words(error)),)
    return tuple(_at_its_field(path, words) for path, words in told.items())


def _at_its_field(path: str, words: str) -> Trouble:
    table, _dot, name = path.partition(".")
    if path in FIELDS:
        field, label = FIELDS[path]
        return Trouble(words, str(label), field)
    if table == "columns" and name in COLUMNS:
        return Trouble(words, field_told(name), f"col-{name}")
    if table == "steps" and name in STEP_COLUMNS:
        return Trouble(words, field_told(path), f"step-{name}")
    if table == "words":
        return _at_a_word(path, words)
    return Trouble(words, path)


def _at_a_word(path: str, words: str) -> Trouble:
    table, _dot, word = path.removeprefix("words.").partition(".")
    if table not in WORDS:
        return Trouble(words, path)
    label = gettext("%(list)s, “%(word)s”", list=WORDS[table], word=word)
    return Trouble(words, label, f"words-{table}")
