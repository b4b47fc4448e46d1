"""Form fields that read dates and numbers as they are typed here, and keep what they can't read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from flask_babel import get_locale
from wtforms import Field, StringField

from web.formats import vn_number
from workflow.deadlines.reading.moments import YEARS_READ

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_WHOLE = re.compile(r"\d{1,9}")
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+")
_PLAIN = re.compile(r"-?\d+(\.\d+)?")
LONGEST_NUMBER = 30


class Needed:
    """Tells the reader that a field is required; the workflow judges what is missing."""

    field_flags: ClassVar[dict[str, bool]] = {"required": True}

    def __call__(self, form: object, field: object) -> None:
        """Judge nothing."""


def typed_day(text: str) -> date | None:
    """Read `30/09/2021`, `30-9-2021`, `30.9.2021` or `2021-09-30`; None if it is no day.

    A year nobody means is a slip of the pen: days and hours around it could not be reckoned.
    """
    text = text.strip()
    if found := _DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day) if year in YEARS_READ else None
    except ValueError:
        return None


def typed_number(text: str, *, english: bool = False) -> Decimal | None:
    """Read `91,2`, `1.234,5` or `91.2` (English: `1,234.5`); None if it is no number.

    A point before exactly three digits parts thousands, as it is written here.
    """
    text = "".join(text.split())
    if len(text) > LONGEST_NUMBER:
        return None
    if english:
        text = text.translate(str.maketrans(",.", ".,"))
    whole, comma, rest = text.partition(",")
    if comma and not rest.isdecimal():
        return None
    if _GROUPED.fullmatch(whole):
        whole = whole.replace(".", "")
    if comma and "." in whole:
        return None
    plain = f"{whole}.{rest}" if comma else whole
    return Decimal(plain) if _PLAIN.fullmatch(plain) and plain.isascii() else None


class DayField(StringField):
    """A date typed as 30/09/2021. `value` is the day, or the words that are none."""

    def _value(self) -> str:
        if isinstance(self.data, date):
            return self.data.strftime("%d/%m/%Y")
        return self.data or ""

    @property
    def value(self) -> date | str | None:
        """The day typed; what can't be read stays as it is, so that it is refused by name."""
        text = (self.data or "") if not isinstance(self.data, date) else self._value()
        return typed_day(text) or text.strip() or None


class UnitDaysField(Field):
    """A day typed for some of the units offered, each in a field of its own.

    `days` are these fields by the units' ids; `value` the pairs typed, words that are no day as
    they stand.
    """

    def __init__(self, label: str, validators: Sequence[Any], **more: Any) -> None:
        self.units: Sequence[tuple[str, str]] = more.pop("choices", ())
        super().__init__(label, validators, **more)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the field of each unit under its own name."""
        del data, extra_filters
        self.process_errors: list[str] = []
        self.data = {
            key: str(formdata.get(f"{self.name}-{key}", "")).strip() if formdata else ""
            for key, _words in self.units
        }

    @property
    def value(self) -> tuple[tuple[int, date | str], ...]:
        """The days typed, by unit; what can't be read stays as it is."""
        return tuple((int(key), typed_day(text) or text) for key, text in self.data.items() if text)


class AmountField(StringField):
    """A number typed as 91,2. `value` is a Decimal, or the words that are none."""

    def _value(self) -> str:
        return vn_number(self.data) if isinstance(self.data, Decimal) else (self.data or "")

    @property
    def value(self) -> Decimal | str | None:
        """The number typed; what can't be read stays as it is."""
        text = str(self.data or "").strip()
        number = typed_number(text, english=str(get_locale()) == "en")
        return text or None if number is None else number


class WholeField(StringField):
    """A whole number, `60` or `60 %`. `value` is an int, or the words that are none."""

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)

    @property
    def value(self) -> int | str | None:
        """The number typed; what can't be read stays as it is."""
        text = self._value().strip()
        bare = text.removesuffix("%").strip()
        return int(bare) if _WHOLE.fullmatch(bare) and bare.isascii() else (text or None)
