"""What each agency of the demo does with its directives; it follows from the number alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from web.demo.days import LAST_DAY
from web.demo.document import (
    MEETING_ON,
    SIGNED_ON,
)
from web.demo.people import clerk_of, head_over
from web.wiring import Office
from workflow.directives.records import Action, Directive
from workflow.periods.records import PeriodAction


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of the story: on a directive, or on one of its reporting periods."""

    day: date
    who: str
    number: str
    action: Action | PeriodAction
    period: int = 0
    given: dict[str, object] = field(default_factory=dict)
    hour: int = 9


def dice(number: str, what: str, sides: int) -> int:
    """Return a number below `sides` that is the same in every demo."""
    return int(sha256(f"{number}/{what}".encode()).hexdigest()[:8], 16) % sides


def working(day: date, days: int) -> date:
    """Return the day some working days later; weekends alone are stepped over."""
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5  # noqa: PLR2004 - Monday to Friday
    return day


def _clerks(place: Office) -> dict[int, str]:
    with place.reading() as unit:
        return {agency.id: clerk_of(agency) for agency in unit.agencies.agencies()}


def august_acts(place: Office, made: tuple[Directive, ...]) -> Iterator[Act]:
    """Yield what became of the directives of August."""
    clerks = _clerks(place)
    for directive in made:
        clause, clerk = int(directive.number.split("-")[2][:2]), clerks[directive.lead_agency_id]
        if dice(directive.number, "silent", 9) == 0:
            continue
        last = REPORTS_BEGIN if clause in REPORTED else LAST_DAY
        yield from _taken_up(directive.number, clerk, last)
        if clause in REPORTED:
            yield from _reported(directive, clerk)
        elif clause == 3:  # noqa: PLR2004 - the clause on late dossiers
            yield from _handed_down(place, directive, clerk)


REPORTED = frozenset({1, 8})
"""Clauses of August whose leads have reported."""

REPORTS_BEGIN = date(2021, 9, 17)
UPDATES = (
    "Đã quán triệt đến toàn thể công chức; phân công lãnh đạo phụ trách từng nội dung.",
    "Đã rà soát quy trình, cắt bớt một bước trình ký; số hồ sơ trễ hạn giảm so với tháng trước.",
    "Đã tổ chức kiểm tra Bộ phận Một cửa; nhắc nhở hai trường hợp trả kết quả chậm.",
    "Đã kết nối thanh toán trực tuyến cho năm thủ tục, đang thử nghiệm thêm ba thủ tục.",
)
DIFFICULTIES = (
    "",
    "",
    "Thiếu người do giãn cách xã hội; một số hồ sơ chờ cơ quan thuế ra thông báo.",
    "Phần mềm một cửa chưa đồng bộ với hệ thống của ngành.",
)


def _taken_up(number: str, clerk: str, last: date) -> Iterator[Act]:
    accepted = working(SIGNED_ON, 1 + dice(number, "accept", 7))
    yield Act(day=accepted, who=clerk, number=number, action=Action.ACCEPT)
    for round_ in range(dice(number, "updates", 3)):
        day = working(accepted, 12 + 21 * round_ + dice(number, f"u{round_}", 6))
        given: dict[str, object] = {
            "done": UPDATES[dice(number, f"d{round_}", len(UPDATES))],
            "difficulties": DIFFICULTIES[dice(number, f"k{round_}", len(DIFFICULTIES))],
            "progress": min(90, 20 + 25 * round_ + dice(number, f"p{round_}", 20)),
        }
        if day <= last:
            yield Act(day=day, who=clerk, number=number, action=Action.UPDATE, given=given)


def reported_on(day: date, clerk: str, number: str, text: str) -> Act:
    """Return a report with its number and a table, filed on a day."""
    given: dict[str, object] = {
        "result": text,
        "report_number": f"{100 + dice(number, 'report', 800)}/BC",
        "report_date": day,
        "signer": head_over(clerk),
        "table": "Số liệu kèm báo cáo",
    }
    return Act(day=day, who=clerk, number=number, action=Action.REPORT, given=given, hour=15)


