"""The form of the order: who gets cases first, and who is away when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from web.directives.fields import typed_day
from workflow.errors import Invalid
from workflow.review.roster import Person, Place

MOST_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One inspector in the form as it was typed, or as it stands."""

    account_id: int
    name: str
    position: str
    away_from: str
    away_to: str
    is_here: bool


def lines_of(people: Sequence[Person], order: Sequence[Place]) -> list[Line]:
    """Return the form's lines as the order stands; whoever has no place yet comes last."""
    places = {place.account_id: place for place in order}
    return [
        Line(
            account_id=person.account_id,
            name=person.name,
            position=str(position),
            away_from=_text(places.get(person.account_id), "away_from"),
            away_to=_text(places.get(person.account_id), "away_to"),
            is_here=person.is_here,
        )
        for position, person in enumerate(people, start=1)
    ]


def _text(place: Place | None, name: str) -> str:
    day = getattr(place, name, None)
    return f"{day:%d/%m/%Y}" if isinstance(day, date) else ""


def lines_typed(people: Sequence[Person]) -> list[Line]:
    """Return the lines as they were typed, so that a wrong one keeps its words."""
    return [
        Line(
            account_id=person.account_id,
            name=person.name,
            position=request.form.get(f"position-{person.account_id}", ""),
            away_from=request.form.get(f"away_from-{person.account_id}", ""),
            away_to=request.form.get(f"away_to-{person.account_id}", ""),
            is_here=person.is_here,
        )
        for person in people
    ]


def order_typed(lines: Sequence[Line]) -> list[Place]:
    """Return the order that was typed; Invalid field by field for what cannot be read."""
    errors: dict[str, str] = {}
    places: list[tuple[int, int, Place]] = []
    for number, line in enumerate(lines):
        place = _place(line, errors)
        if place is not None:
            places.append((place[0], number, place[1]))
    if errors:
        raise Invalid(errors)
    return [place for _, _, place in sorted(places, key=lambda one: one[:2])]


def _place(line: Line, errors: dict[str, str]) -> tuple[int, Place] | None:
    key = line.account_id
    position = line.position.strip()
    is_number = position.isdecimal() and position.isascii() and len(position) <= MOST_DIGITS
    if not is_number:
        errors[f"position-{key}"] = "not_whole"
    days = {}
    for name in ("away_from", "away_to"):
        text = str(getattr(line, name)).strip()
        days[name] = typed_day(text)
        if text and days[name] is None:
            errors[f"{name}-{key}"] = "not_a_date"
    return (int(position), Place(account_id=key, **days)) if is_number else None
