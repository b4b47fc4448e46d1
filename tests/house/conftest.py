"""A province in which every page has something to show."""

import pytest
from places import furnish
from world import staged


@pytest.fixture
def furnished(world):
    return staged(world, "furnished", furnish)
