"""A file taken in: what stands after it, after it once more, and after another that differs."""

import random
from datetime import date, datetime

import pytest
from digest import digest_of
from intake import (
    COLUMNS,
    changes,
    dossiers,
    ground_of,
    imports,
    plain_profile,
    rejects,
    row,
    rows_of,
    take,
    told,
    write,
)
from world import build_world

from models.accounts.queries import person_by_login
from models.dossiers.imports import unmatched
from models.dossiers.rows import (
    DossierChangeRow,
    DossierRejectRow,
    DossierRow,
    DossierStepRow,
)
from models.history.rows import HistoryRow
from web.dossiers.following import detection
from workflow.agencies.aliases import add_alias
from workflow.dossiers.profile_text import read_profile
from workflow.dossiers.usecases import begin_import
from workflow.errors import Forbidden

LEDGER = frozenset({"dossier_imports"})
"""The ledger of imports alone grows when the same file comes again."""


@pytest.fixture
def file(tmp_path):
    """Write rows as a file, each time under a new name."""
    names = iter(range(100))

    def made(*rows, columns=COLUMNS):
        return write(tmp_path / f"{next(names)}.csv", rows, columns)

    return made


def several(count=30):
    return [
        row(
            f"H32-{n:03d}",
            applicant=f"Nguyễn Văn {n}",
            promised=date(2021, 9, 1 + n % 28),
            processed=date(2021, 9, 3 + n % 20) if n % 3 else None,
            asked=date(2021, 9, 2) if n % 5 == 0 else None,
            answered=date(2021, 9, 8) if n % 10 == 0 else None,
        )
        for n in range(count)
    ]


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


def test_the_same_file_again_changes_nothing(world, file):
    path = file(*several())
    first = take(world, path)
    before = digest_of(world.office.engine, without=LEDGER)
    again = take(world, path)
    assert digest_of(world.office.engine, without=LEDGER) == before
    assert (first.done.counts.created, first.done.counts.unchanged) == (30, 0)
    assert (again.done.counts.created, again.done.counts.unchanged) == (0, 30)
    assert rows_of(world, DossierChangeRow) == []


def test_ten_imports_in_any_order_and_any_parts_leave_one_database(world, file):
    lines, dice = several(50), random.Random(3)
    take(world, file(*lines))
    whole = told(world)
    before = digest_of(world.office.engine, without=LEDGER)
    for _ in range(3):
        dice.shuffle(lines)
        take(world, file(*lines))
    for start in range(0, 50, 8):
        take(world, file(*lines[start : start + 12]))
    assert digest_of(world.office.engine, without=LEDGER) == before
    assert told(world) == whole


@pytest.mark.parametrize("seed", range(3))
def test_parts_that_overlap_may_come_in_any_order(world, file, seed, backend, clock):
    lines = several(40)
    take(world, file(*lines))
    whole = told(world)
    backend.reset()
    again = build_world(world.app, clock)
    parts = [lines[start : start + 15] for start in range(0, 40, 6)]
    random.Random(seed).shuffle(parts)
    for part in parts:
        take(again, file(*part), chunk=4)
    assert told(again) == whole


