"""Words for every code, gathered from the features. Vietnamese is the source language."""

from __future__ import annotations

import logging
import re
from enum import Enum

from flask import Flask
from flask_babel import LazyString
from flask_babel import gettext as say
from flask_babel import lazy_gettext as _

from web.accounts.words import PEOPLE_EVENTS, PEOPLE_FIELDS, PEOPLE_WORDS
from web.agencies.words import AGENCY_EVENTS, AGENCY_FIELDS, AGENCY_WORDS
from web.directives.words import (
    DIRECTIVE_ACTIONS,
    DIRECTIVE_EVENTS,
    DIRECTIVE_FIELDS,
    DIRECTIVE_STANDINGS,
    DIRECTIVE_WORDS,
)
from web.documents.words import DOCUMENT_EVENTS, DOCUMENT_FIELDS, DOCUMENT_WORDS
from web.dossiers.import_words import IMPORT_EVENTS, IMPORT_STATES
from web.dossiers.words import DOSSIER_FIELDS, DOSSIER_WORDS
from web.escalation.words import ESCALATION_WORDS, RULE_EVENTS, RULE_FIELDS
from web.papers.words import PAPER_EVENTS, PAPER_HISTORY, PAPER_SUBJECTS, PAPER_WORDS
from web.periods.words import PERIOD_EVENTS, PERIOD_FIELDS, PERIOD_WORDS
from web.review.words import REVIEW_EVENTS, REVIEW_FIELDS, REVIEW_WORDS
from web.speech import language
from web.summaries.words import SUMMARY_WORDS
from web.views.words import VIEW_FIELDS, VIEW_WORDS
from web.violations.words import VIOLATION_EVENTS, VIOLATION_FIELDS, VIOLATION_WORDS
from workflow.accounts.usecases import SYSTEM_NAME

Words = dict[str, LazyString]
LOG = logging.getLogger("dondoc")

EVENTS: Words = {
    **DIRECTIVE_EVENTS,
    **DOCUMENT_EVENTS,
    **AGENCY_EVENTS,
    **PEOPLE_EVENTS,
    **IMPORT_EVENTS,
    **REVIEW_EVENTS,
    **VIOLATION_EVENTS,
    **RULE_EVENTS,
    **PERIOD_EVENTS,
    **PAPER_EVENTS,
    "put_day": _("Nhập ngày vào lịch"),
    "move_due": _("Dời hạn do lịch làm việc thay đổi"),
    "remove_day": _("Bỏ ngày khỏi lịch"),
    "assign_causes": _("Xác định nguyên nhân trễ hạn"),
    "save_profile": _("Lưu cấu hình nhập hồ sơ"),
}
FIELDS: Words = {
    **DIRECTIVE_FIELDS,
    **DOCUMENT_FIELDS,
    **AGENCY_FIELDS,
    **PAPER_HISTORY,
    **PEOPLE_FIELDS,
    **VIEW_FIELDS,
    **RULE_FIELDS,
    **PERIOD_FIELDS,
    **REVIEW_FIELDS,
    **VIOLATION_FIELDS,
    **DOSSIER_FIELDS,
    "act": _("Văn bản"),
    "acts": _("Văn bản"),
    "confirmed": _("Đã có văn bản"),
    "days": _("Ngày thay đổi"),
}
SUBJECTS: Words = {
    "directive": _("Nhiệm vụ"),
    "document": _("Văn bản"),
    "calendar": _("Lịch làm việc"),
    "agency": _("Cơ quan"),
    "account": _("Tài khoản"),
    "dossier": _("Hồ sơ"),
    "profile": _("Cấu hình nhập"),
    "dossier_import": _("Lần nhập hồ sơ"),
    "violation": _("Vi phạm"),
    "escalation": _("Vi phạm nhiều lần"),
    "rule": _("Quy tắc"),
    "routing": _("Chuyển xử lý nội bộ"),
    **PAPER_SUBJECTS,
}
CHAIN: Words = {
    "entry_missing": _("thiếu mục"),
    "previous_differs": _("không nối với mục trước"),
    "content_differs": _("nội dung không khớp dấu niêm"),
    "anchor_differs": _("khác với dấu đã ghi ngoài cơ sở dữ liệu"),
    "tail_missing": _("phần cuối bị cắt"),
    "head_differs": _("khác với đầu chuỗi"),
    "anchor_unreadable": _("tệp dấu neo có dòng không đọc được"),
}
DAY_KINDS: Words = {"off": _("Nghỉ"), "working": _("Làm việc")}
GROUPS: dict[str, Words] = {
    **DIRECTIVE_WORDS,
    "action": DIRECTIVE_ACTIONS,
    "standing": DIRECTIVE_STANDINGS,
    **DOCUMENT_WORDS,
    **AGENCY_WORDS,
    "import_state": IMPORT_STATES,
    **PEOPLE_WORDS,
    **VIEW_WORDS,
    **REVIEW_WORDS,
    **VIOLATION_WORDS,
    **PERIOD_WORDS,
    **ESCALATION_WORDS,
    **SUMMARY_WORDS,
    "day_kind": DAY_KINDS,
    "chain": CHAIN,
    "subject": SUBJECTS,
    **DOSSIER_WORDS,
    **PAPER_WORDS,
    "event": EVENTS,
    "field": FIELDS,
}


