"""A table of acts told as text: what the docs hold, so that page and table cannot differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Protocol

from workflow.machine import Lifecycle

HEADER = (
    "| action | from → to | who | guards | needs (optional in brackets) |",
    "|---|---|---|---|---|",
)


class _Asked(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def unless(self) -> str: ...


class _Row(Protocol):
    """What every row of a table of acts says of itself."""

    @property
    def action(self) -> StrEnum: ...
    @property
    def to(self) -> Mapping[Any, StrEnum]: ...
    @property
    def by(self) -> Iterable[StrEnum]: ...
    @property
    def guards(self) -> Iterable[Callable[..., Any]]: ...
    @property
    def needs(self) -> Iterable[_Asked]: ...


def table_text(lifecycle: Lifecycle, table: Iterable[_Row]) -> str:
    """Return the diagram of a machine and the table of its acts as Markdown."""
    rows = "\n".join((*HEADER, *(_line(row) for row in table)))
    return f"```mermaid\n{lifecycle.diagram()}```\n\n{rows}\n"


def _line(row: _Row) -> str:
    moves = ", ".join(
        f"{source.value} (stays)" if source is target else f"{source.value} → {target.value}"
        for source, target in row.to.items()
    )
    who = ", ".join(standing.value for standing in row.by)
    guards = ", ".join(guard.__name__ for guard in row.guards) or "–"
    needs = ", ".join(map(_told, row.needs)) or "–"
    return f"| `{row.action.value}` | {moves} | {who} | {guards} | {needs} |"


def _told(need: _Asked) -> str:
    if need.unless:
        return f"{need.name} or {need.unless}"
    return need.name if need.required else f"[{need.name}]"
