"""What the one-stop software of the demo exports on a day: the dossiers as it knows them then."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from web.demo.dossiers import MENDED_ON, Held, Told

PROFILE = "one_stop_steps"
COLUMNS = (
    "MaHoSo", "ChuHoSo", "MaTTHC", "TenTTHC", "LinhVuc", "DonVi", "DonViTiepNhan",
    "KenhThucHien", "NgayTiepNhan", "NgayHenTra", "NgayHenTraMoi", "NgayHenLaiLan2",
    "NgayYeuCauBoSung", "NgayBoSung", "SoLanBoSung", "NgayYeuCauBoSungLan2", "NgayXinLoi",
    "NgayKetThucXuLy", "NgayTra", "TrangThai", "NguoiDangXuLy",
    "MaBuoc", "TenBuoc", "DonViXuLyBuoc", "NgayBatDauBuoc", "NgayKetThucBuoc", "HanXuLyBuoc",
)  # fmt: skip


def write_export(path: Path, told: Iterable[Told], since: date, day: date) -> None:
    """Write what was alive after `since`, as it is known on the evening of `day`."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for one in told:
            if is_told(one, since, day):
                rows.writerows(rows_of(one, day))


def is_told(told: Told, since: date, day: date) -> bool:
    """Whether an export of `day` still carries a dossier: received, and not settled before."""
    assert told.returned_at is not None  # noqa: S101 - every dossier of the demo ends
    settled = told.returned_at.date()
    if told.closed_late_at is not None:
        settled = max(settled, MENDED_ON)
    return told.received_at.date() <= day and settled > since


def rows_of(told: Told, day: date) -> Iterator[list[str]]:
    """Yield a row for each step that had begun by `day`."""
    own = _own(told, day)
    for place, step in enumerate(told.steps, 1):
        if step.started_at.date() <= day:
            yield [*own, *_step(told, step, place, day)]


def _own(told: Told, day: date) -> list[str]:
    processed = _known(processed_as_told(told, day), day)
    returned = _known(told.returned_at, day) if processed else None
    dates = [new for set_at, new in told.new_dates if set_at.date() <= day]
    second = [set_at for set_at, _new in told.new_dates[1:2] if set_at.date() <= day]
    asked = [at for at in told.asked_at if at.date() <= day]
    answered = [at for at in told.answered_at if at.date() <= day]
    status = "Đã trả kết quả" if returned else "Đã xử lý xong" if processed else "Đang xử lý"
    if len(asked) > len(answered):
        status = "Yêu cầu bổ sung giấy tờ"
    return [
        told.code, told.applicant, told.procedure.code, told.procedure.name,
        told.procedure.field, told.agency, "Trung tâm Phục vụ hành chính công tỉnh",
        told.channel, _moment(told.received_at), _day(told.promised_on),
        _day(dates[-1] if dates else None), _moment(second[0] if second else None),
        _moment(asked[0] if asked else None), _moment(answered[0] if answered else None),
        str(len(asked)), _moment(asked[1] if len(asked) > 1 else None),
        _day(told.apology_on if told.apology_on and told.apology_on <= day else None),
        _moment(processed), _moment(returned), status, told.officer,
    ]  # fmt: skip


def processed_as_told(told: Told, day: date) -> datetime | None:
    """Return when the software says it was processed: closed late there until it was mended."""
    if told.closed_late_at is not None and day < MENDED_ON:
        return told.closed_late_at
    return told.processed_at


def _step(told: Told, step: Held, place: int, day: date) -> list[str]:
    return [
        f"{told.code}/{place}", step.name, step.holder, _moment(step.started_at),
        _moment(_known(step.ended_at, day)), _moment(step.limit_at),
    ]  # fmt: skip


def _known(at: datetime | None, day: date) -> datetime | None:
    return at if at is not None and at.date() <= day else None


def _moment(at: datetime | None) -> str:
    return f"{at:%d/%m/%Y %H:%M:%S}" if at else ""


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
