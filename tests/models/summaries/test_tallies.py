"""The figures of SQL are those of the rule, over random histories, on both databases."""

import random
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from summarizing import keep, some_life, some_span
from upkeep import counted_queries

from models.directives.filters import Looker
from models.summaries.lines import lines_of
from models.summaries.queries import tallies_of
from models.summaries.standing import Scope
from workflow.agencies.records import Handover, SuccessionKind
from workflow.agencies.successions import hand_over
from workflow.directives.records import Action
from workflow.directives.succeeding import move_open_work
from workflow.summaries.records import BECAME, Figure, Span, Tally
from workflow.summaries.rules import charges, tallies

AUGUST = Span(first=date(2021, 8, 1), last=date(2021, 8, 31))
CODES = ("H32.03", "H32.04", "H32.10")


@contextmanager
def stored(world, made, document, clause):
    """Hold random lives for one example; nothing of them is kept."""
    with world.office.engine.connect() as connection:
        keep(connection, made, document, clause)
        yield connection
        connection.rollback()


def test_every_figure_and_its_rows_are_those_of_the_rule(world):
    """The one directive that the lives share a document with is of an agency of its own."""
    [shared] = world.issue(world.clause(lead="H32.02", coordinating=()))
    own = world.agencies["H32.02"].id
    agencies = [world.agencies[code].id for code in CODES]
    looker = Looker(actor=world.actor("leader"), day=world.office.today())

    @settings(max_examples=12, database=None)
    @given(st.integers(0, 2**32 - 1), st.booleans())
    def equal(seed, later):
        dice = random.Random(seed)
        span = some_span(dice)
        scope = Scope(span=span, entered_later=later)
        made = [some_life(dice, f"x-{n:02d}", agencies) for n in range(40)]
        told = [life.stood(span, entered_later=later) for life in made]
        expected = {one: tally.counts for one, tally in tallies(told, span).items()}
        with stored(world, made, shared.document_id, shared.clause_id) as connection:
            found = {one.id: one.tally.counts for one in tallies_of(connection, scope, looker)}
            found.pop(own, None)
            assert found == expected
            figure = dice.choice([*BECAME, Figure.MOVED_IN, Figure.MOVED_OUT, Figure.STOPPED])
            rows = lines_of(connection, scope, looker, (figure,), limit=None).rows
        charged = {s.number for s in told if any(c.figure is figure for c in charges(s, span))}
        assert {row.number for row in rows if row.lead_id != own} == charged

    equal()


def test_last_months_report_made_today_says_what_it_said_then(world, clock):
    from datetime import date

    made = world.issue(world.clause(), world.clause(2, lead="H32.04", coordinating=()))
    first, second = (one.number for one in made)
    world.report(first)
    scope = Scope(span=AUGUST)
    clock.at = datetime(2021, 8, 31, 9, tzinfo=UTC)
    then = told_by(world, scope)
    clock.at += timedelta(days=3)
    world.act("office", first, Action.VERIFY, verdict="met")
    world.act("office", second, Action.WITHDRAW, paper="1/UBND", reason="Không còn cần")
    world.issue(world.clause(lead="H32.10"), issued_on=date(2021, 8, 30), reference="99/UBND")
    now = told_by(world, scope)
    assert now.pop("H32.10") == {Figure.ENTERED_AFTER: 1}
    assert now == then
    later = told_by(world, Scope(span=Span(first=date(2021, 9, 1), last=date(2021, 9, 3))))
    assert later["H32.03"][Figure.DONE_ON_TIME] == 1
    assert later["H32.04"][Figure.STOPPED] == 1
    assert later["H32.10"][Figure.ENTERED_LATE] == 1
    all_known = told_by(world, Scope(span=scope.span, entered_later=True))
    assert all_known["H32.10"][Figure.NEW] == 1


def told_by(world, scope, who="leader"):
    with world.office.reading() as unit:
        looker = Looker(actor=world.actor(who), day=world.office.today())
        return {one.code: one.tally.counts for one in tallies_of(unit.connection, scope, looker)}


def test_an_agency_counts_what_it_and_the_units_below_it_led(world):
    world.issue(
        world.clause(lead=("H32.03", "H32.10"), coordinating=("H32.04",)),
        world.clause(2, lead="H32.11", coordinating=("H32.03",)),
    )
    scope = Scope(span=AUGUST)
    assert set(told_by(world, scope)) == {"H32.03", "H32.10", "H32.11"}
    assert set(told_by(world, scope, "clerk")) == {"H32.03"}
    assert set(told_by(world, scope, "district")) == {"H32.10"}
    assert told_by(world, scope, "admin") == {}
    assert set(told_by(world, Scope(span=scope.span, agency="H32.10"))) == {"H32.10"}


def test_figures_take_one_statement_and_rows_another(world):
    scope = Scope(span=AUGUST)
    looker = Looker(actor=world.actor("leader"), day=world.office.today())
    for leads in (("H32.03",), ("H32.02", "H32.04", "H32.10", "H32.11")):
        world.issue(world.clause(lead=leads, coordinating=()))
        with counted_queries(world) as seen, world.office.reading() as unit:
            found = tallies_of(unit.connection, scope, looker)
            lines_of(unit.connection, scope, looker, BECAME)
        selects = [one for one in seen if "stood" in one]
        assert sum((one.tally for one in found), Tally()).given > 0
        assert len(selects) == 2


def test_a_past_report_keeps_old_agencies_and_todays_map_moves_the_same_sum(world, clock):
    """A department went over into another in September: what it had in August stays its own."""
    leads = ("H32.03", "H32.04")
    made = world.issue(world.clause(lead=leads, coordinating=(), deadline="25/8/2021"))
    world.report(made[0].number)
    clock.at = datetime(2021, 9, 2, 3, tzinfo=UTC)
    go_over(world, "H32.03", "H32.04")
    then, now = (Scope(span=AUGUST, on_todays_map=today) for today in (False, True))
    assert set(told_by(world, then)) == set(leads)
    [(heir, counts)] = told_by(world, now).items()
    assert (heir, counts[Figure.NEW], counts[Figure.OPEN_LATE]) == ("H32.10", 2, 1)
    assert set(told_by(world, Scope(span=Span(first=date(2021, 9, 1), last=date(2021, 9, 2))))) == {
        "H32.03", "H32.04", "H32.10",
    }  # fmt: skip


def go_over(world, *old):
    """Merge agencies into a district, as an admin would, and let their open work follow."""
    handover = Handover(
        predecessor_ids=tuple(world.agencies[code].id for code in old),
        successor_ids=(world.agencies["H32.10"].id,),
        kind=SuccessionKind.MERGE,
        act="12/NQ-HĐND",
        on=world.office.today(),
    )
    admin, at = world.actor("admin"), world.clock()
    with world.unit() as unit:
        hand_over(unit.agencies, unit.history, admin, handover, at=at)
        move_open_work(unit.directives, admin, world.office.today(), at=at)
