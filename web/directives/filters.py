"""Between an address and a view of the list: what was asked for, said back as a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from models.directives.desk import LATE as INTERNAL_LATE
from models.directives.desk import SOON as INTERNAL_SOON
from models.directives.filters import (
    ASK_EXTENSION,
    ASK_PROPOSAL,
    ASK_REASSIGN,
    FOLLOWED_BY_ME,
    FOLLOWED_BY_NOBODY,
    ListFilter,
)
from models.directives.judging import BY_ME, BY_OTHERS
from models.directives.looking import AWAY, LATE, MINE_OR_NOBODYS, TO_ME, WAITING
from models.directives.orders import Edge, Order, SortBy, fits
from web.addresses import LARGEST_KEY, Read, narrowed_to, parts_read
from web.directives.inside import inside_parts
from web.formats import vn_date, vn_datetime
from web.labels import label
from web.speech import gettext as _
from web.speech import ngettext
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import Priority, State

OPEN_STATES = frozenset({State.ASSIGNED, State.IN_PROGRESS, State.REPORTED})
OPEN = "open"
DOCUMENT = re.compile(r"(\d{4})-(\d{4,6})")
CLAUSE = re.compile(r"(\d{4})-(\d{4,6})-(\d{1,4})")
MOST_WORDS = 200
MOST_DAYS = 3_650
FIRST_YEAR, LAST_YEAR = 1945, 2200
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A view as an address asks for it; `unread` are the parts nobody could read."""

    view: ListFilter = field(default_factory=ListFilter)
    order: Order = field(default_factory=Order)
    edge: Edge | None = None
    by_clause: bool = False
    unread: tuple[str, ...] = ()


def read_address(arguments: Mapping[str, str], *, reader: int | None = None) -> Asked:
    """Return the view that an address asks for; what can't be read is named, never guessed."""
    values, unread = parts_read(READERS, arguments)
    order = _order(arguments.get("sort", ""))
    return Asked(
        view=ListFilter(reader=reader, **values),
        order=order,
        edge=_edge(arguments, order),
        by_clause=arguments.get("group") == "clause",
        unread=unread,
    )


def _order(text: str) -> Order:
    name = text.removeprefix("-")
    if name not in set(SortBy):
        return Order()
    return Order(by=SortBy(name), falling=text.startswith("-"))


def _edge(arguments: Mapping[str, str], order: Order) -> Edge | None:
    for name in ("after", "before"):
        if text := arguments.get(name, ""):
            edge = Edge(values=tuple(text.split("~")), backward=name == "before")
            return edge if fits(edge, order.by) else None
    return None


def edge_text(values: tuple[str, ...] | None) -> str | None:
    """Return a place in the order as an address keeps it."""
    return "~".join(values) if values else None


def _states(text: str) -> dict[str, Any]:
    if text == OPEN:
        return {"states": OPEN_STATES}
    return {"states": frozenset(State(part) for part in text.split(","))}


def _document(text: str) -> dict[str, Any]:
    found = DOCUMENT.fullmatch(text)
    if not found:
        raise ValueError(text)
    return {"document": (int(found[1]), int(found[2]))}


def _clause(text: str) -> dict[str, Any]:
    found = CLAUSE.fullmatch(text)
    if not found:
        raise ValueError(text)
    return {"document": (int(found[1]), int(found[2])), "clause": int(found[3])}


def _whole(name: str, least: int, most: int) -> Read:
    def read(text: str) -> dict[str, Any]:
        number = int(text)
        if not least <= number <= most:
            raise ValueError(text)
        return {name: number}

    return read


def _yes_no(name: str) -> Read:
    return lambda text: {name: {YES: True, NO: False}[text]}


def _asks(text: str) -> dict[str, Any]:
    if text not in {ASK_EXTENSION, ASK_REASSIGN, ASK_PROPOSAL}:
        raise ValueError(text)
    return {"asks": text}


def _one_of(name: str, *known: str) -> Read:
    def read(text: str) -> dict[str, Any]:
        if text not in known:
            raise ValueError(text)
        return {name: text}

    return read


def _instant(text: str) -> dict[str, Any]:
    found = datetime.fromisoformat(text.replace(" ", "+"))
    if found.tzinfo is None:
        raise ValueError(text)
    return {"changed": found}


def _words(name: str) -> Read:
    return lambda text: {name: text[:MOST_WORDS]}


READERS: Mapping[str, Read] = {
    "q": _words("words"),
    "state": _states,
    "time": lambda text: {"timeliness": Timeliness(text)},
    "agency": _words("agency"),
    "alone": _yes_no("alone"),
    "coordinating": _words("coordinating"),
    "handed_by": _words("handed_by"),
    "document": _document,
    "clause": _clause,
    "overseer": _words("overseer"),
    "year": _whole("year", FIRST_YEAR, LAST_YEAR),
    "priority": lambda text: {"priority": Priority(text)},
    "silent": _whole("silent", 0, MOST_DAYS),
    "asks": _asks,
    "carried": _yes_no("carried"),
    "rework": _yes_no("rework"),
    "waits": _yes_no("waits"),
    "judge": _one_of("judge", BY_ME, BY_OTHERS),
    "overheld": _yes_no("overheld"),
    "suspended": _yes_no("suspended"),
    "input": _one_of("inputs", WAITING, LATE),
    "asked": _words("asked"),
    "routed": _one_of("routed", TO_ME, MINE_OR_NOBODYS, AWAY),
    "handler": _whole("handler", 1, LARGEST_KEY),
    "internal": _one_of("internal", INTERNAL_LATE, INTERNAL_SOON),
    "prepared": lambda text: {"prepared": {YES: True}[text]},
    "declined": _yes_no("declined"),
    "directed": lambda text: {"directed": {"me": True}[text]},
    "follower": _one_of("follower", FOLLOWED_BY_ME, FOLLOWED_BY_NOBODY),
    "due_by": lambda text: {"due_by": date.fromisoformat(text)},
    "changed": _instant,
    "parts": _yes_no("parts"),
}
"""Every part of the address that narrows the list."""


