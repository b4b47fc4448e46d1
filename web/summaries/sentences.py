"""What a draft of the report says of its figures, in sentences.

A draft is an official paper of the province: its words are Vietnamese in every language of the
pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.summaries.moves import Moves
from models.summaries.queries import Issued
from web.summaries.reading import Report
from web.summaries.standing_work import PeriodTally
from workflow.shares import hundredths
from workflow.summaries.records import Figure, Tally

MOST_NAMED = 2


def of_documents(documents: Sequence[Issued]) -> list[str]:
    """Name the documents that a report is limited to; more than two are only counted."""
    if len(documents) > MOST_NAMED:
        return [f"tại {number(len(documents))} văn bản giao"]
    named = [f"Văn bản số {one.reference} {_dated(one.issued_on)}".rstrip() for one in documents]
    return [f"tại {' và '.join(named)}"] if named else []


def _dated(on: date | None) -> str:
    return f"ngày {day(on)}" if on else ""


def day(value: date) -> str:
    """Return a date as papers write it."""
    return f"{value.day:02}/{value.month:02}/{value.year}"


def number(value: int) -> str:
    """Return a number as papers write it: 1.234."""
    return f"{value:,}".replace(",", ".")


def share(value: float | None) -> str:
    """Return a share in hundredths as papers write it: 91,2%."""
    return "chưa tính được" if value is None else f"{hundredths(value)}%".replace(".", ",")


def general(report: Report) -> list[str]:
    """Say the figures in sentences, the whole before its parts."""
    whole, span = report.whole, report.scope.span
    given = (
        f"Trong kỳ báo cáo (tính đến hết ngày {day(span.last)}), {number(len(report.counted))} "
        f"cơ quan, địa phương phải thực hiện {number(whole.given)} nhiệm vụ{_parts(whole)}."
    )
    runs = (
        f"Đang thực hiện {number(whole.open)} nhiệm vụ: trong hạn "
        f"{number(whole[Figure.OPEN_IN_TIME])}, quá hạn {number(whole[Figure.OPEN_LATE])}; "
        f"trong đó {number(whole[Figure.WAITING])} nhiệm vụ đã có báo cáo, đang chờ xác nhận."
    )
    if paused := whole[Figure.SUSPENDED]:
        runs += f" Tạm dừng {number(paused)} nhiệm vụ."
    return [given, _done(whole), runs, *_beside(whole), *_changed(report.moves)]


def _parts(whole: Tally) -> str:
    """Say of what the sum is made; a part of nothing is not told."""
    carried, new = whole[Figure.CARRIED], whole[Figure.NEW]
    parts = []
    if carried:
        parts.append(f"{number(carried)} nhiệm vụ kỳ trước chuyển sang{_entered(whole)}")
    if new:
        parts.append(f"{number(new)} nhiệm vụ giao mới")
    return f", gồm {' và '.join(parts)}" if parts else ""


def _done(whole: Tally) -> str:
    """Say what was done, and of how much of it the rate is: what has no due day is in none."""
    if not whole.done:
        return "Chưa có nhiệm vụ nào hoàn thành."
    undated = whole[Figure.DONE_UNDATED]
    beside = f" (gồm {number(undated)} nhiệm vụ không xét thời hạn)" if undated else ""
    done = (
        f"Đã hoàn thành {number(whole.done)} nhiệm vụ: đúng hạn "
        f"{number(whole[Figure.DONE_ON_TIME])}{beside}, quá hạn "
        f"{number(whole[Figure.DONE_LATE])}."
    )
    if not whole.dated_done:
        return done
    return (
        f"{done} Tỷ lệ hoàn thành đúng hạn, tính trên {number(whole.dated_done)} nhiệm vụ có "
        f"thời hạn: {share(whole.rate)} theo thời hạn đã điều chỉnh, {share(whole.first_rate)} "
        "theo thời hạn giao đầu tiên."
    )


def _changed(moves: Moves) -> list[str]:
    """Say what the days changed: later days asked for and decided, new leads."""
    found = []
    later = (
        ("có {n} lượt đề nghị gia hạn", moves.asked),
        ("đã đồng ý gia hạn {n} lượt", moves.granted),
        ("không đồng ý gia hạn {n} lượt", moves.refused),
    )
    if said := [words.format(n=number(count)) for words, count in later if count]:
        found.append(f"Trong kỳ {'; '.join(said)}.")
    if moves.reassigned:
        found.append(f"Trong kỳ đã chuyển cơ quan chủ trì {number(moves.reassigned)} lượt.")
    return found


def _entered(whole: Tally) -> str:
    late = whole[Figure.ENTERED_LATE]
    words = "{n} nhiệm vụ giao trước kỳ, vào sổ trong kỳ, kỳ trước chưa tính"
    return f" (trong đó {words.format(n=number(late))})" if late else ""


_SAID_BESIDE = (
    (Figure.OPEN_UNDATED, "{n} nhiệm vụ đang thực hiện không có thời hạn"),
    (Figure.REOPENED, "{n} nhiệm vụ mở lại sau khi đã xác nhận hoàn thành"),
    (Figure.MOVED_IN, "{n} nhiệm vụ kỳ trước do cơ quan khác chủ trì"),
)


def _beside(whole: Tally) -> list[str]:
    """Say what the sums need to be understood, and what stands on neither side of them."""
    said = [words.format(n=number(whole[one])) for one, words in _SAID_BESIDE if whole[one]]
    found = [f"Trong đó: {'; '.join(said)}."] if said else []
    if stopped := whole.sum_of(Figure.STOPPED, Figure.STOPPED_NEW):
        found.append(
            f"Ngoài số trên, {number(stopped)} nhiệm vụ dừng thực hiện trong kỳ theo văn bản."
        )
    return found


def of_standing(works: int, standing: Sequence[PeriodTally]) -> str:
    """Say how much standing work there is, and how its periods of the days were answered."""
    due = sum(one.due for one in standing)
    said = (
        f"Ngoài số trên, {number(works)} nhiệm vụ thường xuyên, định kỳ tính riêng theo kỳ báo "
        "cáo: "
    )
    if not due:
        return f"{said}trong kỳ không có kỳ nào đến hạn."
    return (
        f"{said}{number(due)} kỳ đến hạn, báo cáo đúng hạn "
        f"{number(sum(one.on_time for one in standing))}, quá hạn "
        f"{number(sum(one.late for one in standing))}, chưa báo cáo "
        f"{number(sum(one.missing for one in standing))}."
    )


def of_the_late(report: Report, annex: str) -> str:
    """Say how much is late, by agency, those with most of it first, and where it is listed."""
    late = report.late_agencies
    if not late:
        return "Không có nhiệm vụ nào quá hạn."
    named = "; ".join(f"{one.name} ({number(one.tally[Figure.OPEN_LATE])})" for one in late)
    return (
        f"{number(report.whole[Figure.OPEN_LATE])} nhiệm vụ quá hạn chưa hoàn thành, gồm: "
        f"{named}. Danh mục, nguyên nhân và kiến nghị của các cơ quan tại {annex} kèm theo."
    )


def of_the_silent(report: Report) -> str:
    """Say which agencies owe an answer to those who asked for their part."""
    owing = [one for one in report.agencies if one.late_inputs]
    named = "; ".join(f"{one.name} ({number(one.late_inputs)})" for one in owing)
    return (
        f"{number(report.late_inputs)} đề nghị phối hợp đã quá hạn mà cơ quan được đề nghị chưa "
        f"trả lời: {named}."
    )
