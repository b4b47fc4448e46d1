"""However a file is cut, ordered or broken off: the same cases, raises, entries and notices."""

import random
from datetime import date, timedelta

import pytest
from digest import digest_of
from escalating import stored_episodes
from intake import dossiers, imports, row, rows_of, take, write
from ruling import enact
from sqlalchemy import select
from world import build_world

from models.base import table_of
from models.escalation.rows import EscalationRaiseRow, EscalationRow, HeldTouchRow
from models.history.rows import HistoryRow
from models.jobs.rows import JobRow
from models.messages.rows import MessageRow
from models.violations.rows import ViolationRow
from web.dossiers import intake
from web.dossiers.following import detection
from workflow.errors import Refused
from workflow.escalation import holding
from workflow.escalation.evaluating import evaluate_touched
from workflow.escalation.holding import HELD_FOR, part_of
from workflow.escalation.records import Touched
from workflow.escalation.sweeping import rederive, sweep

START, ON = date(2021, 6, 1), date(2021, 9, 20)
DAYS = (0, 2, 4, 70, 72, 74, 30, 32, 33, 50, 51, 52, 5, 6)
"""Promised days by the order of the codes: two far bouts of lateness, then what joins them."""
LONG_AGO = {"from_on": date(2021, 1, 1), "retroactive": True, "retroactive_reason": "x"}


def lines():
    for n, days in enumerate(DAYS):
        for agency in ("H32.03", "H32.10"):
            promised = START + timedelta(days=days)
            code = f"H32-{n:03d}-{agency}"
            yield row(code, agency=agency, received=date(2021, 5, 4), promised=promised)


class Stopped(Exception):
    pass


def stopping_after(count):
    seen = iter(range(100))

    def following(unit, actor):
        if next(seen) == count:
            raise Stopped
        return detection(unit, actor)

    return following


def dying_after(count):
    """The process dies in the part after so many, before its commit."""
    seen = iter(range(100))

    def judging(*given, **more):
        left = holding.judge_held(*given, **more)
        if next(seen) == count or not left:
            raise Stopped
        return left

    return judging


def told(world):
    """Cases with their raises, what the history and the notices say of them, in plain words."""
    codes = {one.id: one.code for one in dossiers(world).values()}
    late = {one.id: (one.type, codes[one.dossier_id]) for one in rows_of(world, ViolationRow)}
    numbers = {one.id: one.number for one in rows_of(world, EscalationRow)}
    return {
        "cases": [
            (one.number, str(one.group_json), one.opened_on, one.closed_on, one.level, one.state,
             one.version)
            for one in rows_of(world, EscalationRow)
        ],
        "raises": [
            (numbers[one.escalation_id], one.level, one.on, one.score,
             sorted(late[key] for key in one.violations))
            for one in rows_of(world, EscalationRaiseRow)
        ],
        "entries": [
            (one.subject_key, one.action)
            for one in rows_of(world, HistoryRow) if one.subject == "escalation"
        ],
        "notices": sorted(
            (one.kind, one.subject_key, str(one.to_role), str(one.to_agency))
            for one in rows_of(world, MessageRow)
        ),
        "desk": {one.name for one in rows_of(world, JobRow)} & {"review.place"},
    }  # fmt: skip


def held(world):
    return rows_of(world, HeldTouchRow)


@pytest.fixture
def late_rule(world):
    enact(world, **LONG_AGO)
    return world


def test_a_case_is_not_raised_and_retracted_within_one_file(late_rule, tmp_path):
    world = late_rule
    take(world, write(tmp_path / "x.csv", lines()), following=detection, chunk=6, as_of=ON)
    found = told(world)
    assert len(found["cases"]) == 2
    assert {action for _, action in found["entries"]} == {"raise"}
    assert found["desk"] == {"review.place"}
    assert [one.name for one in rows_of(world, JobRow)].count("review.place") == 1
    assert held(world) == []


