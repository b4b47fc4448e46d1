"""Standing work in its first autumn, for the pages of reporting periods."""

import pytest
import standing
from period_pages import DAY, NOV, OCT, SEP
from standing import confirm, file, go_to


@pytest.fixture
def number(world):
    """Late in September, waiting since early October, missing in November, ahead in December."""
    number = standing.standing(world)
    go_to(world, SEP + 2 * DAY)
    file(world, number, 1)
    confirm(world, number, 1)
    go_to(world, OCT - 5 * DAY)
    file(world, number, 2, files=(world.file(),))
    go_to(world, NOV + DAY)
    return number
