"""What officers began of one letter over several tasks: its files go along, its words stand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import request

from workflow.directives.asked import PREPARED_FILES
from workflow.directives.drafts import DRAFTABLE
from workflow.directives.given import begun_for
from workflow.directives.guards import Case
from workflow.directives.matters import Draft
from workflow.directives.records import Action
from workflow.directives.table import BY_ACTION

OWN_FILES = "prepared-"
ALIKE = ("ask", "reason")


def begins(action: Action) -> bool:
    """Whether officers begin such an act, with files that may go along."""
    return action in DRAFTABLE and PREPARED_FILES in BY_ACTION[action].needs


def begun_at_line(action: Action, case: Case) -> dict[str, Any] | None:
    """Return the files of what was begun on one task, those to go along, and whom it names."""
    draft = _draft(action, case)
    if draft is None:
        return None
    sent = request.method == "POST"
    ticked = files_sent(case.directive.number) if sent else [one.sha256 for one in draft.files]
    return {"files": draft.files, "ticked": ticked, "said": draft.said}


def files_sent(number: str) -> list[str]:
    """Return which files of what was begun on a task are to go along, by their hashes."""
    return request.form.getlist(OWN_FILES + number)


def said_alike(action: Action, cases: Iterable[Case]) -> dict[str, Any]:
    """Return what everything that was begun says alike, for the form that says it once."""
    begun = [draft for case in cases if (draft := _draft(action, case))]
    said = {name: {str(draft.said.get(name) or "") for draft in begun} for name in ALIKE}
    return {name: next(iter(words)) for name, words in said.items() if len(words) == 1}


def _draft(action: Action, case: Case) -> Draft | None:
    begun = begun_for(action, case) if begins(action) else None
    return begun if isinstance(begun, Draft) else None
