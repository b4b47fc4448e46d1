"""Open work of an agency that went over moves to who follows it; finished work keeps its name."""

from datetime import date, timedelta

import pytest

from models.directives.beside import routings_of
from models.directives.filters import ListFilter, Looker, ways_to
from models.directives.lists import total_of
from models.history.queries import entries_about
from workflow.agencies.aliases import add_alias
from workflow.agencies.records import Handover, SuccessionKind
from workflow.agencies.successions import hand_over
from workflow.directives.records import Action, State
from workflow.directives.rules import snapshot
from workflow.directives.succeeding import move_open_work
from workflow.history.records import Subject

OLD, BESIDE, NEW, OTHER = "H32.03", "H32.04", "H32.10", "H32.11"


def go_over(world, *old, into=(NEW,), kind=SuccessionKind.MERGE, on=None):
    day, actor, at = world.office.today(), world.actor("admin"), world.clock()
    handover = Handover(
        predecessor_ids=tuple(world.agencies[code].id for code in old),
        successor_ids=tuple(world.agencies[code].id for code in into),
        kind=kind, act="12/NQ-HĐND", on=on or day,
    )  # fmt: skip
    with world.unit() as unit:
        hand_over(unit.agencies, unit.history, actor, handover, at=at)
        return move_open_work(unit.directives, actor, day, at=at)


def code_of_lead(world, number):
    return next(
        code for code, one in world.agencies.items()
        if one.id == world.directive(number).lead_agency_id
    )  # fmt: skip


@pytest.fixture
def work(world):
    """One in each state that still runs, and one that was verified."""
    numbers = [one.number for one in world.issue(*(world.clause(n) for n in range(1, 5)))]
    world.act("clerk", numbers[1], Action.ACCEPT)
    world.report(numbers[2])
    world.report(numbers[3])
    world.act("office", numbers[3], Action.VERIFY, verdict="met")
    return numbers


def test_open_work_moves_and_stays_what_it_was(world, work):
    before = [world.directive(number) for number in work]
    assert go_over(world, OLD) == 3
    after = [world.directive(number) for number in work]
    assert [code_of_lead(world, number) for number in work] == [NEW, NEW, NEW, OLD]
    assert [one.state for one in after] == [
        State.ASSIGNED, State.IN_PROGRESS, State.REPORTED, State.VERIFIED,
    ]  # fmt: skip
    kept = ("due_on", "first_due_on", "accepted_on", "completed_on", "reported_by", "touched_by")
    for old, new in zip(before, after, strict=True):
        assert [getattr(old, name) for name in kept] == [getattr(new, name) for name in kept]
    assert after[0].lead_since == world.office.today()


def test_a_coordinating_agency_moves_too_and_never_beside_itself(world):
    apart = world.issue()[0].number
    own = world.issue(world.clause(lead=NEW))[0].number
    assert go_over(world, BESIDE) == 2
    assert world.directive(apart).coordinating == {world.agencies[NEW].id}
    assert world.directive(own).coordinating == frozenset()


def test_a_part_handed_down_answers_to_who_follows(world):
    number = world.issue(world.clause(lead=NEW))[0].number
    world.act("district", number, Action.ACCEPT)
    world.act(
        "district", number, Action.HAND_DOWN,
        agency=world.agencies["H32.10.1"].id, content="Phần xã", due_on=date(2021, 9, 15),
    )  # fmt: skip
    go_over(world, "H32.10.1", into=("H32.10.2",))
    assert code_of_lead(world, f"{number}-01") == "H32.10.2"
    assert world.directive(f"{number}-01").handed_by_id == world.agencies[NEW].id


def test_it_is_written_down_and_the_follower_is_told(world, work):
    go_over(world, OLD)
    with world.office.reading() as unit:
        last = entries_about(unit.connection, Subject.DIRECTIVE, work[0], limit=1)[0]
        assert last.entry.action == "succeed"
        folded = {}
        for link in unit.history.walk():
            if link.entry.subject_key == work[0]:
                folded |= link.entry.after
        assert folded == snapshot(unit.directives.directive(work[0]))
        assert unit.history.verify().ok


def test_of_several_followers_nobody_is_guessed(world, work):
    assert go_over(world, OLD, into=(NEW, OTHER), kind=SuccessionKind.SPLIT) == 0
    assert code_of_lead(world, work[0]) == OLD


