"""No pattern of the product takes longer over a hostile text than over an honest one as long."""

from __future__ import annotations

import ast
import gc
import importlib
import re
import re._parser as parser  # the only tree of a pattern that the library has
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from pathlib import Path

import pytest

from workflow.documents.carried import _LONGEST
from workflow.documents.secret_names import LONGEST_END

ROOT = Path(__file__).resolve().parents[2]
STOREYS = ("workflow", "models", "web")
ASKED = frozenset({"search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"})
LENGTHS = (100, 1_000, 20_000)
"""Grown step by step: what takes the cube of a length shows before it stops the suite."""
ALLOWED = 0.1
"""Seconds of the processor: 20,000 signs take 0.01 in one pass, from 0.2 on where each is looked on from."""
BOUNDED = {
    "workflow.documents.secret_names": 2 * LONGEST_END + 1,
    "workflow.documents.carried._TAIL": _LONGEST,
}
"""Patterns, or modules of them, that are never shown more than this."""
SIGNS = " \t\n10.-–,;:/_()[]ađAZ\"'=*+<#%&"


def asked_of() -> dict[str, set[str]]:
    """What the product asks of a pattern, by the pattern's name."""
    found: dict[str, set[str]] = defaultdict(set)
    for storey in STOREYS:
        for path in (ROOT / storey).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Attribute) and node.attr in ASKED:
                    of = node.value
                    name = getattr(of, "id", getattr(of, "attr", ""))
                    found[name].add(node.attr)
    return found


def patterns() -> Iterator[tuple[str, re.Pattern]]:
    """Every compiled pattern that a module holds, alone or among others, once."""
    seen: set[int] = set()
    for storey in STOREYS:
        for path in sorted((ROOT / storey).rglob("*.py")):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            held = vars(importlib.import_module(module.removesuffix(".__init__")))
            for name, value in held.items():
                for pattern in within(value):
                    if id(pattern) not in seen:
                        seen.add(id(pattern))
                        yield f"{module}.{name}", pattern


def within(value, depth=3) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, dict):
        yield from within(tuple(value.values()), depth)
    elif depth and isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from within(one, depth - 1)


def words_in(tree) -> Iterator[str]:
    """The stretches of plain letters in a pattern: what it must meet before it goes on."""
    word = ""
    for op, argument in tree:
        if op is parser.LITERAL:
            word += chr(argument)
            continue
        yield word
        word = ""
        for part in argument if isinstance(argument, tuple | list) else (argument,):
            if isinstance(part, parser.SubPattern):
                yield from words_in(part)
            elif isinstance(part, list):
                for branch in part:
                    if isinstance(branch, parser.SubPattern):
                        yield from words_in(branch)
    yield word


def hostile(pattern: re.Pattern, length: int) -> Iterator[str]:
    """Texts of one thing said over and over, which nearly fit and in the end don't."""
    text = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin1")
    words = sorted({word for word in words_in(parser.parse(text, pattern.flags)) if word})[:20]
    units = [*SIGNS, " -", "1.", ". ", "a ", "1 ", "( ", "\n ", *words]
    units += [word + tail for word in words for tail in " 1"]
    for unit in units:
        said = unit * (length // len(unit))
        yield said
        yield f"{said}~\n"


@pytest.fixture(autouse=True)
def _nothing_collected():
    """Keep the collector away meanwhile: it walks all that other tests left, and counts as ours."""
    gc.disable()
    yield
    gc.enable()


def seconds(ask, text) -> float:
    begun = time.process_time()
    found = ask("", text) if ask.__name__ in {"sub", "subn"} else ask(text)
    if ask.__name__ == "finditer":
        deque(found, maxlen=0)
    return time.process_time() - begun


def least_seconds(ask, text) -> float:
    """The time it takes, asked again where it seems long: what else the process does is not its."""
    took = seconds(ask, text)
    return took if took < ALLOWED else min(took, *(seconds(ask, text) for _ in range(3)))


NAMED = list(patterns())
USES = asked_of()


def test_the_patterns_of_the_product_are_found():
    names = {name for name, _ in NAMED}
    assert {"workflow.documents.parties._LABEL", "web.exports.tables._HARM"} <= names
    assert len(names) > 100
    assert USES["_LABEL"] == {"finditer", "search"}


@pytest.mark.parametrize(("name", "pattern"), NAMED, ids=[name for name, _ in NAMED])
def test_a_hostile_text_is_read_in_one_pass(name, pattern):
    most = BOUNDED.get(name, BOUNDED.get(name.rpartition(".")[0], max(LENGTHS)))
    for length in sorted({min(length, most) for length in LENGTHS}):
        for text in hostile(pattern, length):
            given = text.encode() if isinstance(pattern.pattern, bytes) else text
            for use in USES.get(name.rpartition(".")[2]) or {"search"}:
                took = least_seconds(getattr(pattern, use), given)
                assert took < ALLOWED, (use, text[:20], length, took)
