"""Between an address and a view of the dossiers: what was asked for, said back as a sentence."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.dossiers.filters import ANY, NONE, DossierFilter
from models.dossiers.lists import Edge, edge_from
from web.addresses import Read, narrowed_to, parts_read
from web.directives.fields import typed_day
from web.formats import vn_date
from web.labels import label
from web.speech import gettext as _
from workflow.causes.records import CauseCode
from workflow.dossiers.records import Channel, Status
from workflow.dossiers.timing import LATE, Promise, Verdict

MONTH = re.compile(r"(\d{4})-(\d{2})")
MOST_WORDS = 500
MOST_KEY = 2**31 - 1
FIRST_YEAR, LAST_YEAR = 1990, 2200
YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A view as an address asks for it; `unread` are the parts nobody could read.

    `as_of` is the day asked, None for today.
    """

    view: DossierFilter = field(default_factory=DossierFilter)
    as_of: date | None = None
    edge: Edge | None = None
    unread: tuple[str, ...] = ()


def read_address(arguments: Mapping[str, str]) -> Asked:
    """Return the view that an address asks for; what can't be read is named, never guessed."""
    values, unread = parts_read(READERS, arguments)
    as_of = values.pop("as_of", None)
    return Asked(
        view=DossierFilter(**values),
        as_of=as_of,
        edge=_edge(arguments),
        unread=unread,
    )


def _edge(arguments: Mapping[str, str]) -> Edge | None:
    for name in ("after", "before"):
        if text := arguments.get(name, ""):
            try:
                return edge_from(text, backward=name == "before")
            except ValueError:
                return None
    return None


def _words(name: str) -> Read:
    return lambda text: {name: text[:MOST_WORDS]}


def _day(name: str) -> Read:
    def read(text: str) -> dict[str, Any]:
        day = typed_day(text)
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(text)
        return {name: day}

    return read


def month_days(text: str) -> tuple[date, date]:
    """Return the first and the last day of a month written 2021-08; ValueError otherwise."""
    found = MONTH.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        raise ValueError(text)
    year, month = int(found[1]), int(found[2])
    first = date(year, month, 1)
    return first, first.replace(day=monthrange(year, month)[1])


def _month(text: str) -> dict[str, Any]:
    first, last = month_days(text)
    return {"first": first, "last": last}


def _standing(text: str) -> dict[str, Any]:
    if text == "overdue":
        return {"standing": LATE}
    return {"standing": frozenset(Verdict(part) for part in text.split(","))}


def _status(text: str) -> dict[str, Any]:
    return {"status": Status(int(text)).value}


CAUSED = frozenset({NONE, ANY})


def _cause(text: str) -> dict[str, Any]:
    return {"cause": text if text in CAUSED else CauseCode(text).value}


def import_asked(name: str) -> Read:
    """Return what reads the number of an import; ValueError for what is none."""

    def read(text: str) -> dict[str, Any]:
        if not text.isascii() or not text.isdecimal() or int(text) > MOST_KEY:
            raise ValueError(text)
        return {name: int(text)}

    return read


READERS: Mapping[str, Read] = {
    "q": _words("code"),
    "agency": _words("agency"),
    "alone": lambda text: {"alone": {YES: True, "no": False}[text]},
    "agency_text": _words("agency_text"),
    "field": _words("field"),
    "procedure": _words("procedure"),
    "procedure_text": _words("procedure_text"),
    "from": _day("first"),
    "to": _day("last"),
    "month": _month,
    "status": _status,
    "channel": lambda text: {"channel": Channel(text)},
    "standing": _standing,
    "by": lambda text: {"by": Promise(text)},
    "as_of": _day("as_of"),
    "cause": _cause,
    "steps": lambda text: {"logged": {YES: True}[text]},
    "new_in": import_asked("new_in"),
    "changed_in": import_asked("changed_in"),
}
"""Every part of the address that narrows the list; a month stands above days."""


