"""Each night the history's head is written down where the province keeps it, if anywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.history.anchors import AnchorFile
from web.config import from_env
from web.history.nightly import ANCHOR
from web.jobs.nightly import sweep_night
from web.jobs.sweeping import StepFailed

DAY = date(2021, 8, 23)


@pytest.fixture
def kept(world, tmp_path, monkeypatch):
    """Another machine's folder, in which the installation keeps its anchors."""
    file = tmp_path / "elsewhere" / "anchors.jsonl"
    file.parent.mkdir()
    monkeypatch.setattr(world.office, "settings", replace(world.office.settings, anchor_file=file))
    return file


def swept(world, day=DAY):
    with world.app.app_context():
        return sweep_night(world.office, day).steps[ANCHOR.name]


def test_a_night_writes_the_head_down_and_the_next_only_when_something_came(world, kept):
    world.issue()
    assert swept(world) == {"anchored": 1}
    with world.office.reading() as unit:
        head = unit.history.head()
    [anchor] = AnchorFile(kept).anchors()
    assert (anchor.entries, anchor.digest) == (head.entries, head.digest)
    assert swept(world, date(2021, 8, 24)) == {"anchored": 0}
    assert len(AnchorFile(kept).anchors()) == 1


def test_without_a_place_nothing_is_written_and_the_status_page_says_so(world):
    world.issue()
    assert swept(world) == {"anchored": 0}
    assert not world.office.settings.anchors.exists()
    assert "DONDOC_ANCHORS" in world.sign_in("admin").get("/status").text


def test_with_a_place_the_status_page_tells_the_step_like_any_other(world, kept):
    swept(world)
    page = world.sign_in("admin").get("/status").text
    assert "DONDOC_ANCHORS" not in page
    assert "Ghi dấu nhật ký ra ngoài cơ sở dữ liệu" in page


def test_a_place_that_is_not_there_fails_the_step_and_is_not_made(world, kept):
    kept.parent.rmdir()
    with pytest.raises(StepFailed) as failed:
        swept(world)
    assert failed.value.steps == (ANCHOR.name,)
    assert not kept.parent.exists()
    page = world.sign_in("admin").get("/status").text
    assert "không ghi được nơi giữ dấu nhật ký" in page
    found = world.app.test_cli_runner().invoke(args=["doctor"])
    assert "BAD  anchors" in found.output


def test_the_place_is_a_setting(tmp_path):
    environ = {"DONDOC_INSTANCE": str(tmp_path)}
    assert from_env(environ).anchors == tmp_path / "anchors.jsonl"
    told = from_env(environ | {"DONDOC_ANCHORS": str(tmp_path / "far" / "a.jsonl")})
    assert told.anchors == told.anchor_file == tmp_path / "far" / "a.jsonl"
    assert told.unknown == ()
