"""The tree of agencies changed through its use cases, and read back."""

from __future__ import annotations

from datetime import date

from models.agencies.page import open_agency
from models.agencies.queries import tree_on
from workflow.agencies.records import (
    AgencyFacts,
    Handover,
    SuccessionKind,
    Tier,
)

LAND = "H32.03"


def facts(world, **more):
    values = {
        "code": "H32.33",
        "name": "Sở Nông nghiệp và Môi trường",
        "tier": Tier.DEPARTMENT,
        "valid_from": date(2021, 3, 1),
        "parent_id": world.agencies["H32"].id,
    }
    return AgencyFacts(**(values | more))


def carry(world, deed, *args, who="admin", **kwargs):
    with world.unit() as unit:
        return deed(
            unit.agencies, unit.history, world.actor(who), *args, at=world.clock(), **kwargs
        )


def key(world, code):
    return world.agencies[code].id


def file_of(world, code, day=date(2021, 8, 23)):
    with world.office.reading() as unit:
        return open_agency(unit.connection, code, day)


def names_on(world, day, words=""):
    with world.office.reading() as unit:
        return [node.name for node in tree_on(unit.connection, day, words)]


def told(world):
    with world.office.reading() as unit:
        assert unit.history.verify().ok
        return [(s.entry.action, s.entry.subject_key) for s in unit.history.walk()]


def merged(world, **more):
    values = {
        "predecessor_ids": (key(world, LAND), key(world, "H32.04")),
        "successor_ids": (key(world, "H32.02"),),
        "kind": SuccessionKind.MERGE,
        "act": "01/NQ-HĐND",
        "on": date(2021, 3, 1),
        "takes_over": "Toàn bộ chức năng,\r\n hồ sơ",
    }
    return Handover(**(values | more))
