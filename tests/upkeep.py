"""The pages of accounts, agencies, calendar and history, with an address of each that exists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from flask import Flask
from sqlalchemy import event, text
from world import World

FEATURES = ("accounts", "agencies", "calendar", "history")
PUBLIC = frozenset({"/sign-in", "/language"})
EVERYBODY = frozenset(
    {
        "/account", "/account/password", "/acting", "/sign-out", "/agencies/", "/agencies/<code>",
        "/agency-groups/", "/calendar/",
    }
)  # fmt: skip
"""What anybody signed in may open; everything else of these features is the admin's."""
VALUES = {
    "account_id": "{clerk}",
    "key": "agency_clerk.{land}.2020-01-01",
    "code": "H32.03",
    "alias_id": "1",
    "division_id": "1",
    "iso": "2021-09-10",
}


def rules(app: Flask, method: str) -> list[str]:
    """Return every address of these features that takes `method`."""
    return sorted(
        str(rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in FEATURES and method in (rule.methods or ())
    )


def address(world: World, rule: str) -> str:
    """Return an address of a rule that leads to something which is there."""
    if rule.startswith("/agency-groups/<code>"):
        rule = rule.replace("<code>", "districts")
    for name, value in VALUES.items():
        filled = value.format(clerk=world.accounts["clerk"], land=world.agencies["H32.03"].id)
        rule = rule.replace(f"<int(max=2147483647):{name}>", filled).replace(f"<{name}>", filled)
    assert "<" not in rule, rule
    return rule


def furnish(world: World) -> None:
    """Put something behind every address."""
    from datetime import date

    from workflow.calendar.records import DayKind, Override

    with world.unit() as unit:
        land = world.agencies["H32.03"].id
        unit.agencies.add_alias(land, "Sở TNMT", "learned", world.clock())
        unit.agencies.add_division(land, "Phòng Đất đai", date(2020, 1, 1))
        unit.calendar.put(
            Override(day=date(2021, 9, 10), kind=DayKind.OFF, reason="nghỉ", act="1/QĐ"),
            world.accounts["admin"],
            world.clock(),
        )


def digest(world: World) -> str:
    """Return a hash of every row of every table."""
    from models.base import Base

    found = sha256()
    with world.office.reading() as unit:
        for table in Base.metadata.sorted_tables:
            rows = unit.connection.execute(text(f"SELECT * FROM {table.name}")).all()
            for row in sorted(map(repr, rows)):
                found.update(f"{table.name} {row}".encode())
    return found.hexdigest()


@contextmanager
def counted_queries(world: World) -> Iterator[list[str]]:
    """Collect the statements sent to the database."""
    sent: list[str] = []

    def note(_c: object, _u: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    engine = world.office.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)
