"""Reads the dates and times of a file, each once: the instant in UTC and the file's own day.

The bulk path keeps days and instants as ISO text, which orders as time does and goes into
either database as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from workflow.calendar.vietnam import LAST_YEAR
from workflow.dossiers.misread import Misread
from workflow.text import clean

Moment = tuple[str, str]
"""An instant in UTC (`2021-09-01 02:00:00.000000`) and its day in the file's zone."""

FIRST_YEAR = 1990
"""Older dates are slips of the pen; later ones than the calendar knows, too."""
_MOST_KEPT = 50_000
_PARTS = {
    "d": r"(?P<d>\d{1,2})",
    "m": r"(?P<m>\d{1,2})",
    "Y": r"(?P<Y>\d{4})",
    "H": r"(?P<H>\d{1,2})",
    "M": r"(?P<M>\d{1,2})",
    "S": r"(?P<S>\d{1,2})",
    "f": r"(?P<f>\d{1,6})",
    "z": r"(?P<z>[+-]\d{2}:?\d{2}|Z)",
}
_NEEDED = {"d", "m", "Y"}
_DIRECTIVE = re.compile(r"%(.)|(\s+)|([^%\s]+)")
_ISO_DASHES = slice(4, 8)
_SERIAL = re.compile(r"\d{5}(?:\.\d{1,12})?")
_SERIALS_BEGIN = datetime(1899, 12, 30)  # noqa: DTZ001 - a local time of the file
_DAY, _TO_THE_HOUR, _BEYOND = slice(0, 10), slice(0, 13), slice(13, None)
_TO_THE_SECOND = len("2021-09-01T00:00:00")
_SECONDS = {f":{n // 60:02}:{n % 60:02}": f":{n // 60:02}:{n % 60:02}.000000" for n in range(3600)}
"""What follows the hour where a time is written to the second, and how it is kept."""

_HOURS = {f"{mark}{n:02}": timedelta(hours=n) for mark in "T " for n in range(24)}
_ONE_HOUR = timedelta(hours=1)


def known_format(written: str) -> bool:
    """Tell whether a format has day, month and year, each part once and none unknown."""
    named = [found[1] for found in _DIRECTIVE.finditer(written) if found[1]]
    return (
        set(named) >= _NEEDED
        and len(named) == len(set(named))
        and set(named) <= set(_PARTS)
        and not written.endswith("%")
    )


class _Hours(dict[str, Moment]):
    """What a day and an hour mean: the hour in UTC, as far as that, and the day.

    KeyError where a text is neither, or the zone is not whole hours from UTC all day long.
    """

    def __init__(self, offset_on: Callable[[datetime], timedelta | None]) -> None:
        super().__init__()
        self._offset_on = offset_on

    def __missing__(self, text: str) -> Moment:
        day, hour = text[_DAY], _HOURS[text[10:]]
        try:
            at = datetime.fromisoformat(day)
        except ValueError as error:
            raise KeyError(text) from error
        if at.isoformat()[_DAY] != day or not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise KeyError(text)
        offset = self._offset_on(at)
        if offset is None or offset % _ONE_HOUR:
            raise KeyError(text)
        if len(self) >= _MOST_KEPT:
            self.clear()
        known = self[text] = (f"{at + hour - offset:%Y-%m-%d %H}", day)
        return known


