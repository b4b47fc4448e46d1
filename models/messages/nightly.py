"""What a night asks of notices before it does anything: what falls due, waits, found nobody."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from sqlalchemy import ColumnElement, bindparam, or_, select

from models.base import table_of
from models.jobs.looking import Asked
from models.messages.falling import is_falling, is_waiting
from models.messages.rows import MessageRow
from workflow.messages.falling import Fall, Span
from workflow.messages.records import Delivery

_M = table_of(MessageRow).c


def anything_falling(spans: Mapping[Fall, Span], asked_in: Span | None) -> Asked:
    """Whether a due day lies in these spans, or something may wait for an answer."""
    given: dict[str, date] = {}
    for fall, span in spans.items():
        given |= {f"{fall}_first": span.first, f"{fall}_last": span.last}
    if asked_in is not None:
        given |= {"asked_first": asked_in.first, "asked_last": asked_in.last}
    return Asked(_falling(tuple(spans), waits=asked_in is not None), given)


@cache
def _falling(falls: tuple[Fall, ...], *, waits: bool) -> ColumnElement[bool]:
    return or_(*map(is_falling, falls), *(is_waiting() if waits else ()))


def anything_stranded(since: datetime) -> Asked:
    """Whether a notice of `since` and later found nobody."""
    return Asked(_stranded(), {"look_stranded": since})


@cache
def _stranded() -> ColumnElement[bool]:
    since = bindparam("look_stranded", type_=_M.at.type)
    return select(_M.id).where(_M.delivery == Delivery.STRANDED, _M.at >= since).exists()
