"""Rates and lists: equal to a plain count by the rule itself, whatever the view and the day."""

from collections import Counter
from datetime import date

import caseload
import pytest
from sqlalchemy import select
from upkeep import counted_queries
from world import staged

from models.causes.rows import DossierCauseRow
from models.dossiers.filters import DossierFilter, Viewer, ways_to
from models.dossiers.lists import (
    chunks_of,
    count_of,
    edge_from,
    edge_text,
    page_of,
    total_of,
    waits_of,
)
from models.dossiers.rates import By, rates, rates_by_each
from models.dossiers.rates import total_of as whole_of
from models.dossiers.rows import DossierRow
from workflow.calendar.vietnam import vietnam_calendar
from workflow.dossiers.records import Channel
from workflow.dossiers.timing import Promise, Verdict, judged

CALENDAR = vietnam_calendar()
TODAY = date(2021, 8, 23)
DAYS = (date(2021, 3, 1), date(2021, 6, 5), TODAY, date(2022, 1, 1))
MANY = 700


@pytest.fixture
def stocked(world):
    return staged(world, "a year of dossiers", _stock)


def _stock(world):
    caseload.year(world, MANY)
    caseload.one(world, promised_on=date(2021, 6, 4), promised_last_on=date(2021, 7, 1),
                 ended_on=date(2021, 6, 30), waits_included=True)  # fmt: skip
    for name in ("Cấp đổi giấy", "Tách thửa", "Tách thửa", ""):
        caseload.one(world, procedure_code="", procedure_text=name)


def viewer(world, who="office", as_of=TODAY, fields=frozenset()):
    return Viewer(actor=world.actor(who), day=TODAY, as_of=as_of, calendar=CALENDAR, fields=fields)


class Plain:
    """A row as the rule reads it."""

    def __init__(self, row):
        self.row = row
        for name in (
            "received_on",
            "promised_on",
            "promised_last_on",
            "waits_included",
            "ended_on",
        ):
            setattr(self, name, getattr(row, name))
        self.waits = waits_of(row.waits)


def everything(world):
    with world.office.reading() as unit:
        return [Plain(row) for row in unit.connection.execute(select(DossierRow.__table__))]


def counted(rows, day, key):
    """Count again, slowly: every row by the rule."""
    found = Counter()
    for plain in rows:
        for promise in Promise:
            verdict = judged(plain, day, CALENDAR, promise)
            if verdict is not None:
                found[key(plain.row), promise, verdict] += 1
    return found


def told(groups, key):
    return Counter(
        {
            (key(group), promise, verdict): getattr(tally, verdict.value)
            for group in groups
            for promise, tally in ((Promise.FIRST, group.first), (Promise.LAST, group.last))
            for verdict in Verdict
            if getattr(tally, verdict.value)
        }
    )


