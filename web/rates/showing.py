"""What the page of rates shows: the whole, a column for each month, a bar for each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from models.dossiers.kept_rates import rates_of
from models.dossiers.rates import By, Rated, Tally, month_of, total_of
from web.addresses import from_start, this_page
from web.agencies.naming import names_to_choose
from web.directives.framing import options_of
from web.dossiers.asking import Asked, read_address, sentence_of
from web.dossiers.fields import fields_known
from web.dossiers.listing import day_of, viewer
from web.formats import vn_date, vn_month, vn_number, vn_share
from web.labels import choices
from web.rates.ordering import SortBy, asked_order, headings, in_order
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.dossiers.timing import LATE, Promise, Verdict

SHOWN = 100
KEPT = ("q", "agency", "alone", "agency_text", "field", "procedure", "procedure_text",
        "from", "to", "month",
        "channel", "as_of")  # fmt: skip
GAP, HEIGHT, NARROWEST = 12, 120, 880
THINNEST, WIDEST = 44, 68
"""Between these a column is as wide as makes its chart fill the page."""


def first_address() -> Response | None:
    """Return the way to the view that is meant when none is: what was received this year."""
    named = request.args.get("from") or request.args.get("to") or request.args.get("month")
    if named and all(request.args.values()):
        return None
    more = {} if named else {"from": date(day_of(asked_for()).year, 1, 1).isoformat()}
    return redirect(this_page(**more))


def asked_for() -> Asked:
    """Return the view that this request's address asks for; all verdicts of it are counted."""
    asked = read_address(request.args)
    return replace(asked, view=replace(asked.view, standing=frozenset(), by=Promise.FIRST))


def kind() -> By:
    """Return what the rates are told by."""
    asked = request.args.get("group", "")
    return By(asked) if asked in set(By) else By.AGENCY


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One group with its words, its figures, and the address of the rows behind each figure."""

    words: str
    note: str
    gap: str
    of: Rated
    urls: dict[str, str]


def rates_page(asked: Asked) -> dict[str, Any]:
    """Return what the template of the page reads, in a fixed number of statements."""
    unit, by = reading_unit(), kind()
    groups, months = rates_of(unit.connection, asked.view, viewer(asked), by)
    names = names_to_choose()
    order = asked_order()
    ordered = in_order(groups, by, order)
    whole = total_of(groups)
    return {
        "asked": asked,
        "view": asked.view,
        "as_of": day_of(asked),
        "by": by.value,
        "kinds": [
            {"label": words, "url": from_start(group=key), "current": key == by.value}
            for key, words in kind_words().items()
        ],
        "agencies": options_of(names),
        "fields": fields_known(),
        "choices": choices,
        "sentence": sentence_of(asked, dict(names)),
        "whole": whole,
        "whole_urls": urls_of({}),
        "finding": finding_of(whole),
        "chart": chart_of(months),
        "sorts": headings(order),
        "is_usual": order.by is SortBy.USUAL and by is not By.MONTH,
        "lines": lines_of(ordered[:SHOWN], by),
        "left_out": max(0, len(groups) - SHOWN),
        "export_url": url_for("rates.export", **_kept(), group=by.value),
    }


def kind_words() -> dict[str, str]:
    """Return what the rates can be told by, in words."""
    return {
        By.AGENCY.value: _("Cơ quan"),
        By.FIELD.value: _("Lĩnh vực"),
        By.PROCEDURE.value: _("Thủ tục"),
        By.MONTH.value: _("Tháng"),
    }


def lines_of(groups: Sequence[Rated], by: By) -> list[Line]:
    """Return the groups with their words, in their order."""
    return [
        Line(
            words=words_of(g, by),
            note=note_of(g, by),
            gap=gap_told(g),
            of=g,
            urls=urls_of(_address(g, by)),
        )
        for g in groups
    ]


def words_of(group: Rated, by: By) -> str:
    """Return what a group is called."""
    if by is By.MONTH:
        day = month_of(group.key)
        return f"{vn_month(day)}/{day.year}"
    if by is By.PROCEDURE:
        return group.words or group.key or _("không ghi thủ tục")
    return group.key or (_("không ghi cơ quan") if by is By.AGENCY else _("không ghi lĩnh vực"))


def note_of(group: Rated, by: By) -> str:
    """Return what stands beside a group's words."""
    if by is By.PROCEDURE and group.words:
        return group.key or _("không ghi mã")
    if by is By.AGENCY and group.key and not group.code:
        return _("chưa khớp danh mục")
    return ""


