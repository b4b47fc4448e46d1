"""What one clause owes of one period, its agencies together: one reminder serves them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import url_for

from web.identity import current_actor
from workflow.accounts.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedTogether:
    """One period of one clause: whose reports are missing, and the way to urge just these."""

    content: str
    key: str
    name: str
    first: dict[str, Any]
    rows: list[dict[str, Any]] = field(default_factory=list)
    urges: bool = False

    @property
    def urge_url(self) -> str:
        """Where the letters over this period are written; empty for who does not urge."""
        numbers = [row["number"] for row in self.rows]
        return urge_url(numbers, self.first["of"].due_on) if self.urges else ""


def urge_url(numbers: Sequence[str], due_on: date) -> str:
    """Return the address of the letters over one period of some directives, and no other."""
    return url_for("papers.remind", number=list(numbers), period=due_on.isoformat())


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
                urges=urges,
            )
        found[key].rows.append(row)
    return list(found.values())
