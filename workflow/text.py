"""How words are cleaned, compared and ordered: typed in haste, pasted, or without diacritics."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SPACE = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_STROKES = str.maketrans({"đ": "d", "Đ": "D"})
_LOOKALIKES = str.maketrans(
    dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„«»″", '"') | dict.fromkeys("‘’‚′`´", "'")
)
_NO_TEXT = frozenset({"Cc", "Cf", "Cs"})
# What nearly every text is made of: these letters and signs, with single spaces between.
_COMMON = "!-~¡-¬®-ʯẠ-ỹ‐-‧‰-⁞"
_TIDY = re.compile(f"[{_COMMON}]+(?: [{_COMMON}]+)*")
_MARKS = frozenset({"Mn", "Me"})


def clean(text: str) -> str:
    """Return `text` in NFC on one line, without control or zero-width characters."""
    if _TIDY.fullmatch(text):
        return text
    return _SPACE.sub(" ", _visible(text)).strip()


def clean_lines(text: str) -> str:
    """Clean like `clean` but keep the line breaks, each line trimmed, none of them empty."""
    if _TIDY.fullmatch(text):
        return text
    lines = _LINE_ENDS.sub("\n", text).split("\n")
    return "\n".join(line for line in map(clean, lines) if line)


def fold(text: str) -> str:
    """Return the form in which words are searched: no diacritics, đ as d, no case, single spaces.

    Composed and decomposed spellings fold alike, dashes and quotes to their plain ones,
    and folding twice changes nothing.
    """
    if _TIDY.fullmatch(text):
        return " ".join(text.translate(_folded_letters()).split())
    return _fold(text)


def _fold(text: str) -> str:
    plain = _visible(text).translate(_LOOKALIKES)
    return _SPACE.sub(" ", _bare(_bare(plain))).strip()


def squeeze(text: str) -> str:
    """Fold, then keep letters and digits only: "Vụ GD ĐH" and "Vụ GDĐH" are one."""
    return "".join(letter for letter in fold(text) if letter.isalnum())


@cache
def _folded_letters() -> dict[int, str]:
    """Fold each common letter once; none of them changes with its neighbours."""
    spans = zip(_COMMON[::3], _COMMON[2::3], strict=True)
    codes = (code for first, last in spans for code in range(ord(first), ord(last) + 1))
    return {code: _bare(_bare(chr(code).translate(_LOOKALIKES))) for code in codes}


def _visible(text: str) -> str:
    spaced = _SPACE.sub(" ", _LINE_ENDS.sub("\n", text))
    kept = (c for c in spaced if c == " " or unicodedata.category(c) not in _NO_TEXT)
    return unicodedata.normalize("NFC", "".join(kept))


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    letters = (c for c in folded if unicodedata.category(c) not in _MARKS)
    return "".join(letters).translate(_STROKES).translate(_LOOKALIKES).casefold()


# The order of letters and tones is that of Vietnamese dictionaries: the 29 letters, with
# f j w z at their Latin places; tones ngang, huyền, hỏi, ngã, sắc, nặng.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_OTHER_MARK = "6"
_SHAPES = frozenset({"\u0302", "\u0306", "\u031b"})
_END, _BLANK, _SIGN, _FOREIGN = "00", "01", "02", "99"
_DIGIT_BASE = 10
_LONGEST_KEY = 1000
_LETTER_CODES = {letter: f"{30 + place:02d}" for place, letter in enumerate(_LETTERS)}


def sort_key(text: str) -> str:
    """Return digits that order as Vietnamese names do, whatever the collation of the database.

    Letters are compared through the whole text first, then tones; case does not count.
    Signs stand before figures, figures before letters, other scripts last. At most 1,000
    digits: names of 450 letters are told apart to the last.
    """
    bases, tones = _split_tones(clean(text).casefold())
    key = "".join(map(_letter_code, bases)) + _END + "".join(map(_tone_of, tones)).rstrip("0")
    return key[:_LONGEST_KEY]


def _split_tones(text: str) -> tuple[list[str], list[str]]:
    """Return the letters with their shape marks (â, ơ…), and for each word its tone marks."""
    bases: list[str] = []
    tones = [""]
    for sign in unicodedata.normalize("NFD", text):
        shaped = unicodedata.normalize("NFC", bases[-1] + sign) if bases else sign
        if unicodedata.combining(sign) == 0:
            bases.append(sign)
            if sign == " ":
                tones.append("")
        elif sign in _SHAPES and shaped in _LETTER_CODES:
            bases[-1] = shaped
        else:
            tones[-1] += sign
    return bases, tones


def _tone_of(marks: str) -> str:
    """A syllable has one tone, wherever in it the mark was typed ("Hoà", "Hòa")."""
    return max((_TONES.get(mark, _OTHER_MARK) for mark in marks), default="0")


def _letter_code(letter: str) -> str:
    if letter == " ":
        return _BLANK
    if letter in _LETTER_CODES:
        return _LETTER_CODES[letter]
    if letter.isdecimal():
        return f"{_DIGIT_BASE + unicodedata.decimal(letter):02d}"
    if letter.isalnum():
        return f"{_FOREIGN}{ord(letter):07d}"
    return _SIGN
