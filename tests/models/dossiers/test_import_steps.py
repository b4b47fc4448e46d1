"""A file with a row for each step becomes dossiers with their steps."""

import random

import pytest
from digest import digest_of
from intake import LEDGER, changes, dossiers, rejects, rows_of, take, told

from models.dossiers.rows import DossierStepRow
from workflow.dossiers.profile_text import read_profile

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
