"""The table told as text: what docs/lifecycle.md holds, so that page and law cannot differ."""

from __future__ import annotations

from workflow.directives.row import Row
from workflow.directives.rules import LIFECYCLE
from workflow.directives.table import TABLE

HEADER = (
    "| action | from → to | who | guards | needs (optional in brackets) |",
    "|---|---|---|---|---|",
)


def lifecycle_text() -> str:
    """Return the diagram and the table of actions as Markdown."""
    table = "\n".join((*HEADER, *(_line(row) for row in TABLE)))
    return f"```mermaid\n{LIFECYCLE.diagram()}```\n\n{table}\n"


def _line(row: Row) -> str:
    moves = ", ".join(
        f"{source.value} (stays)" if source is target else f"{source.value} → {target.value}"
        for source, target in row.to.items()
    )
    who = ", ".join(standing.value for standing in row.by)
    guards = ", ".join(guard.__name__ for guard in row.guards) or "–"
    needs = ", ".join(n.name if n.required else f"[{n.name}]" for n in row.needs) or "–"
    return f"| `{row.action.value}` | {moves} | {who} | {guards} | {needs} |"
