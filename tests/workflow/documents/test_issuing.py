"""Who a document's clauses go to on its day, before anything is issued."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from workflow.agencies.records import Agency, AgencyGroup, Tier
from workflow.calendar.vietnam import vietnam_calendar
from workflow.deadlines.phrases import read_deadline
from workflow.documents.issuing import plan_of, recipients, starting_values
from workflow.documents.records import (
    CarriedState,
    Clause,
    Document,
    DocumentHead,
    DocumentState,
    Party,
    PartyRole,
)
from workflow.errors import Refused

CALENDAR = vietnam_calendar(())
DAY = date(2021, 8, 20)
LEAD, COORDINATING = PartyRole.LEAD, PartyRole.COORDINATING
FAR = "Trong 10 ngày làm việc kể từ ngày 01/03/1999"


def agency(key, name, tier, **more):
    return Agency(
        **{
            "id": key, "code": f"H.{key}", "name": name, "tier": tier, "parent_id": 1,
            "path": f"/1/{key}/", "is_office": False, "valid_from": date(2016, 1, 1),
        } | more
    )  # fmt: skip


AGENCIES = (
    agency(1, "UBND tỉnh", Tier.PROVINCE, parent_id=None, path="/1/"),
    agency(2, "Sở Nội vụ", Tier.DEPARTMENT),
    agency(3, "UBND huyện A", Tier.DISTRICT, valid_to=date(2025, 6, 30)),
    agency(4, "UBND huyện B", Tier.DISTRICT, valid_to=date(2025, 6, 30)),
    agency(5, "Cục Thuế", Tier.VERTICAL),
    agency(6, "Sở Cũ", Tier.DEPARTMENT, valid_to=date(2020, 12, 31)),
)
GROUPS = {
    "districts": AgencyGroup(
        code="districts", name="UBND cấp huyện", tiers=frozenset({Tier.DISTRICT})
    ),
    "communes": AgencyGroup(code="communes", name="UBND cấp xã", tiers=frozenset({Tier.COMMUNE})),
}


def clause(*parties, text="Thường xuyên", position=1):
    return Clause(
        position=position, content="Việc", deadline=read_deadline(text, year=2021), parties=parties
    )


def led(key=None, group=None, without=()):
    return Party(
        role=LEAD, agency_id=key, group_code=group, words="lời", without=frozenset(without)
    )


def beside(key=None, group=None, words="lời"):
    return Party(role=COORDINATING, agency_id=key, group_code=group, words=words)


def plan(*clauses, issued_on=DAY):
    document = Document(
        id=1, state=DocumentState.DRAFT, version=1, head=DocumentHead(issued_on=issued_on),
        clauses=clauses,
    )  # fmt: skip
    return plan_of(document, AGENCIES, GROUPS, CALENDAR, today=date(2026, 11, 23))


def test_a_group_becomes_one_directive_for_each_of_its_agencies_less_the_exceptions():
    whole, less = plan(
        clause(led(group="districts")), clause(led(group="districts", without=(4,)), position=2)
    )
    assert [a.id for a in whole.recipients.leads] == [3, 4]
    assert [a.id for a in less.recipients.leads] == [3]
    assert less.recipients.is_several


def test_an_agency_named_twice_is_given_one_directive():
    (one,) = plan(clause(led(3), led(group="districts")))
    assert [a.id for a in one.recipients.leads] == [3, 4]


TROUBLES = [
    (clause(led(6)), [("lead", "agency_gone", "lời")]),
    (clause(led(5)), [("lead", "cannot_lead", "Cục Thuế")]),
    (clause(led(1)), [("lead", "cannot_lead", "UBND tỉnh")]),
    (clause(led(group="communes")), [("lead", "empty_group", "lời")]),
    (clause(led(2), beside(group="communes", words="UBND cấp xã")), [("coordinating", "empty_group", "UBND cấp xã")]),
    (clause(led(2), beside(6, words="")), [("coordinating", "agency_gone", "Sở Cũ")]),
    (clause(led(2), beside(5)), []),
    (clause(led(2), text=FAR), [("deadline", "outside_calendar", FAR)]),
]  # fmt: skip


@pytest.mark.parametrize(("one", "expected"), TROUBLES)
def test_what_stands_in_the_way_is_said_for_each_row(one, expected):
    (planned,) = plan(one)
    assert [(p.field, p.reason, p.text) for p in planned.waits] == expected


def test_who_stands_is_judged_by_the_document_s_day_not_today():
    assert [a.id for a in plan(clause(led(group="districts")))[0].recipients.leads] == [3, 4]
    (later,) = plan(clause(led(group="districts")), issued_on=date(2025, 7, 1))
    assert later.recipients.leads == ()
    assert [p.reason for p in later.waits] == ["empty_group"]


def test_without_a_day_nobody_is_said_to_be_gone():
    (planned,) = plan(clause(led(group="districts")), issued_on=None)
    assert planned.waits == ()


def test_issuing_refuses_what_the_plan_named():
    with pytest.raises(Refused) as refusal:
        recipients(clause(led(5), position=4), AGENCIES, GROUPS, DAY)
    assert (refusal.value.code, refusal.value.params["position"]) == ("cannot_lead", 4)


def test_a_period_of_working_days_is_counted_from_the_day_of_signing():
    (planned,) = plan(clause(led(2), text="Trong 10 ngày làm việc kể từ ngày ký"))
    assert planned.due_on == date(2021, 9, 7)


@pytest.mark.parametrize(
    ("carried", "source", "given", "led_since"),
    [
        (CarriedState.DONE, date(2019, 5, 10), date(2019, 5, 10), date(2019, 5, 10)),
        (CarriedState.IN_PROGRESS, date(2015, 5, 10), date(2015, 5, 10), date(2016, 1, 1)),
        (CarriedState.DONE, date(2021, 9, 1), DAY, DAY),
        (CarriedState.DONE, None, DAY, DAY),
        (None, date(2019, 5, 10), DAY, DAY),
    ],
)
def test_work_carried_over_was_given_by_the_document_its_row_names(
    carried, source, given, led_since
):
    one = replace(clause(led(2)), carried_state=carried, source_date=source)
    document = Document(
        id=1,
        state=DocumentState.DRAFT,
        version=1,
        head=DocumentHead(issued_on=DAY),
        clauses=(one,),
    )
    values = starting_values(document, one, AGENCIES[1], "2021-0001-01", CALENDAR, entered_on=DAY)
    assert (values["assigned_on"], values["lead_since"]) == (given, led_since)


def test_a_lead_does_not_coordinate_by_being_of_a_group_that_does():
    (alone,) = plan(clause(led(3), beside(group="districts")))
    assert [a.id for a in alone.recipients.coordinating] == [4]
    (own_group,) = plan(clause(led(group="districts"), beside(group="districts")))
    assert (own_group.recipients.coordinating, own_group.waits) == ((), ())
    (several,) = plan(clause(led(2), led(3), beside(2), beside(3)))
    assert [a.id for a in several.recipients.coordinating] == [2, 3]


def test_the_one_lead_that_is_named_to_coordinate_too_is_said():
    [both] = plan(clause(led(1), beside(1), beside(2)))
    assert both.named_twice == AGENCIES[0].name
    assert [a.id for a in both.recipients.coordinating] == [2]
    [several] = plan(clause(led(1), led(2), beside(1)))
    assert several.named_twice == ""
