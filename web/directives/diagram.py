"""The state diagram of the page, taken from the machine itself."""

from __future__ import annotations

from functools import cache

from web.labels import label
from workflow.directives.rules import LIFECYCLE

Node = dict[str, object]
Edge = dict[str, str]


@cache
def _ways() -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (path.source, path.target, path.action)
        for path in LIFECYCLE.paths
        if path.target and path.target != path.source
    )


def drawing() -> dict[str, list[Node] | list[Edge]]:
    """Return the states and the ways between them, with their words in the reader's language."""
    exits = {target for _, target, _ in _ways()} - {source for source, _, _ in _ways()}
    nodes: list[Node] = [
        {"code": state, "label": label(state, "state"), "exit": state in exits}
        for state in LIFECYCLE.states
    ]
    edges: list[Edge] = [
        {"source": source, "target": target, "label": label(action, "action")}
        for source, target, action in _ways()
    ]
    return {"nodes": nodes, "edges": edges}