@pytest.mark.parametrize("seed", range(10))
def test_ten_imports_permuted_cut_and_killed_end_alike(
    late_rule, tmp_path, seed, backend, clock, monkeypatch
):
    world, dice = late_rule, random.Random(seed)
    at = clock.at
    take(world, write(tmp_path / "x.csv", lines()), following=detection, as_of=ON)
    whole = told(world)
    backend.reset()
    clock.at = clock.START
    again = build_world(world.app, clock)
    enact(again, **LONG_AGO)
    clock.at = at
    shuffled = list(lines())
    dice.shuffle(shuffled)
    path, chunk = write(tmp_path / "y.csv", shuffled), dice.randint(1, 9)
    pieces = -(-len(shuffled) // chunk)
    for _ in range(dice.randint(1, 3)):
        with pytest.raises(Stopped):
            take(again, path, following=stopping_after(dice.randrange(1, 3)), chunk=chunk, as_of=ON)
        if pieces <= 6:
            break
    monkeypatch.setattr(holding, "PART", dice.choice([1, 30_000]))
    for count in (0, 1):
        with monkeypatch.context() as dying, pytest.raises(Stopped):
            dying.setattr(intake, "judge_held", dying_after(count))
            take(again, path, following=detection, chunk=chunk, as_of=ON)
    take(again, path, following=detection, chunk=chunk, as_of=ON)
    assert told(again) == whole
    assert held(again) == []


def test_the_page_of_an_import_counts_its_cases_and_no_others(late_rule, tmp_path, clock):
    world = late_rule
    take(world, write(tmp_path / "x.csv", list(lines())[:6]), following=detection, as_of=ON)
    clock.at += timedelta(hours=1)
    take(world, write(tmp_path / "y.csv", lines()), following=detection, as_of=ON)
    shown = [
        " ".join(world.sign_in("admin").get(f"/dossiers/imports/{one.id}").text.split())
        for one in imports(world)
    ]
    assert '<li>mới phát sinh <span class="dd-soft">2</span></li>' in shown[0]
    assert "mới phát sinh" not in shown[1]
    assert '<li>lên mức <span class="dd-soft">2</span></li>' in shown[1]


def test_what_a_killed_import_left_is_judged_by_the_night_an_hour_later(late_rule, tmp_path, clock):
    world = late_rule
    path = write(tmp_path / "x.csv", lines())
    with pytest.raises(Stopped):
        take(world, path, following=stopping_after(2), chunk=8, as_of=ON)
    assert told(world)["cases"] == []
    assert held(world)
    night(world)
    assert held(world)
    assert told(world)["cases"] == []
    clock.at += HELD_FOR + timedelta(seconds=1)
    night(world)
    assert held(world) == []
    assert told(world)["cases"]
    assert_replayed(world)
    take(world, path, following=detection, chunk=8, as_of=ON)
    assert held(world) == []
    assert_replayed(world)


def test_an_import_that_fails_leaves_its_cases_judged(late_rule, tmp_path):
    """What cannot be read on was taken in up to there, and counts."""
    world = late_rule

    def following(unit, actor):
        if len(dossiers(world)) >= 16:
            raise Refused("too_many_rows")
        return detection(unit, actor)

    with pytest.raises(Exception, match="too_many_rows"):
        take(world, write(tmp_path / "x.csv", lines()), following=following, chunk=8, as_of=ON)
    [failed] = imports(world)
    assert failed.state == "failed"
    assert told(world)["cases"]
    assert held(world) == []
    assert_replayed(world)


def test_an_import_whose_cases_could_not_be_judged_says_so_and_is_tried_once_more(
    late_rule, tmp_path, monkeypatch
):
    """A conflict on PostgreSQL, say: it does not stay under way for ever."""
    world, refused = late_rule, []

    def judging(*given, **more):
        if not refused:
            refused.append(True)
            raise Refused("conflict")
        return holding.judge_held(*given, **more)

    monkeypatch.setattr(intake, "judge_held", judging)
    with pytest.raises(Refused, match="conflict"):
        take(world, write(tmp_path / "x.csv", lines()), following=detection, as_of=ON)
    [failed] = imports(world)
    assert (failed.state, failed.failure) == ("failed", "conflict")
    assert told(world)["cases"]
    assert held(world) == []
    assert_replayed(world)


def test_a_group_that_somebody_judges_meanwhile_is_looked_at_whole(late_rule, tmp_path):
    """An evaluation beside a running import counts what the import holds back of its groups."""
    world = late_rule
    path = write(tmp_path / "x.csv", lines())
    with pytest.raises(Stopped):
        take(world, path, following=stopping_after(2), chunk=8, as_of=ON)
    with world.unit() as unit:
        evaluate_touched(
            unit.escalation, [Touched("V16", "H32.03", "Đất đai", since=ON, grew=True)],
            as_of=ON, at=world.clock(), actor=world.actor("admin"),
        )  # fmt: skip
    found = told(world)["cases"]
    assert [str(one[2]) for one in found] == ["2021-06-06", "2021-08-15"]
    assert all("H32.03" in one[1] for one in found)
    take(world, path, following=detection, chunk=8, as_of=ON)
    assert_replayed(world)


def test_a_trial_holds_nothing_back(late_rule, tmp_path):
    world = late_rule
    before = digest_of(world.office.engine)
    path = write(tmp_path / "x.csv", lines())
    take(world, path, following=detection, chunk=5, as_of=ON, trial=True)
    assert digest_of(world.office.engine) == before


def test_two_halves_of_a_file_leave_the_cases_of_the_whole(late_rule, tmp_path, backend, clock):
    world, at = late_rule, clock.at
    take(world, write(tmp_path / "x.csv", lines()), following=detection, as_of=ON)
    whole = standing(world)
    backend.reset()
    clock.at = clock.START
    again = build_world(world.app, clock)
    enact(again, **LONG_AGO)
    clock.at = at
    for number in (1, 0):
        half = write(tmp_path / f"{number}.csv", list(lines())[number::2])
        take(again, half, following=detection, chunk=3, as_of=ON)
    assert standing(again) == whole


# --- how much at once -------------------------------------------------------------------


def touch(agency, many=1, **more):
    return Touched("V16", agency, since=ON, many=many, **more)


@pytest.mark.parametrize(
    ("held", "part"),
    [
        ([], set()),
        ([touch("A", 9)], {"A"}),
        ([touch("A", 4), touch("B", 4)], {"A", "B"}),
        ([touch("B", 4), touch("A", 3), touch("A", 3), touch("C", 1)], {"A", "B"}),
        ([touch("A", 6), touch("B", 5)], {"A"}),
        ([touch("A", 6), touch("D", 9, moved=True), touch("C", 9, moved=True)], {"C", "D"}),
        ([touch("", 3), touch("A", 8)], {""}),
    ],
)
def test_a_part_is_of_whole_agencies_and_what_moved_goes_together(held, part):
    assert part_of(held, most=10) == part


def night(world):
    with world.unit() as unit:
        sweep(unit.escalation, world.actor("admin"), as_of=ON, at=world.clock())


def standing(world):
    found = told(world)
    gone = {one[0] for one in found["cases"] if one[5] == "retracted"}
    numbers = {one[0]: one[1:5] for one in found["cases"] if one[0] not in gone}
    with world.office.reading() as unit:
        rows = unit.connection.execute(select(table_of(EscalationRaiseRow))).all()
        names = {one.id: one.number for one in rows_of(world, EscalationRow)}
        stands = {(names[one.escalation_id], one.on, one.level) for one in rows if one.standing}
    raises = [one for one in found["raises"] if (one[0], one[2], one[1]) in stands]
    return sorted((numbers[one[0]], one[1:]) for one in raises if one[0] in numbers)


def assert_replayed(world):
    with world.office.reading() as unit:
        before = stored_episodes(unit.connection)
    with world.unit() as unit:
        done = rederive(unit.escalation, world.actor("admin"), as_of=ON, at=world.clock())
    assert done.changes == ()
    with world.office.reading() as unit:
        assert stored_episodes(unit.connection) == before
