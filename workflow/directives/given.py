"""What came with an act, found in memory and checked against the needs of its row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from workflow.directives.drafts import DRAFTABLE, begun_draft
from workflow.directives.guards import Case
from workflow.directives.inside import begun_report
from workflow.directives.matters import Written
from workflow.directives.needs import Given, Kind
from workflow.directives.ports import DirectiveMemory
from workflow.directives.reading import check_needs
from workflow.directives.records import Action
from workflow.directives.row import Row
from workflow.directives.wrong import all_wrong
from workflow.errors import Invalid, Refused


def read_given(
    memory: DirectiveMemory,
    row: Row,
    given: Mapping[str, object],
    case: Case,
    raise_shut: Callable[[Action, Case], None],
) -> Given:
    """Find who was named, then check what the action needs.

    Whoever may not act learns that first (`raise_shut`), not which field is wrong.
    """
    values = dict(given)
    for need in row.needs:
        if need.name in values:
            values[need.name] = _found(memory, row, need.kind, values[need.name], case)
    try:
        return check_needs(row.needs, values)
    except Refused:
        raise_shut(row.action, case)
        raise
    except Invalid as error:
        raise_shut(row.action, case)
        raise Invalid(all_wrong(row.needs, row.checks, values, case)) from error


def _found(memory: DirectiveMemory, row: Row, kind: Kind, named: object, case: Case) -> object:
    """Return who or what an id names, as far as the kind of need says; words stay words."""
    if isinstance(named, list | tuple):
        return _found_all(memory, row, kind, named, case)
    if not isinstance(named, int) or isinstance(named, bool):
        return named
    if kind in {Kind.AGENCY, Kind.AGENCIES, Kind.UNITS_BELOW}:
        return memory.agency(named) or named
    own = case.actor.agency_id or 0
    if kind is Kind.DIVISION:
        return memory.division(own, named) or named
    if kind is Kind.COLLEAGUE:
        return memory.colleague(own, named, case.day) or named
    return named


def _found_all(
    memory: DirectiveMemory, row: Row, kind: Kind, named: Sequence[object], case: Case
) -> object:
    if kind is Kind.PREPARED:
        return prepared_files(begun_for(row.action, case), named)
    if kind in {Kind.AGENCIES, Kind.BESIDE, Kind.UNITS_BELOW}:
        return tuple(_found(memory, row, Kind.AGENCY, one, case) for one in named)
    return named


def begun_for(action: Action, case: Case) -> Written | None:
    """Return what was prepared that the form of an act begins with; its files may go along."""
    return begun_draft(case, action) if action in DRAFTABLE else begun_report(case)


def prepared_files(begun: Written | None, named: Iterable[object]) -> tuple[object, ...]:
    """Return files of a prepared report by their hashes; others stay as named."""
    files = {file.sha256: file for file in begun.files} if begun else {}
    return tuple(files.get(one, one) if isinstance(one, str) else one for one in named)
