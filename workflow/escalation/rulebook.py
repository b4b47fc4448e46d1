"""Rules as data, checked, and as TOML in the form of product.md §6."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping

from workflow.errors import Invalid, Refused
from workflow.escalation.fields import READERS
from workflow.escalation.lines import BadLine
from workflow.escalation.records import Rule

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
TABLE = re.compile(r"\s*\[\[\s*rule\s*\]\]")


def rule_from(data: Mapping[str, object]) -> Rule:
    """Return the rule that data in the form of product.md §6 says.

    Invalid names every wrong field with a code. `title`, `weights` and `repeat_within_days`
    may be left out; a key the form does not have is wrong.
    """
    errors = {name: "unknown_key" for name in data if name not in READERS}
    values = {}
    for name, read in READERS.items():
        try:
            values[name] = read(data.get(name))
        except Refused as why:
            errors[name] = why.code
    if errors:
        raise Invalid(errors)
    return Rule(**values)


def rule_as_data(rule: Rule) -> dict[str, object]:
    """Return a rule as plain data; `rule_from` makes the same rule of it."""
    window = rule.window
    data: dict[str, object] = {
        "code": rule.code,
        "title": rule.title,
        "violation_types": list(rule.violation_types),
        "group_by": [key.value for key in rule.group_by],
        "window": {"days": window.days}
        if window.calendar is None
        else {"calendar": window.calendar.value},
        "levels": list(rule.levels),
    }
    if rule.weights:
        data["weights"] = dict(rule.weights)
    if rule.repeat_within_days is not None:
        data["repeat_within_days"] = rule.repeat_within_days
    return data


def rule_as_toml(rule: Rule) -> str:
    """Return a rule as one `[[rule]]` of a rule book."""
    lines = (f"{name} = {_toml(value)}\n" for name, value in rule_as_data(rule).items())
    return "[[rule]]\n" + "".join(lines)


def rules_from_toml(text: str) -> tuple[Rule, ...]:
    """Return the rules of a rule book, in its order; one without rules is empty.

    BadLine names the line and the field: `not_toml`, `unknown_key`, `rule_twice`, or what
    `rule_from` says.
    """
    try:
        book = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as why:
        raise BadLine(_line_told(str(why), text), "rule", "not_toml") from why
    for name in book:
        if name != "rule":
            raise BadLine(_line_of_name(text, name), name, "unknown_key")
    tables = book.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise BadLine(_line_of_name(text, "rule"), "rule", "not_rules")
    rules: dict[str, Rule] = {}
    for number, table in enumerate(tables):
        rule = _rule_at(text, number, table)
        if rule.code in rules:
            raise BadLine(_line_in_table(text, number, "code"), "code", "rule_twice")
        rules[rule.code] = rule
    return tuple(rules.values())


def _rule_at(text: str, number: int, table: Mapping[str, object]) -> Rule:
    try:
        return rule_from(table)
    except Invalid as why:
        name, code = next(iter(why.errors.items()))
        raise BadLine(_line_in_table(text, number, name), name, code) from why


def _line_told(message: str, text: str) -> int:
    found = re.search(r"at line (\d+)", message)
    return int(found[1]) if found else max(1, len(text.splitlines()))


def _line_of_name(text: str, name: str) -> int:
    pattern = re.compile(rf"\s*(?:\[+\s*)?[\"']?{re.escape(name)}\b")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if pattern.match(line)), 1)


def _line_in_table(text: str, number: int, name: str) -> int:
    """Return the line of a field in the n-th rule, of the rule itself when it has no such line."""
    lines = text.splitlines()
    heads = [place for place, line in enumerate(lines, 1) if TABLE.match(line)]
    if number >= len(heads):
        return _line_of_name(text, name)
    begin = heads[number]
    end = heads[number + 1] - 1 if number + 1 < len(heads) else len(lines)
    field = re.compile(rf"\s*\[*(rule\.)?[\"']?{re.escape(name)}[\"']?\s*[=.\]]")
    return next((place for place in range(begin, end + 1) if field.match(lines[place - 1])), begin)


def _toml(value: object) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, dict):
        pairs = (f"{_key(name)} = {_toml(item)}" for name, item in value.items())
        return "{ " + ", ".join(pairs) + " }"
    return str(value)


def _key(name: str) -> str:
    return name if BARE_KEY.fullmatch(name) else _toml(name)
