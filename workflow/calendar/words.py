"""The Vietnamese reason beside each day of a ledger; names of holidays come with the day."""

from __future__ import annotations

from workflow.calendar.records import DayCode, DayMark, LedgerDay, Pause

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
FIRST_DAY = "ngày đầu, không tính vào thời hạn"


def reason_of(mark: DayMark) -> str:
    """Say in words why the day is worked or not, with the act where one is known."""
    match mark.code:
        case DayCode.WEEKEND:
            text = f"{WEEKDAYS[mark.day.weekday()]}, nghỉ hằng tuần"
            text = f"{text}; {mark.name}" if mark.name else text
        case DayCode.MADE_UP:
            text = _made_up(mark)
        case DayCode.PENDING:
            text = f"ngày làm việc (chờ văn bản xác nhận: {mark.name})"
        case DayCode.HOLIDAY | DayCode.DAY_OFF:
            text = mark.name
        case _:
            text = "ngày làm việc"
    if mark.act:
        text = f"{text} (văn bản {mark.act})"
    return f"{text} (dự kiến, chưa có lịch nghỉ chính thức)" if mark.estimated else text


def first_day_entry(mark: DayMark) -> LedgerDay:
    """Return the entry of a period's first day, which is never counted."""
    return LedgerDay(mark.day, counted=False, reason=FIRST_DAY, code=DayCode.FIRST_DAY)


def paused_entry(mark: DayMark, pause: Pause) -> LedgerDay:
    """Return the entry of a working day on which the clock stood still."""
    act = f" (văn bản {pause.document})" if pause.document else ""
    return LedgerDay(
        mark.day,
        counted=False,
        reason=f"tạm dừng: {pause.reason}{act}",
        code=DayCode.PAUSED,
    )


def _made_up(mark: DayMark) -> str:
    if mark.makes_up_for is not None:
        return f"ngày làm việc, làm bù cho ngày {mark.makes_up_for:%d/%m/%Y}"
    return f"ngày làm việc, {mark.name}" if mark.name else "ngày làm việc, làm bù"
