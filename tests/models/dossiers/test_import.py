"""A file taken in: what stands after it, after it once more, and after another that differs."""

from datetime import date, datetime

import pytest
from digest import digest_of
from intake import changes, dossiers, ground_of, imports, plain_profile, row, rows_of, several, take

from models.accounts.queries import person_by_login
from models.dossiers.imports import unmatched
from models.history.rows import HistoryRow
from web.dossiers.following import detection
from workflow.agencies.aliases import add_alias
from workflow.dossiers.usecases import begin_import
from workflow.errors import Forbidden

# --- once ------------------------------------------------------------------------------


def test_a_row_becomes_a_dossier_with_its_days_and_its_agency(world, file):
    take(
        world,
        file(
            row(
                "A-1",
                agency="UBND huyện Cam Lâm",
                received="01/09/2021 23:30",
                promised="10/09/2021",
                processed="08/09/2021 07:00",
                returned="09/09/2021 07:00",
                channel="online",
                officer="Đặng  Văn\u00a0A",
            )
        ),
    )
    [stands] = dossiers(world).values()
    assert stands.agency_id == world.agencies["H32.10"].id
    assert stands.agency_text == "UBND huyện Cam Lâm"
    assert (stands.received_on, stands.promised_on) == (date(2021, 9, 1), date(2021, 9, 10))
    assert stands.received_at == datetime.fromisoformat("2021-09-01T23:30+07:00")
    assert (stands.ended_on, stands.due_on) == (date(2021, 9, 8), date(2021, 9, 10))
    assert (stands.status, stands.channel, stands.officer) == (10, "online", "Đặng Văn A")
    assert stands.waits == []


@pytest.mark.parametrize(
    ("ends", "ended", "status"),
    [
        ({"processed": "08/09/2021", "returned": "09/09/2021"}, date(2021, 9, 8), 10),
        ({"processed": "08/09/2021"}, date(2021, 9, 8), 9),
        ({"returned": "09/09/2021", "stopped": "07/09/2021"}, date(2021, 9, 9), 10),
        ({"stopped": "07/09/2021"}, date(2021, 9, 7), 8),
        ({}, None, 4),
        ({"asked": "02/09/2021"}, None, 5),
    ],
)
def test_it_ended_when_processed_else_returned_else_stopped(world, file, ends, ended, status):
    take(world, file(row("A-1", **ends)))
    [stands] = dossiers(world).values()
    assert (stands.ended_on, stands.status) == (ended, status)


def test_waits_push_the_promised_day_back_by_their_working_days(world, file):
    """3 September 2021 was made a holiday by decree; 4 and 5 were a weekend."""
    take(
        world,
        file(
            row("A", promised="10/09/2021", asked="01/09/2021", answered="07/09/2021"),
            row("B", promised="10/09/2021", asked="01/09/2021"),
            row("C", promised="10/09/2021", asked="01/09/2021", answered="08/09/2021",
                billed="07/09/2021", paid="09/09/2021"),
            row("D", promised="10/09/2021", asked="01/09/2021", processed="08/09/2021"),
        ),
    )  # fmt: skip
    stands = dossiers(world)
    assert stands["A"].waits == [["2021-09-01", "2021-09-07"]]
    assert (stands["A"].waited_days, stands["A"].due_on) == (2, date(2021, 9, 14))
    assert (stands["B"].waited_days, stands["B"].due_on) == (0, date(2021, 9, 10))
    assert stands["B"].waiting_since == date(2021, 9, 1)
    assert stands["C"].waits == [["2021-09-01", "2021-09-09"]], "a day is waited for once"
    assert (stands["C"].waited_days, stands["C"].due_on) == (4, date(2021, 9, 16))
    assert (stands["D"].waited_days, stands["D"].waiting_since) == (3, None)
    assert (
        {one.calendar_version for one in stands.values()} == {stands["A"].calendar_version} != {""}
    )


def test_a_promise_that_holds_the_waits_is_left_where_it_is(world, file):
    path = file(row("A", promised="10/09/2021", asked="01/09/2021", answered="07/09/2021"))
    take(world, path, plain_profile(included=True))
    assert dossiers(world)["A"].due_on == date(2021, 9, 10)
    assert dossiers(world)["A"].waits_included


