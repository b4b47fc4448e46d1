"""Between the builder's form and a profile: what was chosen over what it started from."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from web.imports.writing import toml_text
from workflow.dossiers.fields import COLUMNS, REQUIRED, STEP_COLUMNS
from workflow.dossiers.profile import Rows, WaitKind, word_key

WAITS = (1, 2)
PLAIN = ("name", "title", "source", "time_zone", "rows", "code_pattern")
DRESS = ("encoding", "delimiter")
ABSENT = "-"
"""What the form says of a field for which the file has no column."""


def words_of(body: Mapping[str, Any], headings: Sequence[str]) -> dict[str, str]:
    """Return the form's first words: what a profile says, by the headings that a file has."""
    said = {name: str(body.get(name) or "") for name in PLAIN}
    said["promised_includes_waits"] = "yes" if body.get("promised_includes_waits") else ""
    said |= {name: str(body.get("file", {}).get(name) or "") for name in DRESS}
    said["formats"] = "\n".join(body.get("dates", {}).get("formats", ()))
    for name in COLUMNS:
        said[f"col-{name}"] = _first(body.get("columns", {}).get(name), headings)
    for name in STEP_COLUMNS:
        said[f"step-{name}"] = _first(body.get("steps", {}).get(name), headings)
    waits = [*body.get("waits", ()), {}, {}]
    for place in WAITS:
        wait = waits[place - 1]
        said[f"wait-{place}-asked"] = _first(wait.get("asked"), headings)
        said[f"wait-{place}-answered"] = _first(wait.get("answered"), headings)
        said[f"wait-{place}-kind"] = wait.get("kind", list(WaitKind)[place - 1].value)
    for name in ("status", "channel"):
        pairs = body.get("words", {}).get(name, {})
        said[f"words-{name}"] = "\n".join(f"{word} = {value}" for word, value in pairs.items())
    return said


def _first(names: Any, headings: Sequence[str]) -> str:
    """Return the heading of the file that a profile means; its own first where none is known."""
    listed = [names] if isinstance(names, str) else list(names or ())
    by_key = {word_key(heading): heading for heading in headings}
    for name in listed:
        if word_key(name) in by_key:
            return by_key[word_key(name)]
    return listed[0] if listed and not headings else ABSENT


def composed(base: str, said: Mapping[str, str]) -> str:
    """Return the profile that the form describes, as TOML over the text it started from."""
    body: dict[str, Any] = dict(tomllib.loads(base)) if base else {}
    body |= {name: said.get(name, "").strip() or None for name in PLAIN}
    body["promised_includes_waits"] = bool(said.get("promised_includes_waits"))
    dress = {name: said.get(name) or None for name in DRESS}
    file = {k: v for k, v in (body.get("file", {}) | dress).items() if v is not None}
    body["file"] = file or None
    body["dates"] = {"formats": _lines(said.get("formats", ""))}
    body["columns"] = _columns("col", COLUMNS, said, body.get("columns", {}))
    is_steps = body["rows"] == Rows.STEP
    steps = _columns("step", STEP_COLUMNS, said, body.get("steps", {}))
    body["steps"] = steps if is_steps else None
    body["waits"] = _waits(said)
    body["words"] = dict(body.get("words", {})) | {
        "status": _pairs(said.get("words-status", ""), as_number=True),
        "channel": _pairs(said.get("words-channel", "")),
    }
    body["optional"] = _optional(body, steps if is_steps else {})
    _without_twice(body)
    return toml_text({k: v for k, v in body.items() if v not in (None, {}, [], "")})


def _optional(body: Mapping[str, Any], steps: Mapping[str, Any]) -> list[str]:
    """Every column that a dossier can be without may be missing in the next file too."""
    found = [name for name in body["columns"] if name not in REQUIRED]
    found += [f"steps.{name}" for name in steps if name != "name"]
    found += [name for name in body.get("marks", {}) if name not in found]
    return found + (["waits"] if body["waits"] else [])


def _without_twice(body: dict[str, Any]) -> None:
    """A column that was chosen stands above a mark or a constant for the same field."""
    for table in ("marks", "constants"):
        kept = {k: v for k, v in body.get(table, {}).items() if k not in body["columns"]}
        body[table] = kept or None


def _columns(
    prefix: str, known: Mapping[str, Any], said: Mapping[str, str], before: Mapping[str, Any]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in known:
        heading = said.get(f"{prefix}-{name}", ABSENT).strip()
        if not heading or heading == ABSENT:
            continue
        had = before.get(name, ())
        names = [had] if isinstance(had, str) else list(had)
        is_known = word_key(heading) in map(word_key, names)
        found[name] = names if is_known else heading
    return found


def _waits(said: Mapping[str, str]) -> list[dict[str, Any]]:
    found = []
    for place in WAITS:
        asked, answered = (said.get(f"wait-{place}-{x}", ABSENT) for x in ("asked", "answered"))
        if asked and asked != ABSENT:
            wait: dict[str, Any] = {"asked": asked}
            if answered and answered != ABSENT:
                wait["answered"] = answered
            wait["kind"] = said.get(f"wait-{place}-kind") or WaitKind.SUPPLEMENT.value
            found.append(wait)
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _pair(line: str) -> tuple[str, str]:
    """Part "word = value" at its last sign: no value holds one, and none is of two words."""
    word, _sign, value = (part.strip() for part in line.rpartition("="))
    return (word, value) if word and len(value.split()) == 1 else (line, "")


def _pairs(text: str, *, as_number: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for line in _lines(text):
        word, value = _pair(line)
        found[word] = int(value) if as_number and value.isdecimal() else value
    return found
