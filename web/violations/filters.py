"""Between an address and a view of the list: what was asked for, said back as a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.violations.filters import ListFilter
from models.violations.lists import Edge, Order, SortBy, edge_from
from web.addresses import Read, narrowed_to, parts_read
from web.directives.fields import typed_day
from web.formats import vn_date
from web.labels import label
from web.speech import gettext as _
from workflow.violations.catalogue import BY_CODE
from workflow.violations.records import (
    STANDING,
    UNCONFIRMED,
    Severity,
    ViolationSource,
    ViolationState,
)

COUNTED, SIGNS, SETTLED = "standing", "signs", "settled"
STATE_GROUPS: Mapping[str, frozenset[ViolationState]] = {
    COUNTED: STANDING,
    SIGNS: UNCONFIRMED,
    SETTLED: frozenset({ViolationState.CONFIRMED, ViolationState.UPHELD}),
}
"""States that are asked for together."""
MOST_WORDS = 200
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A view as an address asks for it; `unread` are the parts nobody could read."""

    view: ListFilter = field(default_factory=ListFilter)
    order: Order = field(default_factory=Order)
    edge: Edge | None = None
    unread: tuple[str, ...] = ()


def read_address(arguments: Mapping[str, str]) -> Asked:
    """Return the view that an address asks for; what can't be read is named, never guessed."""
    values, unread = parts_read(READERS, arguments)
    return Asked(
        view=ListFilter(**values),
        order=_order(arguments.get("sort", "")),
        edge=_edge(arguments),
        unread=unread,
    )


def _order(text: str) -> Order:
    name = text.removeprefix("-")
    if name not in set(SortBy):
        return Order()
    return Order(by=SortBy(name), falling=text.startswith("-"))


def _edge(arguments: Mapping[str, str]) -> Edge | None:
    for name in ("after", "before"):
        if text := arguments.get(name, ""):
            try:
                return edge_from(text, backward=name == "before")
            except ValueError:
                return None
    return None


def _state(text: str) -> dict[str, Any]:
    if text == COUNTED:
        return {"standing": True}
    return {"states": STATE_GROUPS.get(text) or frozenset({ViolationState(text)})}


def _types(text: str) -> dict[str, Any]:
    codes = frozenset(text.split(","))
    if not codes <= set(BY_CODE):
        raise ValueError(text)
    return {"types": codes}


def _day(name: str) -> Read:
    def read(text: str) -> dict[str, Any]:
        found = typed_day(text)
        if found is None:
            raise ValueError(text)
        return {name: found}

    return read


def _source(text: str) -> dict[str, Any]:
    return {"by_hand": True} if text == "by_hand" else {"source": ViolationSource(text)}


def _words(name: str) -> Read:
    return lambda text: {name: text[:MOST_WORDS]}


def _yes_no(name: str) -> Read:
    return lambda text: {name: {YES: True, NO: False}[text]}


READERS: Mapping[str, Read] = {
    "q": _words("words"),
    "type": _types,
    "state": _state,
    "agency": _words("agency"),
    "alone": _yes_no("alone"),
    "unmatched": _words("unmatched"),
    "field": _words("field"),
    "procedure": _words("procedure"),
    "officer": _words("officer"),
    "since": _day("since"),
    "until": _day("until"),
    "source": _source,
    "severity": lambda text: {"severity": Severity(text)},
    "after_the_fact": _yes_no("after_the_fact"),
    "case": _words("escalation"),
}
"""Every part of the address that narrows the list."""


def sentence_of(asked: Asked, agencies: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the view as parts of a sentence, each with the address of the view without it.

    `agencies` are names by code.
    """
    return narrowed_to(_parts(asked.view, agencies))


Part = tuple[tuple[str, ...], str]


def _parts(view: ListFilter, agencies: Mapping[str, str]) -> Iterator[Part]:
    if view.words:
        yield ("q",), f"“{view.words}”"
    if view.types:
        yield ("type",), ", ".join(f"{c} {label(c, 'violation_type')}" for c in sorted(view.types))
    if view.standing:
        yield ("state",), _("Đang tính")
    if view.states:
        yield ("state",), _state_words(view.states)
    yield from _agency_parts(view, agencies)
    yield from _period_parts(view.since, view.until)
    yield from _other_parts(view)


def _state_words(states: frozenset[ViolationState]) -> str:
    return ", ".join(label(one, "violation_state") for one in ViolationState if one in states)


def _agency_parts(view: ListFilter, agencies: Mapping[str, str]) -> Iterator[Part]:
    who = agencies.get(view.agency, view.agency)
    if view.agency and view.alone:
        yield ("agency", "alone"), who
    elif view.agency:
        yield ("agency", "alone"), _("%(who)s và đơn vị trực thuộc", who=who)
    if view.unmatched:
        yield ("unmatched",), _("cơ quan chưa nhận ra: %(who)s", who=view.unmatched)


def _period_parts(since: date | None, until: date | None) -> Iterator[Part]:
    if since and until:
        words = _("xảy ra từ %(a)s đến %(b)s", a=vn_date(since), b=vn_date(until))
        yield ("since", "until"), words
    elif since:
        yield ("since",), _("xảy ra từ %(day)s", day=vn_date(since))
    elif until:
        yield ("until",), _("xảy ra đến %(day)s", day=vn_date(until))


def _other_parts(view: ListFilter) -> Iterator[Part]:
    told = (
        ("field", _("lĩnh vực %(what)s", what=view.field), view.field),
        ("procedure", _("thủ tục %(what)s", what=view.procedure), view.procedure),
        ("officer", _("cán bộ %(who)s", who=view.officer), view.officer),
        ("source", label(view.source or "", "violation_source"), view.source),
        ("source", _("ghi nhận bằng tay"), view.by_hand),
        ("severity", label(view.severity or "", "severity"), view.severity),
        ("after_the_fact", _("dữ liệu sửa sau"), view.after_the_fact is True),
        ("after_the_fact", _("không gồm dữ liệu sửa sau"), view.after_the_fact is False),
        ("case", _("vụ việc %(number)s", number=view.escalation), view.escalation),
    )
    yield from (((name,), words) for name, words, holds in told if holds)
