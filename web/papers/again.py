"""Lines of a paper whose last report went back: the next one begins from what it said."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from models.papers.returned import WentBack, went_back
from web.papers.prepared import OF_LINE
from web.wiring import reading_unit
from workflow.directives.records import Action, Directive
from workflow.papers.lines import OF_PERIOD

SAME_PAPER = ("report_number", "report_date", "signer")
"""What a report that its own agency took back still says; one returned is another paper."""
ANOTHER_PAPER = ("signer",)


def gone_back(
    action: Action, directives: Sequence[Directive], but: Collection[str]
) -> dict[str, WentBack]:
    """Return by number what went back, of lines that report the whole work; one statement."""
    if action not in OF_PERIOD:
        return {}
    asked = {one.id: one.number for one in directives if one.number not in but}
    found = went_back(reading_unit().connection, list(asked))
    return {asked[key]: report for key, report in found.items()}


def said_before(report: WentBack | None) -> dict[str, Any]:
    """Return what the form of one line begins with; nothing where nothing went back."""
    said = {name: getattr(report, name, None) for name in OF_LINE}
    return {name: value for name, value in said.items() if value not in (None, "")}


def said_alike(gone: Mapping[str, WentBack], lines: Iterable[str]) -> dict[str, object]:
    """Return what these lines' reports all say of their paper, as far as it still holds."""
    reports = [gone.get(number) for number in lines]
    known = [one for one in reports if one is not None]
    if not known or len(known) < len(reports):
        return {}
    holds = SAME_PAPER if all(one.outcome == "recalled" for one in known) else ANOTHER_PAPER
    said = {name: {getattr(one, name) for one in known} - {"", None} for name in holds}
    return {name: next(iter(words)) for name, words in said.items() if len(words) == 1}
