"""Checks of a profile's text, key by key: what is wrong is gathered and told at the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from workflow.dossiers.profile import Names
from workflow.errors import Invalid
from workflow.text import clean

LONGEST_LINE = 500
Table = Mapping[str, Any]


class ProfileInvalid(Invalid):
    """A profile that cannot stand: a code for each path, and what may have been meant."""

    def __init__(self, errors: Mapping[str, str], near: Mapping[str, Iterable[str]]) -> None:
        super().__init__(errors)
        self.near = {path: tuple(words) for path, words in near.items() if words}


@dataclass(slots=True)
class Checking:
    """One reading of a TOML document; each check returns something that can be gone on with."""

    errors: dict[str, str] = field(default_factory=dict)
    near: dict[str, list[str]] = field(default_factory=dict)

    def wrong(self, path: str, code: str, given: object = "", among: Iterable[str] = ()) -> None:
        """Note what is wrong at a path, and which of the words allowed are like what is there."""
        self.errors.setdefault(path, code)
        self.near.setdefault(path, get_close_matches(str(given), list(among), n=3, cutoff=0.5))

    def known(self, path: str, table: Table, names: Iterable[str]) -> None:
        """Refuse what nobody reads: a misspelt key would be left out in silence."""
        names = list(names)
        for key in table:
            if key not in names:
                self.wrong(f"{path}{key}", "unknown_key", key, names)

    def text(
        self,
        table: Table,
        name: str,
        *,
        path: str = "",
        needed: bool = False,
        longest: int = LONGEST_LINE,
    ) -> str:
        """Return a text on one line."""
        value, told = table.get(name, ""), f"{path}{name}"
        if not isinstance(value, str):
            self.wrong(told, "not_text")
            return ""
        if needed and not clean(value):
            self.wrong(told, "required")
        if len(value) > longest:
            self.wrong(told, "too_long")
        return clean(value)

    def table(self, table: Table, name: str, path: str = "") -> dict[str, Any]:
        """Return a table, empty where there is none."""
        value = table.get(name, {})
        if not isinstance(value, dict):
            self.wrong(f"{path}{name}", "not_a_table")
            return {}
        return value

    def yes_no(self, table: Table, name: str) -> bool:
        """Return a yes or no that has to be said."""
        value = table.get(name)
        if not isinstance(value, bool):
            self.wrong(name, "required" if value is None else "not_yes_or_no")
        return value is True

    def choice(self, table: Table, name: str, allowed: Iterable[str], *, path: str = "") -> str:
        """Return one of the words allowed, the first where none is given."""
        words = list(allowed)
        value = table.get(name, words[0])
        if value not in words:
            self.wrong(f"{path}{name}", "not_a_choice", value, words)
            return words[0]
        return str(value)

    def texts(self, table: Table, name: str, path: str = "") -> tuple[str, ...]:
        """Return a list of texts, empty where there is none."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.wrong(f"{path}{name}", "not_a_list")
            return ()
        return tuple(value)

    def tables(self, table: Table, name: str) -> list[dict[str, Any]]:
        """Return a list of tables, empty where there is none."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.wrong(name, "not_a_list")
            return []
        return value

    def headings(self, value: object, path: str) -> Names:
        """Return one heading, or several of which the first one found is taken."""
        several = value if isinstance(value, list) else [value]
        told = [clean(one) for one in several if isinstance(one, str)]
        if not told or len(told) != len(several) or not all(told):
            self.wrong(path, "not_text")
            return ()
        return tuple(told)
