"""What the columns of a task sheet are, by the many words that offices head them with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflow.text import fold


class Column(StrEnum):
    """What a column of a task sheet holds."""

    ORDINAL = "ordinal"
    CONTENT = "content"
    LEAD = "lead"
    LEAD_AND_COORDINATING = "lead_and_coordinating"
    COORDINATING = "coordinating"
    DEADLINE = "deadline"
    EXPECTED_OUTPUT = "expected_output"
    FIELD = "field"
    SOURCE = "source"
    SOURCE_DATE = "source_date"
    ASSIGNER = "assigner"
    MONITOR = "monitor"
    STATE = "state"
    RESULT = "result"
    COMPLETED_ON = "completed_on"
    NOTE = "note"
    URGENCY = "urgency"
    SECRECY = "secrecy"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Heading:
    """The words that head a column, in up to three lines from the top."""

    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return " / ".join(self.lines)

    @property
    def words(self) -> str:
        """The folded words of the lowest line."""
        return " ".join(_words(self.lines[-1]))

    @property
    def holds(self) -> Column | None:
        """What the lowest line says, or the lines together, or the ones above."""
        below = column_of(self.lines[-1])
        return below or column_of(" ".join(self.lines)) or column_of(self.lines[0])


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column by its place (from 0), the words that head it and what it holds."""

    place: int
    heading: str
    holds: Column


# The longest phrase found in a heading decides; the phrases are folded, signs left out.
_PHRASES: dict[Column, str] = {
    Column.ORDINAL: "stt|tt|so tt|so thu tu|thu tu",
    Column.CONTENT: (
        "noi dung|nhiem vu|noi dung nhiem vu|ten nhiem vu|noi dung cong viec|cong viec|"
        "noi dung chi dao|noi dung thuc hien|nhiem vu giai phap|nhiem vu duoc giao|"
        "noi dung giao viec|dau viec|noi dung nhiem vu duoc giao"
    ),
    Column.LEAD: (
        "chu tri|co quan chu tri|don vi chu tri|don vi thuc hien|co quan thuc hien|"
        "don vi dau moi|co quan dau moi|dau moi|co quan duoc giao|don vi duoc giao|"
        "trach nhiem thuc hien|don vi chiu trach nhiem|chu tri thuc hien|phan cong thuc hien|"
        "nguoi thuc hien|ca nhan thuc hien|co quan nhan nhiem vu|don vi nhan nhiem vu|"
        "co quan duoc phan cong|don vi duoc phan cong|don vi phu trach|bo phan thuc hien|"
        "don vi chu tri thuc hien|co quan don vi thuc hien|co quan chu tri thuc hien"
    ),
    Column.COORDINATING: "phoi hop|co quan phoi hop|don vi phoi hop|phoi hop thuc hien",
    Column.DEADLINE: (
        "thoi han|thoi han hoan thanh|thoi gian hoan thanh|thoi gian thuc hien|han hoan thanh|"
        "han xu ly|thoi han thuc hien|thoi han xu ly|thoi diem hoan thanh|han thuc hien|"
        "thoi han bao cao|thoi gian bao cao|thoi han giai quyet|ngay den han|han chot|"
        "ngay het han|han tra loi|thoi gian trinh|han hoan thien|"
        "ngay ket thuc|thoi gian ket thuc|ket thuc"
    ),
    Column.EXPECTED_OUTPUT: (
        "san pham|yeu cau san pham|chi tieu|ket qua dau ra|san pham chi tieu|dau ra|"
        "san pham dau ra|ket qua can dat|san pham hoan thanh|ket qua du kien|yeu cau ket qua|"
        "san pham cu the|san pham du kien|ket qua san pham|muc tieu"
    ),
    Column.FIELD: "linh vuc|linh vuc cchc|mang cong viec|noi dung cai cach",
    Column.SOURCE: (
        "nguon chi dao|nguon|van ban giao|van ban chi dao|so van ban|so ky hieu|can cu|"
        "so ky hieu van ban|van ban giao nhiem vu|van ban giao viec|so van ban giao viec|"
        "so hieu van ban|can cu phap ly|nguon nhiem vu|van ban"
    ),
    Column.SOURCE_DATE: (
        "ngay chi dao|ngay van ban|ngay ban hanh|ngay giao|ngay thang van ban|ngay ky|"
        "ngay giao viec|ngay giao nhiem vu|ngay thang|ngay ban hanh van ban"
    ),
    Column.ASSIGNER: "nguoi giao|nguoi chi dao|lanh dao giao|lanh dao chi dao|nguoi giao viec|"
    "nguoi giao nhiem vu|lanh dao giao nhiem vu",
    Column.MONITOR: (
        "chuyen vien theo doi|nguoi theo doi|can bo theo doi|cv theo doi|theo doi|"
        "chuyen vien phu trach|don vi theo doi"
    ),
    Column.STATE: "tinh trang|trang thai|tinh trang thuc hien|trang thai thuc hien|"
    "tinh hinh thuc hien|tinh trang xu ly|trang thai xu ly",
    Column.RESULT: "ket qua thuc hien|ket qua xu ly|ket qua thuc hien nhiem vu|ket qua bao cao|"
    "ket qua den nay|ket qua dat duoc",
    Column.COMPLETED_ON: (
        "ngay hoan thanh|ngay hoan thanh thuc te|thoi gian hoan thanh thuc te|ngay thuc hien xong|"
        "ngay bao cao|thoi diem hoan thanh thuc te"
    ),
    Column.NOTE: "ghi chu",
    Column.URGENCY: "do khan|muc do khan|muc do uu tien|uu tien",
    Column.SECRECY: "do mat|muc do mat|dau mat|dau chi do mat",
    # Headings that hold a word of the above and are none of it.
    Column.OTHER: (
        "tu ngay|ma nhiem vu|loai nhiem vu|nhom nhiem vu|so nhiem vu|ma so|kinh phi|so ngay|"
        "loai van ban|nguyen nhan|kho khan vuong mac|de xuat kien nghi|"
        "bat dau|ngay bat dau|thoi gian bat dau|lanh dao phu trach|y kien phoi hop|"
        "so ngay tre han|so ngay qua han|danh gia"
    ),
}
# Taken for these only where no other column holds them.
_FALLBACKS: tuple[tuple[str, Column], ...] = (
    ("han", Column.DEADLINE),
    ("den ngay", Column.DEADLINE),
    ("tu ngay den ngay", Column.DEADLINE),
    ("deadline", Column.DEADLINE),
    ("ngay hoan thanh", Column.DEADLINE),
    ("thoi gian tien do", Column.DEADLINE),
    ("tien do thoi gian", Column.DEADLINE),
    ("tien do hoan thanh", Column.DEADLINE),
    ("tien do thuc hien", Column.DEADLINE),
    ("tien do", Column.DEADLINE),
    ("thoi gian", Column.DEADLINE),
    ("y kien chi dao", Column.CONTENT),
    ("noi dung yeu cau", Column.CONTENT),
    ("yeu cau", Column.CONTENT),
    ("trich yeu", Column.CONTENT),
    ("ten de an", Column.CONTENT),
    ("ten de an bao cao", Column.CONTENT),
    ("viec can lam", Column.CONTENT),
    ("giai phap", Column.CONTENT),
    ("hoat dong", Column.CONTENT),
    ("phan cong", Column.LEAD),
    ("don vi", Column.LEAD),
    ("co quan", Column.LEAD),
    ("co quan don vi", Column.LEAD),
    ("ket qua", Column.EXPECTED_OUTPUT),
    ("ket qua", Column.RESULT),
)
_TELL_HOW_IT_STOOD = frozenset({Column.STATE, Column.COMPLETED_ON})
"""Beside these a bare "Kết quả" is what was done, and not what is expected."""
_BY_PHRASE = {phrase: holds for holds, phrases in _PHRASES.items() for phrase in phrases.split("|")}
_LONGEST_HEADING = 15
_WORDS = re.compile(r"[^\W_]+")
_LABELLED_VALUE = re.compile(r":\s*[^\s(]")


