"""The names of what entries of the history hold by an id or a code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Names by id: of people, agencies and pieces of evidence; of agencies by their codes too."""

    people: Mapping[int, str] = field(default_factory=dict)
    agencies: Mapping[int, str] = field(default_factory=dict)
    coded: Mapping[str, str] = field(default_factory=dict)
    pieces: Mapping[int, str] = field(default_factory=dict)


NOTHING_KNOWN = Known()
