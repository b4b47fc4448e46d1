"""People to choose among: each with role, division and agency, so that namesakes are told apart."""

from __future__ import annotations

from collections.abc import Iterable

from models.accounts.standing_in import Colleague
from web.labels import label
from workflow.accounts.records import Role


def with_role(name: str, role: Role | None, *places: str) -> str:
    """Return a name with the role somebody holds, and where."""
    told = ", ".join(word for word in (label(role, "role") if role else "", *places) if word)
    return f"{name} ({told})" if told else name


def named(people: Iterable[Colleague], *, agencies: bool = True) -> dict[int, str]:
    """Return people by account, each with every role they hold among those given."""
    names: dict[int, str] = {}
    told: dict[int, list[str]] = {}
    for one in people:
        names.setdefault(one.account_id, one.name)
        places = (one.division, one.agency_name if agencies else "")
        words = ", ".join(word for word in (label(one.role, "role"), *places) if word)
        told.setdefault(one.account_id, []).append(words)
    return {key: f"{name} ({'; '.join(told[key])})" for key, name in names.items()}
