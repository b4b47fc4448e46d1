"""What an act costs: what else the machine does, or the process did before, is not its own."""

import resource
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

TRIES = 3


def seconds_of(act: Callable[[], object], *, allowed: float) -> float:
    """Return the least seconds that `act` takes, asked again only where it seems too long."""
    took: list[float] = []
    while not took or (min(took) > allowed and len(took) < TRIES):
        begun = time.process_time()
        act()
        took.append(time.process_time() - begun)
    return min(took)


def room_of(act: Callable[[], object]) -> int:
    """Return by how many bytes an act raises what the process holds, at its most.

    Linux forgets what it held before when it is asked to, so that a test before this one, which
    held more, hides nothing.
    """
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _most()
    act()
    return _most() - before


def _most() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
