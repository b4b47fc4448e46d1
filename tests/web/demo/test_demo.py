"""The demo tells one story, through the use cases, on both databases."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from models.accounts.queries import person_by_login
from models.base import table_of
from models.directives.beside import routings_of
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.history.register import sealed_from
from models.history.rows import HistoryRow
from models.installation import is_empty, is_marked
from models.jobs.queries import last_night
from web.demo.commands import AUGUST, set_up, sweep_last_night
from web.demo.days import DEMO_NOW
from web.demo.people import PRINTED, SINCE
from web.demo.telling import actor_of
from web.history.naming import told_by_name
from workflow.accounts.records import Role
from workflow.agencies.records import Tier


def test_the_demo_holds_the_thirty_agencies_and_the_nine_tasks(demo):
    with demo.reading() as unit:
        tiers = [a.tier for a in unit.agencies.agencies()]
        positions = unit.connection.execute(
            select(DirectiveRow.number)
            .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
            .where(DocumentRow.serial == 1, DirectiveRow.parent_id.is_(None))
        ).scalars()
        clauses = {number.split("-")[2][:2] for number in positions}
    assert tiers.count(Tier.DEPARTMENT) + tiers.count(Tier.DISTRICT) == 30
    assert clauses == {f"{n:02d}" for n in range(1, 10)}


def test_the_demo_leaves_work_in_every_state_and_some_of_it_late(demo):
    today = DEMO_NOW.date()
    with demo.reading() as unit:
        states = dict(
            unit.connection.execute(
                select(DirectiveRow.state, func.count()).group_by(DirectiveRow.state)
            ).all()
        )
        late = unit.connection.execute(
            select(func.count()).where(
                DirectiveRow.due_on < today, DirectiveRow.verified_on.is_(None)
            )
        ).scalar_one()
    assert min(states[s] for s in ("assigned", "in_progress", "reported", "verified")) > 0
    assert late >= 5


def test_the_demo_history_is_whole(demo):
    with demo.reading() as unit:
        report = unit.history.verify()
    assert report.ok
    assert report.entries > 300


def test_the_whole_history_is_told_in_words(demo, app):
    """No page shows the name of a field or a code as the database writes them."""
    written = re.compile(r"[a-z]+(_[a-z]+)+|V\d\d")
    with demo.reading() as unit:
        rows = unit.connection.execute(select(table_of(HistoryRow))).all()
    with app.test_request_context():
        entries = told_by_name(list(map(sealed_from, rows)))
    lines = [line for entry in entries for line in entry["changes"]]
    keys = {line["field"] for line in lines}
    inside = {key for line in lines for key in re.findall(r"(?:^|; )([^;:]+): ", line["after"])}
    values = {line[side] for line in lines for side in ("before", "after")}
    assert {one for one in keys | inside | values if written.fullmatch(one)} == set()
    assert {one for one in keys if one.isascii() and one.islower()} == set()


def test_the_whole_history_names_whom_and_what_it_tells_of(demo, app):
    """No id, no code of an agency, no instant as the database writes them, nor a key of its own."""
    written = re.compile(r"0\d{8}|H\d[\d.]+|\d{4}-\d\d-\d\d(T.*)?")
    with demo.reading() as unit:
        rows = unit.connection.execute(select(table_of(HistoryRow))).all()
    with app.test_request_context():
        entries = list(map(sealed_from, rows))
        lines = told_by_name(entries)
    values = {
        one for line in lines for change in line["changes"] for side in ("before", "after")
        for part in change[side].split("; ") for one in (part, part.rpartition(": ")[2])
    }  # fmt: skip
    assert {one for one in values if written.fullmatch(one)} == set()
    keys = {line["key"] for line in lines if line["subject"] != "Lần nhập hồ sơ"}
    assert {key for key in keys if re.search(r"^\d+$|@|[a-z] \d{4}-\d\d-\d\d", key)} == set()


def test_the_night_before_its_today_is_swept_when_it_opens(demo, clock):
    sweep_last_night(demo, clock, DEMO_NOW)
    with demo.reading() as unit:
        assert last_night(unit.connection) == DEMO_NOW.date()
    assert clock.at == DEMO_NOW


def test_one_account_of_each_role_is_printed_and_stands(demo):
    with demo.reading() as unit:
        roles = set()
        for login, _ in PRINTED:
            found = person_by_login(unit.connection, login)
            assert found is not None, login
            roles |= {seat.membership.role for seat in found.seats_on(date(2021, 11, 22))}
    assert roles == set(Role)


def test_a_database_with_other_data_is_not_filled_with_the_demo(world):
    from web.terminal import Told

    with pytest.raises(Told, match="other data"):
        set_up(world.office)


def test_an_installation_knows_whether_it_is_empty_or_the_demo(app, clock, request):
    with app.extensions["office"].reading() as unit:
        assert is_empty(unit.connection)
        assert not is_marked(unit.connection, AUGUST.mark)
    with request.getfixturevalue("demo").reading() as unit:
        assert not is_empty(unit.connection)
        assert is_marked(unit.connection, AUGUST.mark)
    assert clock().date() > SINCE


def test_the_demo_shows_what_passes_inside_and_between_agencies(demo):
    with demo.reading() as unit:
        land = unit.directives.directive("2021-0002-01")
        payment = unit.directives.directive("2021-0002-03")
        clerk = actor_of(unit, "clerk", DEMO_NOW.date())
        routed = routings_of(unit.connection, land.id, clerk)
    assert [one.is_open for one in land.inputs].count(True) == 1
    assert [one.is_open for one in payment.proposals].count(True) == 1
    assert any(one.internal_due_on for one in routed)
    assert land.reminders == 1
