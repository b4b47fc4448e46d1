"""What the query lets through is what the law lets a person read, over any small tree."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, union, update

from models.accounts.rows import AccountRow
from models.agencies.rows import AgencyRow, SuccessionRow
from models.agencies.scope import scope_of
from models.directives.filters import ListFilter, Looker, seen_by, wanted, ways_to
from models.directives.page import open_file
from models.directives.queries import (
    reading_ways,
    shares_document_with,
    visible_to,
    ways_to_read,
)
from models.directives.rows import CoordinatingRow, DirectiveRow
from models.documents.rows import ClauseRow, DocumentRow
from workflow.accounts.records import AGENCY_ROLES, Actor, Membership, Role
from workflow.agencies.records import SuccessionKind
from workflow.deadlines.records import DeadlineKind
from workflow.directives.records import Priority, Sight, State
from workflow.directives.standing import sight
from workflow.documents.records import DocumentState, Source, Urgency
from workflow.errors import NotFound

DAY = date(2021, 9, 1)
AT = datetime(2021, 9, 1, 3, 0, tzinfo=UTC)
SINCE = date(2020, 1, 1)
TREE = 7
DAYS = (date(2021, 7, 1), DAY, date(2021, 10, 1))
ENDED = date(2021, 6, 30)


@st.composite
def provinces(draw):
    """A tree (each agency's parent), who holds what in which document, and who looks."""
    parents = [None, *(draw(st.integers(0, child - 1)) for child in range(1, TREE))]
    agencies = st.integers(0, TREE - 1)
    held = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "document": st.integers(0, 1),
                    "lead": agencies,
                    "coordinating": st.frozensets(agencies, max_size=2),
                    "handed_by": st.none() | agencies,
                }
            ),
            min_size=1,
            max_size=6,
        )
    )
    looker = draw(
        st.fixed_dictionaries(
            {
                "role": st.sampled_from([*Role, None]),
                "agency": agencies,
                "until": st.sampled_from([None, DAY, date(2021, 8, 31)]),
                "system": st.sampled_from([False, False, False, True]),
            }
        )
    )
    return parents, held, looker, draw(successions())


@st.composite
def successions(draw):
    """Who went over into whom and when: before, on and after the day, some of them standing on."""
    edge = st.tuples(st.integers(0, TREE - 1), st.integers(0, TREE - 1), st.sampled_from(DAYS))
    ended = draw(st.frozensets(st.integers(0, TREE - 1), max_size=4))
    edges = draw(st.lists(edge, max_size=5, unique_by=lambda one: one[:2]))
    return ended, [one for one in edges if one[0] != one[1]]


def plant(connection, parents):
    paths: list[str] = []
    for key, parent in enumerate(parents, start=1):
        paths.append(f"{paths[parent] if parent is not None else '/'}{key}/")
        connection.execute(
            insert(AgencyRow),
            {
                "id": key, "code": f"A{key}", "name": f"Cơ quan {key}", "sort_key": f"{key}",
                "tier": "department", "parent_id": None if parent is None else parent + 1,
                "path": paths[-1], "is_office": False, "gso_code": "", "valid_from": SINCE,
            },
        )  # fmt: skip
    return paths


def let_go_over(connection, ended, edges):
    """Record the successions; agencies that ended did so before every one of them."""
    for key in ended:
        connection.execute(update(AgencyRow).where(AgencyRow.id == key + 1).values(valid_to=ENDED))
    for old, new, on in edges:
        connection.execute(
            insert(SuccessionRow),
            {
                "predecessor_id": old + 1, "successor_id": new + 1, "kind": SuccessionKind.MERGE,
                "act": "1/NQ", "on": on, "takes_over": {},
            },
        )  # fmt: skip


def followed_by(key, paths, ended, edges):
    """Return whose work an agency reads, walked step by step."""
    own = {one for one, path in enumerate(paths) if path.startswith(paths[key])}
    found = set(own)
    while True:
        more = {old for old, new, on in edges if new in found and old in ended and on <= DAY}
        if more <= found:
            return found - own
        found |= more


def had(item):
    """Return who leads, coordinates or handed down a directive."""
    return {item["lead"], item["handed_by"], *(item["coordinating"] - {item["lead"]})} - {None}


