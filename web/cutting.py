"""A sheet of style cut down to the classes that pages bear: most of a library's is for other sites.

Only the build needs this, and tinycss2 with it.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Any

import tinycss2

NESTING = frozenset({"container", "layer", "media", "supports"})
"""At-rules that hold rules of style; what stands in any other is kept as it is."""


def cut(sheet: str, borne: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """Return the sheet without what only other classes are met by, and those classes in order.

    A selector stays when every class that it asks for is borne; one that a class is asked for in
    brackets, as in ``:not(.a)``, stays for that. Comments go, the licence stands beside the sheet.
    """
    rules = _rules_of(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))
    asked: set[str] = set()
    kept = "".join(_kept(rules, frozenset(borne), asked))
    return kept, tuple(sorted(asked - set(borne)))


def _rules_of(nodes: Iterable[Any]) -> list[Any]:
    """Return the nodes; ValueError at one that is no style, so that none is lost unseen."""
    found = list(nodes)
    for node in found:
        if node.type == "error":
            raise ValueError(f"line {node.source_line}: {node.message}")
    return found


def _kept(rules: list[Any], borne: frozenset[str], asked: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [one for one in _selectors(rule.prelude) if _met(one, borne, asked)]
            if selectors:
                said = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                yield f"{said}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.content is None or rule.lower_at_keyword not in NESTING:
            yield rule.serialize()
        else:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            kept = "".join(_kept(_rules_of(inner), borne, asked))
            if kept:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{kept}}}"


def _selectors(prelude: list[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for part in prelude:
        if part == ",":
            parts.append([])
        else:
            parts[-1].append(part)
    return parts


def _met(selector: list[Any], borne: frozenset[str], asked: set[str]) -> bool:
    """Tell whether an element of ours can be met, and gather the classes asked for."""
    classes = {
        name.value for dot, name in pairwise(selector) if dot == "." and name.type == "ident"
    }
    asked |= classes
    return classes <= borne
