"""Which agency a file's words name: judged by the agencies that stood on the dossier's day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from workflow.agencies.matching import KnownAgency, KnownNames, match_cell
from workflow.agencies.records import Agency
from workflow.calendar.working import ONE_DAY
from workflow.errors import Refused

EVER = date.min
MOST_WORDS = 20_000
"""More words than agencies and their spellings can be: another column was meant."""


def turning_days(agencies: Iterable[Agency]) -> tuple[date, ...]:
    """Return the days on which an agency begins or is no more, oldest first."""
    days = {EVER}
    for agency in agencies:
        days.add(agency.valid_from)
        if agency.valid_to is not None:
            days.add(agency.valid_to + ONE_DAY)
    return tuple(sorted(days))


class AgencyNames:
    """The agencies that words name, each spelling matched once for each time.

    `known` gives the agencies that stand on a day. Words that no agency of that day answers
    to are tried on all there ever were. Words that name none, several or a group are None:
    the file's words are kept, and listed as unmatched.
    """

    def __init__(
        self,
        days: Sequence[date],
        known: Callable[[date], Sequence[KnownAgency]],
        ever: Sequence[KnownAgency],
    ) -> None:
        self._days = [day.isoformat() for day in days]
        self._dates = list(days)
        self._known = known
        self._names: dict[int, KnownNames] = {}
        self._ever = KnownNames(ever)
        self._found: dict[tuple[int, str], int | None] = {}
        self._times: dict[str | None, int] = {None: len(days) - 1}

    def ids(self, texts: Sequence[str], days: Sequence[str | None]) -> list[int | None]:
        """Return the agency of each text on the ISO day beside it."""
        if not any(texts):
            return [None] * len(texts)
        times, found = self._times, self._found
        try:
            return [found[times[day], text] for text, day in zip(texts, days, strict=True)]
        except KeyError:
            return [self.id_of(text, day) for text, day in zip(texts, days, strict=True)]

    def id_of(self, text: str, day: str | None) -> int | None:
        """Return the agency that `text` names on `day`, None where it names none for certain."""
        time = self._times.get(day)
        if time is None:
            time = self._times[day] = bisect_right(self._days, day or "") - 1
        key = (time, text)
        if key not in self._found:
            if len(self._found) >= MOST_WORDS:
                raise Refused("too_many_agencies", limit=MOST_WORDS)
            self._found[key] = self._match(text, time) if text else None
        return self._found[key]

    def _match(self, text: str, time: int) -> int | None:
        if time not in self._names:
            self._names[time] = KnownNames(self._known(self._dates[time]))
        found = _only(text, self._names[time])
        return found if found is not None else _only(text, self._ever)


def _only(text: str, names: KnownNames) -> int | None:
    matches = match_cell(text, names, suggesting=False)
    settled = len(matches) == 1 and matches[0].is_settled
    return matches[0].agency_id if settled else None
