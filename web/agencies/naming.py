"""Agencies as a list offers them: the ended last and marked, namesakes with what is above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from models.agencies.names import Offered, offered_agencies
from web.formats import vn_date
from web.identity import remembered
from web.speech import gettext as _
from web.speech import language
from web.wiring import reading_unit
from workflow.agencies.records import Agency


class Named(Protocol):
    """What of an agency says how it is offered."""

    @property
    def id(self) -> int: ...
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def parent_id(self) -> int | None: ...
    @property
    def valid_to(self) -> date | None: ...


A = TypeVar("A", bound=Named)


def told(agencies: Iterable[A]) -> list[tuple[A, str]]:
    """Return agencies with the words they are offered by, in the order they came.

    One that ended, or has a last day, stands behind all others and says until when it was; of
    several with one name each says what it belongs to.
    """
    found = list(agencies)
    names = {one.id: one.name for one in found}
    same = Counter(names.values())
    words = [(one, _words(one, names, has_namesakes=same[one.name] > 1)) for one in found]
    return sorted(words, key=lambda pair: pair[0].valid_to is not None)


def _words(agency: Named, names: dict[int, str], *, has_namesakes: bool) -> str:
    above = names.get(agency.parent_id or 0, "") if has_namesakes else ""
    name = f"{agency.name}, {above}" if above else agency.name
    if agency.valid_to is None:
        return name
    return _("%(name)s (đến %(day)s)", name=name, day=vn_date(agency.valid_to))


MOST_NAMED = 3
"""How many of those that took over are named: a district went over into a dozen communes."""


def gone(name: str, last_day: date, followers: Sequence[str]) -> str:
    """Return the words of an agency that ended: until when it stood, and who it is now."""
    if not followers:
        return _("%(name)s (đã kết thúc %(day)s)", name=name, day=vn_date(last_day))
    return _(
        "%(name)s (đã kết thúc %(day)s, nay là %(now)s)",
        name=name,
        day=vn_date(last_day),
        now=few(followers),
    )


def few(names: Sequence[str]) -> str:
    """Return names with commas, those beyond the first few as a count."""
    said, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    return _("%(names)s và %(n)s cơ quan khác", names=said, n=more) if more > 0 else said


def by_code(agencies: Iterable[Named]) -> tuple[tuple[str, str], ...]:
    """Return codes with the words agencies are offered by."""
    return tuple((one.code, words) for one, words in told(agencies))


def agencies_to_choose() -> tuple[Agency, ...]:
    """Return every agency in Vietnamese order of names, in one statement or none."""
    return _offered().agencies


def groups_to_choose(day: date) -> tuple[tuple[str, str], ...]:
    """Return the groups a filter offers beside the agencies; none whose tier is gone on `day`."""
    return tuple((one.code, one.name) for one in _offered().groups if one.is_offered_on(day))


def names_to_choose() -> tuple[tuple[str, str], ...]:
    """Return every agency's code and words, in one statement or none: what a filter offers."""
    return remembered(("names", language()), lambda: by_code(agencies_to_choose()))


def _offered() -> Offered:
    return remembered("offered", lambda: offered_agencies(reading_unit().connection))
