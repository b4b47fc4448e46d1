"""What in the name of a file marks it as a state secret; nothing of such a file is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from workflow.documents.secrecy import is_marked_secret
from workflow.errors import Refused
from workflow.text import clean, fold

_PAPERS = r"(?:tai lieu|van ban|cong van|phu luc|danh muc|ho so|bao cao|ke hoach|to trinh)"
_LEVEL = r"(?:(?:tuyet|toi) )?mat"
_URGENT = r"(?:hoa toc|thuong khan|khan)"
_WORDS = re.compile(r"[^\W_]+")
_COPY = re.compile(r"(?: \(\d+\)| - copy)+$", re.IGNORECASE)
_BUT_LETTERS = re.compile(r"[\W_]+")
# Without diacritics "mat" may be "mặt" or "mất": only what can hardly be anything else.
_PLAIN = re.compile(
    rf"(?:\w*\d\w* )*(?:{_PAPERS} )+{_LEVEL}(?: (?:\d|ve\b|so\b|ngay\b|nam\b|{_URGENT}).*)?"
    rf"|(?:.* )?(?:tuyet|toi) mat(?: (?:\d|{_URGENT}).*)?"
    rf"|(?:\w*\d\w* )*(?:{_LEVEL} {_URGENT}|{_URGENT} {_LEVEL})(?: \d.*)?"
)
_JOINED = re.compile(r"\d*(?:tailieu|vanban|congvan|phuluc|danhmuc|hoso)(?:tuyet|toi)?mat\d*")
_BESIDE_NUMBER = re.compile(r".*\d\w*[-_.]mat(?:[-_.]?\d*)?", re.IGNORECASE)
_NUMBER_THEN_MARK = re.compile(r"(?:.* )?\w*\d\w* (?:(?:tuyệt|tối) )?mật(?: \w*\d\w*)*")
LONGEST_END = 500
_MARKS = frozenset({"MẬT", "MAT"})
_NOT_AFTER = frozenset({"bao", "bi", "co", "giai", "than", "khong"})
_NOT_BEFORE = frozenset({"do", "ma", "khau", "ong", "thiet", "truoc", "sau", "vu"})


def is_secret_name(filename: str) -> bool:
    """Tell whether a file's name says Mật or above, also without diacritics.

    "Báo cáo (Mật).pdf", "van_ban_mat.xlsx", "12-MAT.xlsx", "Tài liệu Mật - 2021.xlsx" do;
    "Bảo mật.docx", "mật độ dân số.xlsx", "mat truoc.jpg", "Nguyễn Văn Mật.pdf" do not.
    """
    name = clean(unicodedata.normalize("NFC", _ends(filename)))
    stem = name.rpartition(".")[0] or name
    stem = _COPY.sub("", stem)
    folded = fold(stem)
    if "mat" not in _BUT_LETTERS.sub("", folded):
        return False
    words = _WORDS.findall(stem)
    spaced = " ".join(words)
    return (
        is_marked_secret(stem)
        or is_marked_secret(stem.replace("_", " "))
        or is_marked_secret(spaced)
        or any(map(is_marked_secret, re.split(r"\s[-–]\s|[_;,]", stem)))
        or bool(_NUMBER_THEN_MARK.fullmatch(spaced.casefold()))
        or _says_it_plainly(stem, fold(spaced))
        or _stands_out(words)
    )


def _ends(filename: str) -> str:
    """Return a name cut in its middle where no disk would take it: reading it costs its square."""
    if len(filename) <= 2 * LONGEST_END:
        return filename
    return f"{filename[:LONGEST_END]} {filename[-LONGEST_END:]}"


def _says_it_plainly(stem: str, folded: str) -> bool:
    """Whether a name written without diacritics says it."""
    if not stem.isascii():
        return False
    return bool(
        _PLAIN.fullmatch(folded)
        or _JOINED.fullmatch(folded.replace(" ", ""))
        or _BESIDE_NUMBER.fullmatch(stem)
    )


def _stands_out(words: list[str]) -> bool:
    """Whether a mark in capitals stands among words that are not in capitals."""
    others = [word for word in words if word not in _MARKS]
    if len(others) == len(words) or all(word.isupper() for word in others if word.isalpha()):
        return False
    return any(
        word in _MARKS and _is_free(words[at - 1 : at], words[at + 1 : at + 2])
        for at, word in enumerate(words)
    )


def _is_free(before: Iterable[str], after: Iterable[str]) -> bool:
    """Whether neither neighbour makes another word of the mark."""
    ordinary = any(fold(word) in _NOT_AFTER for word in before)
    return not (ordinary or any(fold(word) in _NOT_BEFORE for word in after))


def refuse_secret_name(filename: str) -> None:
    """Refuse with `secret_document` a file whose name says Mật or above."""
    if is_secret_name(filename):
        raise Refused("secret_document")
