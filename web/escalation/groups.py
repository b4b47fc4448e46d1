"""Groups in words, and the violations behind them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for

from web.escalation.words import GROUP_KEYS
from web.labels import label
from workflow.escalation.records import ALL_TYPES, Group, Rule

NAMES = {"agency": "agency", "field": "field", "procedure": "procedure", "officer": "officer"}
"""Under which name the list of violations takes each part of a group."""


def group_words(group: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return a group as people say it: the agency under its name first, then the rest."""
    parts = [names.get(group["agency"], group["agency"])] if "agency" in group else []
    parts += [
        value if key == "field" else f"{GROUP_KEYS.get(key, key)} {value}"
        for key, value in group.items()
        if key not in {"agency", "type"}
    ]
    if "type" in group:
        parts.append(f"{group['type']} {label(group['type'], 'violation_type')}")
    return " · ".join(parts)


def violations_url(rule: Rule, group: Group, first: date, last: date) -> str:
    """Return the list of the violations that a rule counts for a group between two days."""
    asked: dict[str, Any] = {NAMES[key]: value for key, value in group if key in NAMES}
    kind = dict(group).get("type")
    if kind:
        asked["type"] = kind
    elif ALL_TYPES not in rule.violation_types:
        asked["type"] = ",".join(rule.violation_types)
    if "agency" in asked:
        asked["alone"] = "yes"
    return url_for(
        "violations.index",
        state="standing",
        since=first.isoformat(),
        until=last.isoformat(),
        **asked,
    )
