"""What one clause owes of one period, its agencies together: one reminder serves them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from web.identity import current_actor
from workflow.accounts.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedTogether:
    """One period of one clause: whose reports are missing, and the way to urge them."""

    content: str
    key: str
    name: str
    first: dict[str, Any]
    rows: list[dict[str, Any]] = field(default_factory=list)
    urge_url: str = ""


def together(rows: Sequence[dict[str, Any]]) -> list[OwedTogether]:
    """Group rows by clause and due day, in the order in which they first come."""
    urges = current_actor().role is Role.OFFICE
    found: dict[tuple[str, Any], OwedTogether] = {}
    for row in rows:
        clause = str(row["number"]).partition(".")[0]
        key = (clause, row["of"].due_on)
        if key not in found:
            found[key] = OwedTogether(
                content=row["content"],
                key=clause,
                name=row["name"],
                first=row,
                urge_url=url_for("papers.remind", clause=clause) if urges else "",
            )
        found[key].rows.append(row)
    return list(found.values())
