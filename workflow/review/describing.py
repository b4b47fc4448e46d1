"""The table told as text: what docs/review.md holds, so that page and table cannot differ."""

from __future__ import annotations

from workflow.review.rules import LIFECYCLE
from workflow.review.table import TABLE, Row

HEADER = (
    "| action | from → to | who | guards | needs (optional in brackets) |",
    "|---|---|---|---|---|",
)


def review_text() -> str:
    """Return the diagram and the table of acts as Markdown."""
    table = "\n".join((*HEADER, *(_line(row) for row in TABLE)))
    return f"```mermaid\n{LIFECYCLE.diagram()}```\n\n{table}\n"


def _line(row: Row) -> str:
    moves = ", ".join(
        f"{source.value} (stays)" if source is target else f"{source.value} → {target.value}"
        for source, target in row.to.items()
    )
    who = ", ".join(relation.value for relation in row.by)
    guards = ", ".join(guard.__name__ for guard in row.guards) or "–"
    needs = ", ".join(n.name if n.required else f"[{n.name}]" for n in row.needs) or "–"
    return f"| `{row.action.value}` | {moves} | {who} | {guards} | {needs} |"
