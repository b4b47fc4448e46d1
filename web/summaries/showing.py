"""What the page of the report shows: the sum that must agree, a bar for each agency, the annex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from models.directives.filters import Looker
from models.summaries.moves import moves_of
from models.summaries.queries import AgencyTally, documents_of
from models.summaries.standing import Scope
from web.agencies.naming import agencies_to_choose, groups_to_choose, names_to_choose
from web.directives.framing import options_of
from web.formats import vn_number, vn_share
from web.identity import current_actor
from web.labels import choices, label
from web.periods.telling import list_url, period_url
from web.speech import gettext as _
from web.speech import ngettext
from web.summaries.asking import (
    YES,
    Asked,
    address_of,
    as_typed,
    document_keys,
    periods,
    rows_url,
    runs_on,
    span_words,
)
from web.summaries.files import TYPES, signing_of
from web.summaries.moves import moved
from web.summaries.reading import Report, report_of
from web.summaries.standing_work import standing_of, told_of_owed, told_of_standing
from web.wiring import office, reading_unit
from workflow.summaries.records import BECAME, BESIDE, GIVEN, Figure, Tally

MOST_LATE, MOST_DOCUMENTS, BARS, WIDTH = 100, 300, 40, 1000
TONES = {
    Figure.DONE_ON_TIME: "is-verified",
    Figure.DONE_LATE: "is-late-done",
    Figure.OPEN_IN_TIME: "is-plain",
    Figure.OPEN_LATE: "is-late",
    Figure.SUSPENDED: "is-soon",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """One figure: its words, how many, and where its rows are; no address for none."""

    figure: Figure
    words: str
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a bar, as places between 0 and 1000."""

    number: Number
    tone: str
    start: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One agency of the table and its bar."""

    of: AgencyTally
    url: str
    all_url: str
    numbers: dict[str, Number]
    bar: tuple[Segment, ...]


def index_page(asked: Asked) -> dict[str, Any]:
    """Return what the template of the report reads, in a fixed number of statements."""
    unit, scope, who = reading_unit(), asked.scope, reader()
    report = report_of(unit, scope, who, most_late=MOST_LATE)
    known = agencies_to_choose()
    rows, standing = rows_of(report), standing_of(unit, scope, who)
    return {
        "asked": asked,
        "scope": scope,
        "typed": typed(asked),
        "span_words": span_words(scope.span),
        "periods": periods(scope),
        "runs_on": runs_on(scope.span),
        "documents": documents_of(unit.connection, who, scope, limit=MOST_DOCUMENTS),
        "chosen_documents": document_keys(scope),
        "agencies": options_of(names_to_choose(), groups_to_choose(office().today())),
        "choices": choices,
        "report": report,
        "finding": finding_of(report),
        "given": [number_of(scope, report.whole, one) for one in GIVEN],
        "became": [number_of(scope, report.whole, one) for one in BECAME],
        "given_url": rows_url(scope, GIVEN),
        "left_out_url": url_for("summaries.index", **address_of(scope, late=YES)),
        "notes": [n for one in BESIDE if (n := number_of(scope, report.whole, one)).count],
        "moved": moved(moves_of(unit.connection, scope, who), scope),
        "standing": standing,
        "standing_words": told_of_standing(report.whole[Figure.STANDING], standing.tallies),
        "owed_words": told_of_owed(standing, scope.span.last),
        "owing": standing.missing[:MOST_LATE],
        "period_url": period_url,
        "owing_url": list_url(count="missing"),
        "rows": rows,
        "total": {one.value: number_of(scope, report.whole, one) for one in Figure},
        "bars": sorted(rows, key=_worst_first)[:BARS],
        "key_items": [(TONES[one], label(one, "summary_figure")) for one in BECAME],
        "percent": percent,
        "signs": signing_of(known, current_actor().agency_id),
        **ways_out(scope),
    }


def reader() -> Looker:
    """Return who reads a report, today; it asks of nothing how long it was held, nor a calendar."""
    place = office()
    return Looker(actor=current_actor(), day=place.today(), bands=place.settings.limits.soon_days)


def ways_out(scope: Scope) -> dict[str, Any]:
    """Return the addresses of the report's files and of its pages for a meeting."""
    kept = address_of(scope)
    plain = {kind: url_for("summaries.export", kind=kind) for kind in TYPES}
    return {
        "kept": kept,
        "plain": plain,
        "files": {kind: url_for("summaries.export", kind=kind, **kept) for kind in TYPES},
        "meeting_url": url_for("summaries.meeting", **kept),
        "inputs_url": url_for("summaries.inputs", **kept),
    }


def typed(asked: Asked) -> dict[str, str]:
    """Return the days as they stand in the form: as typed where they could not be read."""
    days = {"from": asked.span.first, "to": asked.span.last}
    return {
        name: request.args.get(name, "") if asked.errors else as_typed(day)
        for name, day in days.items()
    }


def number_of(scope: Scope, tally: Tally, figure: Figure, leads: tuple[str, ...] = ()) -> Number:
    """Return one figure with the way to its rows."""
    count = tally[figure]
    return Number(
        figure=figure,
        words=label(figure, "summary_figure"),
        count=count,
        url=rows_url(scope, (figure,), leads) if count else "",
    )


def rows_of(report: Report) -> list[Row]:
    """Return the agencies that had something to do, in Vietnamese order, each with its bar."""
    most = max((one.tally.given for one in report.counted), default=1)
    return [_row(report.scope, one, most) for one in report.counted]


def _row(scope: Scope, of: AgencyTally, most: int) -> Row:
    numbers = {one.value: number_of(scope, of.tally, one, of.codes) for one in Figure}
    return Row(
        of=of,
        url=url_for("summaries.meeting", **address_of(scope, agency=of.code)),
        all_url=rows_url(scope, GIVEN, of.codes),
        numbers=numbers,
        bar=bar_of(numbers, most),
    )


def bar_of(numbers: dict[str, Number], most: int) -> tuple[Segment, ...]:
    """Return the parts of a bar in proportion to the longest one, nothing for a figure of 0."""
    found, before = [], 0
    for figure in BECAME:
        number = numbers[figure.value]
        start, end = (round(WIDTH * n / (most or 1)) for n in (before, before + number.count))
        before += number.count
        if number.count:
            found.append(
                Segment(number=number, tone=TONES[figure], start=start, width=max(end - start, 2))
            )
    return tuple(found)


def _worst_first(row: Row) -> tuple[int, int]:
    tally = row.of.tally
    return -tally[Figure.OPEN_LATE], -tally.given


def finding_of(report: Report) -> str:
    """Say the finding: how much is late and with whom, else how much was done."""
    whole, late = report.whole, report.late_agencies
    if not whole.given:
        return _("Không có nhiệm vụ nào trong kỳ")
    if not late:
        return _("Không nhiệm vụ nào quá hạn; %(n)s đã hoàn thành", n=vn_number(whole.done))
    said = ngettext(
        "%(num)s nhiệm vụ quá hạn chưa xong ở %(who)s cơ quan",
        "%(num)s nhiệm vụ quá hạn chưa xong ở %(who)s cơ quan",
        whole[Figure.OPEN_LATE],
        who=vn_number(len(late)),
    )
    most = [one.tally[Figure.OPEN_LATE] for one in late[:2]]
    if len(most) == 1 or most[0] == most[1]:
        return said
    return said + _("; nhiều nhất: %(who)s (%(n)s)", who=late[0].name, n=vn_number(most[0]))


def percent(share: float | None) -> str:
    """Return a share in hundredths with one decimal; a dash where nothing can be judged."""
    return "–" if share is None else f"{vn_share(share)} %"
