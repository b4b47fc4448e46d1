"""The overdue dossiers behind one bar or one row: whose step ran over, and by how much."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from web.causes.overview import beside, fault_words, head, step_words
from web.causes.viewing import clock_and_moment, population
from web.dossiers.asking import Asked
from web.speech import gettext as _
from workflow.causes.breaking import breaks_of
from workflow.causes.study import NO_BREAK, fault_of

PAGE = 50


def rows_page(asked: Asked) -> dict[str, Any]:
    """Return the dossiers in which one step, or one holder's step, ran over the longest.

    `broken` in the address: those in which a step ran over at all. A page of them, the longest
    over first; `page` in the address says which.
    """
    step, fault = request.args.get("step"), request.args.get("fault")
    broken = request.args.get("broken")
    clock, moment = clock_and_moment(asked)
    rows = []
    for row, course in population(asked).courses:
        breaks = breaks_of(course, clock, moment)
        if broken is not None:
            named = [one for one in breaks if one.name == broken]
            rows += [{"of": row, "worst": named[0]}] if named else []
            continue
        worst = next(iter(breaks), None)
        name = worst.name if worst else NO_BREAK
        if (step is None or name == step) and (fault is None or fault_of(worst) == fault):
            rows.append({"of": row, "worst": worst})
    page = _page_asked(len(rows))
    rows.sort(key=_most_over)
    return head(asked) | {
        "rows": rows[(page - 1) * PAGE : page * PAGE],
        "total": len(rows),
        "words": _rows_words(broken, step, fault),
        "back": beside("causes.index"),
        "prev_url": _page_url(page - 1) if page > 1 else None,
        "next_url": _page_url(page + 1) if page * PAGE < len(rows) else None,
    }


def _page_asked(rows: int) -> int:
    """Return the page that the address names, the last one there is at most."""
    asked = request.args.get("page", 1, type=int)
    return max(1, min(asked, -(-rows // PAGE)))


def _page_url(page: int) -> str:
    kept: dict[str, Any] = {**request.args.to_dict(), "page": page}
    return url_for("causes.rows", **kept)


def _rows_words(broken: str | None, step: str | None, fault: str | None) -> str:
    if broken is not None:
        return _("Hồ sơ quá hạn có bước “%(step)s” vượt hạn", step=broken)
    if step is None and fault is None:
        return _("Hồ sơ quá hạn")
    return step_words(step) if step is not None else fault_words(fault or NO_BREAK)


def _most_over(item: dict[str, Any]) -> tuple[int, int]:
    worst = item["worst"]
    return (-worst.days_over if worst else 0, item["of"].id)