def label(code: object, group: str) -> str:
    """Return the words of a code; a code without words is shown as it is, and the log says so."""
    words = words_of(code, group)
    if words is not None:
        return words
    text = str(code.value if isinstance(code, Enum) else code)
    if text:
        _miss(group, text)
    return text


def label_or_own_words(text: str, group: str) -> str:
    """Return the words of a code, or what a person wrote in its place, which no log repeats."""
    return words_of(text, group) or text


def words_of(code: object, group: str) -> str | None:
    """Return the words of a code, None where this group has none for it."""
    text = str(code.value if isinstance(code, Enum) else code)
    words = GROUPS[group].get(text)
    if words is None:
        return None
    key = (language(), group, text)
    if key not in _SAID:
        _SAID[key] = str(words)
    return _SAID[key]


_SAID: dict[tuple[str, str, str], str] = {}
"""The words of every code in every language, each looked up once."""


def _miss(group: str, text: str) -> None:
    """Say once in the log which code has no words: whoever reads it there can give it some.

    What does not look like a code may be what a person wrote, and stays out of the log.
    """
    if not _CODE.fullmatch(text):
        text = "what is no code"
    if (group, text) not in _MISSED and len(_MISSED) < MOST_MISSED:
        _MISSED.add((group, text))
        LOG.warning("no words for %r among %s", text, group)


_CODE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_MISSED: set[tuple[str, str]] = set()
MOST_MISSED = 1_000
"""So many are told; codes of old entries are few, and no list grows without end."""


def choices(group: str, *, empty: str | None = None) -> list[tuple[str, str]]:
    """Return a group as the choices of a form, in its own order."""
    first = [("", empty)] if empty is not None else []
    return first + [(code, str(words)) for code, words in GROUPS[group].items()]


FORMER_SYSTEM = "Hệ thống (dòng lệnh)"
"""What the system account was called before; entries that were sealed so keep it."""


def name_acted(name: str) -> str:
    """Return the name of who acted; the system account's in the reader's language."""
    return str(say("Hệ thống")) if name in {SYSTEM_NAME, FORMER_SYSTEM} else name


def register(app: Flask) -> None:
    """Give the words to the templates."""
    app.jinja_env.filters.update(
        label=label,
        name_acted=name_acted,
        label_or_own_words=label_or_own_words,
        state_label=lambda code: label(code, "state"),
        timeliness_label=lambda code: label(code, "timeliness"),
        action_label=lambda code: label(code, "action"),
    )
    app.jinja_env.globals["say"] = say
