"""The demo's story, told once on each database and laid out again."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from snapshots import Snapshot

from web.demo.story import tell_story

_TOLD: dict[Flask, tuple[datetime, Snapshot]] = {}


@pytest.fixture
def demo(app, clock):
    """Return the office in which the story of 2021 was told; the clock stands where it ends."""
    office = app.extensions["office"]
    if app not in _TOLD:
        tell_story(office, clock, "mật khẩu trình diễn")
        with office.reading() as unit:
            _TOLD[app] = (clock.at, Snapshot.of(unit.connection))
        return office
    clock.at, snapshot = _TOLD[app]
    with office.writing() as unit:
        snapshot.lay_out(unit.connection)
    return office