def column_of(heading: str) -> Column | None:
    """Tell what the words of a heading say the column holds, or None."""
    words = _words(heading)
    if not words or len(words) > _LONGEST_HEADING or _LABELLED_VALUE.search(heading):
        return None
    padded = f" {' '.join(words)} "
    found = [phrase for phrase in _BY_PHRASE if f" {phrase} " in padded]
    found = [p for p in found if _BY_PHRASE[p] is not Column.ORDINAL or p == padded.strip()]
    if not found:
        return None
    parties = {_BY_PHRASE[phrase] for phrase in found} & {Column.LEAD, Column.COORDINATING}
    return Column.LEAD_AND_COORDINATING if len(parties) > 1 else _BY_PHRASE[max(found, key=len)]


def columns_of(headings: Mapping[int, Heading]) -> tuple[SheetColumn, ...]:
    """Assign each heading what it holds; a second column for the same is kept as `other`.

    A heading that is the phrase itself comes before one that merely contains it, then the
    left before the right. Where a heading has two lines, the lower one decides.
    """
    holds = {place: heading.holds or Column.OTHER for place, heading in headings.items()}
    for column in set(holds.values()) - {Column.OTHER}:
        places = [place for place, held in holds.items() if held is column]
        places.sort(key=lambda place: (headings[place].words not in _BY_PHRASE, place))
        holds |= dict.fromkeys(places[1:], Column.OTHER)
    _use_fallbacks(headings, holds)
    return tuple(SheetColumn(p, headings[p].text, holds[p]) for p in sorted(headings))


def _use_fallbacks(headings: Mapping[int, Heading], holds: dict[int, Column]) -> None:
    free = {Column.OTHER, Column.COMPLETED_ON}
    for phrase, column in _FALLBACKS:
        held = set(holds.values())
        lacking = column not in held
        if column is Column.LEAD:
            lacking = lacking and Column.LEAD_AND_COORDINATING not in held
        if column is Column.EXPECTED_OUTPUT:
            lacking = lacking and held.isdisjoint(_TELL_HOW_IT_STOOD)
        places = [p for p, one in headings.items() if holds[p] in free and one.words == phrase]
        if lacking and places:
            holds[places[0]] = column


def holds_tasks(columns: Iterable[SheetColumn]) -> bool:
    """Tell whether these columns can be a task sheet: the task, and who or by when."""
    held = {column.holds for column in columns}
    others = {Column.LEAD, Column.LEAD_AND_COORDINATING, Column.COORDINATING, Column.DEADLINE}
    return Column.CONTENT in held and bool(held & others)


def _words(heading: str) -> list[str]:
    return _WORDS.findall(fold(heading))