def sentence_of(asked: Asked, agencies: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the view as parts of a sentence, each with the address of the view without it.

    `agencies` are names by code.
    """
    return narrowed_to(_parts(asked, agencies))


Parts = Iterator[tuple[tuple[str, ...], str]]


def _parts(asked: Asked, agencies: Mapping[str, str]) -> Parts:
    view = asked.view
    if view.code:
        yield ("q",), _("mã có “%(words)s”", words=view.code)
    yield from _agency_parts(view, agencies)
    yield from _subject_parts(view)
    if view.first or view.last:
        yield ("from", "to", "month"), told_receipt(view.first, view.last)
    if view.status:
        yield ("status",), label(str(view.status), "dossier_status")
    if view.channel:
        yield ("channel",), label(view.channel, "channel")
    yield from _standing_parts(asked)
    yield from _study_parts(view)
    if view.new_in is not None:
        yield ("new_in",), _("hồ sơ mới của lần nhập %(n)s", n=view.new_in)
    if view.changed_in is not None:
        yield ("changed_in",), _("thay đổi gần nhất ở lần nhập %(n)s", n=view.changed_in)


def _study_parts(view: DossierFilter) -> Parts:
    if view.cause:
        yield ("cause",), _cause_words(view)
    if view.logged:
        yield ("steps",), _("có nhật ký các bước")


def _subject_parts(view: DossierFilter) -> Parts:
    if view.field:
        yield ("field",), told_field(view.field)
    if view.procedure:
        yield ("procedure",), told_procedure(view.procedure)
    if view.procedure_text:
        yield ("procedure_text",), told_unnumbered(view.procedure_text)


def _cause_words(view: DossierFilter) -> str:
    if view.cause in CAUSED:
        return _("chưa có nguyên nhân") if view.cause == NONE else _("đã xác định nguyên nhân")
    return f"{view.cause} {label(view.cause, 'cause')}"


def _agency_parts(view: DossierFilter, agencies: Mapping[str, str]) -> Parts:
    who = agencies.get(view.agency, view.agency)
    if view.agency and view.alone:
        yield ("agency", "alone"), who
    elif view.agency:
        yield ("agency", "alone"), _("%(who)s và đơn vị trực thuộc", who=who)
    if view.agency_text:
        yield ("agency_text",), told_agency(view.agency_text)


def _standing_parts(asked: Asked) -> Parts:
    view = asked.view
    if view.standing:
        words = ", ".join(label(one, "dossier_verdict") for one in Verdict if one in view.standing)
        words = _("quá hạn") if view.standing == LATE else words
        yield (
            ("standing", "by"),
            _("%(words)s theo ngày hẹn cuối", words=words) if view.by is Promise.LAST else words,
        )
    if asked.as_of:
        yield ("as_of",), _("tính đến %(day)s", day=vn_date(asked.as_of))


def told_field(text: str) -> str:
    """Return a field in words; the file may have left it empty."""
    return _("không ghi lĩnh vực") if text == NONE else text


def told_procedure(text: str) -> str:
    """Return a procedure's code in words; the file may have left it empty."""
    return _("không ghi thủ tục") if text == NONE else text


def told_unnumbered(text: str) -> str:
    """Return a procedure that the file names without a code."""
    return _("không ghi thủ tục") if text == NONE else _("%(name)s (không ghi mã)", name=text)


def told_agency(text: str) -> str:
    """Return an agency that the province does not know, as the file names it."""
    if text == NONE:
        return _("không ghi cơ quan")
    return _("“%(name)s” (chưa khớp danh mục)", name=text)


def told_receipt(first: date | None, last: date | None) -> str:
    """Return days of receipt in words: a month, a year, or what they are."""
    if first and last and first.day == 1:
        if last == first.replace(day=monthrange(first.year, first.month)[1]):
            return _("tiếp nhận tháng %(m)s/%(y)s", m=first.month, y=first.year)
        if (first.month, last) == (1, date(first.year, 12, 31)):
            return _("tiếp nhận năm %(y)s", y=first.year)
    if first and last:
        return _("tiếp nhận từ %(a)s đến %(b)s", a=vn_date(first), b=vn_date(last))
    if first:
        return _("tiếp nhận từ %(a)s", a=vn_date(first))
    return _("tiếp nhận đến %(b)s", b=vn_date(last))
