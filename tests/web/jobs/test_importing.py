"""Imports left to a worker: done in chunks, taken up after a kill, told at the end."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from intake import PLAIN, row, write
from sqlalchemy import func, select, update

from models.accounts.rows import AccountRow
from models.dossiers.rows import DossierImportRow, DossierRow
from models.jobs.queries import job_by_key
from models.messages.rows import MessageRow
from web.dossiers import intake
from web.jobs.importing import leave_import
from web.jobs.running import run_due
from workflow.dossiers.records import ImportState
from workflow.evidence.records import StoredFile
from workflow.jobs.records import JobState

AT = datetime(2021, 9, 15, 2, 0, tzinfo=UTC)
DAY = date(2021, 9, 15)
ROWS = 50


@pytest.fixture
def leave(world, tmp_path):
    world.clock.at = AT

    def body():
        rows = [row(f"HS-{n:04}", promised=date(2021, 9, 10)) for n in range(ROWS)]
        return write(tmp_path / "ho-so.csv", rows).read_bytes()

    def keep(content=None, name="ho-so.csv", profile=None):
        content = body() if content is None else content
        digest = sha256(content).hexdigest()
        world.office.files.keep(digest, io.BytesIO(content))
        file = StoredFile(name=name, media_type="text/csv", size=len(content), sha256=digest)
        text = PLAIN.format(included="false") if profile is None else profile
        actor = world.actor("admin")
        with world.unit() as unit:
            return leave_import(unit, actor, file, text, as_of=DAY, at=world.clock())

    return keep


def run(world, at=AT):
    world.clock.at = at
    with world.app.app_context():
        return run_due(world.office, at)


def read(world, statement):
    with world.office.reading() as unit:
        return unit.connection.execute(statement).all()


def job(world, key):
    with world.office.reading() as unit:
        return job_by_key(unit.connection, key)


def test_a_file_left_by_a_page_is_taken_in_by_a_worker_and_told_to_who_asked(world, leave):
    key = leave()
    assert job(world, key).account_id == world.accounts["admin"]
    run(world)
    found = job(world, key)
    assert (found.state, found.done, found.total) == (JobState.DONE, ROWS, ROWS)
    assert read(world, select(func.count()).select_from(DossierRow)) == [(ROWS,)]
    page = world.sign_in("admin").get("/inbox/").text
    assert "Đã nhập xong ho-so.csv: 50 dòng, 50 hồ sơ mới" in page


def test_a_worker_killed_in_the_middle_is_followed_by_one_that_goes_on(world, leave, monkeypatch):
    def small(*args, **more):
        return take_in_file(*args, **(more | {"chunk": 10}))

    take_in_file = intake.take_in_file
    monkeypatch.setattr("web.jobs.importing.take_in_file", small)
    key = leave()
    seen = []

    def die(held, done, total, unit=None):
        seen.append(done)
        if done >= 20:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("web.jobs.held.Held.progress", die)
        with pytest.raises(Killed):
            run(world)
    assert seen == [0, 10, 20]
    run(world, AT + timedelta(minutes=2))
    assert job(world, key).state is JobState.DONE
    imports = read(world, select(DossierImportRow.created, DossierImportRow.rows))
    assert imports == [(ROWS, ROWS)]


class Killed(BaseException):
    pass


def imports_of(world):
    wanted = (DossierImportRow.state, DossierImportRow.created, DossierImportRow.unchanged)
    return [tuple(row) for row in read(world, select(*wanted).order_by(DossierImportRow.id))]


def told(world):
    kinds = read(world, select(MessageRow.kind).where(MessageRow.kind.startswith("dossiers.")))
    return [row.kind for row in kinds]


def test_a_worker_killed_after_the_last_row_is_followed_by_one_that_only_tells(
    world, leave, monkeypatch
):
    key = leave()

    def die(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("web.jobs.importing.keep_rejected", die)
        with pytest.raises(Killed):
            run(world)
    run(world, AT + timedelta(minutes=2))
    assert job(world, key).state is JobState.DONE
    assert imports_of(world) == [(ImportState.FINISHED, ROWS, 0)]
    assert told(world) == ["dossiers.imported"]


def test_a_file_taken_in_at_two_places_at_once_is_taken_in_once(world, leave, monkeypatch):
    take_in_file, beside = intake.take_in_file, []

    def small(office, order, *, progress, **more):
        def told_too(done, total):
            progress(done, total)
            if done == 20 and not beside:
                beside.append(done)
                take_in_file(world.office, replace(order, name=""), following=more["following"])

        return take_in_file(office, order, progress=told_too, chunk=10, **more)

    monkeypatch.setattr("web.jobs.importing.take_in_file", small)
    key = leave()
    run(world)
    found = job(world, key)
    assert (found.state, found.trouble, beside) == (JobState.READY, "", [20])
    assert imports_of(world) == [(ImportState.FINISHED, ROWS, 0)]
    run(world, AT + timedelta(minutes=2))
    assert job(world, key).state is JobState.DONE
    assert imports_of(world) == [(ImportState.FINISHED, ROWS, 0)]
    assert told(world) == ["dossiers.imported"]


def test_a_file_that_is_refused_is_given_up_at_once_and_told(world, leave):
    key = leave(content=b"\x00\x01\x02 no table", name="ho-so.csv")
    run(world)
    found = job(world, key)
    assert found.state is JobState.DEAD
    assert found.attempts == 1
    kinds = {row.kind for row in read(world, select(MessageRow.kind))}
    assert "dossiers.import_failed" in kinds
    assert "Không nhập được ho-so.csv" in world.sign_in("admin").get("/inbox/").text


def test_who_is_no_admin_any_more_when_its_turn_comes_imports_nothing(world, leave):
    key = leave()
    with world.unit() as unit:
        unit.connection.execute(
            update(AccountRow)
            .where(AccountRow.id == world.accounts["admin"])
            .values(is_active=False)
        )
    run(world)
    assert job(world, key).state is JobState.DEAD
    assert read(world, select(DossierRow.id)) == []


def test_its_page_shows_how_far_it_is_to_who_asked(world, leave):
    key = leave()
    address = f"/jobs/{job(world, key).id}"
    admin = world.sign_in("admin")
    assert "Đang chờ đến lượt" in admin.get(address).text
    assert world.sign_in("clerk").get(address).status_code == 404
    run(world)
    assert "Đã xong lúc" in admin.get(address).text
