"""A phrase cut into words, numbers and marks, folded so that spelling does not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflow.deadlines.reading.vocabulary import split_glued
from workflow.deadlines.reading.words import SPELLINGS
from workflow.text import clean, fold


class TokenKind(StrEnum):
    """What a token is; a comma stands for every mark or word that changes nothing."""

    WORD = "word"
    NUMBER = "number"
    MARK = "mark"
    COMMA = "comma"
    BLANK = "blank"
    JUNK = "junk"


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a phrase: `text` is folded, `said` keeps its diacritics.

    `bare` tells that the whole phrase came without diacritics, so that any word of the
    same letters may be meant.
    """

    kind: TokenKind
    text: str
    said: str
    bare: bool = False


Tokens = tuple[Token, ...]

PIECES = re.compile(r"[^\W\d_]+|[0-9]+|\.{2,}|_+|(?<!-)-+>|\S")
SILENT = frozenset("\"'`‘’“”«»‚„!*•·")
SOFT = frozenset("()[]{};|,")
ARROWS = frozenset("~−→⇒➔")
SLASHES = frozenset("/\\∕")
MOST_DIGITS = 4


def cut(text: str) -> list[Token]:
    """Cut `text` into tokens; quotes and bullets fall away, everything else stays."""
    plain = unicodedata.normalize("NFKC", clean(text)).lower()
    bare = all(ord(letter) < 128 for letter in plain if letter.isalpha())  # noqa: PLR2004 - ASCII
    return [
        Token(kind, folded, said, bare)
        for piece in PIECES.findall(plain)
        for kind, folded, said in _sort(piece)
    ]


def _sort(piece: str) -> Iterator[tuple[TokenKind, str, str]]:
    if piece.isalpha():
        for said in _unglued(piece):
            folded = fold(said)
            yield TokenKind.WORD, SPELLINGS.get(folded, folded), said
    elif piece.isascii() and piece.isdecimal():
        yield (TokenKind.NUMBER if len(piece) <= MOST_DIGITS else TokenKind.JUNK), piece, piece
    elif piece not in SILENT:
        yield _mark(piece)


def _unglued(piece: str) -> Iterator[str]:
    """Yield the words run together in the piece ("QuýIII", "trướcngày"), or the piece."""
    folded = fold(piece)
    words = split_glued(folded) if len(folded) == len(piece) else (folded,)
    if len(words) == 1:
        yield piece
        return
    at = 0
    for word in words:
        yield piece[at : at + len(word)]
        at += len(word)


def _mark(piece: str) -> tuple[TokenKind, str, str]:
    if piece[0] == "_" or piece.startswith(".."):
        return TokenKind.BLANK, "…", piece
    if piece in SOFT:
        return TokenKind.COMMA, piece, piece
    if piece in "+&":
        return TokenKind.WORD, "va", piece
    plain = _plain_mark(piece)
    return (TokenKind.MARK, plain, piece) if plain else (TokenKind.JUNK, piece, piece)


def _plain_mark(piece: str) -> str:
    """Return the mark that the piece is a way to write; empty for none."""
    if piece in ARROWS or piece.endswith("->") or unicodedata.category(piece[0]) == "Pd":
        return "-"
    if piece in SLASHES:
        return "/"
    return piece if piece in ".:" else ""
