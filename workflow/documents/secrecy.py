"""State secrets never enter: what counts as a marking of Mật or above in a text or a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from workflow.errors import Refused
from workflow.text import clean, clean_lines, fold

_MARKS = frozenset({"mật", "tối mật", "tuyệt mật"})
_SPACED_OUT = frozenset(mark.replace(" ", "") for mark in _MARKS)
_PLAIN_MARKS = frozenset({"MAT", "TOI MAT", "TUYET MAT"})
_EDGES = " .,:;*-–_()[]{}<>\"'“”/|"
_MARK = r"(?:(?:tuyệt|tối)\s+)?mật"
_PAPER = (
    r"(?:tài liệu|văn bản|công văn|phụ lục|danh mục|hồ sơ|báo cáo|kế hoạch|quyết định|chỉ thị"
    r"|tờ trình|thông báo|biên bản|phương án)"
)
_LABELLED = re.compile(rf"\bmật\s*[:\-–(]\s*{_MARK}\b")
_BRACKETED = re.compile(rf"[(\[]\s*(?:{_PAPER}\s+)?{_MARK}\s*[)\]]")
# What the paper is, at the line's start: "quản lý văn bản mật" is work about such papers.
_PAPER_MARKED = re.compile(
    rf"(?:kèm theo\s+|kèm\s+)?(?:{_PAPER}\s+)+(?:[-–:]\s*)?{_MARK}"
    r"(?=$|\s*[-–—,;:.(/]|\s+(?:về|số|ngày|năm|kèm)\b)"
)
_ANNEX_MARKED = re.compile(rf"{_PAPER}\b[^-–]*\s[-–]\s*{_MARK}")
_STAMPED = re.compile(r"(?<!không )\b(?:đóng|có) dấu(?: độ)? (?:(?:TUYỆT|TỐI) )?MẬT$")
_URGENT = r"(?:hoả tốc(?: hẹn giờ)?|hỏa tốc(?: hẹn giờ)?|thượng khẩn|khẩn)"
_WITH_URGENCY = re.compile(
    rf"(?=.*mật)(?=.*(?:khẩn|tốc))(?:(?:{_MARK}|{_URGENT})(?:[\s,;./+&|–—-]+|$))+"
)
_PLAIN_URGENCY = re.compile(
    r"(?=.*MAT)(?=.*(?:KHAN|TOC))"
    r"(?:(?:(?:(?:TUYET|TOI) )?MAT|HOA TOC(?: HEN GIO)?|(?:THUONG )?KHAN)(?:[\s,;./+&|–—-]+|$))+"
)
# What stands between a marking and the subject it marks: "MẬT: Về việc …", "TỐI MẬT V/v …".
_BETWEEN = re.compile(r" ?[:|;*–—] ?| -|- |\. | (?=(?:về việc|v/v|ve viec)\b)", re.IGNORECASE)
# One look tells most cells apart from all that could be a marking, composed or not.
_MAYBE = re.compile(r"m\W{0,4}[aâạậ]\W{0,6}t", re.IGNORECASE)
_LONGEST_MARKED = 2000
_STAMPS = frozenset({"a", "b", "c"})
_NOT_SECRET = ("khong", "thuong", "binh thuong", "giai mat", "da giai mat")


def is_marked_secret(text: str) -> bool:
    """Tell whether a text or a line of it is a marking.

    "MẬT", "Độ mật: Tối mật", "12/BC-UBND (Mật)", "Hỏa tốc, Mật", "TÀI LIỆU MẬT về …" and
    "MẬT: Về việc …" are;
    words about secrets ("BẢO MẬT", "quản lý văn bản mật") and others that sound so are not.
    """
    if not _MAYBE.search(text):
        return False
    return any(map(_is_marking, clean_lines(text).split("\n")))


def _is_marking(line: str) -> bool:
    if len(line) > _LONGEST_MARKED or not _MAYBE.search(line):
        return False
    whole = clean(line)
    bare = whole.strip(_EDGES)
    words, plain = whole.casefold(), bare.casefold()
    return (
        "".join(plain.split()) in _SPACED_OUT
        or bare in _PLAIN_MARKS
        or bool(_LABELLED.search(words) or _BRACKETED.search(words))
        or bool(_PAPER_MARKED.match(plain) or _ANNEX_MARKED.fullmatch(plain))
        or bool(_WITH_URGENCY.fullmatch(plain) or _PLAIN_URGENCY.fullmatch(bare))
        or bool(_STAMPED.search(bare))
        or _is_marked_at_an_end(bare)
    )


def _is_marked_at_an_end(bare: str) -> bool:
    """Whether a line begins with a marking of its subject, or ends with one.

    "Mật" alone may be a name, or honey: in the beginning it stands as a sentence does, at the end
    in capitals.
    """
    parts = [part.strip(_EDGES) for part in _BETWEEN.split(bare)]
    if len(parts) == 1:
        return False
    first, last = parts[0], parts[-1]
    return (first[:1].isupper() and _is_stamp(first)) or (
        _is_stamp(last) and (last.isupper() or (last[:1].isupper() and " " in last))
    )


def _is_stamp(part: str) -> bool:
    plain = part.casefold()
    return (
        "".join(plain.split()) in _SPACED_OUT
        or part in _PLAIN_MARKS
        or bool(_WITH_URGENCY.fullmatch(plain))
    )


def is_secret_level(text: str) -> bool:
    """Tell whether a value in a column for secrecy is Mật or above (also stamps A, B, C)."""
    words = fold(text).strip(_EDGES)
    if words.startswith(_NOT_SECRET):
        return False
    return words in _STAMPS or "mat" in words.split()


def refuse_secret(texts: Iterable[str]) -> None:
    """Refuse with `secret_document` if any text is a marking; nothing of it is then kept."""
    if any(map(is_marked_secret, texts)):
        raise Refused("secret_document")


def refuse_secret_given(given: Mapping[str, object]) -> None:
    """Refuse with `secret_document` an act any of whose texts is a marking."""
    refuse_secret(value for value in given.values() if isinstance(value, str))
