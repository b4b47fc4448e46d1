"""Texts taken apart into words that can be compared: case, marks and spacing set aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workflow.text import squeeze


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: its squeezed form, where it stands, and its letters with their marks."""

    key: str
    start: int
    end: int
    letters: tuple[tuple[str, str], ...] = ()


_TOKEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")
_STROKED = "đ"
# Abbreviations that every office writes either way; the place's kind never changes by them. All
# forms of one name share a key, and the keys run together: "TT PVHCC" and "TTPVHCC" are one.
_STANDING_FORMS: dict[str, tuple[str, ...]] = {
    "ubnd": ("uy ban nhan dan",),
    "hdnd": ("hoi dong nhan dan",),
    "hdndubnd": ("hdnd va ubnd", "hoi dong nhan dan va uy ban nhan dan"),
    "thanhpho": ("tp",),
    "thixa": ("tx",),
    "huyen": ("h",),
    "xa": ("x",),
    "vp": ("van phong",),
    "bql": ("ban quan ly", "ban ql"),
    "kkt": ("khu kinh te",),
    "kcn": ("khu cong nghiep",),
    "pvhcc": ("phuc vu hanh chinh cong", "pv hcc", "pv hanh chinh cong"),
    "ttpvhcc": (
        "trung tam phuc vu hanh chinh cong", "trung tam pvhcc", "tt phuc vu hanh chinh cong",
        "trung tam pv hcc",
    ),
    "dkdd": ("dang ky dat dai",),
    "vpdkdd": ("vpdk dat dai",),
    "cnvpdkdd": (
        "chi nhanh van phong dang ky dat dai", "chi nhanh vpdkdd", "chi nhanh vp dkdd",
        "chi nhanh vp dang ky dat dai", "cn van phong dang ky dat dai", "chi nhanh vpdk dat dai",
    ),
}  # fmt: skip
_Form = tuple[tuple[str, ...], str]


def _by_first_word() -> dict[str, list[_Form]]:
    """Return the forms by their first word, the longest first, so that it is found."""
    found: dict[str, list[_Form]] = {}
    for key, written in _STANDING_FORMS.items():
        for form in (tuple(one.split()) for one in written):
            found.setdefault(form[0], []).append((form, key))
    for forms in found.values():
        forms.sort(key=lambda one: -len(one[0]))
    return found


_FORMS = _by_first_word()


def words_of(text: str) -> tuple[Word, ...]:
    """Split a text into words; "Ủy ban nhân dân" is one word, the same as "UBND"."""
    words = [
        Word(squeeze(found[0]), found.start(), found.end(), _letters(found[0]))
        for found in _TOKEN.finditer(text)
    ]
    merged: list[Word] = []
    at = 0
    while at < len(words):
        size, word = _standing_form(text, words, at)
        merged.append(word)
        at += size
    return tuple(merged)


def _standing_form(text: str, words: Sequence[Word], at: int) -> tuple[int, Word]:
    """Read an abbreviation or its full form at word `at`, unless a sign parts its words."""
    for form, key in _FORMS.get(words[at].key, ()):
        run = words[at : at + len(form)]
        joined = all(text[a.end : b.start].isspace() for a, b in pairwise(run))
        if joined and tuple(word.key for word in run) == form:
            return len(form), Word(key, run[0].start, run[-1].end)
    return 1, words[at]


def _letters(token: str) -> tuple[tuple[str, str], ...]:
    """Pair each letter with its marks, the stroke of đ among them."""
    letters: list[tuple[str, str]] = []
    for sign in unicodedata.normalize("NFD", token.casefold()):
        if unicodedata.combining(sign) and letters:
            base, marks = letters[-1]
            letters[-1] = (base, marks + sign)
        else:
            letters.append(("d", _STROKED) if sign == _STROKED else (sign, ""))
    return tuple(letters)


def letter_pairs(words: Sequence[Word]) -> frozenset[str]:
    """Return the pairs of neighbouring letters in the words run together, and in their initials."""
    joined = "".join(word.key for word in words)
    initials = "".join(word.key[:1] for word in words)
    return frozenset(
        text[at : at + 2] for text in (joined, initials) for at in range(len(text) - 1)
    )


def marks_agree(written: Sequence[Word], known: Sequence[Word]) -> bool:
    """Tell whether no letter carries a mark that the other spelling contradicts.

    A missing mark agrees with any ("So Noi vu", "Sở Nội vụ"); a different one does not
    ("Xã Cam Thành", "Xã Cẩm Thanh"), nor does a tone that merely moved ("Hoà", "Hòa") differ.
    """
    if len(written) == len(known):
        return all(map(_word_agrees, written, known))
    ours, theirs = (tuple(x for word in words for x in word.letters) for words in (written, known))
    return len(ours) != len(theirs) or all(map(_letter_agrees, ours, theirs))


def _word_agrees(one: Word, other: Word) -> bool:
    tones = [{mark for _, marks in w.letters for mark in marks} & _TONES for w in (one, other)]
    if tones[0] and tones[1] and tones[0] != tones[1]:
        return False
    if len(one.letters) != len(other.letters):
        return True
    return all(
        _same_or_missing(set(ours[1]) - _TONES, set(theirs[1]) - _TONES)
        for ours, theirs in zip(one.letters, other.letters, strict=True)
    )


def _letter_agrees(one: tuple[str, str], other: tuple[str, str]) -> bool:
    ours, theirs = set(one[1]), set(other[1])
    return _same_or_missing(ours & _TONES, theirs & _TONES) and _same_or_missing(
        ours - _TONES, theirs - _TONES
    )


def _same_or_missing(one: set[str], other: set[str]) -> bool:
    return not one or not other or one == other