def test_the_same_file_shows_what_it_showed_and_on_a_later_day_what_fell_due_since(world, file):
    path = file(row("A", promised="10/09/2021"), row("B", promised="06/09/2021"))
    found = [
        take(world, path, as_of=date(2021, 9, day), following=detection).done.counts.violations
        for day in (8, 8, 20, 20)
    ]
    assert [one["V16"] for one in found] == [1, 1, 2, 2]


def test_a_few_dossiers_far_apart_are_known_among_many(world, file):
    take(world, file(*several()))
    few = take(world, file(several()[0], row("H32-010a"), several()[-1])).done.counts
    assert (few.unchanged, few.created, few.updated) == (2, 1, 0)


def test_an_agency_nobody_knows_is_kept_as_the_file_names_it(world, file):
    take(world, file(row("A", agency="Sở Lạ"), row("B", agency="Sở Lạ"), row("C", agency="")))
    stands = dossiers(world)
    assert (stands["A"].agency_id, stands["A"].agency_text) == (None, "Sở Lạ")
    with world.office.reading() as unit:
        [one] = unmatched(unit.connection, "one-stop", limit=9)
    assert (one.words, one.dossiers) == ("Sở Lạ", 2)


def test_an_agency_that_becomes_known_is_known_when_the_file_comes_again(world, file):
    path = file(row("A", agency="Chi nhánh VPĐKĐĐ Cam Lâm"), row("B"))
    take(world, path)
    assert dossiers(world)["A"].agency_id is None
    cam_lam = world.agencies["H32.10"]
    with world.unit() as unit:
        add_alias(
            unit.agencies, unit.history, world.actor("admin"), cam_lam.id,
            alias="Chi nhánh VPĐKĐĐ Cam Lâm", at=world.clock.at,
        )  # fmt: skip
    again = take(world, path)
    assert (again.done.counts.updated, again.done.counts.unchanged) == (1, 1)
    assert dossiers(world)["A"].agency_id == cam_lam.id
    assert changes(world) == {("A", "agency_id", "", str(cam_lam.id))}
    assert take(world, path).done.counts.unchanged == 2


@pytest.mark.parametrize(
    "words", ["H32.03", "Sở Tài nguyên và Môi trường", "SO TAI NGUYEN VA MOI TRUONG"]
)
def test_an_agency_is_known_by_code_by_name_and_without_diacritics(world, file, words):
    take(world, file(row("A", agency=words)))
    assert dossiers(world)["A"].agency_id == world.agencies["H32.03"].id


# --- once more -------------------------------------------------------------------------


def test_a_trial_says_the_same_and_leaves_nothing(world, file):
    path = file(*several(), row("X", received="hôm qua"), row("", officer="x"))
    world.office.clock()
    with world.unit() as unit:
        assert person_by_login(unit.connection, "admin")
    take(world, file(row("made the account")), trial=True)
    before = digest_of(world.office.engine)
    trial = take(world, path, trial=True, chunk=7)
    assert digest_of(world.office.engine) == before
    real = take(world, path, chunk=7)
    assert trial.done.counts == real.done.counts
    assert sorted((r.line, r.reason) for r in trial.rejected) == [
        (32, "not_a_date"), (33, "required"),
    ]  # fmt: skip


def test_only_an_administrator_takes_in_files(world, file):
    facts, chunk, _ = ground_of(world, file(row("A")))
    for who in ("office", "leader", "inspector", "clerk"):
        with pytest.raises(Forbidden), world.unit() as unit:
            begin_import(unit.dossiers, world.actor(who), facts, rows=chunk.rows, at=world.clock.at)
    assert imports(world) == []


def test_each_chunk_that_changed_something_leaves_one_entry(world, file):
    path = file(*several(10))
    take(world, path, chunk=4)
    take(world, path, chunk=4)
    said = [
        (one.action, one.given["created"], one.given["updated"])
        for one in rows_of(world, HistoryRow)
        if one.subject == "dossier_import"
    ]
    assert said == [("take_in_dossiers", n, 0) for n in (4, 4, 2)]
    with world.office.reading() as unit:
        assert unit.history.verify().ok


# --- steps -----------------------------------------------------------------------------
