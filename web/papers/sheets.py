"""What an act asks once for the whole paper and what for each of its lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

from workflow.directives.needs import Need
from workflow.directives.records import Action
from workflow.directives.table import BY_ACTION

ASKED_ONCE = frozenset(
    {
        "report_number",
        "report_date",
        "received_on",
        "arrival_number",
        "signer",
        "files",
        "period_from",
        "period_to",
    }
)
"""What is true of the paper: its number, date and signer, its files and what they prove."""
SPREAD = frozenset({"result", "done"})
"""Words that may be said once for every line that says nothing of its own."""
ALONE = frozenset({"set_aside"})
"""What is asked only where one directive is reported by itself."""
ACTIONS = (Action.ACCEPT, Action.UPDATE, Action.REPORT, Action.RECORD_REPORT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The needs of one form; it stands where a form wants a row of the table."""

    needs: tuple[Need, ...]

    @property
    def names(self) -> frozenset[str]:
        """The names of its needs."""
        return frozenset(need.name for need in self.needs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An act on many lines: what the paper says, what each line says, what is spread."""

    action: Action
    once: Asked
    own: Asked
    spread: str = ""

    def own_without(self, names: Collection[str]) -> Asked:
        """Return what one line is asked, without what says nothing there."""
        return Asked(needs=tuple(need for need in self.own.needs if need.name not in names))


@cache
def sheet_of(action: Action) -> Sheet:
    """Return what an act asks, as its row in the action table has it."""
    needs = BY_ACTION[action].needs
    spread = next((need for need in needs if need.name in SPREAD), None)
    loose = [replace(need, required=False) if need is spread else need for need in needs]
    return Sheet(
        action=action,
        once=Asked(needs=tuple(n for n in loose if n.name in ASKED_ONCE | SPREAD)),
        own=Asked(needs=tuple(n for n in loose if n.name not in ASKED_ONCE | ALONE)),
        spread=spread.name if spread else "",
    )
