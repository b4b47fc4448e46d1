"""Whatever the order in which violations come, fall and come back, what is kept is a replay.

500 streams (100 by the light profile), each in 20 orders. After every single change only the touched group is derived
anew and matched with what stands; all groups are compared with a replay from nothing.
"""

from dataclasses import dataclass, field, replace
from random import Random

import pytest
from hypothesis import settings
from streams import random_day, random_occurrence, random_rule, random_versions

from workflow.escalation.engine import episodes_of
from workflow.escalation.matching import Standing, match
from workflow.escalation.records import Episode, GroupKey

STREAMS, ORDERS, SHARES = 5 * settings().max_examples, 20, 10
KEYS = ((GroupKey.AGENCY,), (GroupKey.AGENCY, GroupKey.FIELD), (GroupKey.OFFICER, GroupKey.AGENCY))


@dataclass
class Desk:
    """Escalations as memory keeps them, by group, and the violations known so far."""

    judged: object
    as_of: object
    keys: tuple
    known: dict = field(default_factory=dict)
    standing: dict = field(default_factory=dict)
    episodes: dict[int, Episode] = field(default_factory=dict)
    made: int = 0

    def group_of(self, one):
        values = tuple(one.value(key) for key in self.keys)
        return values if all(values) else None

    def change(self, one):
        """Take in a violation as it is now, and bring its group up to date."""
        self.known[one.id] = one
        group = self.group_of(one)
        if group is None:
            return
        mine = [other for other in self.known.values() if self.group_of(other) == group]
        stands = self.standing.setdefault(group, {})
        matching = match(list(stands.values()), episodes_of(self.judged, mine, self.as_of))
        for gone in matching.retracted:
            stands[gone.id] = replace(stands[gone.id], retracted=True)
            del self.episodes[gone.id]
        for kept in matching.kept:
            self._put(stands, kept.id, kept.episode)
        for episode in matching.new:
            self.made += 1
            self._put(stands, self.made, episode)

    def _put(self, stands, number, episode):
        stands[number] = Standing(id=number, age=number, level=episode.level, raises=episode.raises)
        self.episodes[number] = episode

    def kept(self):
        return sorted(self.episodes.values(), key=lambda one: (one.group, one.opened_on))


def changes_of(chance):
    """Each violation with what happens to it, in order: it comes, may fall, may come back."""
    span = chance.choice([3, 10, 25])
    lives = []
    for number in range(chance.randrange(3, 9)):
        one = random_occurrence(chance, number, 20 + chance.randrange(span), hollow=0.05)
        fate = chance.choice([(False,), (False,), (False, True), (False, True, False), (True,)])
        lives.append([replace(one, overturned=overturned) for overturned in fate])
    return lives


def shuffled(chance, lives):
    """One order of arrival: lives run side by side, each in its own order."""
    turns = [number for number, life in enumerate(lives) for _ in life]
    chance.shuffle(turns)
    waiting = [iter(life) for life in lives]
    return [next(waiting[number]) for number in turns]


def judged_by(chance):
    """A rule or its versions, by keys that hold the agency; with the keys."""
    keys = chance.choice(KEYS)
    if chance.random() < 0.7:
        return random_rule(chance, group_by=keys), keys
    versions = random_versions(chance, alike=True)
    return [replace(v, rule=replace(v.rule, group_by=keys)) for v in versions], keys


def together(judged, worlds, as_of):
    """Replay many worlds at once, each with agencies of its own; return the episodes of each."""
    found = [[] for _ in worlds]
    stream = [
        replace(one, agency=f"{place}|{one.agency}") if one.agency else one
        for place, world in enumerate(worlds)
        for one in world
    ]
    for episode in episodes_of(judged, stream, as_of):
        place, agency = episode.group[0][1].split("|")
        group = (("agency", agency), *episode.group[1:])
        found[int(place)].append(replace(episode, group=group))
    return [sorted(world, key=lambda one: (one.group, one.opened_on)) for world in found]


@pytest.mark.parametrize("share", range(SHARES))
def test_every_order_of_arrival_keeps_what_a_replay_finds_after_every_step(share):
    found = 0
    for seed in range(share, STREAMS, SHARES):
        chance = Random(seed)
        (judged, keys), as_of, lives = judged_by(chance), random_day(chance), changes_of(chance)
        worlds, kept = [], []
        for _ in range(ORDERS):
            desk = Desk(judged, as_of, keys)
            for one in shuffled(chance, lives):
                desk.change(one)
                worlds.append(list(desk.known.values()))
                kept.append(desk.kept())
        assert kept == together(judged, worlds, as_of), seed
        found += sum(map(len, kept))
    assert found > 2 * STREAMS
