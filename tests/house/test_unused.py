"""No name stands that nobody uses, and none is given twice."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("workflow", "models", "web")
READERS = (*OURS, "tests", "benchmarks", "migrations")
CODE = sorted(path for storey in OURS for path in (ROOT / storey).rglob("*.py"))


def named_in(path: Path) -> list[str]:
    """Return the names that a module gives at its top; what a decorator hands on is used."""
    names: list[str] = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [one.id for one in node.targets if isinstance(one, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
    return names


@pytest.fixture(scope="module")
def words() -> Counter[str]:
    """How often each word stands in the code and the templates."""
    files = [path for storey in READERS for path in (ROOT / storey).rglob("*.py")]
    files += (ROOT / "web" / "templates").rglob("*.html")
    files += [ROOT / "setup.cfg", ROOT / "setup.py", ROOT / "wsgi.py"]
    return Counter(
        word for path in files for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))
    )


def test_every_name_is_used_somewhere(words: Counter[str]) -> None:
    unused = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in CODE
        for name in named_in(path)
        if words[name] == 1
    }
    assert unused == set()


TAKEN_IN = re.compile(r'\{%-? from "[^"]+" import (.+?)(?: with context)? -?%\}\n?')


def test_every_macro_that_a_template_takes_in_is_used_there() -> None:
    unused = set()
    for path in (ROOT / "web" / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        rest = TAKEN_IN.sub("", text)
        for found in TAKEN_IN.finditer(text):
            for name in found[1].split(", "):
                if not re.search(rf"\b{name.rpartition(' as ')[2]}\b", rest):
                    unused.add(f"{path.relative_to(ROOT)}: {name}")
    assert unused == set()


def test_no_module_gives_a_name_twice() -> None:
    twice = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in CODE
        for name, count in Counter(named_in(path)).items()
        if count > 1
    }
    assert twice == set()
