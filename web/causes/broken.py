"""The overdue dossiers behind one bar or one row: whose step ran over, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request, url_for

from models.causes.together import Behind, kept_behind
from models.dossiers.late import ways_to_late
from web.causes.overview import beside, fault_words, head, step_words
from web.causes.viewing import clock_and_moment, courses_at, holding, taken
from web.dossiers.asking import Asked
from web.dossiers.listing import viewer
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.causes.breaking import breaks_of
from workflow.causes.walking import NO_BREAK

PAGE = 50


def rows_page(asked: Asked) -> dict[str, Any]:
    """Return the dossiers in which one step, or one holder's step, ran over the longest.

    `broken` in the address: those in which a step ran over at all. A page of them, the longest
    over first; `page` in the address says which.
    """
    meant = Behind(**{name: request.args.get(name) for name in ("step", "fault", "broken")})
    keys = _meant(asked, meant)
    page = _page_asked(len(keys))
    return head(asked) | {
        "rows": _shown(asked, keys[(page - 1) * PAGE : page * PAGE], meant),
        "total": len(keys),
        "words": _rows_words(meant),
        "back": beside("causes.index"),
        "prev_url": _page_url(page - 1) if page > 1 else None,
        "next_url": _page_url(page + 1) if page * PAGE < len(keys) else None,
    }


def _meant(asked: Asked, meant: Behind) -> Sequence[int]:
    """Return the dossiers that are meant, the longest over first.

    None where too many are still to be walked.
    """
    connection, (clock, moment) = reading_unit().connection, clock_and_moment(asked)
    ways = ways_to_late(connection, asked.view, viewer(asked))
    days, left = kept_behind(connection, ways, holding(), moment, meant)
    if len(left) > office().settings.analysis.most:
        return ()
    for key, one in taken(left, clock, moment):
        over = meant.days_of(one.walked)
        if over is not None:
            days[key] = over
    return _most_over(days)


def _shown(asked: Asked, keys: Sequence[int], meant: Behind) -> list[dict[str, Any]]:
    """Return dossiers in their order, each with the step that it is there for."""
    (clock, moment), known = clock_and_moment(asked), {}
    for row, course in courses_at(keys):
        breaks = breaks_of(course, clock, moment)
        worst = next((b for b in breaks if meant.broken in {None, b.name}), None)
        known[row.id] = {"of": row, "worst": worst}
    return [known[key] for key in keys]


def _most_over(days: dict[int, int]) -> Sequence[int]:
    return sorted(days, key=lambda key: (-days[key], key))


def _page_asked(rows: int) -> int:
    """Return the page that the address names, the last one there is at most."""
    asked = request.args.get("page", 1, type=int)
    return max(1, min(asked, -(-rows // PAGE)))


def _page_url(page: int) -> str:
    kept: dict[str, Any] = {**request.args.to_dict(), "page": page}
    return url_for("causes.rows", **kept)


def _rows_words(meant: Behind) -> str:
    if meant.broken is not None:
        return _("Hồ sơ quá hạn có bước “%(step)s” vượt hạn", step=meant.broken)
    if meant.step is None and meant.fault is None:
        return _("Hồ sơ quá hạn")
    if meant.step is not None:
        return step_words(meant.step)
    return fault_words(meant.fault or NO_BREAK)
