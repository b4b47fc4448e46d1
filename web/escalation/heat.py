"""Where it burns: agencies by month, who comes near, who comes back, and why it is quiet."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date
from typing import Any

from flask import render_template, request, url_for

from models.directives.lists import names_by_code
from models.escalation.queries import (
    HeatRow,
    Near,
    Scope,
    heat,
    near_misses,
    repeaters,
    years_with_escalations,
)
from models.escalation.silences import silence_of
from web.escalation.blueprint import Answer, blueprint
from web.escalation.groups import group_words
from web.formats import vn_date
from web.identity import current_actor, signed_in_person
from web.review.links import desk_url
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.reach import reach_of
from workflow.errors import NotFound
from workflow.escalation.records import Group

EVERY_YEAR = range(MINYEAR, MAXYEAR + 1)
NEAR_COUNTED = 200
"""So many near misses are counted beside the desk."""
STEPS = (1, 2, 4, 8)
"""From how many escalations a month on each shade begins."""
LONGEST = 500


def reader_scope() -> Scope | None:
    """Return whose figures who acts may see; None for who has no case to read."""
    reach = reach_of(current_actor(), office().today())
    return None if reach.is_nothing else Scope(path=reach.path)


def scope_of_reader() -> Scope:
    """Return whose figures who acts may see; NotFound for who has no case to read."""
    scope = reader_scope()
    if scope is None:
        raise NotFound
    return scope


@blueprint.get("/heat")
def heat_map() -> Answer:
    """Show escalations by agency and month, near misses, and who came back."""
    return render_template("escalation/heat.html", **heat_page())


def heat_page() -> dict[str, Any]:
    """Return what the page reads."""
    unit, scope, today = reading_unit(), scope_of_reader(), office().today()
    years = years_with_escalations(unit.connection) or [today.year]
    asked = request.args.get("year", type=int)
    year = asked if asked is not None and asked in EVERY_YEAR else years[0]
    rows = heat(unit.connection, scope, year)
    names = dict(names_by_code(unit.connection))
    return {
        "year": year,
        "years": years,
        "months": [date(year, month, 1) for month in range(1, 13)],
        "rows": [_heat_row(row, year) for row in rows],
        "total": sum(row.total for row in rows),
        "finding": _finding(rows),
        "near": [
            near_shown(one, names)
            for one in near_misses(unit.connection, scope, today, limit=NEAR_COUNTED)
        ],
        "repeaters": [
            {
                "of": one,
                "words": group_words(dict(one.group), names),
                "url": desk_url(
                    tab="all", state="standing", same=one.last, opened=f"{one.since}..{today}"
                ),
            }
            for one in repeaters(unit.connection, scope, today)
        ],
        "today": today,
    }


def _heat_row(row: HeatRow, year: int) -> dict[str, Any]:
    return {
        "of": row,
        "url": _cases_url(row, f"{year}"),
        "cells": [
            (count, _shade(count), _cases_url(row, f"{year}-{month:02d}"))
            for month, count in enumerate(row.months, 1)
        ],
    }


def _cases_url(row: HeatRow, opened: str) -> str:
    """Return the address of the very cases that a figure counts."""
    return desk_url(tab="all", state="standing", agency=row.code, opened=opened)


def _shade(count: int) -> int:
    return sum(count >= step for step in STEPS)


def _finding(rows: list[HeatRow]) -> str:
    if not rows:
        return _("Chưa có vụ việc nào trong năm")
    first = rows[0]
    return _("%(agency)s nhiều nhất: %(n)s vụ việc trong năm", agency=first.name, n=first.total)


def near_shown(one: Near, names: dict[str, str]) -> dict[str, Any]:
    """Return a near miss in words: "2 trên 3; thêm một vi phạm đến hết 14/10 là chạm mức 1"."""
    return {
        "of": one,
        "words": group_words(dict(one.group), names) or _("toàn tỉnh"),
        "told": _(
            "%(score)s trên %(need)s; thêm một vi phạm đến hết ngày %(until)s là chạm mức "
            "%(level)s",
            score=one.score,
            need=one.need,
            until=vn_date(one.until),
            level=one.next_level,
        ),
        "url": quiet_url(one.rule, one.group),
    }


def quiet_url(rule: str, group: Group) -> str:
    """Return the page that explains a rule's silence about a group."""
    asked: dict[str, Any] = dict(group)
    return url_for("escalation.why_quiet", rule=rule, **asked)


def beside(names: dict[str, str], limit: int = 8) -> dict[str, Any]:
    """Return what stands beside the desk, in two statements: near misses, and where it burns.

    And through which day everything was evaluated: that nothing fired is told apart from that
    nothing ran. `names` are those of agencies by code. Nothing for who has no case to read.
    """
    unit, today = reading_unit(), office().today()
    scope = reader_scope()
    if scope is None:
        return {"near": [], "near_total": 0, "hot": [], "night": None}
    found = near_misses(unit.connection, scope, today, limit=NEAR_COUNTED)
    return {
        "near": [near_shown(one, names) for one in found[:limit]],
        "near_total": len(found),
        "hot": [
            _heat_row(row, today.year) for row in heat(unit.connection, scope, today.year)[:limit]
        ],
        "night": signed_in_person().last_night,
    }


@blueprint.get("/silence")
def why_quiet() -> Answer:
    """Explain why a rule says nothing about a group: every silence explains itself."""
    rule, group = request.args.get("rule", ""), _group_asked()
    found = silence_of(reading_unit().connection, scope_of_reader(), rule, group, office().today())
    if found is None:
        raise NotFound
    names = dict(names_by_code(reading_unit().connection))
    return render_template(
        "escalation/silence.html",
        rule=rule,
        found=found,
        words=group_words(dict(group), names) or _("toàn tỉnh"),
    )


def _group_asked() -> Group:
    keys = ("agency", "field", "officer", "procedure", "type")
    asked = {key: request.args.get(key, "")[:LONGEST] for key in keys}
    return tuple((key, value) for key, value in asked.items() if value)
