"""The state diagram of a page, taken from the machine itself."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from web.labels import label
from workflow.machine import Lifecycle


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A state; an `exit` stands apart from the main way."""

    code: str
    label: str
    exit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """An act that leads from one state to another."""

    source: str
    target: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """The states from top to bottom and the ways between them, in the reader's language."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def diagram_of(
    lifecycle: Lifecycle, exits: Container[str], *, states: str, actions: str
) -> Diagram:
    """Return a lifecycle as it is drawn, with the words of two groups of labels."""
    return Diagram(
        nodes=tuple(
            Node(code=state, label=label(state, states), exit=state in exits)
            for state in lifecycle.states
        ),
        edges=tuple(
            Edge(source=path.source, target=path.target, label=label(path.action, actions))
            for path in lifecycle.paths
            if path.target and path.target != path.source
        ),
    )