def enter(connection, held):
    connection.execute(
        insert(AccountRow),
        {
            "id": 1, "login": "x", "name": "X", "password_hash": "", "must_change_password": False,
            "is_active": True, "is_system": False, "session_epoch": 0, "locale": "vi",
            "created_at": AT,
        },
    )  # fmt: skip
    for key in (1, 2):
        connection.execute(
            insert(DocumentRow),
            {
                "id": key, "state": DocumentState.ISSUED, "version": 1, "year": 2021, "serial": key,
                "reference": f"{key}/UB", "reference_key": f"{key}ub", "issued_on": SINCE,
                "issued_year": 2021, "issuer_key": "ub", "source": Source.COMMITTEE,
                "urgency": Urgency.NORMAL, "skipped_rows": [], "entered_by": 1, "entered_at": AT,
            },
        )  # fmt: skip
        connection.execute(
            insert(ClauseRow),
            {
                "id": key, "document_id": key, "position": 1, "priority": Priority.NORMAL,
                "deadline_kind": DeadlineKind.NONE, "problems": [],
                "deadline": {"text": "", "kind": "none"},
            },
        )  # fmt: skip
    for key, item in enumerate(held, start=1):
        connection.execute(
            insert(DirectiveRow),
            {
                "id": key, "number": f"N{key}", "document_id": item["document"] + 1,
                "clause_id": item["document"] + 1, "lead_agency_id": item["lead"] + 1,
                "handed_by_id": None if item["handed_by"] is None else item["handed_by"] + 1,
                "state": State.ASSIGNED, "version": 1, "content": "việc", "priority": Priority.NORMAL,
                "deadline_kind": DeadlineKind.NONE, "assigned_on": SINCE, "touched_by": [],
                "search": "", "updated_at": AT,
            },
        )  # fmt: skip
        for beside in item["coordinating"] - {item["lead"]}:
            connection.execute(
                insert(CoordinatingRow), {"directive_id": key, "agency_id": beside + 1}
            )


def actor_of(looker, paths) -> Actor:
    role, agency = looker["role"], looker["agency"] + 1
    held = Membership(
        role=role or Role.ADMIN, agency_id=agency, valid_from=SINCE, valid_to=looker["until"]
    )
    return Actor(
        account_id=1, name="X", role=role, agency_id=agency if role else None,
        agency_path=paths[agency - 1] if role else "", memberships=(held,) if role else (),
        is_system=looker["system"],
    )  # fmt: skip


@pytest.fixture
def connection(app):
    with app.extensions["office"].engine.connect() as found:
        yield found


@settings(max_examples=60)
@given(provinces())
def scope_equals_law(connection, province):
    parents, held, looker, (ended, edges) = province
    with connection.begin() as transaction:
        paths = plant(connection, parents)
        let_go_over(connection, ended, edges)
        enter(connection, held)
        heard = followed_by(looker["agency"], paths, ended, edges)
        actor = actor_of(looker, paths)
        whole = set(connection.scalars(select(DirectiveRow.number).where(visible_to(actor, DAY))))
        ways = ways_to_read(actor, DAY)
        scope = scope_of(connection, actor.agency_path, DAY)
        named = reading_ways(actor, DAY, scope)
        assert (
            numbers_where(connection, seen_by(Looker(actor=actor, day=DAY, scope=scope))) == whole
        )
        for one in named:
            assert set(connection.scalars(select(DirectiveRow.number).where(one.whole))) <= whole
        by_name = connection.scalars(
            union(*(select(DirectiveRow.number).where(one.whole) for one in named))
        )
        assert set(by_name) == whole, (looker, held)
        narrowed_to_an_agency(connection, actor, scope)
        in_parts = connection.scalars(
            union(*(select(DirectiveRow.number).where(way) for way in ways))
        )
        assert set(in_parts) == whole, (looker, held)
        shared = set(
            connection.scalars(select(DirectiveRow.number).where(shares_document_with(actor, DAY)))
        )
        register = _register(connection)
        for key in range(1, len(held) + 1):
            number = f"N{key}"
            directive = register.directive(number)
            shares = register.shares_document(actor, directive, DAY)
            follows = bool(heard & had(held[key - 1]))
            judged = sight(actor, directive, DAY, shares_document=shares, follows=follows)
            asked = actor.role in AGENCY_ROLES and not actor.is_system
            if follows and asked and judged is Sight.FULL:
                assert register.follows(actor, directive, DAY)
            assert (number in whole) == (judged is Sight.FULL), (looker, held)
            assert (number in whole | shared) == (judged is not Sight.NONE), (looker, held)
            assert seen_on_page(connection, actor, number) is judged
        transaction.rollback()


def numbers_where(connection, condition):
    return set(connection.scalars(select(DirectiveRow.number).where(condition)))


def narrowed_to_an_agency(connection, actor, scope):
    """What one reads of an agency is the same whether or not one's scope was asked before."""
    plain = Looker(actor=actor, day=DAY)
    for key, alone in ((1, False), (TREE - 1, True), (actor.agency_id or 2, False)):
        view = ListFilter(agency=f"A{key}", alone=alone)
        [way] = ways_to(view, replace(plain, scope=scope))
        found = numbers_where(connection, way.whole)
        assert found == numbers_where(connection, wanted(view, plain)), (actor, view)


def _register(connection):
    from models.directives.register import DirectiveRegister

    return DirectiveRegister(connection, writing=False, now=AT)


def seen_on_page(connection, actor, number):
    try:
        file = open_file(connection, actor, number, DAY)
    except NotFound:
        return Sight.NONE
    closed = not (file.links or file.reports or file.family)
    assert closed or file.sight is Sight.FULL
    return file.sight


def test_the_query_and_the_law_agree_on_who_reads_what(connection):
    scope_equals_law(connection)
