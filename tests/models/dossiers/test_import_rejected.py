"""Rows of a file that stay out, each with its reason."""

import pytest
from intake import dossiers, rejects, row, rows_of, take, told

from models.dossiers.rows import DossierRejectRow
from workflow.dossiers.profile_text import read_profile


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


def test_a_dossier_may_be_promised_for_the_day_it_is_received(world, file):
    take(world, file(row("A", received="01/09/2021", promised="01/09/2021")))
    assert (set(dossiers(world)), rejects(world)) == ({"A"}, [])


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
