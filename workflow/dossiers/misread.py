"""Why a row of a file is not taken in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misread:
    """A cell that cannot be read: the code of the reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A row that is not taken in: its line in the file, the field, what stood there, and why.

    `told` is "" where it would name a citizen. `other_line` is the row that it contradicts,
    or the one whose fault keeps this one out.
    """

    line: int
    code: str
    field: str
    reason: str
    told: str = ""
    other_line: int | None = None
