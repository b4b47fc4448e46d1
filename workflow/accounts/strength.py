"""Which passwords are good enough: long, nobody's name, and no pattern a guesser tries first."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from itertools import pairwise

from workflow.accounts.rules import PASSWORD_LEAST, PASSWORD_MOST
from workflow.errors import Invalid
from workflow.text import fold

COMMON_WORDS = (
    "matkhau", "password", "passwd", "passw0rd", "p4ssword", "xinchao", "anhyeuem", "emyeuanh",
    "iloveyou", "welcome", "letmein", "admin", "quantri", "vanphong", "ubnd", "tinh", "khanhhoa",
    "nhatrang", "vietnam", "hanoi", "saigon", "dondoc", "qwerty", "abc", "user", "test", "login",
    "changeme", "default", "secret", "bimat", "monkey", "dragon", "master", "football", "superman",
)  # fmt: skip
KEY_ROWS = ("1234567890-=", "qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
ALPHABET = "abcdefghijklmnopqrstuvwxyz"
RUN = 4
SHORT_RUN = 3
LEAST_SURPRISES = 7
LEAST_LETTERS = 4
LEET = str.maketrans("@0134$5!", "aoieassi")
STOLEN = frozenset({
    "f68e3ecda7398d56", "c23170dd8858f8bb", "e4005e2c1578a1e8", "d8aafc4b847c351d",
})  # fmt: skip
"""Digests of those among the 3,000 passwords most often stolen that no rule here refuses."""
ONE_WORD = re.compile(r"[a-z]+[0-9]{0,4}[!@#.]?")
ONE_WORD_MOST = 15


def _neighbours() -> frozenset[tuple[str, str]]:
    """Pairs of keys that touch, rows shifted as on a keyboard, both ways."""
    place = {sign: (x, y) for y, row in enumerate(KEY_ROWS) for x, sign in enumerate(row)}
    near = {
        (a, b)
        for a, (ax, ay) in place.items()
        for b, (bx, by) in place.items()
        if (ay == by and abs(ax - bx) == 1)
        or (by == ay + 1 and bx in {ax - 1, ax})
        or (ay == by + 1 and ax in {bx - 1, bx})
    }
    return frozenset(near) | frozenset(pairwise(ALPHABET)) | frozenset(pairwise(ALPHABET[::-1]))


NEAR = _neighbours()


def same_password(password: str) -> str:
    """Return the one form in which a password is measured and hashed (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, login: str, name: str, field: str = "new_password") -> None:
    """Refuse a password that a guesser would try early: Invalid with a code at `field`.

    10 to 200 characters; not made of the person's own name; not nearly all digits, one
    plain word, a repetition, a walk over the keyboard or words everybody uses. No other
    composition is asked for.
    """
    typed = same_password(password)
    code = _length_fault(typed) or _pattern_fault(typed.lower(), login, name)
    if code:
        raise Invalid({field: code})


def _length_fault(typed: str) -> str:
    if len(typed) < PASSWORD_LEAST:
        return "password_short"
    return "password_long" if len(typed) > PASSWORD_MOST else ""


def _pattern_fault(typed: str, login: str, name: str) -> str:
    if sum(sign.isalpha() for sign in typed) < LEAST_LETTERS:
        return "password_digits"
    if _is_repetition(typed) or _is_walk(typed):
        return "password_pattern"
    if _made_of(typed, (login, *name.split(), name.replace(" ", ""))):
        return "password_own_name"
    one_word = ONE_WORD.fullmatch(typed) and len(typed) <= ONE_WORD_MOST
    common = one_word or any(_made_of(t, COMMON_WORDS) for t in (typed, typed.translate(LEET)))
    return "password_common" if common or _digest(typed) in STOLEN else ""


def _digest(typed: str) -> str:
    return sha256(typed.encode()).hexdigest()[:16]


def _is_repetition(typed: str) -> bool:
    """Whether the whole is one short piece again and again, the last time perhaps cut short."""
    return any(
        all(sign == typed[place % size] for place, sign in enumerate(typed))
        for size in range(1, min(PASSWORD_LEAST, len(typed) // 2 + 1))
    )


def _is_walk(typed: str) -> bool:
    """Whether fingers walk over the keyboard: in one path, in two woven ones, or in short ones."""
    woven = surprises(typed[::2]) + surprises(typed[1::2])
    return min(surprises(typed), woven) < LEAST_SURPRISES or min(_runs(typed)) >= SHORT_RUN


def _runs(typed: str) -> list[int]:
    """Return the lengths of the runs of neighbours or repeats, in order."""
    runs = [1] if typed else []
    for before, sign in pairwise(typed):
        if sign == before or (before, sign) in NEAR:
            runs[-1] += 1
        else:
            runs.append(1)
    return runs


def surprises(typed: str) -> int:
    """Count the characters one could not foresee: runs of neighbours or repeats count as two."""
    return sum(run if run < RUN else 2 for run in _runs(typed))


def _made_of(typed: str, words: tuple[str, ...]) -> bool:
    """Whether hardly a letter is left once these words, digits and signs are taken out."""
    left = re.sub(r"[^a-z0-9]", "", fold(typed))
    found = False
    for word in sorted((fold(w) for w in words), key=len, reverse=True):
        if len(word) > 1 and word in left:
            left, found = left.replace(word, ""), True
    return found and sum(sign.isalpha() for sign in left) < LEAST_LETTERS
