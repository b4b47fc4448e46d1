"""Directives, people and cases for tests of the law itself; no memory is touched."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from workflow.accounts.records import Actor, Membership, Role
from workflow.agencies.records import Agency, Tier
from workflow.calendar.vietnam import vietnam_calendar
from workflow.directives.guards import Case
from workflow.directives.matters import Draft, InputRequest, Prepared, Proposal, Routing
from workflow.directives.needs import Given
from workflow.directives.reading import check_needs
from workflow.directives.records import Action, Directive, Part, State, Verdict
from workflow.directives.rules import Step, take
from workflow.directives.table import BY_ACTION
from workflow.errors import Invalid
from workflow.evidence.records import Evidence, EvidenceState, Purpose, StoredFile

DAY = date(2021, 9, 6)
"""A Monday in the middle of the work: assigned on 23 August, due on 29 September."""
AT = datetime(2021, 9, 6, 2, 30, tzinfo=UTC)
SINCE = date(2020, 1, 1)

PROVINCE, OFFICE, FOLLOWER, LEAD, PEER, STRANGER = 1, 2, 3, 4, 5, 6
DISTRICT, COMMUNE, HAMLET, BRANCH, FAR_DISTRICT, FAR_COMMUNE = 7, 8, 9, 10, 11, 12
OTHER_COMMUNE, FOLLOWER_BRANCH = 13, 14
NAMES = {
    PROVINCE: ("UBND tỉnh", Tier.PROVINCE, None),
    OFFICE: ("Văn phòng UBND tỉnh", Tier.DEPARTMENT, PROVINCE),
    FOLLOWER: ("Sở Nội vụ", Tier.DEPARTMENT, PROVINCE),
    LEAD: ("Sở Tài nguyên và Môi trường", Tier.DEPARTMENT, PROVINCE),
    PEER: ("Sở Xây dựng", Tier.DEPARTMENT, PROVINCE),
    STRANGER: ("Sở Y tế", Tier.DEPARTMENT, PROVINCE),
    DISTRICT: ("UBND huyện Cam Lâm", Tier.DISTRICT, PROVINCE),
    COMMUNE: ("UBND xã Cam Tân", Tier.COMMUNE, DISTRICT),
    HAMLET: ("Chi nhánh xã Cam Tân", Tier.BRANCH, COMMUNE),
    BRANCH: ("Chi cục Quản lý đất đai", Tier.BRANCH, LEAD),
    FAR_DISTRICT: ("UBND huyện Vạn Ninh", Tier.DISTRICT, PROVINCE),
    FAR_COMMUNE: ("UBND xã Vạn Phước", Tier.COMMUNE, FAR_DISTRICT),
    OTHER_COMMUNE: ("UBND xã Suối Cát", Tier.COMMUNE, DISTRICT),
    FOLLOWER_BRANCH: ("Chi cục Văn thư lưu trữ", Tier.BRANCH, FOLLOWER),
}
"""Agencies by id: name, tier, and the one above."""


@cache
def calendar():
    return vietnam_calendar(())


def path_of(agency: int) -> str:
    above = NAMES[agency][2]
    return f"{path_of(above) if above else '/'}{agency}/"


def agency(key: int, **more: Any) -> Agency:
    name, tier, parent = NAMES[key]
    values: dict[str, Any] = {
        "id": key,
        "code": f"H32.{key:02d}",
        "name": name,
        "tier": tier,
        "parent_id": parent,
        "path": path_of(key),
        "is_office": key == OFFICE,
        "valid_from": SINCE,
    }
    return Agency(**(values | more))


def member(role: Role, where: int, since: date = SINCE, until: date | None = None) -> Membership:
    return Membership(role=role, agency_id=where, valid_from=since, valid_to=until)


def actor(role: Role, where: int, *others: Membership, account: int = 500, **more: Any) -> Actor:
    """A person acting as `role` in agency `where`; `others` are roles held beside it."""
    values: dict[str, Any] = {
        "account_id": account,
        "name": "Người thử",
        "role": role,
        "agency_id": where,
        "agency_path": path_of(where),
        "agency_name": NAMES[where][0],
        "agency_is_office": where == OFFICE,
        "memberships": (member(role, where), *others),
    }
    return Actor(**(values | more))


FACTS_OF_STATE: dict[State, dict[str, Any]] = {
    State.ASSIGNED: {},
    State.IN_PROGRESS: {"accepted_on": date(2021, 8, 25)},
    State.REPORTED: {
        "accepted_on": date(2021, 8, 25),
        "reported_at": datetime(2021, 9, 3, 3, 0, tzinfo=UTC),
        "reported_by": 100,
        "completed_on": date(2021, 9, 3),
        "ever_reported": True,
        "touched_by": frozenset({100}),
    },
    State.VERIFIED: {
        "accepted_on": date(2021, 8, 25),
        "reported_at": datetime(2021, 9, 1, 3, 0, tzinfo=UTC),
        "reported_by": 100,
        "completed_on": date(2021, 9, 1),
        "ever_reported": True,
        "judged": True,
        "touched_by": frozenset({100}),
        "verified_on": date(2021, 9, 3),
        "verdict": Verdict.MET,
    },
    State.WITHDRAWN: {},
}


def directive(state: State = State.ASSIGNED, **more: Any) -> Directive:
    """A directive of the province to `LEAD`; `PEER` coordinates and `FOLLOWER` follows it."""
    values: dict[str, Any] = {
        "id": 1,
        "number": "2021-0001-01",
        "document_id": 1,
        "clause_id": 1,
        "state": state,
        "version": 3,
        "content": "Giảm hồ sơ trễ hạn lĩnh vực đất đai",
        "lead_agency_id": LEAD,
        "lead_path": path_of(LEAD),
        "lead_name": NAMES[LEAD][0],
        "overseer_id": FOLLOWER,
        "assigned_on": date(2021, 8, 23),
        "lead_since": date(2021, 8, 23),
        "coordinating": frozenset({PEER}),
        "coordinating_paths": (path_of(PEER),),
        "due_on": date(2021, 9, 29),
        "first_due_on": date(2021, 9, 29),
    }
    return Directive(**(values | FACTS_OF_STATE[state] | more))


def part_of_district(state: State = State.ASSIGNED, **more: Any) -> Directive:
    """A part that `DISTRICT` handed down to `COMMUNE`; `PEER` is named as coordinating."""
    values: dict[str, Any] = {
        "id": 2,
        "number": "2021-0001-01-01",
        "lead_agency_id": COMMUNE,
        "lead_path": path_of(COMMUNE),
        "lead_name": NAMES[COMMUNE][0],
        "parent_id": 1,
        "parent_state": State.IN_PROGRESS,
        "parent_lead_id": DISTRICT,
        "handed_by_id": DISTRICT,
        "handed_by_path": path_of(DISTRICT),
        "due_on": date(2021, 9, 20),
        "first_due_on": date(2021, 9, 20),
    }
    return directive(state, **(values | more))


def piece(key: int = 70, **more: Any) -> Evidence:
    values: dict[str, Any] = {
        "id": key,
        "name": "bao-cao.pdf",
        "version": 1,
        "media_type": "application/pdf",
        "size": 1000,
        "sha256": f"{key:064x}",
        "period_from": None,
        "period_to": None,
        "uploaded_by": 100,
        "uploaded_at": AT,
        "state": EvidenceState.PENDING,
        "purpose": Purpose.RESULT,
    }
    return Evidence(**(values | more))


def asked(key: int = 50, **more: Any) -> InputRequest:
    """A request of the lead to `PEER` that still waits, for the Friday of the week."""
    values: dict[str, Any] = {
        "id": key,
        "agency_id": PEER,
        "agency_name": NAMES[PEER][0],
        "what": "Số liệu quy hoạch",
        "due_on": date(2021, 9, 10),
        "asked_on": date(2021, 9, 1),
    }
    return InputRequest(**(values | more))


def proposal(key: int = 60, **more: Any) -> Proposal:
    """A proposal of the lead that nobody answered."""
    values: dict[str, Any] = {
        "id": key,
        "text": "Bố trí thêm người",
        "proposed_on": date(2021, 9, 1),
        "agency_id": LEAD,
    }
    return Proposal(**(values | more))


def prepared(agency_id: int = LEAD, **more: Any) -> Prepared:
    values: dict[str, Any] = {
        "id": 40, "agency_id": agency_id, "by": 502, "by_name": "Đặng Chuyên Viên", "at": AT,
        "result": "Đã xong", "hands": frozenset({502}),
    }  # fmt: skip
    return Prepared(**(values | more))


def draft(agency_id: int = LEAD, act: str = "give_input", **more: Any) -> Draft:
    values: dict[str, Any] = {
        "id": 41, "agency_id": agency_id, "act": act, "by": 502, "by_name": "Đặng Chuyên Viên",
        "at": AT, "hands": frozenset({502}),
    }  # fmt: skip
    return Draft(**(values | more))


def routed(agency_id: int = LEAD, to: int = 500, **more: Any) -> Routing:
    return Routing(**({"agency_id": agency_id, "account_id": to, "by": 501} | more))


def part(number: str = "2021-0001-01-01", state: State = State.ASSIGNED) -> Part:
    return Part(number=number, agency_name="Đơn vị", state=state, due_on=date(2021, 9, 20))


def file(name: str = "bao-cao.pdf") -> StoredFile:
    return StoredFile(name=name, media_type="application/pdf", size=9, sha256="ab" * 32)


def case(of: Directive, who: Actor, day: date = DAY, **more: Any) -> Case:
    return Case(directive=of, actor=who, day=day, calendar=calendar(), **more)


SIGNED = {"report_number": "88/BC", "report_date": date(2021, 8, 4), "signer": "Võ Đình Khôi"}
"""What stands at the foot of a report: said where a test says nothing of it."""


def ready(action: Action, **given: Any) -> Given:
    """What was given with an act, checked as the use case checks it."""
    signed = SIGNED if action is Action.REPORT else {}
    return check_needs(BY_ACTION[action].needs, signed | given)


def do(action: Action, of: Directive, who: Actor, day: date = DAY, **given: Any) -> Step:
    """Take one action in a case of its own."""
    return take(action, case(of, who, day), ready(action, **given), AT)


def after(action: Action, of: Directive, who: Actor, day: date = DAY, **given: Any) -> Directive:
    return do(action, of, who, day, **given).directive


LEAD_CLERK = actor(Role.AGENCY_CLERK, LEAD, account=100)
LEAD_HEAD = actor(Role.AGENCY_HEAD, LEAD, account=101)
LEAD_OFFICER = actor(Role.AGENCY_OFFICER, LEAD, account=102)
PEER_CLERK = actor(Role.AGENCY_CLERK, PEER, account=103)
VERIFIER = actor(Role.OFFICE, OFFICE, account=200)
INSPECTOR = actor(Role.INSPECTOR, STRANGER, account=201)
HANDING_CLERK = actor(Role.AGENCY_CLERK, DISTRICT, account=300)
PART_CLERK = actor(Role.AGENCY_CLERK, COMMUNE, account=301)


def changed(of: Directive, **more: Any) -> Directive:
    return replace(of, **more)


def errors(
    action: Action, of: Directive, who: Actor, day: date = DAY, limits: Any = None, **given: Any
) -> dict[str, str]:
    """Return the fields refused, or nothing when the act is taken."""
    more = {"limits": limits} if limits else {}
    try:
        take(action, case(of, who, day, **more), ready(action, **given), moment_of(day))
    except Invalid as error:
        return dict(error.errors)
    return {}


def moment_of(day: date) -> datetime:
    """Return an instant of the morning of a day."""
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
