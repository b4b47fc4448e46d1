"""Arrows point down, the law is pure, and one module holds the machine."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).resolve().parents[2]
configure()
STOREYS = ("workflow", "models", "web")
LAW = sorted((ROOT / "workflow").rglob("*.py"))
FOREIGN = {
    "flask", "flask_sqlalchemy", "flask_login", "flask_wtf", "flask_babel", "werkzeug", "jinja2",
    "wtforms", "sqlalchemy", "alembic", "psycopg", "sqlite3", "click", "xlsxwriter",
    "python_calamine", "argon2", "models", "web",
}  # fmt: skip
"""What a law that knows no web and no memory never loads."""


def test_the_import_contracts_are_kept(capsys):
    kept = lint_imports(config_filename=str(ROOT / "setup.cfg"), cache_dir=None)
    told = capsys.readouterr().out
    assert kept, told
    contracts = (ROOT / "setup.cfg").read_text(encoding="utf-8").count("[importlinter:contract:")
    assert contracts >= 4
    assert f"Contracts: {contracts} kept, 0 broken." in told


def circles(graph):
    """Return each import that leads back to where it began, those for types alone too."""
    return sorted(
        (module, other)
        for module in graph.modules
        for other in graph.find_modules_directly_imported_by(module)
        if graph.chain_exists(importer=other, imported=module)
    )


def test_no_two_modules_need_each_other():
    assert circles(grimp.build_graph(*STOREYS, cache_dir=None)) == []


def test_a_circle_is_seen():
    graph = grimp.ImportGraph()
    for importer, imported in (("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")):
        graph.add_import(importer=importer, imported=imported)
    assert circles(graph) == [("a", "b"), ("b", "c"), ("c", "a")]


def loaded_by(modules):
    """Return what a fresh interpreter holds after importing some modules."""
    code = (
        "import importlib, json, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(json.loads(told.stdout))


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_the_whole_law_loads_neither_web_nor_memory():
    loaded = loaded_by([module_of(path) for path in LAW])
    assert loaded & FOREIGN == set()
    assert "workflow" in loaded


def test_memory_loads_no_pages():
    names = [module_of(path) for path in sorted((ROOT / "models").rglob("*.py"))]
    assert "web" not in loaded_by(names)


def imports_of(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_nothing_but_the_machine_imports_the_machine_s_library():
    found = {
        path.relative_to(ROOT).as_posix()
        for storey in STOREYS
        for path in (ROOT / storey).rglob("*.py")
        if any(
            name.partition(".")[0] == "transitions"
            for name in imports_of(ast.parse(path.read_text(encoding="utf-8")))
        )
    }
    assert found == {"workflow/machine.py"}


CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "localtime", "gmtime", "perf_counter"}
OUTSIDE = {"os", "io", "subprocess", "socket", "random", "secrets", "time", "logging", "tempfile"}


@pytest.mark.parametrize("path", LAW, ids=module_of)
def test_the_law_asks_no_clock_no_environment_and_no_file(path):
    """Time and actor are arguments; whoever wants a file has it opened elsewhere."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert {name.partition(".")[0] for name in imports_of(tree)} & OUTSIDE == set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name):
                assert called.id not in {"open", "print", "input", "exec", "eval", "__import__"}
            if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
                of_clock = called.value.id in {"datetime", "date", "time"}
                assert not (of_clock and called.attr in CLOCKS), ast.unparse(node)


MOST_LINES = 300
LONGEST_FUNCTION = 40
"""Lines of a function, what it promises in its docstring not counted."""
WORDS_ONLY = {"web/refusals.py"}
"""Lists of words for codes: no code to get lost in."""
FEATURES = {
    "accounts", "agencies", "backups", "calendar", "causes", "deadlines", "directives", "documents", "dossiers", "escalation", "evidence", "history", "imports", "jobs", "looks", "messages", "papers",
    "periods", "review", "summaries", "views", "violations",
}  # fmt: skip


def test_each_storey_has_the_same_feature_folders():
    """A stranger finds the same word in the law, in the memory and in the pages."""
    of = {
        storey: {
            folder.name
            for folder in (ROOT / storey).iterdir()
            if folder.is_dir() and (folder / "__init__.py").exists()
        }
        for storey in STOREYS
    }
    assert of["workflow"] >= FEATURES
    assert of["models"] - {"search"} <= FEATURES
    assert FEATURES - of["models"] <= {"deadlines"}
    assert of["web"] >= FEATURES


@pytest.mark.parametrize("storey", STOREYS)
def test_no_module_is_named_for_nothing(storey):
    for path in (ROOT / storey).rglob("*.py"):
        assert not {"utils", "util", "helpers", "helper", "manager", "misc", "common"} & {
            *path.relative_to(ROOT).with_suffix("").parts
        }
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                name = node.name.lower()
                assert not any(word in name for word in ("manager", "helper", "util")), node.name


def functions_of(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            promise = len((ast.get_docstring(node, clean=False) or "").splitlines())
            yield node.name, node.end_lineno - node.lineno + 1 - promise


def test_a_function_is_measured_without_its_promise():
    told = 'def f(x):\n    """One.\n\n    Two.\n    """\n    return x\n'
    assert list(functions_of(ast.parse(told))) == [("f", 2)]


@pytest.mark.parametrize("storey", STOREYS)
def test_every_function_fits_on_a_screen(storey):
    long = {
        f"{path.relative_to(ROOT).as_posix()}:{name}": lines
        for path in (ROOT / storey).rglob("*.py")
        for name, lines in functions_of(ast.parse(path.read_text(encoding="utf-8")))
        if lines > LONGEST_FUNCTION
    }
    assert long == {}


LONGEST_VIEW = 15
"""Lines of a view under its docstring: it parses, calls a use case or a read, and renders."""
METHODS = {"get", "post", "route"}


def views_of(tree):
    """Return each function that a blueprint or an application opens to an address, with its lines."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        calls = (one.func for one in node.decorator_list if isinstance(one, ast.Call))
        if any(isinstance(call, ast.Attribute) and call.attr in METHODS for call in calls):
            told = node.body[ast.get_docstring(node) is not None :]
            yield node.name, node.end_lineno - told[0].lineno + 1 if told else 0


def test_a_view_is_known_by_its_address_and_measured_under_its_docstring():
    told = '@page.get("/")\ndef f():\n    """One."""\n    a()\n    return b()\n\n\n@cached(3)\ndef g():\n    c()\n'
    assert list(views_of(ast.parse(told))) == [("f", 2)]


def test_every_view_parses_calls_and_renders():
    views = {
        f"{path.relative_to(ROOT).as_posix()}:{name}": lines
        for path in (ROOT / "web").rglob("*.py")
        for name, lines in views_of(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(views) > 200
    assert {name: lines for name, lines in views.items() if lines > LONGEST_VIEW} == {}


@pytest.mark.parametrize("storey", STOREYS)
def test_every_module_says_why_it_exists_and_stays_short(storey):
    long = {}
    for path in (ROOT / storey).rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if text.strip():
            assert ast.get_docstring(ast.parse(text)), path
        name = path.relative_to(ROOT).as_posix()
        if len(text.splitlines()) > MOST_LINES and name not in WORDS_ONLY:
            long[name] = len(text.splitlines())
    assert long == {}
