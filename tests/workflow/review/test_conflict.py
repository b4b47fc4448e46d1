"""Who is tied to an agency, over random trees with mergers, against a plain second reading."""

from __future__ import annotations

import pytest
from cases import BRANCH, COMMUNE, DISTRICT, HAMLET, LEAD, OFFICE, PEER, PROVINCE, STRANGER
from desk import OFFICE_UNIT, inspector, leader, organisation
from hypothesis import given
from hypothesis import strategies as st

from workflow.review.conflict import Organisation, is_offices_own, tie
from workflow.review.roster import Roster, may_take


@pytest.mark.parametrize(
    ("own", "about", "tied"),
    [
        (BRANCH, BRANCH, True),
        (LEAD, BRANCH, True),
        (BRANCH, LEAD, True),
        (PEER, BRANCH, False),
        (PROVINCE, BRANCH, False),
        (BRANCH, PROVINCE, False),
        (PROVINCE, PROVINCE, True),
        (DISTRICT, HAMLET, True),
        (COMMUNE, STRANGER, False),
    ],
)
def test_a_line_ties_and_the_province_above_all_does_not(own, about, tied):
    assert (tie(organisation(), {own}, {about}) is not None) is tied


@pytest.mark.parametrize(
    ("own", "about", "tied"),
    [
        (PEER, STRANGER, True),
        (STRANGER, PEER, True),
        (DISTRICT, STRANGER, False),
    ],
)
def test_a_merger_ties_both_ways(own, about, tied):
    merged = organisation(came_from={STRANGER: frozenset({PEER, LEAD})})
    assert (tie(merged, {own}, {about}) is not None) is tied


def test_a_merger_of_mergers_ties_and_a_circle_of_acts_ends():
    chain = organisation(
        came_from={
            STRANGER: frozenset({PEER}),
            PEER: frozenset({DISTRICT}),
            DISTRICT: frozenset({STRANGER}),
        }
    )
    assert tie(chain, {DISTRICT}, {STRANGER}) == STRANGER
    assert chain.origins(STRANGER) == {STRANGER, PEER, DISTRICT}


def test_a_unit_of_the_office_goes_to_home_affairs():
    assert is_offices_own(organisation(), {OFFICE_UNIT})
    assert is_offices_own(organisation(), {OFFICE})
    assert not is_offices_own(organisation(), {BRANCH})
    assert not is_offices_own(organisation(office=None), {OFFICE_UNIT})


@st.composite
def provinces(draw):
    """A tree of agencies under one province, with mergers and splits between any of them."""
    count = draw(st.integers(3, 14))
    above = {key: draw(st.integers(1, key - 1)) for key in range(2, count + 1)}
    links = draw(st.lists(st.tuples(st.integers(2, count), st.integers(2, count)), max_size=6))
    came_from: dict[int, set[int]] = {}
    for before, after in links:
        if before != after:
            came_from.setdefault(after, set()).add(before)
    return count, above, came_from


def ancestors(above, key):
    found = [key]
    while key != 1:
        key = above[key]
        found.append(key)
    return found


def path_in(above, key):
    return "/" + "/".join(str(one) for one in reversed(ancestors(above, key))) + "/"


def organised(province, **more):
    count, above, came_from = province
    return Organisation(
        paths={key: path_in(above, key) for key in range(1, count + 1)},
        came_from={key: frozenset(value) for key, value in came_from.items()},
        **more,
    )


def before_of(came_from, key):
    """Every agency from which a way of acts leads to this one, itself included."""
    found, grown = {key}, True
    while grown:
        new = {b for one in found for b in came_from.get(one, ())} | found
        found, grown = new, new != found
    return found


def plainly_tied(province, own, about):
    """Whether the two are of one line, or of one line after tracing either back."""
    _, above, came_from = province

    def line(one, other):
        if one == other:
            return True
        return (other in ancestors(above, one) and other != 1) or (
            one in ancestors(above, other) and one != 1
        )

    return any(line(own, origin) for origin in before_of(came_from, about)) or any(
        line(origin, about) for origin in before_of(came_from, own)
    )


@given(provinces(), st.data())
def test_a_tie_is_what_a_plain_reading_finds(province, data):
    agency = st.integers(1, province[0])
    own = data.draw(st.sets(agency, max_size=3))
    about = data.draw(st.sets(agency, min_size=1, max_size=3))
    plain = {a for a in about if any(plainly_tied(province, o, a) for o in own)}
    found = tie(organised(province), own, about)
    assert (found in plain) if plain else found is None


@given(provinces(), st.data())
def test_no_case_ever_reaches_an_inspector_with_a_tie(province, data):
    """Whoever holds it, whoever is away: the way up meets no one tied, and ends at a leader."""
    agency = st.integers(1, province[0])
    office, home = data.draw(agency), data.draw(st.one_of(st.none(), agency))
    tree = organised(province, office=office, home_affairs=home)
    people = tuple(
        inspector(100 + n, data.draw(agency), is_here=data.draw(st.booleans()))
        for n in range(data.draw(st.integers(0, 6)))
    )
    roster = Roster(inspectors=people, leaders=(leader(900, agencies=frozenset({1})),))
    about = frozenset(data.draw(st.sets(agency, min_size=1, max_size=3)))
    holder, met = None, []
    while holder != 900:
        person = roster.after(tree, about, holder)
        assert person is not None
        holder = person.account_id
        met.append(holder)
    assert len(met) == len(set(met))
    for person in people:
        if person.account_id in met:
            assert person.is_here
            (own,) = person.agencies
            assert not any(plainly_tied(province, own, a) for a in about)
        elif person.is_here:
            assert not may_take(person, tree, about)