class Moments(dict[str, Moment | Misread | None]):
    """What each text of the file's times means: read once, then looked up.

    An empty text or one of `empty` is None; one that no format reads is a Misread. ISO 8601
    is always read; a number is one of Excel's where `serials` says so. A text with a zone of
    its own is that instant; one without stands in the file's zone. `hours` knows those hours
    that were read already.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        formats: Iterable[str],
        *,
        empty: Callable[[str], bool],
        serials: bool = False,
    ) -> None:
        super().__init__()
        self._zone = zone
        self._formats = tuple(map(_compiled, formats))
        self._empty = empty
        self._serials = serials
        self._days: dict[int, tuple[str, timedelta | None]] = {}
        self.hours = _Hours(lambda at: self._day(at.toordinal(), at)[1])

    def __missing__(self, text: str) -> Moment | Misread | None:
        if len(self) >= _MOST_KEPT:
            self.clear()
        value = self[text] = self._plainly(text) or self._read(text)
        return value

    def _plainly(self, text: str) -> Moment | None:
        """Read what most files write, day and second, by its two halves."""
        try:
            hour, day = self.hours[text[_TO_THE_HOUR]]
            return hour + _SECONDS[text[_BEYOND]], day
        except KeyError:
            return None

    def column(self, texts: Sequence[str]) -> list[Moment | Misread | None]:
        """Return what many texts mean.

        Most files write day and second: these are read by their two halves, of which each is
        soon known, and seldom come twice.
        """
        if not _to_the_second(texts):
            return list(map(self.__getitem__, texts))
        hours, seconds = self.hours, _SECONDS
        read: list[Moment | Misread | None] = []
        for text in texts:
            if not text:
                read.append(None)
                continue
            try:
                hour, day = hours[text[_TO_THE_HOUR]]
                read.append((hour + seconds[text[_BEYOND]], day))
            except KeyError:
                read.append(self[text])
        return read

    def _read(self, text: str) -> Moment | Misread | None:
        at = self._local(text)
        return self._moment(at) if isinstance(at, datetime) else at

    def day_of(self, text: str) -> str | Misread | None:
        """Return the day that a text means."""
        if plain := self._plainly(text):
            return plain[1]
        at = self._local(text)
        if not isinstance(at, datetime):
            return at
        return (at if at.tzinfo is None else at.astimezone(self._zone)).isoformat()[_DAY]

    def _local(self, text: str) -> datetime | Misread | None:
        at = self._instant(text)
        if at is None:
            tidy = clean(text)
            if not tidy or self._empty(tidy):
                return None
            at = self._instant(tidy)
            if at is None:
                return Misread("not_a_date")
        return at if FIRST_YEAR <= at.year <= LAST_YEAR else Misread("date_unlikely")

    def _instant(self, text: str) -> datetime | None:
        try:
            if text[_ISO_DASHES][::3] == "--":
                return datetime.fromisoformat(text)
            for pattern in self._formats:
                if found := pattern.fullmatch(text):
                    return _built(found)
        except ValueError:
            return None
        if self._serials and _SERIAL.fullmatch(text):
            return _SERIALS_BEGIN + timedelta(seconds=round(float(text) * 86400))
        return None

    def _moment(self, at: datetime) -> Moment:
        if at.tzinfo is not None:
            return _told(at.astimezone(UTC)), str(at.astimezone(self._zone).date())
        day = at.toordinal()
        known = self._days.get(day) or self._day(day, at)
        told, offset = known
        if offset is None:
            return _told(at.replace(tzinfo=self._zone).astimezone(UTC)), told
        return (at - offset).isoformat(" ", "microseconds"), told

    def _day(self, number: int, at: datetime) -> tuple[str, timedelta | None]:
        """Tell a day, and how far the zone is from UTC all day long; None where it moves."""
        morning = at.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=self._zone)
        offsets = {(morning + timedelta(hours=n)).utcoffset() for n in (-24, 0, 12, 24, 48)}
        self._days[number] = (str(at.date()), offsets.pop() if len(offsets) == 1 else None)
        return self._days[number]

    def beginning(self, day: str) -> str:
        """Return the instant at which a day of the file begins."""
        return self._moment(datetime.fromisoformat(day))[0]


class Days(dict[str, str | Misread | None]):
    """What each text of the file's dates means, where the hour does not matter."""

    def __init__(self, moments: Moments) -> None:
        super().__init__()
        self._moments = moments

    def __missing__(self, text: str) -> str | Misread | None:
        if len(self) >= _MOST_KEPT:
            self.clear()
        value = self[text] = self._moments.day_of(text)
        return value

    def column(self, texts: Sequence[str]) -> list[str | Misread | None]:
        """Return the days that many texts mean."""
        if not _to_the_second(texts):
            return list(map(self.__getitem__, texts))
        hours, seconds = self._moments.hours, _SECONDS
        read: list[str | Misread | None] = []
        for text in texts:
            hour = hours.get(text[_TO_THE_HOUR])
            read.append(hour[1] if hour and text[_BEYOND] in seconds else self[text])
        return read


def _to_the_second(texts: Sequence[str]) -> bool:
    """Tell by the first text that there is whether a column is written to the second."""
    return len(next(filter(None, texts), "")) == _TO_THE_SECOND


def _told(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


def _compiled(written: str) -> re.Pattern[str]:
    parts = []
    for found in _DIRECTIVE.finditer(written):
        directive, space, letters = found.groups()
        parts.append(_PARTS[directive] if directive else r"\s+" if space else re.escape(letters))
    return re.compile("".join(parts))


def _built(found: re.Match[str]) -> datetime:
    part = found.groupdict("0")
    number = partial(_number, part)
    zone = part.get("z", "0")
    at = datetime(  # noqa: DTZ001 - the zone of the file is put on later
        number("Y"), number("m"), number("d"), number("H"), number("M"), number("S"),
        int(part.get("f", "0").ljust(6, "0")),
    )  # fmt: skip
    return at if zone == "0" else datetime.fromisoformat(f"{at.isoformat()}{zone}")


def _number(part: dict[str, str], name: str) -> int:
    return int(part.get(name, "0"))
