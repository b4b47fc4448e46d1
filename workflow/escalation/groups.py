"""Groups by name: of which group a violation is, and the digest a group is found by."""

from __future__ import annotations

import json
from functools import lru_cache
from hashlib import sha256

from workflow.escalation.columns import keys_of
from workflow.escalation.records import Group, GroupKey, Version

Shape = tuple[GroupKey, ...]
"""The keys that violations are gathered by, in alphabetical order."""


def shape_of(version: Version) -> Shape:
    """Return the keys by which a version gathers."""
    return keys_of(version.rule.group_by)


def shape_of_group(group: Group) -> Shape:
    """Return the keys of a group."""
    return tuple(GroupKey(key) for key, _ in group)


@lru_cache(maxsize=100_000)
def digest_of_group(group: Group) -> str:
    """Return the digest under which escalations of a group are stored."""
    text = json.dumps(group, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def value_in(group: Group, key: GroupKey) -> str:
    """Return a group's value for a key; "" where the group does not have it."""
    return next((value for name, value in group if name == key.value), "")


def of_agency(group: Group, agency: str) -> Group:
    """Return the same group of another agency."""
    name = GroupKey.AGENCY.value
    return tuple((key, agency if key == name else value) for key, value in group)
