"""What a list of violations can be narrowed to; every figure on a page is one of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    false,
    func,
    literal_column,
    select,
    true,
    union,
)

from models.agencies.rows import AgencyRow
from models.directives.rows import DirectiveRow
from models.dossiers.rows import DossierRow
from models.escalation.rows import EscalationRaiseRow, EscalationRow
from models.review.basis import id_of, members
from models.violations.queries import BY_HAND, EXACT, NOT_FRESH, STANDS, scope_of
from models.violations.rows import ViolationRow
from workflow.accounts.records import Actor
from workflow.text import fold
from workflow.violations.records import (
    Severity,
    ViolationSource,
    ViolationState,
)

MOST_KEY = 2**31 - 1
Condition = ColumnElement[bool]
Ways = tuple[Condition, ...]
"""Conditions that exclude each other and together are a view; each has an index to walk."""
MOST_WAYS = 64
WHOLE = re.compile(r"[0-9]{1,10}")


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


def ways_to(connection: Connection, view: ListFilter, looker: Looker) -> Ways:
    """Return the conditions of a view within what the looker may read, one for each agency.

    A page takes a few rows of each agency by its own index, so that its cost follows the page
    and not what is stored. Where no agency narrows the view, or very many do, it is one.
    """
    narrowed = [*_narrowed(view)]
    if view.escalation:
        narrowed.append(_behind(connection, view.escalation))
    if view.unmatched:
        narrowed.append(_named(view.unmatched))
    scope = scope_of(looker.actor, looker.day, AgencyRow.id)
    if scope is None and not view.agency:
        return (and_(true(), *narrowed),)
    agencies = _agencies_of(connection, view, scope)
    if not agencies:
        named = view.agency and view.alone and scope is None
        return (and_(_named(view.agency), *narrowed) if named else false(),)
    if len(agencies) > MOST_WAYS:
        return (and_(ViolationRow.agency_id.in_(agencies), *narrowed),)
    return tuple(and_(ViolationRow.agency_id == key, *narrowed) for key in agencies)


def _agencies_of(
    connection: Connection, view: ListFilter, scope: Condition | None
) -> Sequence[int]:
    """Return the agencies whose violations a view holds, within a scope of agencies."""
    wanted = select(AgencyRow.id).order_by(AgencyRow.id)
    if scope is not None:
        wanted = wanted.where(scope)
    if view.agency and view.alone:
        wanted = wanted.where(AgencyRow.code == view.agency)
    elif view.agency:
        top = select(AgencyRow.path).where(AgencyRow.code == view.agency).scalar_subquery()
        wanted = wanted.where(AgencyRow.path.like(func.coalesce(top, "-") + "%"))
    return connection.execute(wanted).scalars().all()


def _named(text: str) -> Condition:
    return and_(ViolationRow.agency_id.is_(None), ViolationRow.agency_text == text)


def _narrowed(view: ListFilter) -> Iterator[Condition]:
    yield from _of_standing(view)
    yield from _of_facts(view)
    yield from _of_words(view.words)


def _behind(connection: Connection, number: str) -> Condition:
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


def _of_standing(view: ListFilter) -> Iterator[Condition]:
    if view.standing:
        yield STANDS
    if view.states:
        yield from _among(view.states)
    if view.source is not None:
        yield ViolationRow.source == view.source
    if view.by_hand or view.source not in {None, ViolationSource.DETECTED}:
        yield BY_HAND
    if view.after_the_fact is not None:
        yield ViolationRow.after_the_fact.is_(view.after_the_fact)


def _among(states: frozenset[ViolationState]) -> Iterator[Condition]:
    """Yield the condition of some states; where fresh signs are not among them, its index."""
    if ViolationState.RECORDED not in states:
        yield NOT_FRESH
    elif len(states) > 1:  # nearly all: said so that no index of states is tempting
        others = (one for one in ViolationState if one not in states)
        yield and_(*(ViolationRow.state != literal_column(f"'{one.value}'") for one in others))
        return
    if len(states) == 1:
        yield from (ViolationRow.state == one for one in states)
    else:
        yield ViolationRow.state.in_(sorted(states))


def _of_facts(view: ListFilter) -> Iterator[Condition]:
    if len(view.types) == 1:
        [only] = view.types
        yield ViolationRow.type == only
    elif view.types:
        yield ViolationRow.type.in_(sorted(view.types))
    if view.since:
        yield ViolationRow.occurred_on >= view.since
    if view.until:
        yield ViolationRow.occurred_on <= view.until
    named = {
        ViolationRow.severity: view.severity,
        ViolationRow.field_text: view.field,
        ViolationRow.procedure_code: view.procedure,
        ViolationRow.officer: view.officer,
    }
    yield from (column == value for column, value in named.items() if value)


def _of_words(words: str) -> Iterator[Condition]:
    """Each word is looked for in the number, what was entered by hand, agency and file numbers.

    A public number is looked up alone. Numbers of dossiers and directives are looked through for
    words with a figure only. What is found by each index is put together by its id.
    """
    folded = fold(words)
    if (number := EXACT.fullmatch(folded)) is not None:
        yield ViolationRow.id == int(number[1])
        return
    for word in folded.split():
        found = [_by_hand(word), _of_named_agencies(word)]
        if any(sign.isdigit() for sign in word):
            found += _of_numbers(word)
        yield ViolationRow.id.in_(union(*found))


def _by_hand(word: str) -> Select[int]:
    told = ViolationRow.search.contains(word, autoescape=True)
    return select(ViolationRow.id).where(BY_HAND, told)


def _of_named_agencies(word: str) -> Select[int]:
    named = select(AgencyRow.id).where(AgencyRow.name_folded.contains(word, autoescape=True))
    return select(ViolationRow.id).where(ViolationRow.agency_id.in_(named))


def _of_numbers(word: str) -> Iterator[Select[int]]:
    key = select(ViolationRow.id)
    if WHOLE.fullmatch(word) and int(word) <= MOST_KEY:
        yield key.where(ViolationRow.id == int(word))
    dossiers = func.lower(DossierRow.code).contains(word, autoescape=True)
    yield key.where(ViolationRow.dossier_id.in_(select(DossierRow.id).where(dossiers)))
    directives = func.lower(DirectiveRow.number).contains(word, autoescape=True)
    of_directive = ViolationRow.directive_id.in_(select(DirectiveRow.id).where(directives))
    yield key.where(ViolationRow.directive_id.is_not(None), of_directive)