def test_the_order_of_rows_gives_no_dossier_another_id(world, file):
    received = [date(2021, 9, 1 + n * 11 % 6) for n in range(25)]
    lines = [row(f"H32-{n:03d}", received=day) for n, day in enumerate(received)]
    take(world, file(*reversed(lines)), chunk=7)
    by_id = sorted(dossiers(world).values(), key=lambda one: one.id)
    places = sorted(range(25), key=lambda n: (n // 7, received[n], n))
    assert [one.code for one in by_id] == [f"H32-{n:03d}" for n in places]


# --- what differs ----------------------------------------------------------------------


def test_each_field_that_changed_is_kept_with_both_values(world, file):
    take(world, file(row("A", promised="10/09/2021"), row("B", promised="10/09/2021")))
    outcome = take(
        world,
        file(
            row("A", promised="12/09/2021", apology="09/09/2021", officer="Đặng A"),
            row("B", promised="10/09/2021"),
        ),
    )
    assert (outcome.done.counts.updated, outcome.done.counts.unchanged) == (1, 1)
    assert changes(world) == {
        ("A", "promised_on", "2021-09-10", "2021-09-12"),
        ("A", "promised_last_on", "2021-09-10", "2021-09-12"),
        ("A", "due_on", "2021-09-10", "2021-09-12"),
        ("A", "due_last_on", "2021-09-10", "2021-09-12"),
        ("A", "apology_on", "", "2021-09-09"),
        ("A", "officer", "", "Đặng A"),
    }
    stands = dossiers(world)
    assert (stands["A"].first_import_id, stands["A"].last_import_id) == (1, 2)
    assert stands["B"].last_import_id == 1


def test_what_a_later_file_does_not_name_stays(world, file):
    take(world, file(row("A"), row("B")))
    take(world, file(row("C")))
    assert set(dossiers(world)) == {"A", "B", "C"}


def test_the_same_said_in_other_words_is_no_change(world, file):
    take(world, file(row("A", promised="10/09/2021", officer="Đặng A")))
    before = told(world)
    again = take(world, file(row(" A ", promised="2021-09-10 00:00", officer=" Đặng   A ")))
    assert again.done.counts.unchanged == 1
    assert told(world) == before


def test_two_sources_may_use_the_same_codes(world, file):
    take(world, file(row("A", field="Đất đai")))
    other = read_profile(
        'name = "x"\nsource = "other"\ntime_zone = "UTC"\npromised_includes_waits = false\n'
        '[columns]\ncode = "code"\nreceived_at = "received"\n[dates]\nformats = ["%d/%m/%Y"]'
    )
    take(world, file(row("A")), other)
    assert len(imports(world)) == 2
    assert {one.source for one in rows_of(world, DossierRow)} == {"one-stop", "other"}


# --- rows that stay out ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("bad", "field", "reason"),
    [
        ({"received": "32/09/2021"}, "received_at", "not_a_date"),
        ({"received": "hôm qua"}, "received_at", "not_a_date"),
        ({"promised": "31/08/2021"}, "promised_on", "promised_before_received"),
        ({"promised": "10/09/1021"}, "promised_on", "date_unlikely"),
        ({"received": ""}, "received_at", "required"),
        ({"status": "lạ"}, "status", "unknown_word"),
        ({"status": "11"}, "status", "unknown_word"),
        ({"status": "9"}, "processed_at", "end_missing"),
        ({"officer": "x" * 501}, "officer", "too_long"),
        ({"asked": "09/09/2021", "answered": "08/09/2021"}, "waits", "answered_before_asked"),
        ({"asked": "09/09/2001", "promised": "10/09/2001"}, "waits", "outside_calendar"),
    ],
)
def test_a_row_that_cannot_be_read_stays_out_with_its_reason(world, file, bad, field, reason):
    outcome = take(world, file(row("A"), row("B", **bad), row("C", officer="x" * 500)))
    assert set(dossiers(world)) == {"A", "C"}
    assert rejects(world) == [(3, "B", field, reason)]
    assert (outcome.done.counts.rejected, outcome.done.counts.created) == (1, 2)


def test_a_row_without_a_code_or_with_cells_astray_stays_out(world, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(
        "code,received,agency\n,01/09/2021,x\nA,01/09/2021\nB,01/09/2021,x,y\n\n"
        "C,01/09/2021,x\n" + "x" * 101 + ",01/09/2021,x\n",
        encoding="utf-8",
    )
    profile = read_profile(
        'name = "x"\nsource = "x"\ntime_zone = "UTC"\npromised_includes_waits = false\n'
        '[columns]\ncode = "code"\nreceived_at = "received"\n[dates]\nformats = ["%d/%m/%Y"]'
    )
    outcome = take(world, path, profile)
    assert set(dossiers(world)) == {"C"}
    assert [(line, reason) for line, _, _, reason in rejects(world)] == [
        (2, "required"), (3, "cells_missing"), (4, "cells_too_many"), (7, "too_long"),
    ]  # fmt: skip
    assert (outcome.done.counts.rows, outcome.done.counts.rejected) == (5, 4)


def test_rows_that_say_the_same_twice_are_one_dossier(world, file):
    outcome = take(world, file(row("A"), row("B"), row("A")))
    assert (outcome.done.counts.rows, outcome.done.counts.created) == (3, 2)
    assert rejects(world) == []


def test_rows_that_contradict_each_other_stay_out_together(world, file):
    lines = [row("A", officer="x"), row("B"), row("A", officer="y"), row("A", officer="x")]
    take(world, file(*reversed(lines)))
    assert set(dossiers(world)) == {"B"}
    assert len(rejects(world)) == 3
    take(world, file(*lines))
    assert set(dossiers(world)) == {"B"}
    assert rejects(world)[3:] == [
        (2, "A", "code", "code_twice"),
        (4, "A", "code", "code_twice"),
        (5, "A", "code", "code_twice"),
    ]


def test_a_rejected_row_leaves_the_dossier_that_stands_alone(world, file):
    take(world, file(row("A", promised="10/09/2021")))
    before = told(world)
    outcome = take(world, file(row("A", promised="không rõ")))
    assert told(world) == before
    assert (outcome.done.counts.rejected, outcome.done.counts.unchanged) == (1, 0)


def test_a_citizens_name_stands_in_no_list_of_rejected_rows(world, file):
    take(world, file(row("A", applicant="Nguyễn Văn Tên " * 40)))
    [one] = rows_of(world, DossierRejectRow)
    assert (one.field, one.reason, one.told) == ("applicant", "too_long", "")


# --- on trial, and taken up again --------------------------------------------------------


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


class Stopped(Exception):
    pass


def stopping_after(count):
    """Let an import die in the middle of a chunk."""
    seen = iter(range(100))

    def following(_unit, _actor):
        def step(_done):
            if next(seen) == count:
                raise Stopped
            return {"V16": 1}

        return (step,)

    return following


@pytest.mark.parametrize("count", [0, 1, 3])
def test_an_import_that_died_ends_where_an_unbroken_one_does(world, file, count, backend, clock):
    path = file(*several(), row("X", received="hôm qua"))

    def always(_unit, _actor):
        return (lambda _done: {"V16": 1},)

    take(world, path, chunk=6, following=always)
    whole = digest_of(world.office.engine)
    backend.reset()
    again = build_world(world.app, clock)
    with pytest.raises(Stopped):
        take(again, path, chunk=6, following=stopping_after(count))
    [died] = imports(again)
    assert (died.state, died.done_rows) == ("running", 6 * count)
    outcome = take(again, path, chunk=6, following=always)
    assert outcome.done.counts.as_json() == {
        "rows": 31, "created": 30, "updated": 0, "unchanged": 0, "rejected": 1,
        "violations": {"V16": 5},
    }  # fmt: skip
    assert digest_of(again.office.engine) == whole


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

LOG = """
name = "log"
source = "log"
time_zone = "Asia/Ho_Chi_Minh"
rows = "step"
promised_includes_waits = false
optional = ["steps.code"]
[dates]
formats = ["%d/%m/%Y %H:%M"]
[columns]
code = "code"
received_at = "received"
promised_on = "promised"
[steps]
code = "task"
name = "step"
holder = "holder"
ended_at = "ended"
limit_at = "limit"
"""
LOG_COLUMNS = ("code", "received", "promised", "task", "step", "holder", "ended", "limit")


def step(code, task, day, holder="Một cửa", **more):
    told = {
        "code": code, "received": "01/09/2021 08:00", "promised": "10/09/2021 17:00",
        "task": task, "step": f"Bước {task}", "holder": holder,
        "ended": f"{day:02d}/09/2021 10:00", "limit": "",
    }  # fmt: skip
    return told | more


def log_of(count=6):
    return [
        step(f"D{n}", f"t{n}.{m}", 2 + m * 2, holder="H32.03" if m % 2 else "Một cửa")
        for n in range(count)
        for m in range(1, 5)
    ]


def steps_told(world):
    codes = {one.id: code for code, one in dossiers(world).items()}
    return [
        (codes[one.dossier_id], one.serial, one.code, one.holder_text)
        for one in rows_of(world, DossierStepRow)
    ]


def test_rows_of_one_code_are_one_dossier_with_its_steps_in_order(world, file):
    lines = [step("D1", "b", 5, "Sở Lạ"), step("D2", "c", 3), step("D1", "a", 3, "H32.03")]
    outcome = take(world, file(*lines, columns=LOG_COLUMNS), read_profile(LOG))
    assert (outcome.done.counts.rows, outcome.done.counts.created) == (3, 2)
    assert steps_told(world) == [
        ("D1", 1, "a", "H32.03"), ("D1", 2, "b", "Sở Lạ"), ("D2", 1, "c", "Một cửa"),
    ]  # fmt: skip
    known = {one.code: one.holder_id for one in rows_of(world, DossierStepRow)}
    assert known == {"a": world.agencies["H32.03"].id, "b": None, "c": None}


def test_a_log_may_come_in_parts_in_any_order(world, file):
    lines, profile = log_of(), read_profile(LOG)
    dice = random.Random(5)
    dice.shuffle(lines)
    for start in (8, 0, 16, 4, 12):
        take(world, file(*lines[start : start + 9], columns=LOG_COLUMNS), profile, chunk=2)
    in_parts = told(world)
    before = digest_of(world.office.engine, without=LEDGER)
    assert len(steps_told(world)) == 24
    dice.shuffle(lines)
    whole = take(world, file(*lines, columns=LOG_COLUMNS), profile)
    assert (whole.done.counts.updated, whole.done.counts.unchanged) == (0, 6)
    assert told(world) == in_parts
    assert digest_of(world.office.engine, without=LEDGER) == before


def test_a_step_that_came_later_is_a_change_that_is_kept(world, file):
    profile = read_profile(LOG)
    take(world, file(step("D1", "a", 3), columns=LOG_COLUMNS), profile)
    later = [step("D1", "a", 3), step("D1", "b", 6, "H32.03")]
    outcome = take(world, file(*later, columns=LOG_COLUMNS), profile)
    assert outcome.done.counts.updated == 1
    [(code, field, before, after)] = changes(world)
    assert (code, field) == ("D1", "steps")
    assert ("Bước b" in before, "Bước b" in after) == (False, True)


def test_steps_without_a_code_of_their_own_are_taken_as_the_file_has_them(world, file):
    profile, columns = read_profile(LOG), [c for c in LOG_COLUMNS if c != "task"]

    def bare(*days):
        rows = (step("D1", f"{day}", day) for day in days)
        return file(
            *({k: v for k, v in one.items() if k != "task"} for one in rows), columns=columns
        )

    take(world, bare(3, 5), profile)
    take(world, bare(3, 6), profile)
    assert [one.name for one in rows_of(world, DossierStepRow)] == ["Bước 3", "Bước 6"]


@pytest.mark.parametrize(
    ("second", "field", "reason"),
    [
        ({"promised": "11/09/2021 17:00"}, "code", "rows_disagree"),
        ({"step": "Bước khác", "task": "a"}, "code", "step_twice"),
        ({"ended": "hôm qua"}, "steps.ended_at", "not_a_date"),
    ],
)
def test_a_dossier_whose_rows_do_not_fit_stays_out_with_all_of_them(
    world, file, second, field, reason
):
    lines = [step("D1", "a", 3), step("D2", "x", 3), step("D1", "b", 4) | second]
    take(world, file(*lines, columns=LOG_COLUMNS), read_profile(LOG))
    assert set(dossiers(world)) == {"D2"}
    assert {one[0] for one in rejects(world)} == {2, 4}
    assert (4, "D1", field, reason) in rejects(world)
