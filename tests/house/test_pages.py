"""A page's record and its template agree: nothing is read that is not given, nor given unread."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module

import pytest
from jinja2 import Environment, nodes

import web
from web.context import _values
from web.page import Page

MODULES = [import_module(one.name) for one in pkgutil.walk_packages(web.__path__, "web.")]
FOUND = {one for module in MODULES for one in vars(module).values() if isinstance(one, type)}
PAGES = sorted(
    (one for one in FOUND if issubclass(one, Page) and one is not Page),
    key=lambda page: page.template,
)


def named(tree: nodes.Template, ctx: str) -> set[str]:
    """Return the names that a template reads (`load`) or gives itself (`store`, `param`)."""
    return {one.name for one in tree.find_all(nodes.Name) if one.ctx == ctx}


def own(tree: nodes.Template) -> set[str]:
    """Return the names that a template gives itself: set, looped over, imported, of a macro."""
    given = named(tree, "store") | named(tree, "param") | {"loop", "caller"}
    given |= {macro.name for macro in tree.find_all(nodes.Macro)}
    for found in tree.find_all(nodes.FromImport):
        given |= {one[1] if isinstance(one, tuple) else one for one in found.names}
    return given


def beside(tree: nodes.Template) -> Iterator[str]:
    """Yield the templates that read the same names: included, or imported with their context."""
    for found in tree.find_all((nodes.Include, nodes.FromImport)):
        if found.with_context and isinstance(found.template, nodes.Const):
            yield str(found.template.value)


def read_by(environment: Environment, template: str) -> tuple[set[str], set[str]]:
    """Return what a template and those beside it read; then only what none of them gives."""
    source = environment.loader.get_source(environment, template)[0]
    tree = environment.parse(source)
    read, asked = named(tree, "load"), named(tree, "load") - own(tree)
    for other in beside(tree):
        more, wanted = read_by(environment, other)
        read |= more
        asked |= wanted - own(tree)
    return read, asked


@pytest.mark.parametrize("page", PAGES, ids=[page.template for page in PAGES])
def test_a_page_gives_what_its_template_reads_and_nothing_else(app, page):
    environment = app.jinja_env
    read, asked = read_by(environment, page.template)
    given = {one.name for one in fields(page)}
    with app.test_request_context("/"):
        everywhere = set(environment.globals) | set(_values())
    assert not asked - given - everywhere, "read but never given"
    assert not given - read, "given but never read"


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        ("{{ a.b }}{% if c %}{% endif %}", {"a", "c"}),
        ("{% set a = b %}{{ a }}", {"b"}),
        ("{% for a in b %}{{ loop.index }}{{ a }}{% endfor %}", {"b"}),
        ("{% macro a(b) %}{{ b }}{{ c }}{% endmacro %}{{ a(1) }}", {"c"}),
        ('{% from "macros/icons.html" import icon as sign %}{{ sign(a) }}', {"a"}),
        ("{% block a %}{{ b }}{% endblock %}", {"b"}),
    ],
)
def test_what_a_template_asks_for_is_seen_wherever_it_stands(source, asked):
    tree = Environment().parse(source)  # noqa: S701 - reads only
    assert named(tree, "load") - own(tree) == asked
