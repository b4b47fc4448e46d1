"""What people do on the inspectors' desk in the demo's year, through the use cases of a click."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from sqlalchemy import select

from models.accounts.queries import person_by_login
from models.accounts.rows import AccountRow, MembershipRow
from models.escalation.rows import EscalationRaiseRow, EscalationRow
from models.lasting import stands_on
from models.unit import Unit
from models.violations.rows import ViolationRow
from web.demo.dossiers import (
    CAM_LAM,
    LATE_FROM,
    NHA_TRANG,
    PORTAL_CLOSED,
)
from web.demo.events import Event
from web.demo.people import clerk_of
from web.wiring import Office
from workflow.accounts.records import Actor, Role
from workflow.agencies.records import Agency
from workflow.review.issuing import issue_directive
from workflow.review.records import EscalationState, ReviewAction
from workflow.review.table import BY_ACTION
from workflow.review.usecases import take_action
from workflow.violations.judging import Said, act_on_many
from workflow.violations.records import UNCONFIRMED, ViolationAction

INSPECTOR, SECOND, LEADER, OFFICE = "inspector2", "inspector", "leader", "office"
LAND_DEPARTMENT = "Sở Tài nguyên và Môi trường"


def at_the_desk(place: Office, files: Sequence[date]) -> list[Event]:
    """What is done about the branch of Cam Lâm in July, and of Nha Trang in October."""
    late = partial(_on_newest, place, CAM_LAM)
    busy = partial(_on_newest, place, NHA_TRANG)
    return [
        Event(date(2021, 7, 2), 9, partial(late, ReviewAction.ACKNOWLEDGE, {})),
        Event(date(2021, 7, 2), 10, partial(late, ReviewAction.REQUEST_EXPLANATION, ASKED)),
        Event(date(2021, 7, 7), 15, partial(late, ReviewAction.EXPLAIN, EXPLAINED)),
        Event(date(2021, 7, 9), 9, partial(_confirm, place, CAM_LAM)),
        Event(date(2021, 7, 9), 10, partial(late, ReviewAction.PROPOSE, PROPOSED)),
        Event(date(2021, 7, 14), 14, partial(late, ReviewAction.DECIDE, DECIDED)),
        Event(date(2021, 7, 15), 9, partial(_issue_from, place, CAM_LAM)),
        Event(date(2021, 10, 18), 9, partial(busy, ReviewAction.ACKNOWLEDGE, {})),
        Event(date(2021, 10, 20), 9, partial(_contest, place, NHA_TRANG)),
        *ordinary_cases(place, files[:-2], _spared),
    ]


def ordinary_cases(
    place: Office, files: Sequence[date], spared: Callable[[date], frozenset[str]]
) -> list[Event]:
    """What the desk does after each month's file about the cases that are no story."""
    events = []
    for day in files:
        for after, hour, action, given in ORDINARY:
            run = partial(_on_all, place, spared(day), action, given)
            events.append(Event(day + timedelta(days=after), hour, run))
    return events


def _spared(day: date) -> frozenset[str]:
    """Whose cases are a story of their own: in June's file or later, and in October's."""
    late = {CAM_LAM} if day >= LATE_FROM else set()
    return frozenset(late | ({NHA_TRANG} if day >= PORTAL_CLOSED[0] else set()))


ASKED: Mapping[str, object] = {
    "paper": "412/TTT-NV2",
    "paper_on": date(2021, 7, 2),
    "text": "Đề nghị giải trình việc trả kết quả hồ sơ đất đai trễ hạn liên tục và việc chưa gửi "
    "phiếu xin lỗi cho người dân.",
    "working_days": 5,
}
HEARD: Mapping[str, object] = {
    "text": "Đề nghị giải trình các hồ sơ trễ hạn trong tháng.",
    "paper": "SNV-KT (trình diễn)",
    "paper_on": date(2021, 2, 1),
    "working_days": 5,
}
ORDINARY: tuple[tuple[int, int, ReviewAction, Mapping[str, object]], ...] = (
    (2, 13, ReviewAction.ACKNOWLEDGE, {}),
    (2, 14, ReviewAction.REQUEST_EXPLANATION, HEARD),
    (6, 10, ReviewAction.EXPLAIN, {"text": "Đã rà soát; bố trí thêm người ở bước thẩm tra."}),
    (9, 10, ReviewAction.PROPOSE, {"measure": "admonition", "reason": "Lần đầu trong kỳ."}),
    (11, 10, ReviewAction.DECIDE, {"measure": "admonition", "reason": "Nhắc nhở bằng văn bản."}),
    (14, 10, ReviewAction.CLOSE, {"result": "Đã nhắc nhở; tháng sau không còn trễ nhiều."}),
)
"""How long after a month's file, at which hour, what the desk does and says."""

EXPLAINED: Mapping[str, object] = {
    "text": "Hồ sơ tăng đột biến sau đợt đo đạc lại; hai viên chức nghỉ cách ly. Chi nhánh nhận "
    "thiếu sót trong việc xin lỗi, sẽ gửi đủ phiếu trước ngày 31/7.",
    "paper": "96/CNVPĐKĐĐ",
    "paper_on": date(2021, 7, 7),
}
PROPOSED: Mapping[str, object] = {
    "measure": "self_review",
    "reason": "Lặp lại trong hai tháng liền; nguyên nhân đã biết nhưng chưa bố trí người.",
}
DECIDED: Mapping[str, object] = {
    "measure": "self_review",
    "reason": "Đồng ý đề xuất; giao Sở Tài nguyên và Môi trường khắc phục dứt điểm.",
}


class Found(NamedTuple):
    """A case as the story acts on it."""

    id: int
    number: str
    version: int
    agency_id: int
    state: EscalationState
    holder: str | None


