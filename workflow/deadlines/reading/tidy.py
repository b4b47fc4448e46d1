"""From a phrase as typed to the tokens that are read: fillers and outer marks fall away."""

from __future__ import annotations

from collections.abc import Iterable

from workflow.deadlines.reading import words
from workflow.deadlines.reading.numbers import spelt_number
from workflow.deadlines.reading.tokens import Token, TokenKind, Tokens, cut
from workflow.deadlines.reading.vocabulary import Phrase, phrase

KEPT = frozenset(
    phrase(text)
    for text in (
        *words.WORKING_DAYS,
        *words.NO_DEADLINE,
        *words.NOW,
        *(text for texts in words.STARTS.values() for text in texts),
    )
)
FILLERS = frozenset(map(phrase, words.FILLERS))
SUBJECTS = frozenset(map(phrase, words.SUBJECTS))
KNOWN = KEPT | FILLERS | SUBJECTS
BULLETS = frozenset({*"-–—+"})
MOST_NUMBER_WORDS = 3
LONGEST = max(map(len, KNOWN))


def tokenise(text: str) -> Tokens:
    """Return the tokens of a phrase, ready to be read."""
    tokens = _settle_points(_drop_spelt_numbers(cut(text)))
    return _trim(_merge_commas(_drop_fillers(tokens)))


def _drop_spelt_numbers(tokens: list[Token]) -> list[Token]:
    """Drop "(mười)" after "10", and "(15)" after "mười lăm": the same number said twice."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        size = _spelt_size(tokens, at)
        if not size:
            kept.append(tokens[at])
        at += size or 1
    return kept


def _spelt_size(tokens: list[Token], at: int) -> int:
    if tokens[at].text != "(" or not at:
        return 0
    if tokens[at - 1].kind is not TokenKind.NUMBER:
        return _figures_size(tokens, at)
    for value, end in spelt_number(tuple(tokens), at + 1):
        if end < len(tokens) and tokens[end].text == ")" and value == int(tokens[at - 1].text):
            return end + 1 - at
    return 0


def _figures_size(tokens: list[Token], at: int) -> int:
    after = tokens[at + 1 : at + 3]
    if [token.text for token in after[1:]] != [")"] or after[0].kind is not TokenKind.NUMBER:
        return 0
    before = tuple(tokens[:at])
    said = [
        value
        for start in range(max(0, at - MOST_NUMBER_WORDS), at)
        for value, end in spelt_number(before, start)
        if end == at
    ]
    return len(after) + 1 if said[:1] == [int(after[0].text)] else 0


def _settle_points(tokens: list[Token]) -> list[Token]:
    """A full stop or colon between figures belongs to them; elsewhere it says nothing."""
    last = len(tokens) - 1
    return [
        _comma([token])
        if token.text in {".", ":"}
        and not (
            0 < at < last
            and tokens[at - 1].kind is TokenKind.NUMBER
            and tokens[at + 1].kind is TokenKind.NUMBER
        )
        else token
        for at, token in enumerate(tokens)
    ]


def _drop_fillers(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        found = _longest(tokens, at)
        size = len(found) or 1
        piece = tokens[at : at + size]
        drop = found in FILLERS or (found in SUBJECTS and not _names_a_period(tokens, at + size))
        kept.extend([_comma(piece)] if drop else piece)
        at += size
    return kept


def _longest(tokens: list[Token], at: int) -> Phrase:
    texts = tuple(token.text for token in tokens[at : at + LONGEST])
    sizes = range(len(texts), 0, -1)
    return next((texts[:size] for size in sizes if texts[:size] in KNOWN), ())


def _names_a_period(tokens: list[Token], at: int) -> bool:
    if at >= len(tokens):
        return False
    return tokens[at].kind is TokenKind.NUMBER or tokens[at].text in words.PERIOD_WORDS


def _merge_commas(tokens: Iterable[Token]) -> list[Token]:
    kept: list[Token] = []
    for token in tokens:
        if token.kind is TokenKind.COMMA and kept and kept[-1].kind is TokenKind.COMMA:
            kept[-1] = _comma([kept[-1], token])
        else:
            kept.append(token)
    return kept


def _comma(tokens: list[Token]) -> Token:
    """Return one comma that remembers the words it stands for."""
    said = " ".join(token.said for token in tokens)
    return Token(TokenKind.COMMA, ",", said, tokens[0].bare)


def _trim(tokens: list[Token]) -> Tokens:
    start, end = 0, len(tokens)
    while start < end and (tokens[start].kind is TokenKind.COMMA or tokens[start].said in BULLETS):
        start += 1
    while start < end and _says_nothing_at_the_end(tokens, end - 1):
        end -= 1
    return tuple(tokens[start:end])


def _says_nothing_at_the_end(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind is TokenKind.BLANK:
        before = tokens[at - 1] if at else token
        return before.kind is TokenKind.WORD and before.text not in words.PERIOD_WORDS
    return token.kind is TokenKind.COMMA
