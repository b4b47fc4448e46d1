"""Heads of the history written down in a file outside the database, one JSON line each."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workflow.errors import Refused
from workflow.history.records import Head

CONTRADICTED = ""
"""Stands for the digest of a serial that two anchors tell differently: no entry fits it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The head of the history as it was at an instant."""

    entries: int
    digest: str
    at: datetime


class AnchorFile:
    """The file of anchors; lines are only ever added."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def anchors(self) -> tuple[Anchor, ...]:
        """Return all anchors, oldest first; Refused ("anchor_unreadable", `line`) at a bad line."""
        return tuple(self._read()) if self.path.exists() else ()

    def _read(self) -> Iterator[Anchor]:
        text = self.path.read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), start=1):
            if not line.strip():
                continue
            try:
                yield _anchor(json.loads(line))
            except (KeyError, TypeError, ValueError):
                raise Refused("anchor_unreadable", line=number, file=self.path.name) from None

    def expected(self) -> Mapping[int, str]:
        """Return which digest each anchored entry must have."""
        found: dict[int, str] = {}
        for anchor in self.anchors():
            known = found.setdefault(anchor.entries, anchor.digest)
            if known != anchor.digest:
                found[anchor.entries] = CONTRADICTED
        return {serial: digest for serial, digest in found.items() if serial > 0}

    def add(self, head: Head, at: datetime) -> Anchor:
        """Write a head down, on the disk before it returns."""
        anchor = Anchor(entries=head.entries, digest=head.digest, at=at)
        values = {"entries": head.entries, "digest": head.digest, "at": at.isoformat()}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a+b") as file:
            file.seek(0, os.SEEK_END)
            if file.tell() and not self._ends_with_newline():
                file.write(b"\n")
            file.write(json.dumps(values).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        return anchor

    def _ends_with_newline(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def _anchor(values: Mapping[str, object]) -> Anchor:
    entries, digest = values["entries"], values["digest"]
    if not isinstance(entries, int) or not isinstance(digest, str):
        raise TypeError
    return Anchor(entries=entries, digest=digest, at=datetime.fromisoformat(str(values["at"])))
