"""What a form reads at once of many groups is what an evaluation reads of them, shape by shape."""

import random
from datetime import date, timedelta
from itertools import combinations

import pytest
from ruling import TODAY, late, truth_of

from models.escalation.at_once import columns_at_once
from models.escalation.occurrences import agency_codes, columns_of_groups
from workflow.agencies.records import SuccessionKind
from workflow.agencies.successors import Passing, Successors
from workflow.escalation.groups import value_in
from workflow.escalation.records import GroupKey

KNOWN, WORDS = ("H32.03", "H32.04", "H32.15"), ("Chi cục lạ", "Trạm không tên")
SHAPES = tuple(
    shape for n in range(len(GroupKey) + 1) for shape in combinations(sorted(GroupKey), n)
)
MERGED = Passing(predecessor="H32.04", successor="H32.03", kind=SuccessionKind.MERGE, on=TODAY)


def fill(world, pick):
    """Keep violations of every sort, a fifth of them overturned."""
    with world.unit() as unit:
        truth = truth_of(world, unit)
        for _ in range(150):
            truth.add(
                late(
                    TODAY - timedelta(days=pick.randrange(60)),
                    agency=pick.choice((*KNOWN, *WORDS)),
                    field=pick.choice(("đất đai", "hộ tịch", "")),
                    type=pick.choice(("V16", "V17")),
                    procedure=pick.choice(("1.001", "")),
                    officer=pick.choice(("An", "Bình", "")),
                    overturned=pick.random() < 0.2,
                )
            )
        return list(truth.occurrences.values())


def group_of(one, shape, successors):
    told = {key: getattr(one, key.value) for key in shape}
    if GroupKey.AGENCY in told:
        told[GroupKey.AGENCY] = successors.code(told[GroupKey.AGENCY])
    return tuple((key.value, word) for key, word in told.items())


def read(columns, shape, since):
    """Return what columns say of the groups asked: id, day and type of each, in their order."""
    found = {group: [] for group in since}
    for place, number in enumerate(columns.numbers.tolist()):
        coded = {**columns.keys, GroupKey.TYPE: columns.types}
        told = [(key.value, coded[key].words[coded[key].codes[place]]) for key in shape]
        group, day = tuple(told), int(columns.days[place])
        if group in since and day >= (since[group] or date.min).toordinal():
            kind = columns.types.words[columns.types.codes[place]]
            found[group].append((number, day, kind))
    return found


@pytest.mark.parametrize("seed", range(3))
def test_columns_read_at_once_are_those_read_group_by_group(world, seed):
    pick = random.Random(seed)
    occurrences = fill(world, pick)
    successors = Successors([MERGED] if seed else [], TODAY)
    wanted = {}
    for shape in SHAPES:
        groups = {group_of(one, shape, successors) for one in pick.sample(occurrences, 8)}
        days = (None, TODAY - timedelta(days=pick.randrange(60)))
        wanted[shape] = {
            group: pick.choice(days)
            for group in sorted(groups)
            if all(value_in(group, key) for key in shape)
        }
    without = sorted(pick.sample(range(1, 151), 10))
    with world.office.reading() as unit:
        codes = agency_codes(unit.connection)
        found = columns_at_once(unit.connection, wanted, successors, without=without, codes=codes)
        assert set(found) == set(wanted)
        some = 0
        for shape, since in wanted.items():
            beside = columns_of_groups(
                unit.connection, shape, since, successors, without=without, codes=codes
            )
            told = read(found[shape], shape, since)
            assert told == read(beside, shape, since), shape
            some += sum(map(len, told.values()))
        assert some > 500


def test_nothing_wanted_reads_nothing(world):
    with world.office.reading() as unit:
        asked = {(GroupKey.AGENCY,): {}}
        found = columns_at_once(unit.connection, asked, Successors([], TODAY), without=(), codes={})
    assert len(found[GroupKey.AGENCY,]) == 0
