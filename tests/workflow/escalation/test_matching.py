"""Which escalation stands for which episode after a re-derivation (product.md §6)."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.escalation.matching import Matching, Retracted, Standing, match
from workflow.escalation.records import Episode, Raise

MARCH = date(2024, 3, 1)


def raised(level, day, *ids):
    return Raise(level, MARCH + timedelta(days=day), len(ids), tuple(ids))


def episode(*raises, closes=None, level=None):
    """An episode of its raises; `closes` is how many days after 1 March it closes."""
    closed_on = None if closes is None else MARCH + timedelta(days=closes)
    level = raises[-1].level if level is None else level
    return Episode("R", (("agency", "A"),), raises[0].on, closed_on, level, raises)


def standing(number, *raises, age=None, retracted=False, level=None):
    return Standing(
        id=number,
        age=number if age is None else age,
        level=raises[-1].level if level is None else level,
        raises=raises,
        retracted=retracted,
    )


def kept(matching):
    """The id that each episode keeps, by the day it opened on."""
    return {one.episode.opened_on: one.id for one in matching.kept}


def test_nothing_standing_makes_every_episode_new():
    one, other = episode(raised(1, 0, "a", "b")), episode(raised(1, 40, "c", "d"))
    assert match([], [one, other]) == Matching(kept=(), new=(one, other), retracted=())


def test_an_episode_keeps_the_escalation_that_shares_most_violations_with_its_first_raise():
    stands = [standing(1, raised(1, 0, "a", "b", "c")), standing(2, raised(1, 40, "c", "d", "e"))]
    one = episode(raised(1, 2, "c", "d", "f"))
    matching = match(stands, [one])
    assert kept(matching) == {one.opened_on: 2}
    assert matching.retracted == (Retracted(id=1, heir=one),)


@pytest.mark.parametrize(("ages", "stays"), [((1, 2), 1), ((2, 1), 2)])
def test_at_a_tie_the_older_one_stays(ages, stays):
    stands = [
        standing(1, raised(1, 0, "a", "b"), age=ages[0]),
        standing(2, raised(1, 40, "c", "d"), age=ages[1]),
    ]
    one = episode(raised(1, 1, "a", "c"))
    assert kept(match(stands, [one])) == {one.opened_on: stays}


@pytest.mark.parametrize(("raised_on", "keeps"), [(0, 0), (9, 9), (5, 0)])
def test_of_two_episodes_that_share_alike_one_keeps_the_escalation_raised_on_its_day(
    raised_on, keeps
):
    """And the earlier one where the days of neither are those of the escalation."""
    first, second = episode(raised(1, 0, "a", "x"), closes=3), episode(raised(1, 9, "b", "y"))
    matching = match([standing(1, raised(1, raised_on, "a", "b"))], [first, second])
    assert kept(matching) == {MARCH + timedelta(days=keeps): 1}


def test_an_escalation_that_shares_nothing_is_not_kept():
    one = episode(raised(1, 0, "x", "y"))
    matching = match([standing(1, raised(1, 0, "a", "b"))], [one])
    assert matching.new == (one,)
    assert [gone.id for gone in matching.retracted] == [1]


def test_one_escalation_stands_for_one_of_two_episodes_it_fell_into():
    first, second = episode(raised(1, 0, "a", "b"), closes=5), episode(raised(1, 9, "b", "c"))
    matching = match([standing(1, raised(1, 0, "a", "b", "c"))], [first, second])
    assert kept(matching) == {first.opened_on: 1}
    assert matching.new == (second,)
    more = episode(raised(1, 9, "a", "b", "c"))
    assert kept(match([standing(1, raised(1, 0, "a", "b", "c"))], [first, more])) == {
        more.opened_on: 1
    }


def test_episodes_that_became_one_leave_the_others_retracted_with_their_heir():
    stands = [
        standing(1, raised(1, 0, "a", "b")),
        standing(2, raised(1, 20, "c", "d")),
        standing(3, raised(1, 90, "e", "f")),
    ]
    whole = episode(raised(1, 0, "a", "b"), raised(2, 15, "a", "b", "x", "c"), closes=60)
    matching = match(stands, [whole])
    assert kept(matching) == {whole.opened_on: 1}
    assert matching.retracted == (Retracted(id=2, heir=whole), Retracted(id=3, heir=None))


def test_the_heir_may_be_an_escalation_that_is_yet_to_be_made():
    earlier = episode(raised(1, 0, "x", "y"), closes=60)
    matching = match([standing(1, raised(1, 20, "c", "d"))], [earlier])
    assert matching.new == (earlier,)
    assert matching.retracted == (Retracted(id=1, heir=earlier),)


def test_what_lost_its_basis_is_retracted_without_an_heir_and_only_once():
    gone = match([standing(1, raised(1, 0, "a", "b"))], [])
    assert gone.retracted == (Retracted(id=1, heir=None),)
    assert match([standing(1, raised(1, 0, "a", "b"), retracted=True)], []).retracted == ()


def test_reinstated_it_is_the_same_one():
    one = episode(raised(1, 0, "a", "b"))
    matching = match([standing(7, raised(1, 0, "a", "b"), retracted=True)], [one])
    (again,) = matching.kept
    assert (again.id, again.reinstated, again.new_raises) == (7, True, ())
    assert matching.new == ()


def test_a_level_that_fell_is_lowered_and_its_raises_are_no_new_ones():
    before = standing(1, raised(1, 0, "a", "b"), raised(2, 3, "a", "b", "c"))
    (one,) = match([before], [episode(raised(1, 0, "a", "b"))]).kept
    assert (one.lowered, one.reinstated, one.new_raises) == (True, False, ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([raised(2, 0, "a", "b")], [raised(1, 17, "b", "c")]),
        ([raised(1, 0, "a", "b"), raised(3, 2, "a", "b", "c")],
         [raised(1, 0, "a", "b"), raised(2, 5, "b", "c", "d")]),
    ],
)  # fmt: skip
def test_a_lower_level_reached_on_a_later_day_is_no_new_raise_either(before, after):
    [one] = match([standing(1, *before)], [episode(*after)]).kept
    assert (one.lowered, one.new_raises) == (True, ())


def test_a_higher_level_is_a_new_raise():
    up = raised(2, 5, "a", "b", "c")
    before = standing(1, raised(1, 0, "a", "b"))
    (one,) = match([before], [episode(raised(1, 0, "a", "b"), up)]).kept
    assert (one.lowered, one.new_raises) == (False, (up,))


def test_a_first_raise_that_opens_higher_is_a_new_raise():
    higher = raised(2, 0, "a", "b", "c")
    (one,) = match([standing(1, raised(1, 0, "a", "b"))], [episode(higher)]).kept
    assert one.new_raises == (higher,)


def test_a_raise_on_another_day_and_a_step_found_in_between_are_no_new_raises():
    before = standing(1, raised(1, 4, "a", "b"), raised(3, 9, "a", "b", "c"))
    after = episode(
        raised(1, 2, "a", "b"), raised(2, 5, "a", "b", "x"), raised(3, 8, "a", "b", "c")
    )
    (one,) = match([before], [after]).kept
    assert one.new_raises == ()


def test_a_level_reached_again_after_a_version_with_fewer_is_a_new_raise():
    steps = (raised(1, 0, "a"), raised(2, 1, "a", "b"), raised(3, 2, "a", "b", "c"))
    again = raised(3, 30, "a", "b", "c", "d")
    lowered = standing(1, *steps, level=2)
    (one,) = match([lowered], [episode(*steps, again)]).kept
    assert one.new_raises == (again,)
    at_once = standing(1, *steps)
    (one,) = match([at_once], [episode(*steps, again)]).kept
    assert one.new_raises == (again,)


# --- laws --------------------------------------------------------------------------------

IDS = "abcdefghij"


def random_episodes(chance):
    made, day = [], 0
    for _ in range(chance.randrange(4)):
        raises, level = [], 0
        for _ in range(chance.choice([1, 1, 2, 3])):
            level += chance.choice([1, 1, 2])
            raises.append(raised(level, day, *sorted(chance.sample(IDS, chance.randrange(1, 5)))))
            day += chance.randrange(1, 6)
        day += chance.randrange(1, 6)
        made.append(episode(*raises, closes=day))
        day += 1
    return made


def random_standing(chance):
    return [
        standing(number, *one.raises, age=chance.randrange(3), retracted=chance.random() < 0.3)
        for number, one in enumerate(random_episodes(chance))
    ]


def applied(stands, matching):
    """What stands after a matching was carried out."""
    after = {one.id: one for one in stands}
    for gone in matching.retracted:
        after[gone.id] = replace(after[gone.id], retracted=True)
    for one in matching.kept:
        facts = {"level": one.episode.level, "raises": one.episode.raises, "retracted": False}
        after[one.id] = replace(after[one.id], **facts)
    for number, one in enumerate(matching.new, 100):
        after[number] = standing(number, *one.raises, level=one.level)
    return list(after.values())


CHANCES = st.integers(0, 2**40).map(Random)


@given(CHANCES)
def test_each_episode_has_one_escalation_and_each_escalation_at_most_one_episode(chance):
    stands, episodes = random_standing(chance), random_episodes(chance)
    matching = match(stands, episodes)
    ids = [one.id for one in matching.kept]
    assert len(ids) == len(set(ids))
    assert (
        sorted(
            [one.episode for one in matching.kept] + list(matching.new),
            key=lambda one: one.opened_on,
        )
        == episodes
    )
    gone = {one.id for one in matching.retracted}
    assert gone == {one.id for one in stands if not one.retracted} - set(ids)
    assert all(one.heir is None or one.heir in episodes for one in matching.retracted)


@given(CHANCES)
def test_a_second_matching_changes_nothing(chance):
    stands, episodes = random_standing(chance), random_episodes(chance)
    first = match(stands, episodes)
    after = applied(stands, first)
    again = match(after, episodes)
    live = {one.id for one in after if not one.retracted}
    assert (again.new, again.retracted) == ((), ())
    assert {one.id for one in again.kept} == live
    assert not any(one.lowered or one.new_raises or one.reinstated for one in again.kept)
    assert applied(after, again) == after


@given(CHANCES)
def test_no_pair_left_over_shares_more_than_the_pairs_that_were_made(chance):
    stands, episodes = random_standing(chance), random_episodes(chance)
    matching = match(stands, episodes)
    own = {one.id: one for one in stands}

    def shared(number, one):
        return len(own[number].basis & set(one.raises[0].violations))

    best = {one.id: shared(one.id, one.episode) for one in matching.kept}
    assert all(best.values())
    for one in matching.new:
        for number in own:
            assert shared(number, one) <= best.get(number, 0)