def sentence_of(
    asked: Asked, agencies: Mapping[str, str], people: Mapping[int, str] | None = None
) -> list[dict[str, str]]:
    """Return the view as parts of a sentence, each with the address of the view without it.

    `agencies` are names by code, `people` those of one's own agency by account.
    """
    parts = list(_parts(asked.view, agencies))
    if asked.view.handler is not None:
        who = (people or {}).get(asked.view.handler, "?")
        parts.append((("handler",), _("%(who)s xử lý", who=who)))
    return narrowed_to(parts)


def _parts(view: ListFilter, agencies: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], str]]:
    if view.words:
        yield ("q",), f"“{view.words}”"
    if view.states:
        yield ("state",), _state_words(view.states)
    if view.timeliness:
        yield ("time",), label(view.timeliness, "timeliness")
    yield from _agency_parts(view, agencies)
    yield from _document_parts(view)
    yield from _other_parts(view)
    yield from inside_parts(view)


def _state_words(states: frozenset[State]) -> str:
    if states == OPEN_STATES:
        return _("Chưa kết thúc")
    return ", ".join(label(state, "state") for state in State if state in states)


def _agency_parts(
    view: ListFilter, agencies: Mapping[str, str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    def name(code: str) -> str:
        return agencies.get(code, code)

    if view.agency and view.alone:
        yield ("agency", "alone"), _("%(who)s chủ trì", who=name(view.agency))
    elif view.agency:
        who = name(view.agency)
        yield ("agency", "alone"), _("%(who)s và đơn vị trực thuộc chủ trì", who=who)
    if view.coordinating:
        yield ("coordinating",), _("%(who)s phối hợp", who=name(view.coordinating))
    if view.handed_by:
        yield ("handed_by",), _("%(who)s giao xuống", who=name(view.handed_by))
    if view.asked:
        yield ("asked",), _("đề nghị %(who)s phối hợp", who=name(view.asked))
    if view.overseer:
        yield ("overseer",), _("%(who)s theo dõi", who=name(view.overseer))


def _document_parts(view: ListFilter) -> Iterator[tuple[tuple[str, ...], str]]:
    if view.document:
        year, serial = view.document
        key = f"{year}-{serial:04d}"
        if view.clause is not None:
            yield ("clause", "document"), _("mục %(key)s", key=f"{key}-{view.clause:02d}")
        else:
            yield ("document",), _("văn bản %(key)s", key=key)
    if view.year:
        yield ("year",), _("năm %(year)s", year=view.year)


def _other_parts(view: ListFilter) -> Iterator[tuple[tuple[str, ...], str]]:
    if view.priority:
        yield ("priority",), label(view.priority, "priority")
    if view.silent is not None:
        yield (
            ("silent",),
            ngettext(
                "chưa tiếp nhận sau %(num)s ngày", "chưa tiếp nhận sau %(num)s ngày", view.silent
            ),
        )
    yield from (
        ((name,), words)
        for name, words, holds in (
            ("asks", _("đang đề nghị giao lại"), view.asks == ASK_REASSIGN),
            ("asks", _("đang đề nghị gia hạn"), view.asks == ASK_EXTENSION),
            ("asks", _("kiến nghị chờ trả lời"), view.asks == ASK_PROPOSAL),
            ("overheld", _("cơ quan theo dõi giữ quá hạn trả lời"), view.overheld),
            ("suspended", _("đang tạm dừng"), view.suspended is True),
            ("suspended", _("không gồm việc tạm dừng"), view.suspended is False),
            ("input", _("chờ cơ quan phối hợp trả lời"), view.inputs == WAITING),
            ("input", _("cơ quan phối hợp trả lời chậm"), view.inputs == LATE),
            ("follower", _("tôi theo dõi"), view.follower == FOLLOWED_BY_ME),
            ("follower", _("chưa có ai theo dõi"), view.follower == FOLLOWED_BY_NOBODY),
            ("directed", _("tôi đã có ý kiến chỉ đạo"), view.directed),
            ("carried", _("ghi nhận từ nơi khác"), view.carried is True),
            ("carried", _("không gồm việc ghi nhận từ nơi khác"), view.carried is False),
            ("rework", _("cần làm lại"), view.rework),
            ("waits", _("chờ cơ quan theo dõi xử lý"), view.waits),
            ("judge", _("tôi xác nhận được"), view.judge == BY_ME),
            ("judge", _("chờ người khác xác nhận"), view.judge == BY_OTHERS),
            ("parts", _("phần việc giao xuống"), view.parts is True),
            ("parts", _("không gồm phần việc giao xuống"), view.parts is False),
            ("due_by", _("hạn đến %(day)s", day=vn_date(view.due_by)), view.due_by),
            ("changed", _("thay đổi từ %(at)s", at=vn_datetime(view.changed)), view.changed),
        )
        if holds
    )
