"""Something that happens in the demo's story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens at an hour of a day."""

    day: date
    hour: int
    run: Callable[[], object]
