"""What a list of violations can be narrowed to; every figure on a page is one of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, true

from models.agencies.rows import AgencyRow
from models.directives.rows import DirectiveRow
from models.dossiers.rows import DossierRow
from models.escalation.rows import EscalationRaiseRow, EscalationRow
from models.review.basis import id_of, members
from models.violations.queries import BY_HAND, CONTESTED, STANDS, visible_to
from models.violations.rows import ViolationRow
from workflow.accounts.records import Actor
from workflow.text import fold
from workflow.violations.records import (
    NUMBER_PREFIX,
    Severity,
    ViolationSource,
    ViolationState,
)

MOST_KEY = 2**31 - 1
Condition = ColumnElement[bool]
NUMBER = re.compile(rf"(?:{NUMBER_PREFIX})?(\d{{1,9}})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """One view of the violations a person may read.

    `agency` is a code, with the units below it unless `alone`, which also takes the words of an
    agency that the database does not know, as rules name it; `unmatched` takes those only.
    `since` and `until` are days of occurrence, both included. `standing` leaves out what does
    not count. `escalation` is the number of a case: the violations in any of its raises.
    """

    words: str = ""
    types: frozenset[str] = frozenset()
    agency: str = ""
    alone: bool = False
    unmatched: str = ""
    field: str = ""
    procedure: str = ""
    officer: str = ""
    since: date | None = None
    until: date | None = None
    states: frozenset[ViolationState] = frozenset()
    standing: bool = False
    source: ViolationSource | None = None
    by_hand: bool = False
    severity: Severity | None = None
    after_the_fact: bool | None = None
    escalation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looker:
    """Who looks, on which day."""

    actor: Actor
    day: date


def wanted(connection: Connection, view: ListFilter, looker: Looker) -> ColumnElement[bool]:
    """Return the condition of a view, within what the looker may read."""
    narrowed = [*_narrowed(view)]
    if view.escalation:
        narrowed.append(_behind(connection, view.escalation))
    return and_(visible_to(looker.actor, looker.day), *narrowed)


def _narrowed(view: ListFilter) -> Iterator[ColumnElement[bool]]:
    yield from _of_standing(view)
    yield from _of_facts(view)
    yield from _of_agency(view)
    yield from _of_words(view.words)


def _behind(connection: Connection, number: str) -> ColumnElement[bool]:
    """Return the condition of the violations in any standing raise of a case."""
    member = members(connection)
    raises = EscalationRaiseRow
    return ViolationRow.id.in_(
        select(id_of(member))
        .select_from(raises)
        .join(EscalationRow, EscalationRow.id == raises.escalation_id)
        .join(member, true())
        .where(EscalationRow.number == number, raises.standing.is_(True))
    )


def _of_standing(view: ListFilter) -> Iterator[ColumnElement[bool]]:
    if view.standing:
        yield STANDS
    if view.states == {ViolationState.CONTESTED}:
        yield CONTESTED
    elif view.states:
        yield ViolationRow.state.in_(sorted(view.states))
    if view.source is not None:
        yield ViolationRow.source == view.source
    if view.by_hand or view.source not in {None, ViolationSource.DETECTED}:
        yield BY_HAND
    if view.after_the_fact is not None:
        yield ViolationRow.after_the_fact.is_(view.after_the_fact)


def _of_facts(view: ListFilter) -> Iterator[ColumnElement[bool]]:
    if view.types:
        yield ViolationRow.type.in_(sorted(view.types))
    if view.severity is not None:
        yield ViolationRow.severity == view.severity
    if view.since:
        yield ViolationRow.occurred_on >= view.since
    if view.until:
        yield ViolationRow.occurred_on <= view.until
    if view.field:
        yield ViolationRow.field_text == view.field
    if view.procedure:
        yield ViolationRow.procedure_code == view.procedure
    if view.officer:
        yield ViolationRow.officer == view.officer


def _of_agency(view: ListFilter) -> Iterator[ColumnElement[bool]]:
    if view.agency and view.alone:
        only = select(AgencyRow.id).where(AgencyRow.code == view.agency)
        unknown = and_(ViolationRow.agency_id.is_(None), ViolationRow.agency_text == view.agency)
        yield or_(ViolationRow.agency_id.in_(only), unknown)
    elif view.agency:
        yield ViolationRow.agency_id.in_(_with_below(view.agency))
    if view.unmatched:
        yield ViolationRow.agency_id.is_(None)
        yield ViolationRow.agency_text == view.unmatched


def _with_below(code: str) -> Select[int]:
    top = select(AgencyRow.path).where(AgencyRow.code == code).scalar_subquery()
    return select(AgencyRow.id).where(AgencyRow.path.like(func.coalesce(top, "-") + "%"))


def _of_words(words: str) -> Iterator[ColumnElement[bool]]:
    """Each word is looked for in the number, what was entered by hand, agency and file numbers.

    Numbers of dossiers and directives are looked through for words with a figure only.
    """
    for word in fold(words).split():
        found = [
            ViolationRow.search.contains(word, autoescape=True),
            ViolationRow.agency_id.in_(
                select(AgencyRow.id).where(AgencyRow.name_folded.contains(word, autoescape=True))
            ),
        ]
        if any(sign.isdigit() for sign in word):
            found += _of_numbers(word)
        yield or_(*found)


def _of_numbers(word: str) -> Iterator[ColumnElement[bool]]:
    number = NUMBER.fullmatch(word)
    if number and int(number[1]) <= MOST_KEY:
        yield ViolationRow.id == int(number[1])
    dossiers = func.lower(DossierRow.code).contains(word, autoescape=True)
    yield ViolationRow.dossier_id.in_(select(DossierRow.id).where(dossiers))
    directives = func.lower(DirectiveRow.number).contains(word, autoescape=True)
    yield ViolationRow.directive_id.in_(select(DirectiveRow.id).where(directives))
