"""A page of A4 for each agency: what the chair of a meeting asks it about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for

from models.summaries.lines import Line, lines_of
from models.summaries.meeting import Month, Waits, months_of
from models.summaries.one_stop import Beside, Missing, OneStop, beside_of
from models.summaries.queries import AgencyTally
from models.summaries.standing import Scope
from models.unit import Unit
from web.addresses import page_at
from web.directives.listing import looker
from web.dossiers.asking import Asked as Dossiers
from web.dossiers.listing import viewer
from web.formats import vn_number
from web.home.figures import SILENT_DAYS, mine
from web.periods.telling import list_url
from web.review.links import desk_url
from web.speech import gettext as _
from web.summaries.asking import YES, Asked, address_of, span_words
from web.summaries.reading import LateWork, report_of
from web.summaries.showing import Number, Segment, bar_of, number_of, percent
from web.wiring import office, reading_unit
from workflow.errors import NotFound
from workflow.summaries.records import Figure, Span

AT_ONCE = 10
"""So many agencies are shown without being chosen first."""
MONTHS, LATE_SHOWN, MOST_LATE, LONG_LATE = 6, 6, 1_000, 30
MOST_PROPOSED = 3
SOON_SHOWN, MOST_AHEAD = 5, 2_000
HEIGHT = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One month: how much was done as a height between 0 and 40, the late part of it."""

    of: Month
    height: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One agency's page."""

    of: AgencyTally
    numbers: dict[str, Number]
    bar: tuple[Segment, ...]
    waits: Waits
    late: tuple[LateWork, ...]
    late_left: int
    missing: Missing | None
    soon: tuple[Line, ...]
    one_stop: OneStop
    months: tuple[Bar, ...]
    proposals: tuple[str, ...]
    urls: dict[str, str]


def meeting_page(asked: Asked) -> dict[str, Any]:
    """Return what the template reads, in a fixed number of statements however many agencies.

    NotFound when the one agency asked for has nothing in the report, or lies outside the scope.
    An agency that has nothing but standing work has its page too. The one that was asked for
    stands before the units below it.
    """
    unit, scope = reading_unit(), asked.scope
    connection = unit.connection
    report = report_of(unit, scope, looker(), most_late=MOST_LATE)
    if scope.agency and not report.agencies:
        raise NotFound
    told = [one for one in report.agencies if one.tally.given or one.tally[Figure.STANDING]]
    told.sort(key=lambda one: scope.agency not in one.codes)
    if len(told) > AT_ONCE and request.args.get("all") != YES:
        return to_choose(asked, told)
    months = months_of(connection, scope, looker(), MONTHS)
    ahead = next_of(unit, scope)
    beside = beside_report(unit, scope, told)
    late: defaultdict[int, list[LateWork]] = defaultdict(list)
    for one in report.late:
        late[one.line.lead_id].append(one)
    return {
        "asked": asked,
        "span_words": span_words(scope.span),
        "silent_days": SILENT_DAYS,
        "inputs_url": url_for("summaries.inputs", **address_of(scope)),
        "percent": percent,
        "back_url": url_for("summaries.index", **address_of(scope)),
        "papers": [
            _paper(
                asked,
                of,
                beside.waits.get(of.id, Waits()),
                _of_all(late, of),
                _missing(beside.missing, of),
                months.get(of.id, ()),
                _next(ahead, of),
                beside.shops.get(of.id, OneStop()),
            )
            for of in told
        ],
    }


def to_choose(asked: Asked, told: Sequence[AgencyTally]) -> dict[str, Any]:
    """Return the agencies to choose from: so many pages at once would be too long to read."""
    scope = asked.scope
    return {
        "span_words": span_words(scope.span),
        "back_url": url_for("summaries.index", **address_of(scope)),
        "all_url": url_for("summaries.meeting", **address_of(scope, all=YES)),
        "papers": (),
        "choices": [
            {
                "of": one,
                "url": url_for("summaries.meeting", **address_of(scope, agency=one.code)),
                "late": one.tally[Figure.OPEN_LATE],
            }
            for one in told
        ],
    }


def next_of(unit: Unit, scope: Scope) -> dict[int, list[Line]]:
    """Return by lead the dated work in time, what falls due first before the rest."""
    found: defaultdict[int, list[Line]] = defaultdict(list)
    lines = lines_of(unit.connection, scope, looker(), (Figure.OPEN_IN_TIME,), limit=MOST_AHEAD)
    dated = [line for line in lines.rows if line.due_on and line.completed_on is None]
    for line in sorted(dated, key=lambda one: (one.due_on or date.max, one.number)):
        found[line.lead_id].append(line)
    return found


def _next(ahead: dict[int, list[Line]], of: AgencyTally) -> tuple[Line, ...]:
    return tuple(line for key in of.ids for line in ahead.get(key, []))[:SOON_SHOWN]


def _missing(missing: Mapping[int, Missing], of: AgencyTally) -> Missing | None:
    """Return what of the missing periods is one agency's, and of those it followed."""
    own = [missing[key] for key in of.ids if key in missing]
    if not own:
        return None
    return Missing(sum(one.number for one in own), min(one.since for one in own))


