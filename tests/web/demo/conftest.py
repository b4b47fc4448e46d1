"""The demo's story, told once on each database and laid out again."""

from __future__ import annotations

from datetime import datetime

import pytest
from backends import Backend

from web.demo.story import tell_story

STORY = "the story of 2021"
_ENDED: dict[Backend, datetime] = {}


@pytest.fixture
def demo(backend, app, clock):
    """Return the office in which the story of 2021 was told; the clock stands where it ends."""
    office = app.extensions["office"]
    if backend.lay_out(STORY):
        clock.at = _ENDED[backend]
    else:
        tell_story(office, clock, "mật khẩu trình diễn")
        _ENDED[backend] = clock.at
        backend.keep(STORY)
    return office
