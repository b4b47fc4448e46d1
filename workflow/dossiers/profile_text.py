"""Reads a profile from TOML and names everything that is wrong with it, by path."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from workflow.dossiers import fields
from workflow.dossiers.checking import Checking, ProfileInvalid, Table
from workflow.dossiers.instants import known_format
from workflow.dossiers.profile import (
    ANY_WORD,
    FileFacts,
    Mark,
    Names,
    Profile,
    Rows,
    Supplement,
    WaitColumns,
    WaitKind,
    Words,
    word_key,
)
from workflow.dossiers.records import Channel, Status

__all__ = ["ProfileInvalid", "read_profile"]

T = TypeVar("T")
LONGEST_PROFILE = 100_000
LONGEST_PATTERN = 200
HIGHEST_LEVEL = 4
KEYS = (
    "name", "title", "source", "time_zone", "rows", "promised_includes_waits", "code_pattern",
    "file", "dates", "empty", "columns", "optional", "constants", "words", "marks", "waits",
    "steps",
)  # fmt: skip
ENCODINGS = ("utf-8", "utf-16", "windows-1258", "windows-1252", "tcvn3")
DELIMITERS = (",", ";", "\t", "|")


def read_profile(text: str) -> Profile:
    """Return the profile that a TOML text describes; ProfileInvalid by path.

    Codes: `too_long`, `not_toml` (path `line 3`), `required`, `unknown_key`, `not_text`,
    `not_a_list`, `not_a_table`, `not_a_choice`, `not_whole`, `not_yes_or_no`,
    `unknown_zone`, `unknown_format`, `bad_pattern`, `needs_steps`, `needs_moment`,
    `column_twice`, `word_twice`.
    """
    if len(text) > LONGEST_PROFILE:
        raise ProfileInvalid({"": "too_long"}, {})
    try:
        body = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        raise ProfileInvalid({f"line {found[1] if found else '?'}": "not_toml"}, {}) from error
    reading = _Reading()
    made = reading.profile(body)
    if reading.errors:
        raise ProfileInvalid(reading.errors, reading.near)
    return made


class _Reading(Checking):
    """One reading of a profile."""

    def profile(self, body: Table) -> Profile:
        self.known("", body, KEYS)
        rows = Rows(self.choice(body, "rows", list(Rows)))
        columns = self.columns(body)
        steps = self.columns_of("steps", self.table(body, "steps"), fields.STEP_COLUMNS)
        if (rows is Rows.STEP) != bool(steps):
            self.wrong("steps", "needs_steps")
        return Profile(
            name=self.text(body, "name", needed=True, longest=fields.LONGEST_CODE),
            title=self.text(body, "title"),
            source=self.text(body, "source", needed=True, longest=fields.LONGEST_SOURCE),
            zone=self.zone(body),
            rows=rows,
            promised_includes_waits=self.yes_no(body, "promised_includes_waits"),
            formats=self.formats(body),
            columns=columns,
            optional=self.optional(body, columns),
            constants=self.constants(body, columns),
            marks=self.marks(body, columns),
            waits=self.waits(body),
            steps=steps,
            words=self.words(body),
            file=self.file(body),
            code_pattern=self.pattern(body),
        )

    def zone(self, body: Table) -> ZoneInfo:
        name = self.text(body, "time_zone", needed=True)
        try:
            return ZoneInfo(name or "UTC")
        except (ValueError, OSError, LookupError):
            self.wrong("time_zone", "unknown_zone")
            return ZoneInfo("UTC")

    def columns_of(self, path: str, table: Table, known: Iterable[str]) -> dict[str, Names]:
        self.known(f"{path}.", table, known)
        return {
            key: self.headings(value, f"{path}.{key}")
            for key, value in table.items()
            if key in known
        }

    def columns(self, body: Table) -> dict[str, Names]:
        found = self.columns_of("columns", self.table(body, "columns"), fields.COLUMNS)
        for name in sorted(fields.REQUIRED - set(found)):
            self.wrong(f"columns.{name}", "required")
        seen: dict[str, str] = {}
        for key, names in found.items():
            for name in names:
                if seen.setdefault(word_key(name), key) != key:
                    self.wrong(f"columns.{key}", "column_twice")
        return found

    def optional(self, body: Table, columns: Iterable[str]) -> frozenset[str]:
        listed = self.texts(body, "optional")
        steps = {f"steps.{name}" for name in self.table(body, "steps")}
        allowed = {*columns, *self.table(body, "marks"), "waits", *steps} - fields.REQUIRED
        for name in listed:
            if name not in allowed:
                self.wrong("optional", "unknown_key", name, allowed)
        return frozenset(listed)

    def constants(self, body: Table, columns: Iterable[str]) -> dict[str, str]:
        table = self.table(body, "constants")
        self.known("constants.", table, fields.CONSTANTS)
        for name in set(table) & set(columns):
            self.wrong(f"constants.{name}", "column_twice")
        kept = {name: self.text(table, name, path="constants.", needed=True) for name in table}
        if "channel" in table:
            self.choice(table, "channel", list(Channel), path="constants.")
        return kept

    def marks(self, body: Table, columns: Iterable[str]) -> dict[str, Mark]:
        table = self.table(body, "marks")
        self.known("marks.", table, fields.MARKS)
        for name in set(table) & set(columns):
            self.wrong(f"marks.{name}", "column_twice")
        return {
            name: self.mark(self.table(table, name, "marks."), f"marks.{name}.")
            for name in table
            if name in fields.MARKS
        }

    def mark(self, table: Table, path: str) -> Mark:
        self.known(path, table, ("column", "yes", "at_least", "at"))
        at, least = table.get("at"), table.get("at_least")
        if at not in fields.MOMENTS:
            self.wrong(f"{path}at", "needs_moment", at, fields.MOMENTS)
        if least is not None and (type(least) is not int or least < 1):
            self.wrong(f"{path}at_least", "not_whole")
        yes = self.texts(table, "yes", path)
        if (least is None) == (not yes):
            self.wrong(f"{path}yes", "required")
        return Mark(
            names=self.headings(table.get("column"), f"{path}column"),
            at=str(at),
            yes=tuple(sorted(map(word_key, yes))),
            at_least=least,
        )

    def waits(self, body: Table) -> tuple[WaitColumns, ...]:
        listed = self.tables(body, "waits")
        return tuple(self.wait(one, f"waits.{place}.") for place, one in enumerate(listed, start=1))

    def wait(self, table: Table, path: str) -> WaitColumns:
        self.known(path, table, ("asked", "answered", "kind"))
        answered = table.get("answered")
        return WaitColumns(
            asked=self.headings(table.get("asked"), f"{path}asked"),
            answered=() if answered is None else self.headings(answered, f"{path}answered"),
            kind=WaitKind(self.choice(table, "kind", list(WaitKind), path=path)),
        )

    def formats(self, body: Table) -> tuple[str, ...]:
        dates = self.table(body, "dates")
        self.known("dates.", dates, ("formats",))
        formats = self.texts(dates, "formats", "dates.")
        if not all(map(known_format, formats)):
            self.wrong("dates.formats", "unknown_format")
            return ()
        return formats

    def words(self, body: Table) -> Words:
        table, empty = self.table(body, "words"), self.table(body, "empty")
        self.known("words.", table, ("status", "channel", "online_level", "supplement"))
        self.known("empty.", empty, ("words",))
        return Words(
            status=self.meanings(table, "status", Status),
            channel=self.meanings(table, "channel", Channel),
            level=self.meanings(table, "online_level", _level),
            supplement=self.meanings(table, "supplement", Supplement),
            empty=frozenset(map(word_key, self.texts(empty, "words", "empty."))),
        )

    def meanings(self, table: Table, name: str, meaning: Callable[[Any], T]) -> Mapping[str, T]:
        found: dict[str, T] = {}
        for word, value in self.table(table, name, "words.").items():
            path = f"words.{name}.{word}"
            try:
                read = meaning(value)
            except (ValueError, TypeError):
                self.wrong(path, "not_a_choice")
                continue
            key = word if word == ANY_WORD else word_key(word)
            if found.setdefault(key, read) != read:
                self.wrong(path, "word_twice")
        return found

    def file(self, body: Table) -> FileFacts:
        table = self.table(body, "file")
        self.known("file.", table, ("sheet", "encoding", "delimiter"))
        told = {key: value for key, value in table.items() if value is not None}
        encoding = self.choice(told, "encoding", ENCODINGS, path="file.")
        delimiter = self.choice(told, "delimiter", DELIMITERS, path="file.")
        return FileFacts(
            sheet=self.text(table, "sheet", path="file.") or None,
            encoding=encoding if "encoding" in told else None,
            delimiter=delimiter if "delimiter" in told else None,
        )

    def pattern(self, body: Table) -> str | None:
        text = self.text(body, "code_pattern", longest=LONGEST_PATTERN)
        try:
            re.compile(text)
        except re.error:
            self.wrong("code_pattern", "bad_pattern")
            return None
        return text or None


def _level(value: object) -> int:
    if type(value) is not int or not 1 <= value <= HIGHEST_LEVEL:
        raise ValueError
    return value