def _of_all(late: dict[int, list[LateWork]], of: AgencyTally) -> list[LateWork]:
    return [one for key in of.ids for one in late.get(key, [])]


def _paper(
    asked: Asked,
    of: AgencyTally,
    waits: Waits,
    late: list[LateWork],
    missing: Missing | None,
    months: tuple[Month, ...],
    soon: tuple[Line, ...],
    one_stop: OneStop,
) -> Paper:
    numbers = {one.value: number_of(asked.scope, of.tally, one, of.codes) for one in Figure}
    own = mine(of.code)
    late.sort(key=lambda one: -one.days)
    return Paper(
        of=of,
        numbers=numbers,
        bar=bar_of(numbers, of.tally.given),
        waits=waits,
        late=tuple(late[:LATE_SHOWN]),
        missing=missing,
        soon=soon,
        one_stop=one_stop,
        late_left=of.tally[Figure.OPEN_LATE] - len(late[:LATE_SHOWN]),
        months=_bars(months),
        proposals=proposed(of, waits, late, missing),
        urls={
            "extensions": _list(own | {"asks": "extension"}),
            "reassigns": _list(own | {"asks": "reassign"}),
            "silent": _list(own | {"silent": str(SILENT_DAYS)}),
            "periods": list_url(agency=of.code, count="missing"),
            "reports": _list(own | {"state": "reported"}),
            **shop_urls(asked.scope.span, of.code),
        },
    )


def beside_report(unit: Unit, scope: Scope, of: Iterable[AgencyTally]) -> Beside:
    """Return what waits, and what the one-stop shops of agencies and their units did."""
    return beside_of(
        unit.connection,
        scope,
        looker(),
        viewer(Dossiers(as_of=min(scope.span.last, office().today()))),
        silent_days=SILENT_DAYS,
        agencies=(one.id for one in of),
    )


def shop_urls(span: Span, code: str) -> dict[str, str]:
    """Return the addresses of the rows behind an agency's figures at the one-stop shop."""
    first, last = span.first.isoformat(), span.last.isoformat()
    received: dict[str, Any] = {"agency": code, "from": first, "to": last}
    if span.last < office().today():
        received["as_of"] = last
    occurred: dict[str, Any] = {"agency": code, "since": first, "until": last}
    return {
        "rates": url_for("rates.index", **received),
        "overdue_dossiers": url_for("dossiers.index", **received, standing="late,open_late"),
        "settled": url_for("violations.index", **occurred, state="settled"),
        "signs": url_for("violations.index", **occurred, state="signs"),
        "cases": desk_url(tab="all", agency=code, below="yes"),
    }


def _list(address: dict[str, str]) -> str:
    return page_at("directives.index", address | {"parts": "no"})


def _bars(months: tuple[Month, ...]) -> tuple[Bar, ...]:
    most = max((one.done for one in months), default=0) or 1
    return tuple(
        Bar(of=one, height=round(HEIGHT * one.done / most), late=round(HEIGHT * one.late / most))
        for one in months
    )


def proposed(
    of: AgencyTally, waits: Waits, late: list[LateWork], missing: Missing | None
) -> tuple[str, ...]:
    """Propose at most three decisions, from the figures alone; the chair decides."""
    return (*_of_late(late), *_of_periods(missing), *_of_waits(of, waits))[:MOST_PROPOSED]


def _of_late(late: list[LateWork]) -> Iterator[str]:
    if len(late) == 1:
        yield _(
            "Yêu cầu hoàn thành nhiệm vụ %(number)s (quá hạn %(n)s ngày) và báo cáo rõ "
            "trách nhiệm.",
            number=late[0].line.number,
            n=vn_number(late[0].days),
        )
    elif late:
        yield _(
            "Yêu cầu hoàn thành %(n)s nhiệm vụ quá hạn, trước hết là %(number)s (quá %(days)s "
            "ngày), và báo cáo rõ trách nhiệm.",
            n=vn_number(len(late)),
            number=late[0].line.number,
            days=vn_number(late[0].days),
        )
    long_late = sum(one.days > LONG_LATE for one in late)
    if long_late > 1:
        yield _("Yêu cầu giải trình %(n)s nhiệm vụ quá hạn trên 30 ngày.", n=vn_number(long_late))


def _of_periods(missing: Missing | None) -> Iterator[str]:
    if missing is not None:
        yield _(
            "Yêu cầu gửi ngay %(n)s báo cáo kỳ còn thiếu (lâu nhất quá %(days)s ngày).",
            n=vn_number(missing.number),
            days=vn_number((office().today() - missing.since).days),
        )


def _of_waits(of: AgencyTally, waits: Waits) -> Iterator[str]:
    if waits.answers:
        yield _(
            "Trả lời %(n)s đề nghị, kiến nghị của cơ quan đang chờ cấp trên.",
            n=vn_number(waits.answers),
        )
    if waits.awaited:
        yield _("Yêu cầu tiếp nhận %(n)s nhiệm vụ chưa tiếp nhận.", n=vn_number(waits.awaited))
    if waiting := of.tally[Figure.WAITING]:
        yield _("Xác nhận hoặc trả lại %(n)s báo cáo đang chờ.", n=vn_number(waiting))