def _reported(directive: Directive, clerk: str) -> Iterator[Act]:
    """Reports of the dated clauses: most in time, some late, some sent back once."""
    number = directive.number
    late = dice(number, "late", 4) == 0
    day = date(2021, 10, 8) if late else working(date(2021, 9, 20), dice(number, "when", 6))
    yield reported_on(day, clerk, number, "Đã rà soát xong các tiêu chí thuộc lĩnh vực phụ trách.")
    judge = "inspector" if clerk.endswith("h32.01") else "office"
    if dice(number, "returned", 3) == 0:
        back = working(day, 3)
        yield Act(
            day=back, who=judge, number=number, action=Action.RETURN, hour=10,
            given={"reason": "Chưa nêu số liệu của từng tiêu chí; đề nghị bổ sung bảng kèm theo."},
        )  # fmt: skip
        day = working(back, 5)
        yield reported_on(day, clerk, number, "Bổ sung số liệu theo từng tiêu chí như yêu cầu.")
    if dice(number, "verified", 4):
        yield Act(
            day=working(day, 2), who=judge, number=number, action=Action.ACCEPT_EVIDENCE,
            given={"evidence": "first"}, hour=9,
        )  # fmt: skip
        yield Act(
            day=working(day, 2), who=judge, number=number, action=Action.VERIFY, hour=10,
            given={"verdict": "met", "grade": "good", "comment": "Đủ số liệu, đúng yêu cầu."},
        )  # fmt: skip


def _handed_down(place: Office, directive: Directive, clerk: str) -> Iterator[Act]:
    """A district hands parts of the clause on late dossiers to communes below it."""
    with place.reading() as unit:
        below = [
            agency
            for agency in sorted(unit.agencies.agencies(), key=lambda a: a.code)
            if agency.parent_id == directive.lead_agency_id
        ]
    content = "Giảm hồ sơ đất đai trễ hạn tại xã; mỗi tuần báo cáo số hồ sơ còn trễ."
    for place_, agency in enumerate(below[:4], start=1):
        given: dict[str, object] = {"agency": agency.id, "content": content, "due_on": PART_DUE}
        yield Act(
            day=date(2021, 9, 14), who=clerk, number=directive.number, action=Action.HAND_DOWN,
            given=given, hour=10 + place_,
        )  # fmt: skip
        part = f"{directive.number}-{place_:02d}"
        yield from _part_acts(part, clerk, clerk_of(agency), place_)


PART_DUE = date(2021, 11, 30)


def _part_acts(part: str, above: str, below: str, place: int) -> Iterator[Act]:
    silent, reporting, done = 4, 2, 1
    if place == silent:
        return
    yield Act(day=date(2021, 9, 17), who=below, number=part, action=Action.ACCEPT)
    if place <= reporting:
        yield reported_on(date(2021, 11, 9), below, part, "Còn 3 hồ sơ trễ, sẽ trả trước 20/11.")
    if place == done:
        yield Act(
            day=date(2021, 11, 11), who=above, number=part, action=Action.VERIFY,
            given={"verdict": "met"}, hour=10,
        )  # fmt: skip


def october_acts(place: Office, made: tuple[Directive, ...]) -> Iterator[Act]:
    """Yield what became of the directives of October."""
    clerks = _clerks(place)
    for directive in made:
        number, clerk = directive.number, clerks[directive.lead_agency_id]
        clause = int(number.split("-")[2][:2])
        if clause == 2:  # noqa: PLR2004 - apologies, by district
            yield from _apologies(number, clerk)
        elif clause == 3:  # noqa: PLR2004 - payment: asks for more time
            yield Act(day=date(2021, 10, 20), who=clerk, number=number, action=Action.ACCEPT)
            yield Act(
                day=date(2021, 11, 18), who=clerk, number=number, action=Action.REQUEST_EXTENSION,
                given={"due_on": date(2021, 12, 20), "reason": "Chờ ngân hàng mở cổng thử nghiệm."},
            )  # fmt: skip
        elif clause == 1:
            yield Act(day=date(2021, 10, 19), who=clerk, number=number, action=Action.ACCEPT)
            yield Act(
                day=date(2021, 11, 1), who="officer", number=number, action=Action.UPDATE,
                given={"done": UPDATES[1], "progress": 60, "table": "Danh sách sơ bộ"},
            )  # fmt: skip


def _apologies(number: str, clerk: str) -> Iterator[Act]:
    place = int(number.split(".")[1])
    declining, reported = 2, 5
    if place == declining:
        yield Act(
            day=date(2021, 10, 20), who=clerk, number=number, action=Action.DECLINE,
            given={
                "paper": "512/UBND-VP", "ask": "part", "table": "Công văn đề nghị",
                "reason": "Chi nhánh Văn phòng Đăng ký đất đai thuộc Sở Tài nguyên và Môi trường "
                "giữ số liệu xin lỗi; đề nghị Sở chủ trì phần này.",
            },
        )  # fmt: skip
        return
    yield Act(
        day=working(MEETING_ON, 1 + place % 4), who=clerk, number=number, action=Action.ACCEPT
    )
    if place <= reported:
        day = working(date(2021, 11, 12), place % 5)
        yield reported_on(day, clerk, number, "Đã gửi đủ phiếu xin lỗi; bảng số liệu kèm theo.")
