"""What a draft would do beside the rules in force: said before anyone approves it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.escalation.backtests import first_day_of
from models.escalation.book import ListedRule, rules
from web.wiring import office, reading_unit
from workflow.escalation.records import Rule
from workflow.escalation.versions import StoredVersion

ANY = "*"


def beside_draft(version: StoredVersion) -> dict[str, Any]:
    """Return the other rules in force that judge the same violations, and today's cases.

    `today` is what a rule in force from today would find on its first day: it looks back over
    every violation in its window (product.md, 6).
    """
    day, connection = office().today(), reading_unit().connection
    found = rules(connection, day)
    former = next((one.in_force for one in found if one.code == version.code), None)
    return {
        "overlapping": _sharing(found, version),
        "today": first_day_of(connection, version.rule, former, day),
    }


def overlapping(version: StoredVersion) -> list[StoredVersion]:
    """Return the other rules in force that judge the same violations as a version would."""
    return _sharing(rules(reading_unit().connection, office().today()), version)


def _sharing(found: Iterable[ListedRule], version: StoredVersion) -> list[StoredVersion]:
    others = (one.in_force for one in found if one.in_force and one.code != version.code)
    return [one for one in others if shares_types(one.rule, version.rule)]


def shares_types(one: Rule, other: Rule) -> bool:
    """Whether some violation can count for both rules."""
    types, others = set(one.violation_types), set(other.violation_types)
    return ANY in types | others or bool(types & others)
