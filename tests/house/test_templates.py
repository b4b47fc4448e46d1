"""Templates ask yes or no: what a state, a role or a day comes to is said by the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

TEMPLATES = Path(__file__).resolve().parents[2] / "web" / "templates"
READER = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"])  # noqa: S701 - reads only
STATE = re.compile(r"(^|_)(state|role)$")
DAY = re.compile(r"(^|_)(on|at|to|from|since|until)$|^(day|today|now)$")
"""How fields are called that hold a state or a role, or a day or an instant."""


def name_of(node: nodes.Node) -> str:
    """Return what a value is called: the last word of `file.directive.due_on`, without `.value`."""
    if isinstance(node, nodes.Filter) and node.node is not None:
        return name_of(node.node)
    if isinstance(node, nodes.Getattr):
        return name_of(node.node) if node.attr == "value" else node.attr
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        return str(node.arg.value)
    return node.name if isinstance(node, nodes.Name) else ""


def is_code(node: nodes.Node) -> bool:
    """Whether a value is a code written out, or a list of them."""
    if isinstance(node, nodes.Tuple | nodes.List):
        return any(map(is_code, node.items))
    return isinstance(node, nodes.Const) and isinstance(node.value, str)


def judged(source: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of what a template judges by itself."""
    for compared in READER.parse(source).find_all(nodes.Compare):
        left = compared.expr
        for operand in compared.ops:
            for one, other in ((left, operand.expr), (operand.expr, left)):
                is_held = one is operand.expr and operand.op in {"in", "notin"}
                if DAY.search(name_of(one)) or (
                    STATE.search(name_of(one)) and is_code(other) and not is_held
                ):
                    yield compared.lineno, name_of(one)
            left = operand.expr


def test_no_template_judges_a_state_a_role_or_a_day():
    found = [
        f"{file.relative_to(TEMPLATES)}:{line}: {name}"
        for file in sorted(TEMPLATES.rglob("*.html"))
        for line, name in judged(file.read_text(encoding="utf-8"))
    ]
    assert not found, "give the record a word for it"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("{% if d.state == 'reported' %}{% endif %}", "state"),
        ("{% if v.state.value in ('confirmed', 'upheld') %}{% endif %}", "state"),
        ("{% if one.clause.carried_state == 'done' %}{% endif %}", "carried_state"),
        ("{{ 'gone' if row['state'] != 'open' }}", "state"),
        ("{% if actor.role in ('agency_head', 'agency_clerk') %}{% endif %}", "role"),
        ("{% if d.due_on < today %}{% endif %}", "due_on"),
        ("{% if 1 and agency.valid_to and agency.valid_to <= x %}{% endif %}", "valid_to"),
        ("{% for tie in ties if tie.valid_to >= today %}{% endfor %}", "valid_to"),
        ("{{ 'is-today' if x == today }}", "today"),
        ("{% if d.due_on not in (a.due_on, b) %}{% endif %}", "due_on"),
        ("{% set late = d.due_on | first > y %}", "due_on"),
    ],
)
def test_a_judgement_is_seen_wherever_it_stands(source, name):
    assert next(iter(judged(source)), (0, ""))[1] == name


@pytest.mark.parametrize(
    "source",
    [
        "{% if d.is_verified %}{% endif %}",
        "{% if agency.has_ended(today) %}{% endif %}",
        "{% if d.due_on and d.due_on is not none %}{% endif %}",
        "{% for code in states %}{{ 'selected' if code == view.state.value }}{% endfor %}",
        "{{ TONES.get(d.state, 'plain') }}{{ d.state | label('state') }}",
        "{% if need.kind == 'day' and years | length > 1 %}{% endif %}",
        "{% if 'state' in seen %}{{ 'selected' if ',' in state }}{% endif %}",
    ],
)
def test_a_question_is_no_judgement(source):
    assert list(judged(source)) == []