def gap_told(group: Rated) -> str:
    """Return how far the two rates lie apart; "" where no one sees it in a tenth of a percent."""
    gap = round(100 * (group.gap or 0), 1)
    return _("chênh %(n)s", n=vn_number(gap)) if gap else ""


def _address(group: Rated, by: By) -> dict[str, str | None]:
    if by is By.AGENCY and group.code:
        return {"agency": group.code, "alone": "yes"}
    if by is By.AGENCY:
        return {"agency": None, "alone": None, "agency_text": group.key or "-"}
    if by is By.MONTH:
        return {"from": None, "to": None, "month": group.key}
    if by is By.PROCEDURE and not group.key:
        return {"procedure": None, "procedure_text": group.words or "-"}
    return {by.value: group.key or "-"}


def urls_of(narrowed: dict[str, str | None]) -> dict[str, str]:
    """Return the addresses of the rows behind each figure of a group."""
    plain = {name: value for name, value in (_kept() | narrowed).items() if value}
    found = {"received": url_for("dossiers.index", **plain)}
    for verdict in Verdict:
        found[verdict.value] = url_for("dossiers.index", **plain, standing=verdict.value)
    late = ",".join(verdict.value for verdict in Verdict if verdict in LATE)
    found["last_overdue"] = url_for("dossiers.index", **plain, standing=late, by="last")
    return found


def _kept() -> dict[str, Any]:
    return {name: request.args[name] for name in KEPT if request.args.get(name)}


def finding_of(whole: Rated) -> str:
    """Say the finding: the rate, and what the last promised day makes of it."""
    if whole.first.rate is None:
        return _("Chưa có hồ sơ nào để tính tỷ lệ")
    first = hundredths(whole.first.rate)
    if whole.gap and hundredths(whole.gap):
        return _(
            "%(n)s %% đúng hạn theo ngày hẹn đầu; hẹn lại làm tỷ lệ thành %(m)s %%",
            n=first,
            m=hundredths(whole.last.rate or 0),
        )
    return _("%(n)s %% đúng hạn", n=first)


def hundredths(share: float) -> str:
    """Return a share as a number of hundredths with one decimal, in the reader's form."""
    return vn_share(share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One month of the chart: its rate as a height, its words and its address."""

    x: int
    y: int
    height: int
    words: str
    short: str
    rate: str
    url: str
    tally: Tally


def chart_of(groups: Sequence[Rated]) -> dict[str, Any]:
    """Return the months as columns of a chart whose axis runs from nothing to all on time."""
    months = sorted((g for g in groups if g.first.rate is not None), key=lambda g: g.key)[-24:]
    column = min(WIDEST, max(THINNEST, (NARROWEST - GAP) // max(len(months), 1) - GAP))
    columns = []
    for place, group in enumerate(months):
        height = round(HEIGHT * (group.first.rate or 0))
        day = month_of(group.key)
        columns.append(
            Column(
                x=place * (column + GAP) + GAP,
                y=HEIGHT - height,
                height=max(height, 1),
                words=f"{vn_month(day)}/{day.year}",
                short=f"{day.month}/{day.year % 100:02d}",
                rate=hundredths(group.first.rate or 0),
                url=urls_of(_address(group, By.MONTH))["received"],
                tally=group.first,
            )
        )
    return {
        "columns": columns,
        "width": max(len(columns) * (column + GAP) + GAP, NARROWEST),
        "height": HEIGHT,
        "column": column,
    }


def told_day(asked: Asked) -> str:
    """Return the day as of which a view is judged, in words."""
    return vn_date(day_of(asked))
