"""What a report's days changed, on its page in figures and behind each the rows."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from models.summaries.moves import Move, MoveKind, Moves, move_rows
from models.summaries.standing import Scope
from web.directives.listing import looker
from web.directives.telling import day_of
from web.formats import vn_date
from web.labels import label
from web.summaries.asking import Asked, address_of, span_words
from web.wiring import reading_unit

MOST = 500


def moved(moves: Moves, scope: Scope) -> list[dict[str, Any]]:
    """Return the figures that are not 0, each with the way to its rows."""
    return [
        {
            "words": label(kind, "move_kind"),
            "count": count,
            "url": url_for("summaries.moves", **address_of(scope, kind=kind.value)),
        }
        for kind in MoveKind
        if (count := getattr(moves, kind.value))
    ]


def moves_page(asked: Asked) -> dict[str, Any]:
    """Return what the page of moves of one kind reads; of a kind unknown, those granted."""
    scope, named = asked.scope, request.args.get("kind", "")
    kind = MoveKind(named) if named in set(MoveKind) else MoveKind.GRANTED
    found = move_rows(reading_unit().connection, scope, looker(), kind, limit=MOST)
    rows = [{"of": one, "was": _was(one), "now": _now(one, kind)} for one in found]
    return {
        "title": label(kind, "move_kind"),
        "has_days": any(row["was"] for row in rows),
        "is_lead": kind is MoveKind.REASSIGNED,
        "span_words": span_words(scope.span),
        "back_url": url_for("summaries.index", **address_of(scope)),
        "rows": rows,
        "left_out": len(found) == MOST,
    }


def _was(move: Move) -> str:
    return vn_date(day_of(move.before.get("due_on")))


def _now(move: Move, kind: MoveKind) -> str:
    """Return which day or lead a move asked for, or gave; a refusal tells what was refused."""
    if kind is MoveKind.REASSIGNED:
        named = move.given.get("agency")
        return str(named.get("name", "")) if isinstance(named, dict) else ""
    told = {
        MoveKind.ASKED: move.given.get("due_on"),
        MoveKind.GRANTED: move.after.get("due_on"),
        MoveKind.REFUSED: move.before.get("extension_asked_to"),
    }
    return vn_date(day_of(told[kind]))
