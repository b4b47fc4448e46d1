"""What was known on an earlier day, beside what is known of that day now."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import render_template, request, url_for

from models.directives.lists import names_by_code
from models.escalation.backtests import successors_on
from models.escalation.knowing import Known, codes_within, known_on
from web.directives.fields import typed_day
from web.escalation.blueprint import Answer, blueprint
from web.escalation.groups import group_words
from web.escalation.heat import scope_of_reader
from web.identity import remembered
from web.spans import ran
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.escalation.known import Pair, Turn
from workflow.escalation.records import Episode

SHOWN = 200
"""Lines of one page; the differences come first."""


@blueprint.get("/known")
def known() -> Answer:
    """Show which cases the evening of a day knew, and what became of each."""
    day, unread = _day_asked()
    found = _known(day)
    names = remembered("names by code", lambda: dict(names_by_code(reading_unit().connection)))
    pairs = list(zip(found.pairs, found.numbers, strict=True))
    return render_template(
        "escalation/known.html",
        day=day,
        unread=unread,
        lines=[_line(pair, number, names) for pair, number in pairs[:SHOWN]],
        total=len(pairs),
        then=sum(pair.then is not None for pair, _number in pairs),
        differing=sum(pair.turn is not Turn.SAME for pair, _number in pairs),
    )


def _known(day: date) -> Known:
    """Read a day; who answers for whom and who lies within follow from the history."""
    connection, scope = reading_unit().connection, scope_of_reader()
    successors = remembered(("successors", day), lambda: successors_on(connection, day))
    within = remembered(("codes within", scope), lambda: codes_within(connection, scope))
    return known_on(connection, within, day, successors)


def _day_asked() -> tuple[date, str]:
    """Return the day asked for, by default the last of the month before; and what is none."""
    typed, today = request.args.get("day", "").strip()[:10], office().today()
    day = typed_day(typed)
    if day is not None and day <= today:
        return day, ""
    return today.replace(day=1) - timedelta(days=1), typed


def _line(pair: Pair, number: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "rule": pair.either.rule,
        "words": group_words(dict(pair.either.group), names) or _("toàn tỉnh"),
        "turn": pair.turn.value,
        "then": _side(pair.then),
        "now": _side(pair.now),
        "number": number,
        "url": url_for("review.show", number=number) if number else "",
    }


def _side(episode: Episode | None) -> dict[str, Any] | None:
    """Return what one side says of an episode: its level, its days, and its basis."""
    if episode is None:
        return None
    last = episode.raises[-1]
    return {
        "level": episode.level,
        "span": ran(episode.opened_on, episode.closed_on),
        "on": last.on,
        "score": last.score,
        "violations": [int(one) for one in last.violations],
    }
