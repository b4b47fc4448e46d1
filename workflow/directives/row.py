"""One row of the table of acts: what `table.py` and `beside.py` are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workflow.directives.changes import Change
from workflow.directives.checks import Check
from workflow.directives.guards import Case, Guard
from workflow.directives.needs import Given, Need
from workflow.directives.records import Action, State
from workflow.directives.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One action: from where to where, by whom, behind which guards, with what.

    `to` maps each state the action can start from to the state it leads to (the same
    state: it stays). An `inside` act is seen in the agency that does it and nowhere else:
    neither the directive nor its history changes.
    """

    action: Action
    to: dict[State, State]
    by: tuple[Standing, ...]
    effect: Callable[[Case, Given], Change]
    guards: tuple[Guard, ...] = ()
    needs: tuple[Need, ...] = ()
    checks: tuple[Check, ...] = ()
    inside: bool = False


def stays(*states: State) -> dict[State, State]:
    """Return a path on which each of these states stays what it is."""
    return {state: state for state in states}
