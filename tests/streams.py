"""Random rules and streams of violations, dense enough that episodes open, climb and close."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from random import Random

from workflow.escalation.records import GroupKey, Occurrence, Period, Rule, Version, Window

TYPES = ("V01", "V16", "trễ hẹn")
ZONES = (UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-5)))
START = datetime(2023, 11, 20, tzinfo=UTC)
HOURS = (0, 6, 16, 17, 18, 23)
"""Around midnight in the province, and some that many violations share."""


def random_window(chance: Random) -> Window:
    if chance.random() < 0.35:
        return Window(calendar=chance.choice(list(Period)))
    return Window(days=chance.choice([1, 2, 3, 5, 7, 10, 14, 30, 90]))


def random_levels(chance: Random) -> tuple[int, ...]:
    return tuple(sorted(chance.sample(range(1, 8), chance.choice([1, 2, 2, 3, 3, 4]))))


def random_rule(chance: Random, code: str = "A", group_by=None, types=TYPES) -> Rule:
    """A rule over `types` and one that is nobody's; keys in any order, few or all."""
    keys = chance.sample(list(GroupKey), chance.choice([0, 1, 1, 1, 2, 2, 3, 5]))
    words = (*types, "V99")
    weighed = chance.sample(words, chance.choice([0, 0, 1, 2]))
    listed = tuple(chance.sample(words, chance.choice([1, 2, 3])))
    return Rule(
        code=code,
        violation_types=("*",) if chance.random() < 0.5 else listed,
        group_by=tuple(keys) if group_by is None else group_by,
        window=random_window(chance),
        levels=random_levels(chance),
        weights={word: chance.choice([0, 1, 2, 3, 7]) for word in weighed},
        repeat_within_days=chance.choice([None, 0, 1, 2, 5, 20, 90]),
    )


def random_versions(chance: Random, *, alike: bool) -> list[Version]:
    """One to four versions of a rule in time, with a gap now and then.

    `alike` ones group by the same keys and count every type, so that episodes go on.
    """
    keys = tuple(chance.sample(list(GroupKey)[:4], chance.choice([1, 1, 2])))
    day = date(2023, 12, 1) + timedelta(days=chance.randrange(40))
    made = []
    for number in range(1, chance.choice([1, 2, 2, 3, 4]) + 1):
        last = day + timedelta(days=chance.choice([1, 3, 10, 20, 40]) - 1)
        rule = random_rule(chance, group_by=tuple(reversed(keys)) if number % 2 else keys)
        if not alike and chance.random() < 0.5:
            rule = random_rule(chance)
        made.append(Version(rule=rule, from_on=day, to_on=last, number=number))
        day = last + timedelta(days=chance.choice([1, 1, 1, 4]))
    first, last_one = made[0], made[-1]
    if chance.random() < 0.5:
        made[0] = Version(rule=first.rule, to_on=first.to_on, number=first.number)
    if chance.random() < 0.7:
        opens = made[-1].from_on
        made[-1] = Version(rule=last_one.rule, from_on=opens, number=last_one.number)
    chance.shuffle(made)
    return made


def random_occurrence(chance: Random, number: int, day: int, *, hollow: float = 0.1) -> Occurrence:
    """A violation on a day of the stream; with the share `hollow` each value is missing."""

    def value() -> str:
        return "" if chance.random() < hollow else chance.choice("xxxy")

    at = START + timedelta(days=day, hours=chance.choice(HOURS))
    return Occurrence(
        id=f"v{number}",
        type=chance.choice(TYPES),
        agency=value(),
        field=value(),
        procedure=value(),
        officer=value(),
        occurred_at=at.astimezone(chance.choice(ZONES)),
        overturned=chance.random() < 0.1,
    )


def random_stream(chance: Random, most: int = 45) -> list[Occurrence]:
    """Violations in no order, spread thin or crowded, over New Year and 29 February."""
    span = chance.choice([3, 12, 30, 70, 130])
    begin = chance.randrange(60)
    return [
        random_occurrence(chance, number, begin + chance.randrange(span))
        for number in chance.sample(range(200), chance.randrange(most + 1))
    ]


def random_day(chance: Random) -> date:
    return date(2023, 11, 20) + timedelta(days=chance.randrange(10, 240))
