"""The XML inside office files, read without ever expanding an entity."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from workflow.errors import Refused

_DEEPEST = 10_000
_LONGEST_TAG = 1024 * 1024
_PIECE = 256 * 1024
# An attribute cannot hold "<", so this counts every opening tag, and more only in comments.
_OPENING = re.compile(rb"<[^/!?\x00]")

Attributes = Mapping[str, str]
Start = Callable[[str, Attributes], None]


def parser_for(start: Start | None = None) -> XMLParserType:
    """Return a parser that refuses document types (`unsafe_xml`), with them every entity."""
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    raise Refused("unsafe_xml")


def feed(parser: XMLParserType, chunks: Iterable[bytes]) -> None:
    """Give a whole part to a parser.

    Refused: `broken_file` where it is not well formed; `unsafe_xml` where its elements stand
    so deep in one another, or one tag is so long, that the parser would choke on it.
    """
    ended: list[str] = []
    parser.EndElementHandler = ended.append
    try:
        open_elements = given = 0
        last = b""
        for piece in pieces(chunks):
            parser.Parse(piece, False)
            given += len(piece)
            open_elements += _started(last + piece) - len(ended)
            ended.clear()
            last = piece[-1:]
            if open_elements > _DEEPEST or given - parser.CurrentByteIndex > _LONGEST_TAG:
                raise Refused("unsafe_xml")
        parser.Parse(b"", True)
    except (ExpatError, ValueError) as error:
        raise Refused("broken_file") from error


def pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut chunks into pieces small enough that one of them cannot hurt."""
    for chunk in chunks:
        for at in range(0, len(chunk), _PIECE):
            yield chunk[at : at + _PIECE]


def _started(piece: bytes) -> int:
    """Count the tags that open; in UTF-16 none is seen, and such a part is small or refused."""
    return len(_OPENING.findall(piece))


def plain(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def elements(chunks: Iterable[bytes], wanted: frozenset[str]) -> list[tuple[str, dict[str, str]]]:
    """Return the wanted elements of a part, without prefixes, each with its attributes."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: Attributes) -> None:
        if plain(name) in wanted:
            found.append((plain(name), {plain(key): value for key, value in attributes.items()}))

    feed(parser_for(start), chunks)
    return found
