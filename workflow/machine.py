"""The only place that holds the state machine library: a table goes in, a lifecycle comes out.

One machine is built once and never given a model: it is fired on a throw-away token, so
that nothing is attached to rows and nothing is kept alive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from transitions import Machine, MachineError
from transitions.core import EventData

from workflow.errors import Refused

Gate = Callable[[str, Any], bool]
"""Asked before a move with the action's name and the case; False keeps the door shut."""


@dataclass(frozen=True, slots=True)
class Path:
    """One action from one state; `target` None means that the state stays."""

    action: str
    source: str
    target: str | None


class _Token:
    """What the machine moves: it has a state and nothing else."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


class Lifecycle:
    """States and the paths between them, with one gate that every move must pass."""

    def __init__(self, states: Iterable[str], paths: Iterable[Path], gate: Gate) -> None:
        self.states = tuple(states)
        self.paths = tuple(paths)
        self._gate = gate
        self._machine = Machine(
            model=None,
            states=list(self.states),
            initial=self.states[0],
            auto_transitions=False,
            send_event=True,
            queued=False,
        )
        for path in self.paths:
            self._machine.add_transition(
                path.action, path.source, path.target or path.source, conditions=[self._passes]
            )

    def _passes(self, event: EventData) -> bool:
        return self._gate(event.event.name, event.kwargs["case"])

    def advance(self, state: str, action: str, case: object) -> str:
        """Return the state after `action`; Refused("wrong_state") or ("gate_shut") otherwise."""
        token = _Token(state)
        try:
            moved = self._machine.events[action].trigger(token, case=case)
        except (MachineError, KeyError) as error:
            raise Refused("wrong_state", action=action, state=state) from error
        if not moved:
            raise Refused("gate_shut", action=action, state=state)
        return token.state

    def leaves(self, state: str, action: str) -> bool:
        """Whether `action` has a path from `state` at all."""
        event = self._machine.events.get(action)
        return event is not None and bool(event.transitions.get(state))

    def diagram(self) -> str:
        """Return the paths that change the state as Mermaid text, in the table's order."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.states[0]}"]
        merged: dict[tuple[str, str], list[str]] = {}
        for path in self.paths:
            if path.target and path.target != path.source:
                merged.setdefault((path.source, path.target), []).append(path.action)
        for (source, target), actions in merged.items():
            lines.append(f"    {source} --> {target}: {', '.join(actions)}")
        sources = {path.source for path in self.paths if path.target}
        lines.extend(f"    {s} --> [*]" for s in self.states if s not in sources)
        return "\n".join(lines) + "\n"
