"""A large file is read in a process of its own, and nobody can tell by what stands afterwards."""

import os
import signal

import pytest
from digest import digest_of
from intake import DAY, imports, plain_profile, row, take, write
from world import build_world

from models.violations import first
from web.dossiers import intake
from web.dossiers.apart import FileApart, ReaderLost
from web.dossiers.following import detection
from web.dossiers.source import FileHere, Place
from workflow.errors import Refused


@pytest.fixture
def large(monkeypatch):
    """Take every file for a large one."""
    monkeypatch.setattr(intake, "LEAST_BYTES", 1)


def lines(count=60):
    return [
        row(f"H{n:03d}", promised="10/09/2021", officer=f"Đặng {n}", received="x" if n == 7 else "1/9/2021")
        for n in range(count)
    ]  # fmt: skip


def test_read_apart_or_here_the_database_is_the_same(world, tmp_path, backend, clock, monkeypatch):
    path = write(tmp_path / "x.csv", lines())
    mended = write(tmp_path / "y.csv", [line | {"officer": "x"} for line in lines()][::-1])
    for file in (path, mended, path):
        take(world, file, chunk=7)
    here = digest_of(world.office.engine)
    backend.reset()
    again = build_world(world.app, clock)
    monkeypatch.setattr(intake, "LEAST_BYTES", 1)
    for file in (path, mended, path):
        take(again, file, chunk=7)
    assert digest_of(again.office.engine) == here


def of_all_kinds():
    """Late and in time, apologised or not, with waits that ended, run, or end after the day."""
    ways = (
        {}, {"asked": "02/09/2021"}, {"asked": "02/09/2021", "answered": "07/09/2021"},
        {"billed": "08/09/2021", "paid": "20/09/2021"}, {"apology": "09/09/2021"},
        {"returned": "09/09/2021"}, {"returned": "30/09/2021"}, {"second_date": "14/09/2021 08:00"},
    )  # fmt: skip
    return [row(f"H{n:03d}", promised="09/09/2021", **ways[n % len(ways)]) for n in range(40)]


def test_signs_are_the_same_found_ahead_or_where_they_are_written(
    world, tmp_path, backend, clock, monkeypatch
):
    path = write(tmp_path / "x.csv", of_all_kinds())
    counted = take(world, path, chunk=7, following=detection).done.counts.violations
    here = digest_of(world.office.engine)
    backend.reset()
    again = build_world(world.app, clock)
    monkeypatch.setattr(intake, "LEAST_BYTES", 1)
    monkeypatch.setattr(first, "signs_in", None)
    outcome = take(again, path, chunk=7, following=detection)
    assert (outcome.done.counts.violations, digest_of(again.office.engine)) == (counted, here)
    assert {"V16", "V17", "V18"} <= set(counted)


def test_a_file_that_has_changed_a_little_is_read_where_it_is_written(world, tmp_path, large):
    del large
    take(world, write(tmp_path / "x.csv", lines()), chunk=10)
    changed = lines()
    changed[35] |= {"officer": "y"}
    outcome = take(world, write(tmp_path / "y.csv", changed), chunk=10)
    assert (outcome.done.counts.updated, outcome.done.counts.rejected) == (1, 1)


def test_a_refusal_comes_through_with_all_it_says(world, tmp_path, large):
    del large
    path = tmp_path / "x.csv"
    path.write_text("mã,ngày\nA,1\n", encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        take(world, path)
    assert refusal.value.code == "columns_missing"
    assert "code" in refusal.value.params["columns"]
    assert imports(world) == []


def test_an_import_whose_reader_dies_is_taken_up_again(world, tmp_path, large, monkeypatch):
    del large
    path = write(tmp_path / "x.csv", lines())
    begin, readers, chunks = FileApart.__init__, [], []

    def noted(self, place):
        begin(self, place)
        readers.append(self._process.pid)

    def killing(_unit, _actor):
        def step(_done):
            chunks.append(1)
            if len(chunks) == 3:
                os.kill(readers[-1], signal.SIGKILL)
            return {}

        return (step,)

    monkeypatch.setattr(FileApart, "__init__", noted)
    with pytest.raises(ReaderLost):
        take(world, path, chunk=7, following=killing)
    [died] = imports(world)
    assert died.state == "running"
    assert 14 <= died.done_rows < 60
    outcome = take(world, path, chunk=7)
    assert (outcome.done.id, outcome.done.counts.created) == (died.id, 59)


def test_the_reader_ends_with_whoever_asked(tmp_path):
    place = Place(
        path=write(tmp_path / "x.csv", lines()), profile=plain_profile(), as_of=DAY,
        name="x.csv", folder=tmp_path,
    )  # fmt: skip
    file = FileApart(place)
    process = file._process
    assert process.poll() is None
    assert (file.rows, file.rejected) == (60, FileHere(place).rejected)
    file.close()
    assert process.poll() is not None
