"""A file that comes once more, in another order, in parts, or after one that died."""

import random
from datetime import date

import pytest
from digest import digest_of
from intake import LEDGER, changes, dossiers, imports, row, rows_of, several, take, told
from world import build_world

from models.dossiers.rows import DossierChangeRow, DossierRow
from workflow.dossiers.profile_text import read_profile


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
