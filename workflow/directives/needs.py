"""What an action must be given: one declaration drives forms, commands and checks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from workflow.agencies.records import Agency, Division
from workflow.directives.matters import Colleague
from workflow.documents.secrecy import refuse_secret_given
from workflow.errors import Invalid
from workflow.evidence.records import StoredFile
from workflow.text import clean, clean_lines

LINE, TEXT, FULL, MOST, DIGITS = 500, 5_000, 100, 999, 28


class Kind(StrEnum):
    """How a need is asked for."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    AGENCY = "agency"
    AGENCIES = "agencies"
    UNITS_BELOW = "units_below"
    CHOICE = "choice"
    FILES = "files"
    NUMBER = "number"
    PERCENT = "percent"
    EVIDENCE = "evidence"
    YES_NO = "yes_no"
    COUNT = "count"
    PERSON = "person"
    COLLEAGUE = "colleague"
    DIVISION = "division"
    BESIDE = "beside"
    ITEM = "item"
    PIECES = "pieces"
    PREPARED = "prepared"
    UNIT_DAYS = "unit_days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing an action asks for; `choices` are the codes of an enum.

    `agencies`, `beside`, `units_below` ask for one or several agencies, `item` for one of what
    stands open, `pieces` for some files, by their ids, `prepared` for files of
    the report an officer prepared, by their hash, `unit_days` a day for some units, by their ids.
    """

    name: str
    kind: Kind
    required: bool = True
    choices: tuple[str, ...] = ()
    prefill: str = ""


def choice_of(words: type[StrEnum]) -> tuple[str, ...]:
    """Return the codes of an enum in their own order."""
    return tuple(word.value for word in words)


class Given:
    """What came with an act, checked against its needs; absent values read as empty."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)

    def text(self, name: str) -> str:
        value = self._values.get(name)
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        value = self._values.get(name)
        return value if isinstance(value, date) else None

    def agency(self, name: str) -> Agency | None:
        value = self._values.get(name)
        return value if isinstance(value, Agency) else None

    def agencies(self, name: str) -> tuple[Agency, ...]:
        value = self._values.get(name)
        if not isinstance(value, tuple):
            return ()
        return tuple(a for a in value if isinstance(a, Agency))

    def division(self, name: str) -> Division | None:
        value = self._values.get(name)
        return value if isinstance(value, Division) else None

    def colleague(self, name: str) -> Colleague | None:
        value = self._values.get(name)
        return value if isinstance(value, Colleague) else None

    def whole(self, name: str) -> int | None:
        value = self._values.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def keys(self, name: str) -> frozenset[int]:
        value = self._values.get(name)
        return frozenset(value) if isinstance(value, tuple) else frozenset()

    def number(self, name: str) -> Decimal | None:
        value = self._values.get(name)
        return value if isinstance(value, Decimal) else None

    def yes(self, name: str) -> bool:
        return self._values.get(name) is True

    def unit_days(self, name: str) -> dict[int, date]:
        value = self._values.get(name)
        return dict(value) if isinstance(value, tuple) else {}

    def files(self, name: str = "files") -> tuple[StoredFile, ...]:
        """Return files that came with the act; those taken over from a prepared report too."""
        both = (name, "prepared_files") if name == "files" else (name,)
        found = (self._values.get(one) for one in both)
        files = (f for some in found if isinstance(some, tuple) for f in some)
        return tuple(dict.fromkeys(f for f in files if isinstance(f, StoredFile)))

    def has(self, name: str) -> bool:
        return self._values.get(name) not in (None, "", ())

    def for_history(self) -> dict[str, object]:
        """Return what was said as plain values: agencies by id and name, files by hash."""
        return {name: _told(value) for name, value in self._values.items() if self.has(name)}


def _told(value: object) -> object:
    if isinstance(value, Agency | Division | Colleague):
        return {"id": value.id, "name": value.name}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_told(item) for item in value]
    if isinstance(value, StoredFile):
        return {"name": value.name, "sha256": value.sha256, "size": value.size}
    return value


def check_needs(needs: Sequence[Need], raw: Mapping[str, object]) -> Given:
    """Check what was given; Invalid names every field that is wrong, with a code.

    So are names the action does not ask for (`unknown_field`); a secret text is Refused.
    """
    refuse_secret_given(raw)
    values, errors = read_needs(needs, raw)
    if errors:
        raise Invalid(errors)
    return Given(values)


def read_needs(
    needs: Sequence[Need], raw: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, str]]:
    """Return what can be read of what was given, and a code for each field that can't."""
    errors = {name: "unknown_field" for name in raw if name not in {n.name for n in needs}}
    values: dict[str, object] = {}
    for need in needs:
        value, error = _checked(need, raw.get(need.name))
        if error:
            errors[need.name] = error
        elif value not in (None, "", ()):
            values[need.name] = value
    return values, errors


