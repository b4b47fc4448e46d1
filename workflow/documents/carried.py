"""Work that a sheet says is running or finished elsewhere, read from the words of its state."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.documents.cells import dates_in
from workflow.text import fold


class Said(StrEnum):
    """What the words of a state say."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    NOT_BEGUN = "not_begun"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class State:
    """A state in words, and the day it was reached where the words name one."""

    said: Said
    on: date | None = None


_FORMS: dict[Said, str] = {
    Said.DONE: (
        "da hoan thanh|hoan thanh|da xong|xong|da thuc hien|da thuc hien xong|hoan tat|"
        "da hoan tat|da hoan thanh nhiem vu|hoan thanh nhiem vu|hoan thanh dung han|"
        "hoan thanh qua han|da hoan thanh dung han|da hoan thanh qua han"
    ),
    Said.IN_PROGRESS: (
        "dang thuc hien|dang trien khai|dang trien khai thuc hien|dang xu ly|dang hoan thien|"
        "dang tham muu|dang lam|chua hoan thanh|chua xong|trong han|qua han|sap den han|"
        "dang tiep tuc thuc hien|tiep tuc thuc hien|cho xac nhan|dang thuc hien trong han|"
        "dang thuc hien qua han|chua hoan thanh trong han|chua hoan thanh qua han|"
        "qua han chua hoan thanh|qua han, chua hoan thanh|qua han chua bao cao|"
        "qua han, chua bao cao"
    ),
    Said.NOT_BEGUN: (
        "chua thuc hien|chua trien khai|chua bat dau|chua den han|cho tiep nhan|moi giao|"
        "chua tiep nhan|chua xu ly"
    ),
    Said.PAUSED: (
        "tam dung|dang tam dung|da tam dung|tam dung thuc hien|dang tam dung thuc hien|tam ngung|"
        "dang tam ngung|tam ngung thuc hien|tam hoan|tam hoan thuc hien"
    ),
    Said.STOPPED: "dung thuc hien|huy|da huy|huy bo|khong thuc hien|khong trien khai",
}
_SAID = {form: said for said, forms in _FORMS.items() for form in forms.split("|")}
# What may follow without changing the sense; a share other than 100% would change it.
_TAIL = re.compile(
    r"(?:[\s,;:.()\-]|100 ?%|(?:vao |(?:ke )?tu )?ngay \d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|(?:trong )?thang \d{1,2}[/.-]\d{4}"
    r"|(?:dung|truoc|qua|tre|trong|som) (?:thoi )?han|cham|dung tien do|theo quy dinh)*"
)
# Why work was paused makes it no less paused; the day of a paper there is not the pause's.
_WHY = re.compile(r"[\s,;:(\-]+(?:theo|do|vi|cho)\s.+")
_LONGEST = 120


def read_state(text: str) -> State | None:
    """Read a text that is a state and nothing else ("Đã hoàn thành ngày 15/3/2017"), or None."""
    words = fold(text)
    if not words or len(words) > _LONGEST:
        return None
    forms = [form for form in _SAID if words.startswith(form)]
    for form in sorted(forms, key=len, reverse=True):
        rest = words[len(form) :]
        if rest[:1].isalnum():
            continue
        if _TAIL.fullmatch(rest):
            days = {one.day for one in dates_in(rest)}
            return State(_SAID[form], days.pop() if len(days) == 1 else None)
        if _SAID[form] is Said.PAUSED and _WHY.fullmatch(rest):
            return State(Said.PAUSED)
    return None
