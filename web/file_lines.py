"""A file as a line of a list of files: what the macro `file_list` reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """A file with its address; of evidence its version, its period and the verdict on it too.

    `verdict` is "accepted" or "rejected", None while nobody has judged.
    """

    name: str
    url: str
    size: int
    sha256: str
    version: int | None = None
    period: str = ""
    by: str = ""
    at: datetime | None = None
    verdict: str | None = None
    reason: str = ""
