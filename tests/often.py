"""How often a drill is done: as often as a run of the suite has time for, or a whole night."""

import os
from typing import TypeVar

Times = TypeVar("Times")
NIGHT = "night"


def often(suite: Times, *, night: Times) -> Times:
    """Return the number for the profile that `DONDOC_TEST_PROFILE` names."""
    return night if os.environ.get("DONDOC_TEST_PROFILE") == NIGHT else suite
