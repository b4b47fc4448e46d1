"""The demo's autumn: one database holds 2021 and 2025, and the work of old agencies moved on."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import select

from models.accounts.queries import person_by_login
from models.agencies.queries import tree_on
from models.agencies.rows import AgencyRow
from models.directives.rows import DirectiveRow
from models.documents.rows import DocumentRow
from models.dossiers.rows import DossierRow
from models.escalation.rows import EscalationRow, RuleVersionRow
from models.installation import is_marked
from models.periods.rows import PeriodRow
from web.demo.autumn.agencies import LAND_NOW
from web.demo.autumn.people import NAMED
from web.demo.autumn.story import MARK, tell_autumn
from web.demo.autumn.year import tell_autumn_year
from workflow.agencies.records import Tier


@pytest.fixture
def told(app, clock):
    office = app.extensions["office"]
    tell_autumn(office, clock, "mật khẩu trình diễn")
    return office


def directives(unit, reference):
    return unit.connection.execute(
        select(DirectiveRow.number, DirectiveRow.state, AgencyRow.name, AgencyRow.tier)
        .join(DocumentRow, DocumentRow.id == DirectiveRow.document_id)
        .join(AgencyRow, AgencyRow.id == DirectiveRow.lead_agency_id)
        .where(DocumentRow.reference == reference)
    ).all()


def test_the_autumn_of_2025_stands_beside_2021(told):
    with told.reading() as unit:
        then = Counter(node.tier for node in tree_on(unit.connection, date(2021, 8, 23)))
        standing = tree_on(unit.connection, date(2025, 10, 20))
        now = Counter(node.tier for node in standing)
        routed = {Tier.DEPARTMENT, Tier.COMMUNE, Tier.SPECIAL_ZONE}
        bare = [
            node.name
            for node in standing
            if node.tier in routed and not unit.agencies.divisions(node.id)
        ]
        old, new = (directives(unit, of) for of in ("8/UBND-KSTTHC", "25/CT-UBND"))
        periods = unit.connection.execute(
            select(PeriodRow.serial, PeriodRow.completed_on, PeriodRow.due_on)
            .join(DirectiveRow, DirectiveRow.id == PeriodRow.directive_id)
            .where(PeriodRow.due_on < told.today())
        ).all()
        chain, marked = unit.history.verify(), is_marked(unit.connection, MARK)
        seats = {login: person_by_login(unit.connection, login) for login, *_ in NAMED}
    assert (then[Tier.DEPARTMENT], then[Tier.DISTRICT]) == (21, 9)
    assert (now[Tier.DEPARTMENT], now[Tier.DISTRICT]) == (14, 0)
    assert (now[Tier.COMMUNE], now[Tier.SPECIAL_ZONE], now[Tier.SERVICE_CENTRE]) == (64, 1, 65)
    assert bare == [], "an agency that has no division to route work to"
    assert chain.ok
    assert marked
    for login, _, role, _ in NAMED:
        assert [seat.membership.role for seat in seats[login].seats_on(told.today())] == [role]

    finished = [row for row in old if row.state == "verified"]
    running = [row for row in old if row.state != "verified"]
    assert any(row.tier == Tier.DISTRICT for row in finished), "old papers keep old names"
    assert {row.name for row in running} == {LAND_NOW, "Sở Khoa học và Công nghệ"}

    by_clause = Counter(row.number.split("-")[2][:2] for row in new)
    assert by_clause == {"01": 79, "02": 14, "03": 64, "04": 65, "05": 79}
    assert {row.tier for row in new} == {Tier.DEPARTMENT, Tier.COMMUNE, Tier.SPECIAL_ZONE}

    told_of = Counter(
        "missing"
        if row.completed_on is None
        else "late"
        if row.completed_on > row.due_on
        else "in time"
        for row in periods
    )
    assert min(told_of[word] for word in ("missing", "late", "in time")) >= 5


@pytest.fixture
def lived(told, clock):
    tell_autumn_year(told, clock)
    return told


def test_its_year_of_dossiers_leaves_cases_on_the_desk_of_the_two_tiers(lived):
    with lived.reading() as unit:
        ask = unit.connection.execute
        unmatched = ask(select(DossierRow.agency_text).where(DossierRow.agency_id.is_(None))).all()
        days = ask(select(DossierRow.received_on, AgencyRow.valid_from, AgencyRow.valid_to)
                   .join(AgencyRow, AgencyRow.id == DossierRow.agency_id)).all()  # fmt: skip
        cases = ask(
            select(
                AgencyRow.name, AgencyRow.valid_to, EscalationRow.state, EscalationRow.rule_code
            ).join(EscalationRow, EscalationRow.agency_id == AgencyRow.id)
        ).all()
        reasons = set(ask(select(RuleVersionRow.reason)).scalars())
        chain = unit.history.verify()
    assert len(days) > 2_000
    assert unmatched == []
    assert all(since <= day <= (until or day) for day, since, until in days)
    standing = {case.name for case in cases if case.state not in {"closed", "retracted"}}
    assert {"Chi nhánh VPĐKĐĐ Cam Lâm", "UBND phường Bắc Nha Trang"} <= standing
    assert all(case.valid_to is None for case in cases), "no case stands against an ended agency"
    assert {case.state for case in cases} >= {"closed", "raised"}
    assert all("Mức đề xuất" in reason for reason in reasons)
    assert chain.ok
