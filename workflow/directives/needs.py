"""What an action must be given: one declaration drives forms, commands and checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workflow.agencies.records import Agency, Division
from workflow.directives.matters import Colleague
from workflow.evidence.records import StoredFile


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
    It is needed too where nothing is given under the need that `unless` names. What is said
    `of_each` may differ from task to task where one paper serves several.
    """

    name: str
    kind: Kind
    required: bool = True
    choices: tuple[str, ...] = ()
    prefill: str = ""
    unless: str = ""
    of_each: bool = False


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
