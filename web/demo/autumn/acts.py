"""What the agencies of the demo's autumn did; it follows from each number alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from web.demo.acts import UPDATES, Act, dice, reported_on, working
from web.demo.autumn.days import LAST_DAY, SIGNED_ON
from workflow.directives.records import Action, Directive
from workflow.periods.records import PeriodAction

LIST_DUE, SYSTEM_DUE = date(2025, 9, 21), date(2025, 9, 29)
REPORTS = {
    2: (LIST_DUE, "Đã rà soát; danh sách thủ tục đủ điều kiện gửi kèm."),
    3: (SYSTEM_DUE, "Đã gửi báo cáo trên hệ thống; bảng đối chiếu kèm theo."),
}
"""The dated clauses that are reported by now: their day and what is said."""

MONTHLY = 5
"""The standing clause: one period ended in September, one on the day before the demo's today."""

MONTHS = ((1, date(2025, 9, 17), 8), (2, date(2025, 10, 15), 3))
"""A period, the day from which its reports come, and of how many agencies one is missing."""

SILENT, LATE, UNSEEN = 11, 5, 9
DIFFICULTIES = (
    "Trung tâm còn thiếu hai công chức sau sắp xếp; một số máy quét không dùng được.",
    "Phần mềm một cửa chưa đồng bộ mã cơ quan mới.",
    "",
)


def september_acts(clerks: Mapping[int, str], made: tuple[Directive, ...]) -> Iterator[Act]:
    """Yield what became of the directives of September."""
    for directive in made:
        number = directive.number
        clause, clerk = int(number.split("-")[2][:2]), clerks[directive.lead_agency_id]
        if dice(number, "silent", SILENT) == 0:
            continue
        accepted = working(SIGNED_ON, 1 + dice(number, "accept", 2))
        yield Act(day=accepted, who=clerk, number=number, action=Action.ACCEPT)
        if clause in REPORTS:
            yield from _reported(number, clerk, *REPORTS[clause])
        elif clause == MONTHLY:
            yield from _monthly(number, clerk)
        elif dice(number, "update", 3):
            yield _updated(number, clerk, accepted)


def _updated(number: str, clerk: str, accepted: date) -> Act:
    day = min(working(accepted, 8 + dice(number, "when", 12)), LAST_DAY)
    given: dict[str, object] = {
        "done": UPDATES[dice(number, "done", 3)],
        "difficulties": DIFFICULTIES[dice(number, "hard", len(DIFFICULTIES))],
        "progress": 20 + dice(number, "far", 60),
    }
    return Act(day=day, who=clerk, number=number, action=Action.UPDATE, given=given)


def _reported(number: str, clerk: str, due: date, words: str) -> Iterator[Act]:
    """Most in time, some late, some not yet; most of them confirmed."""
    if dice(number, "unseen", UNSEEN) == 0:
        return
    late = dice(number, "late", LATE) == 0
    before = working(SIGNED_ON, 3 if due == LIST_DUE else 6)
    day = working(due, 2 + dice(number, "days", 6)) if late else before
    yield reported_on(day, clerk, number, words)
    judge = "inspector" if clerk.endswith("h32.01") else "office"
    if dice(number, "verified", 4):
        yield Act(
            day=working(day, 2), who=judge, number=number, action=Action.VERIFY, hour=10,
            given={"verdict": "met", "comment": "Đủ số liệu, đúng yêu cầu."},
        )  # fmt: skip


def _monthly(number: str, clerk: str) -> Iterator[Act]:
    """Yield the reports of a standing directive: a missing one now and then, some late."""
    judge = "inspector" if clerk.endswith("h32.01") else "office"
    for serial, begins, missing in MONTHS:
        if dice(number, f"missing {serial}", missing) == 0:
            continue
        late = serial == 1 and dice(number, "late month", LATE) == 0
        day = working(begins, 4) if late else working(begins, dice(number, f"m{serial}", 2))
        given: dict[str, object] = {"result": MONTH, "report_number": f"{40 + serial}/BC"}
        yield Act(
            day=day, who=clerk, number=number, action=PeriodAction.REPORT, period=serial,
            given=given, hour=14,
        )  # fmt: skip
        if serial == 1 and dice(number, "confirmed", 6):
            yield Act(
                day=working(day, 2), who=judge, number=number, action=PeriodAction.CONFIRM,
                period=serial, hour=11,
            )  # fmt: skip


MONTH = "Tỷ lệ hồ sơ đúng và trước hạn trong tháng và các việc đã làm nêu tại báo cáo."