def _checked(need: Need, value: object) -> tuple[object, str]:
    if isinstance(value, str):
        value = clean_lines(value) if need.kind is Kind.TEXT else clean(value)
    if value in (None, "", (), []):
        return None, "required" if need.required else ""
    return _CHECKS[need.kind](need, value)


def _line(_: Need, value: object) -> tuple[object, str]:
    if not isinstance(value, str):
        return None, "not_text"
    return value, "line_too_long" if len(value) > LINE else ""


def _text(_: Need, value: object) -> tuple[object, str]:
    if not isinstance(value, str):
        return None, "not_text"
    return value, "text_too_long" if len(value) > TEXT else ""


def _day(_: Need, value: object) -> tuple[object, str]:
    plain_day = isinstance(value, date) and not isinstance(value, datetime)
    return (value, "") if plain_day else (None, "not_a_date")


def _one_of(kind: type, code: str) -> Callable[[Need, object], tuple[object, str]]:
    def check(_: Need, value: object) -> tuple[object, str]:
        return (value, "") if isinstance(value, kind) else (None, code)

    return check


def _beside(_: Need, value: object) -> tuple[object, str]:
    agencies = tuple(value) if isinstance(value, list | tuple) else (value,)
    if all(isinstance(a, Agency) for a in agencies):
        return tuple(dict.fromkeys(agencies)), ""
    return None, "not_an_agency"


def _pieces(_: Need, value: object) -> tuple[object, str]:
    keys = tuple(value) if isinstance(value, list | tuple) else (value,)
    if all(isinstance(key, int) and not isinstance(key, bool) for key in keys):
        return keys, ""
    return None, "not_evidence"


def _unit_days(_: Need, value: object) -> tuple[object, str]:
    pairs = tuple(value) if isinstance(value, list | tuple) else (value,)
    fit = all(isinstance(p, tuple) and isinstance(p[0], int) and type(p[1]) is date for p in pairs)
    return (pairs, "") if fit else (None, "not_a_date")


def _choice(need: Need, value: object) -> tuple[object, str]:
    return (str(value), "") if str(value) in need.choices else (None, "not_a_choice")


def _files(_: Need, value: object) -> tuple[object, str]:
    files = tuple(value) if isinstance(value, list | tuple) else (value,)
    if all(isinstance(f, StoredFile) for f in files):
        return files, ""
    return None, "not_a_file"


def _number(_: Need, value: object) -> tuple[object, str]:
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value))
    except InvalidOperation:
        return None, "not_a_number"
    if not number.is_finite():
        return None, "not_a_number"
    return number, "" if _keeps_its_digits(number) else "number_too_long"


def _keeps_its_digits(number: Decimal) -> bool:
    """Whether arithmetic and the column keep the number exactly as it was typed."""
    fits = len(number.as_tuple().digits) <= DIGITS and abs(number.adjusted()) <= DIGITS
    return number.is_zero() or fits


def _percent(_: Need, value: object) -> tuple[object, str]:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= FULL:
        return value, ""
    return None, "not_a_percent"


def _yes_no(_: Need, value: object) -> tuple[object, str]:
    return (value, "") if isinstance(value, bool) else (None, "not_yes_or_no")


def _count(_: Need, value: object) -> tuple[object, str]:
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MOST:
        return value, ""
    return None, "not_a_count"


def _key_or(code: str) -> Callable[[Need, object], tuple[object, str]]:
    def check(_: Need, value: object) -> tuple[object, str]:
        is_key = isinstance(value, int) and not isinstance(value, bool)
        return (value, "") if is_key else (None, code)

    return check


_CHECKS = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.AGENCY: _one_of(Agency, "not_an_agency"),
    Kind.AGENCIES: _beside,
    Kind.UNITS_BELOW: _beside,
    Kind.CHOICE: _choice,
    Kind.FILES: _files,
    Kind.NUMBER: _number,
    Kind.PERCENT: _percent,
    Kind.EVIDENCE: _key_or("not_evidence"),
    Kind.YES_NO: _yes_no,
    Kind.COUNT: _count,
    Kind.PERSON: _key_or("not_a_person"),
    Kind.COLLEAGUE: _one_of(Colleague, "not_a_colleague"),
    Kind.DIVISION: _one_of(Division, "not_a_division"),
    Kind.BESIDE: _beside,
    Kind.ITEM: _key_or("not_an_item"),
    Kind.PIECES: _pieces,
    Kind.PREPARED: _files,
    Kind.UNIT_DAYS: _unit_days,
}
