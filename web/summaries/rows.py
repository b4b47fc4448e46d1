"""The directives behind a figure, as they stood at the end of the period."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from models.summaries.inputs import late_inputs_of
from models.summaries.lines import Line, count_of, lines_of
from web.directives.listing import looker
from web.labels import label
from web.speech import gettext as _
from web.summaries.asking import Asked, address_of, figures_asked, span_words
from web.wiring import reading_unit
from workflow.summaries.records import BECAME, Figure

LONGEST, MOST_INPUTS = 1_000, 500


def rows_page(asked: Asked) -> dict[str, Any]:
    """Return what the template of the rows reads, in a fixed number of statements."""
    unit, scope = reading_unit(), asked.scope
    figures = figures_asked(request.args.get("figures", "")) or BECAME
    lead = request.args.get("lead", "")[:LONGEST]
    leads = tuple(filter(None, lead.split(",")))
    after = request.args.get("after", "")[:LONGEST]
    page = lines_of(unit.connection, scope, looker(), figures, leads=leads, after=after)
    kept = {"figures": ",".join(figures), "lead": lead}
    names = [one.name for one in unit.agencies.agencies() if one.code in leads]
    return {
        "title": title_of(figures),
        "total": count_of(unit.connection, scope, looker(), figures, leads=leads),
        "agency": ", ".join(names),
        "span_words": span_words(scope.span),
        "rows": [shown(line, asked) for line in page.rows],
        "back_url": url_for("summaries.index", **address_of(scope)),
        "next_url": _page(asked, kept, page.after) if page.after else None,
        "first_url": _page(asked, kept, None) if after else None,
    }


def _page(asked: Asked, kept: dict[str, str], after: str | None) -> str:
    return url_for("summaries.rows", **address_of(asked.scope, **kept, after=after))


def title_of(figures: tuple[Figure, ...]) -> str:
    """Say which figures are shown: all that had to be done, or each by its words."""
    if set(figures) == set(BECAME) or set(figures) == {Figure.CARRIED, Figure.NEW}:
        return _("Các nhiệm vụ phải thực hiện trong kỳ")
    return ", ".join(label(one, "summary_figure") for one in figures)


def shown(line: Line, asked: Asked) -> dict[str, Any]:
    """Return a row as the table shows it."""
    late = line.figure in {Figure.OPEN_LATE, Figure.DONE_LATE}
    return {
        "of": line,
        "days": line.days_late(asked.span.last) if late else 0,
        "figure": label(line.figure, "summary_figure") if line.figure else "",
    }


def inputs_page(asked: Asked) -> dict[str, Any]:
    """Return what the page of late answers reads: who was asked what, and how late it is."""
    unit, scope = reading_unit(), asked.scope
    found = late_inputs_of(unit.connection, scope, looker(), limit=MOST_INPUTS)
    return {
        "span_words": span_words(scope.span),
        "back_url": url_for("summaries.index", **address_of(scope)),
        "rows": [(one, one.days_late(scope.span.last)) for one in found],
        "left_out": len(found) == MOST_INPUTS,
    }
