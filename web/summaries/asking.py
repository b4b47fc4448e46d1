"""Between an address and a report: which period, documents and agencies, said back in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from models.summaries.standing import Scope
from web.directives.fields import typed_day
from web.formats import vn_date
from web.refusals import field_error
from web.speech import gettext as _
from web.wiring import office
from workflow.documents.keys import document_key
from workflow.documents.records import Source
from workflow.errors import Invalid
from workflow.summaries.records import Figure, Span
from workflow.summaries.spans import Stretch, chosen, span_before, span_of

DOCUMENT = re.compile(r"(\d{4})-(\d{1,6})")
MOST_DOCUMENTS, MOST_WORDS = 200, 60
FIRST_YEAR, LAST_YEAR = 1990, 2200
YES, TODAY = "yes", "today"
KEPT = ("from", "to", "documents", "source", "agency", "late", "map")
"""What of an address says which report it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A report as an address asks for it; `errors` say at which field what could not be read."""

    scope: Scope
    errors: dict[str, str]

    @property
    def span(self) -> Span:
        """The days it tells of."""
        return self.scope.span


def asked_for(usual: Stretch = Stretch.WEEK) -> Asked:
    """Return the report that this request's address asks for; of the `usual` days unless named."""
    return read_address(request.args, office().today(), usual)


def read_address(arguments: Mapping[str, str], today: date, usual: Stretch = Stretch.WEEK) -> Asked:
    """Return the report that an address asks for; without a period that can be read, this week's.

    Another stretch stands in for the week where one is `usual`. What can't be read is named,
    never guessed.
    """
    errors: dict[str, str] = {}
    span = _span(arguments, span_of(usual, today), today, errors)
    documents = _documents(arguments.get("documents", ""), errors)
    return Asked(
        scope=Scope(
            span=span,
            documents=documents,
            source=_source(arguments.get("source", ""), errors),
            agency=arguments.get("agency", "").strip()[:MOST_WORDS],
            entered_later=arguments.get("late") == YES,
            on_todays_map=arguments.get("map") == TODAY,
        ),
        errors=errors,
    )


def _span(arguments: Mapping[str, str], usual: Span, today: date, errors: dict[str, str]) -> Span:
    typed = {name: arguments.get(name, "").strip() for name in ("from", "to")}
    if not any(typed.values()):
        return usual
    days = {name: _day(text) for name, text in typed.items()}
    errors.update(
        {
            name: field_error("not_a_date")
            for name, day in days.items()
            if day is None and typed[name]
        }
    )
    first, last = days["from"] or usual.first, days["to"] or today
    if errors:
        return usual
    try:
        return chosen(first, last, today)
    except Invalid as error:
        errors.update({name: field_error(code) for name, code in error.errors.items()})
        return usual


def _day(text: str) -> date | None:
    day = typed_day(text)
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def as_typed(day: date) -> str:
    """Return a day as a field of a form takes it, in every language."""
    return day.strftime("%d/%m/%Y")


def _documents(text: str, errors: dict[str, str]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for part in filter(None, text.split(",")):
        key = DOCUMENT.fullmatch(part.strip())
        if key is None or len(found) >= MOST_DOCUMENTS:
            errors["documents"] = _("Không đọc được văn bản “%(key)s”.", key=part[:MOST_WORDS])
        else:
            found.append((int(key[1]), int(key[2])))
    return tuple(found)


def _source(text: str, errors: dict[str, str]) -> Source | None:
    if text and text not in set(Source):
        errors["source"] = field_error("not_a_choice")
    return Source(text) if text in set(Source) else None


def document_keys(scope: Scope) -> list[str]:
    """Return the public keys of the documents a report is narrowed to."""
    return [document_key(year, serial) for year, serial in scope.documents]


def address_of(scope: Scope, **more: Any) -> dict[str, Any]:
    """Return a report as the arguments of an address, with others beside."""
    kept = {
        "from": scope.span.first.isoformat(),
        "to": scope.span.last.isoformat(),
        "documents": ",".join(document_keys(scope)),
        "source": scope.source.value if scope.source else "",
        "agency": scope.agency,
        "late": YES if scope.entered_later else "",
        "map": TODAY if scope.on_todays_map else "",
    }
    return {name: value for name, value in (kept | more).items() if value not in (None, "")}


def first_address() -> Response | None:
    """Return the way to the same report in an address that says its days and can be sent on."""
    asked = asked_for()
    several = request.args.getlist("documents")
    named = request.args.get("from") and request.args.get("to")
    if asked.errors or (named and len(several) <= 1 and all(request.args.values())):
        return None
    whole = dict(request.args) | {"documents": ",".join(several)}
    scope = read_address(whole, office().today()).scope
    return redirect(url_for(str(request.endpoint), **address_of(scope)))


def periods(scope: Scope) -> list[dict[str, Any]]:
    """Return the periods asked for most, each with its address, the present one marked."""
    today = office().today()
    words = {
        Stretch.WEEK: (_("Tuần này"), _("Tuần trước")),
        Stretch.MONTH: (_("Tháng này"), _("Tháng trước")),
        Stretch.QUARTER: (_("Quý này"), _("Quý trước")),
        Stretch.YEAR: (_("Năm nay"), _("Năm trước")),
    }
    found = []
    for stretch, (this, before) in words.items():
        for said, span in ((this, span_of(stretch, today)), (before, span_before(stretch, today))):
            days = {"from": span.first.isoformat(), "to": span.last.isoformat()}
            url = url_for("summaries.index", **address_of(scope, **days))
            found.append({"label": said, "url": url, "current": span == scope.span})
    return found


def runs_on(span: Span) -> str:
    """Say that a period ends today because today is as far as anything stood; else nothing.

    On a Monday the week is one day long: what people mean then is mostly the week before.
    """
    today = office().today()
    if span.last != today:
        return ""
    day = vn_date(today)
    if span.first == today:
        return _("Kỳ này mới có một ngày, %(day)s: báo cáo chỉ tính đến hôm nay.", day=day)
    return _("Kỳ còn đang chạy: báo cáo chỉ tính đến hôm nay, %(day)s.", day=day)


def span_words(span: Span) -> str:
    """Say a period: from which day to which."""
    first, last = vn_date(span.first), vn_date(span.last)
    return _("từ ngày %(first)s đến ngày %(last)s", first=first, last=last)


def figures_asked(text: str) -> tuple[Figure, ...]:
    """Return the figures that an address names, with commas between them; unknown ones are left."""
    return tuple(Figure(part) for part in text.split(",") if part in set(Figure))


def rows_url(scope: Scope, figures: Iterable[Figure], leads: Iterable[str] = ()) -> str:
    """Return the address of the rows behind some figures, of some agencies or of all."""
    named = ",".join(figure.value for figure in figures)
    return url_for("summaries.rows", **address_of(scope, figures=named, lead=",".join(leads)))
