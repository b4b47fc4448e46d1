"""The tree of agencies as a page draws it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.agencies.queries import Node

FOLDED_FROM = 12


@dataclass(frozen=True, slots=True)
class Branch:
    """An agency with what stands below it; long lists below the first level are folded."""

    node: Node
    below: tuple[Branch, ...]
    is_folded: bool

    @property
    def size(self) -> int:
        """How many agencies stand below, on all levels."""
        return sum(1 + branch.size for branch in self.below)


def branches(nodes: Iterable[Node]) -> tuple[Branch, ...]:
    """Hang the nodes together, in the order given; one whose parent is gone stands at the top."""
    found = list(nodes)
    known = {node.id for node in found}
    below: dict[int | None, list[Node]] = {}
    for node in found:
        below.setdefault(node.parent_id if node.parent_id in known else None, []).append(node)

    def grow(parent: int | None, depth: int) -> tuple[Branch, ...]:
        return tuple(
            Branch(
                node,
                grow(node.id, depth + 1),
                is_folded=depth > 0 and len(below.get(node.id, ())) >= FOLDED_FROM,
            )
            for node in below.get(parent, ())
        )

    return grow(None, 0)