_CASES = (
    select(
        EscalationRow.id,
        EscalationRow.number,
        EscalationRow.version,
        EscalationRow.agency_id,
        EscalationRow.state,
        AccountRow.login,
    )
    .outerjoin(AccountRow, AccountRow.id == EscalationRow.holder_id)
    .where(EscalationRow.state != EscalationState.RETRACTED)
    .order_by(EscalationRow.opened_on.desc(), EscalationRow.id)
)


def _newest(unit: Unit, agency_name: str) -> Found:
    """Return the newest case of the first rule on an agency that still stands."""
    agency = _agency(unit, agency_name)
    wanted = _CASES.where(EscalationRow.agency_id == agency.id, EscalationRow.rule_code == "MC-01")
    return Found._make(unit.connection.execute(wanted.limit(1)).one())


def _agency(unit: Unit, name: str) -> Agency:
    return next(agency for agency in unit.agencies.agencies() if agency.name == name)


def _on_newest(
    place: Office, agency_name: str, action: ReviewAction, given: Mapping[str, object]
) -> None:
    with place.writing() as unit:
        _act(place, unit, _newest(unit, agency_name), action, given)


def _on_all(
    place: Office, spared: frozenset[str], action: ReviewAction, given: Mapping[str, object]
) -> None:
    """Do one thing about every ordinary case that stands where it can be done."""
    row = BY_ACTION[action]
    with place.writing() as unit:
        others = {agency.id for agency in unit.agencies.agencies() if agency.name in spared}
        for case in (Found._make(found) for found in unit.connection.execute(_CASES).all()):
            who = _who(unit, case, action, place.today())
            if case.state in row.to and case.agency_id not in others and who:
                _act(place, unit, case, action, given)


def _act(
    place: Office, unit: Unit, case: Found, action: ReviewAction, given: Mapping[str, object]
) -> None:
    take_action(
        unit.review,
        actor_of(unit, _who(unit, case, action, place.today()) or INSPECTOR, place.today()),
        case.number,
        action,
        given,
        ground=place.desk_ground(unit),
        version=case.version,
    )


def _who(unit: Unit, case: Found, action: ReviewAction, day: date) -> str | None:
    """Return who does it: the agency's clerk explains, a leader decides, the holder else."""
    if action is ReviewAction.EXPLAIN:
        clerks = (
            select(AccountRow.login)
            .join(MembershipRow, MembershipRow.account_id == AccountRow.id)
            .where(
                MembershipRow.agency_id == case.agency_id,
                MembershipRow.role == Role.AGENCY_CLERK,
                stands_on(MembershipRow, day),
            )
        )
        return unit.connection.scalars(clerks.order_by(AccountRow.id).limit(1)).first()
    if action is ReviewAction.DECIDE:
        return LEADER
    return case.holder or INSPECTOR


def _basis(unit: Unit, agency_name: str) -> list[int]:
    """Return the violations behind the newest case that nobody has confirmed yet."""
    raises = unit.connection.scalars(
        select(EscalationRaiseRow.violations).where(
            EscalationRaiseRow.escalation_id == _newest(unit, agency_name).id,
            EscalationRaiseRow.standing.is_(True),
        )
    )
    wanted = {key for keys in raises for key in keys}
    unconfirmed = select(ViolationRow.id).where(
        ViolationRow.id.in_(wanted), ViolationRow.state.in_(UNCONFIRMED)
    )
    return sorted(unit.connection.scalars(unconfirmed))


def _confirm(place: Office, agency_name: str) -> None:
    with place.writing() as unit:
        act_on_many(
            unit.violations,
            actor_of(unit, SECOND, place.today()),
            _basis(unit, agency_name),
            ViolationAction.CONFIRM,
            Said(),
            at=place.clock(),
        )


def _contest(place: Office, agency_name: str) -> None:
    reason = "Hồ sơ đã giải quyết xong đúng hạn nhưng chưa kết thúc trên phần mềm do lỗi kết nối."
    with place.writing() as unit:
        act_on_many(
            unit.violations,
            actor_of(unit, clerk_of(_agency(unit, agency_name)), place.today()),
            _basis(unit, agency_name),
            ViolationAction.CONTEST,
            Said(reason=reason),
            at=place.clock(),
        )


def _issue_from(place: Office, agency_name: str) -> None:
    """The office issues the directive that the decision asks for."""
    with place.writing() as unit:
        found, lead = _newest(unit, agency_name), _agency(unit, LAND_DEPARTMENT)
        given: dict[str, object] = {
            "paper": "7215/UBND-KSTTHC",
            "paper_on": place.today(),
            "signer": "Nguyễn Hữu Thành",
            "issuer": "UBND tỉnh Khánh Hòa",
            "subject": "Chấm dứt hồ sơ đất đai trễ hạn tại Chi nhánh VPĐKĐĐ Cam Lâm (trình diễn)",
            "agency": lead.id,
            "content": "Bố trí đủ người cho Chi nhánh VPĐKĐĐ Cam Lâm; giải quyết hết hồ sơ trễ "
            "hạn và gửi đủ phiếu xin lỗi; báo cáo kết quả kèm danh sách hồ sơ.",
            "expected_output": "Báo cáo và danh sách hồ sơ đã trả",
            "deadline_text": "Trước ngày 30-9",
        }
        issue_directive(
            unit.review,
            unit.documents,
            actor_of(unit, OFFICE, place.today()),
            found.number,
            given,
            ground=place.desk_ground(unit),
            version=found.version,
        )


def actor_of(unit: Unit, login: str, day: date) -> Actor:
    """Return one of the demo's people, acting in the first role they hold on a day."""
    found = person_by_login(unit.connection, login)
    assert found is not None  # noqa: S101 - seeded before the story
    return found.acting(found.seats_on(day)[0])