KEYS = {
    By.AGENCY: (lambda row: row.agency_id or row.agency_text, None),
    By.FIELD: (lambda row: row.field_text, lambda group: group.key),
    By.PROCEDURE: (
        lambda row: (row.procedure_code, "" if row.procedure_code else row.procedure_text),
        lambda group: (group.key, "" if group.key else group.words),
    ),
    By.MONTH: (lambda row: f"{row.received_on:%Y-%m}", lambda group: group.key),
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("by", [By.FIELD, By.PROCEDURE, By.MONTH])
def test_rates_equal_a_plain_count_by_the_rule(stocked, by, day):
    of_row, of_group = KEYS[by]
    with stocked.office.reading() as unit:
        who = viewer(stocked, as_of=day)
        groups, months = rates(unit.connection, (ways_to(DossierFilter(), who),), who, by)
    rows = everything(stocked)
    assert told(groups, of_group) == counted(rows, day, of_row)
    of_row, of_group = KEYS[By.MONTH]
    assert told(months, of_group) == counted(rows, day, of_row)


@pytest.mark.parametrize("day", DAYS)
def test_rates_by_agency_equal_a_plain_count_and_keep_unmatched_names_apart(stocked, day):
    names = {agency.id: agency.name for agency in stocked.agencies.values()}
    with stocked.office.reading() as unit:
        who = viewer(stocked, as_of=day)
        groups, _ = rates(unit.connection, (ways_to(DossierFilter(), who),), who, By.AGENCY)
    wanted = counted(
        everything(stocked), day, lambda row: names.get(row.agency_id) or row.agency_text
    )
    assert told(groups, lambda group: group.key) == wanted
    codes = {group.key: group.code for group in groups}
    assert codes["Sở Xây dựng"] == "H32.04"
    assert codes["Chi nhánh VPĐKĐĐ Cam Lâm"] == ""


def test_the_parts_of_a_rate_are_the_whole_view(stocked):
    with stocked.office.reading() as unit:
        who = viewer(stocked)
        ways = ways_to(DossierFilter(first=date(2021, 1, 1)), who)
        for by in By:
            groups, months = rates(unit.connection, (ways,), who, by)
            whole = whole_of(groups)
            assert whole == whole_of(months)
            assert whole.first.received == whole.last.received == count_of(unit.connection, ways)
            assert whole.first.rate == pytest.approx(whole.first.on_time / whole.first.judged)


@pytest.mark.parametrize("day", DAYS[1:3])
def test_counted_by_every_key_at_once_it_is_what_each_key_tells(stocked, day):
    with stocked.office.reading() as unit:
        who = viewer(stocked, as_of=day)
        ways = ways_to(DossierFilter(), who)
        found = rates_by_each(unit.connection, ways, who)
        for by in By:
            wanted = rates(unit.connection, (ways,), who, by)[0]
            assert Counter(found[by]) == Counter(wanted)


def test_nothing_to_judge_has_no_rate(world):
    with world.office.reading() as unit:
        who = viewer(world)
        groups, _ = rates(unit.connection, (ways_to(DossierFilter(), who),), who, By.FIELD)
    assert groups == ()
    assert whole_of(groups).first.rate is None
    assert whole_of(groups).gap is None


VIEWS = {
    "all": (DossierFilter(), lambda _: True),
    "field": (DossierFilter(field="Đất đai"), lambda p: p.row.field_text == "Đất đai"),
    "no agency": (
        DossierFilter(agency_text="-"),
        lambda p: p.row.agency_id is None and p.row.agency_text == "",
    ),
    "unmatched": (
        DossierFilter(agency_text="Chi nhánh VPĐKĐĐ Cam Lâm"),
        lambda p: p.row.agency_text == "Chi nhánh VPĐKĐĐ Cam Lâm",
    ),
    "period": (
        DossierFilter(first=date(2021, 2, 1), last=date(2021, 2, 28)),
        lambda p: p.received_on and (p.received_on.year, p.received_on.month) == (2021, 2),
    ),
    "channel": (
        DossierFilter(channel=Channel.ONLINE),
        lambda p: p.row.channel == Channel.ONLINE.value,
    ),
    "code": (DossierFilter(code="-210605-"), lambda p: "-210605-" in p.row.code),
    "procedure": (DossierFilter(procedure="1.0001"), lambda p: p.row.procedure_code == "1.0001"),
    "procedure without a code": (
        DossierFilter(procedure_text="Tách thửa"),
        lambda p: (p.row.procedure_code, p.row.procedure_text) == ("", "Tách thửa"),
    ),
    "procedure without code or name": (
        DossierFilter(procedure_text="-"),
        lambda p: not p.row.procedure_code and not p.row.procedure_text,
    ),
    "status": (DossierFilter(status=4), lambda p: p.row.status == 4),
    **{
        f"{verdict} by {promise}": (
            DossierFilter(standing=frozenset({verdict}), by=promise),
            lambda p, v=verdict, by=promise: judged(p, TODAY, CALENDAR, by) is v,
        )
        for verdict in Verdict
        for promise in Promise
    },
}


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_holds_what_it_says_and_nothing_else(stocked, name):
    view, holds = VIEWS[name]
    wanted = {plain.row.id for plain in everything(stocked) if holds(plain)}
    with stocked.office.reading() as unit:
        ways = ways_to(view, viewer(stocked))
        found = [row.id for rows in chunks_of(unit.connection, ways) for row in rows]
        assert total_of(unit.connection, ways) == (len(wanted), True)
    assert sorted(found) == sorted(wanted)
    assert wanted


def test_an_agency_with_its_units_and_alone(stocked):
    with stocked.office.reading() as unit:

        def ids(**view):
            ways = ways_to(DossierFilter(**view), viewer(stocked))
            return {row.id for rows in chunks_of(unit.connection, ways) for row in rows}

        alone, whole = ids(agency="H32.10", alone=True), ids(agency="H32.10")
        assert alone < whole
        assert whole - alone == ids(agency="H32.10.1")
        assert ids(agency="H32.404") == set()


def test_a_cause_that_was_given_or_not(stocked):
    with stocked.office.writing() as unit:
        unit.connection.execute(
            DossierCauseRow.__table__.insert(),
            {"dossier_id": 1 + min(p.row.id for p in everything(stocked)), "code": "L05",
             "is_primary": True, "step": "", "source": "entered",
             "entered_by": stocked.accounts["office"], "at": stocked.clock()},
        )  # fmt: skip
    with stocked.office.reading() as unit:
        who = viewer(stocked)
        given = count_of(unit.connection, ways_to(DossierFilter(cause="L05"), who))
        none = count_of(unit.connection, ways_to(DossierFilter(cause="-"), who))
        whole = count_of(unit.connection, ways_to(DossierFilter(), who))
    assert (given, none) == (1, whole - 1)


# --- who reads what ----------------------------------------------------------------------


def seen(world, who, fields=frozenset()):
    with world.office.reading() as unit:
        ways = ways_to(DossierFilter(), viewer(world, who, fields=fields))
        return {row.id for rows in chunks_of(unit.connection, ways) for row in rows}


def test_each_agency_reads_what_it_and_its_units_resolve_or_received(stocked):
    by_code = {code: agency.id for code, agency in stocked.agencies.items()}
    rows = everything(stocked)

    def handled(*codes):
        ids = {by_code[code] for code in codes}
        return {p.row.id for p in rows if {p.row.agency_id, p.row.receiving_id} & ids}

    assert seen(stocked, "clerk") == handled("H32.03")
    assert seen(stocked, "district") == handled("H32.10", "H32.10.1")
    assert seen(stocked, "commune") == handled("H32.10.1")
    assert seen(stocked, "foreign") == handled("H32.11")
    everybody = {p.row.id for p in rows}
    for who in ("office", "leader", "inspector", "admin"):
        assert seen(stocked, who) == everybody


def test_who_studies_a_field_reads_that_field_of_the_whole_province(stocked):
    rows = everything(stocked)
    land = {p.row.id for p in rows if p.row.field_text == "Đất đai"}
    assert seen(stocked, "clerk", frozenset({"Đất đai"})) == seen(stocked, "clerk") | land


def test_a_role_that_is_no_longer_held_reads_nothing(stocked):
    with stocked.office.reading() as unit:
        who = Viewer(
            actor=stocked.actor("clerk"), day=date(2019, 1, 1), as_of=TODAY, calendar=CALENDAR
        )
        assert count_of(unit.connection, ways_to(DossierFilter(), who)) == 0


# --- paging --------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["office", "district"])
def test_pages_follow_each_other_forth_and_back_without_loss(stocked, who):
    with stocked.office.reading() as unit:
        ways = ways_to(DossierFilter(), viewer(stocked, who))
        whole = [row.id for rows in chunks_of(unit.connection, ways) for row in rows]
        forth, page = [], page_of(unit.connection, ways, limit=37)
        while True:
            forth += [row.id for row in page.rows]
            if page.after is None:
                break
            page = page_of(unit.connection, ways, page.after, limit=37)
        back = [[row.id for row in page.rows]]
        while page.before is not None:
            edge = edge_from(edge_text(page.before), backward=True)
            page = page_of(unit.connection, ways, edge, limit=37)
            back.append([row.id for row in page.rows])
    assert forth == whole
    assert [key for ids in reversed(back) for key in ids] == whole
    assert len(set(whole)) == len(whole)


def test_the_latest_received_stand_first_and_undated_ones_last(stocked):
    with stocked.office.reading() as unit:
        ways = ways_to(DossierFilter(), viewer(stocked))
        rows = [row for rows in chunks_of(unit.connection, ways) for row in rows]
    dated = [row.received_on for row in rows if row.received_on]
    assert dated == sorted(dated, reverse=True)
    assert rows[-1].received_on is None


@pytest.mark.parametrize(
    "text", ["", "x", "2021-01-01", "2021-01-01~x", "2021-13-01~1", "~-1", "~99999999999"]
)
def test_an_edge_nobody_wrote_is_refused(text):
    with pytest.raises(ValueError):
        edge_from(text, backward=False)


@pytest.mark.parametrize("who", ["office", "clerk"])
def test_a_page_costs_the_same_number_of_statements_whatever_its_rows(stocked, who):
    looks = viewer(stocked, who)
    with counted_queries(stocked) as statements, stocked.office.reading() as unit:
        ways = ways_to(DossierFilter(), looks)
        page_of(unit.connection, ways)
        total_of(unit.connection, ways)
    assert len([text for text in statements if text != "BEGIN"]) <= 3