def test_what_goes_over_later_moves_on_its_day_and_only_once(world, work):
    day = world.office.today() + timedelta(days=3)
    assert go_over(world, OLD, on=day) == 0
    for on, moved in ((day - timedelta(days=1), 0), (day, 3), (day, 0)):
        with world.unit() as unit:
            actor = world.actor("admin")
            assert move_open_work(unit.directives, actor, on, at=world.clock()) == moved


def test_without_a_follower_nothing_is_asked_of_the_directives(world, work):
    with world.unit() as unit:
        unit.directives.numbers_left = None
        assert move_open_work(
            unit.directives, world.actor("admin"), world.office.today(), at=world.clock()
        ) == 0  # fmt: skip


@pytest.mark.parametrize(("lead", "waits"), [(OLD, True), (NEW, False)])
def test_who_follows_answers_what_was_asked_of_who_is_gone(world, lead, waits):
    """Unless they lead the work themselves: nobody asks themselves."""
    number = world.issue(world.clause(lead=lead))[0].number
    asker = "clerk" if lead == OLD else "district"
    world.act(asker, number, Action.ACCEPT)
    world.act("other_clerk", number, Action.ROUTE, person=world.accounts["other_clerk"])
    world.act(
        asker, number, Action.REQUEST_INPUT,
        agencies=(world.agencies[BESIDE].id,), what="x", needed_on=date(2021, 9, 15),
    )  # fmt: skip
    go_over(world, BESIDE)
    [one] = world.directive(number).inputs
    assert (one.agency_id, one.is_open) == (world.agencies[NEW].id, waits)
    with world.office.reading() as unit:
        of = world.directive(number).id
        routings = routings_of(unit.connection, of, world.actor("other_clerk"))
    assert not any(one.is_current for one in routings)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("tai nguyen moi truong", 3),  # the name of who was merged into the lead
        ("stnmt", 3),  # another word for it
        ("Vien Nam", 3),  # the name the lead bore before
        ("Cam Lâm", 0),  # it bears another one
        ("Sở Xây dựng", 0),
    ],
)
def test_work_is_found_by_every_name_its_lead_and_those_merged_into_it_bore(
    world, work, words, found
):
    day, admin, at = world.office.today(), world.actor("admin"), world.clock()
    with world.unit() as unit:
        new = world.agencies[NEW].id
        unit.agencies.change_agency(new, {"name": "UBND huyện Nam"})
        unit.agencies.add_name(new, "UBND huyện Viễn Nam", date(2000, 1, 1), day)
        old = world.agencies[OLD].id
        add_alias(unit.agencies, unit.history, admin, old, alias="S.TNMT", at=at)
    go_over(world, OLD)
    with world.office.reading() as unit:
        view = ListFilter(words=words, agency=NEW)
        ways = ways_to(view, Looker(actor=world.actor("office"), day=day))
        assert total_of(unit.connection, ways)[0] == found


def test_what_was_asked_of_an_agency_that_several_follow_lapses_and_the_lead_is_told(world):
    number = world.issue(world.clause(coordinating=(BESIDE,)))[0].number
    world.act("clerk", number, Action.ACCEPT)
    asked = (world.agencies[BESIDE].id,)
    day = world.office.today() + timedelta(days=9)
    world.act("clerk", number, Action.REQUEST_INPUT, agencies=asked, what="x", needed_on=day)
    version = world.directive(number).version
    assert go_over(world, BESIDE, into=(NEW, OTHER), kind=SuccessionKind.SPLIT) == 1
    of = world.directive(number)
    assert (of.open_inputs, of.version, of.coordinating) == ((), version + 1, set(asked))
    with world.office.reading() as unit:
        last = entries_about(unit.connection, Subject.DIRECTIVE, number, limit=1)[0]
        assert last.entry.action == "lapse_input"
        kinds = unit.connection.exec_driver_sql("SELECT kind FROM messages").scalars().all()
    assert kinds.count("directive.lapse_input") == 1
    world.act(
        "office", number, Action.AMEND, paper="9/UBND", no_longer=asked,
        coordinating=(world.agencies[NEW].id, world.agencies[OTHER].id),
    )  # fmt: skip
    beside = world.directive(number).coordinating
    assert beside == {world.agencies[NEW].id, world.agencies[OTHER].id}
