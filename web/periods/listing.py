"""The list of reporting periods as its page shows it, and the same rows as a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import Response, request

from models.directives.filters import Looker
from models.periods.lists import Edge, ListedPeriod, PeriodView, every_row, period_page
from web.addresses import narrowed_to, page_at, this_page
from web.agencies.naming import names_to_choose
from web.directives.clock import Hands
from web.documents.sums import figure_told
from web.exports.files import table_file
from web.exports.tables import TableColumn, Value
from web.formats import vn_date
from web.identity import current_actor
from web.labels import choices, label
from web.periods.figures import JUDGES
from web.periods.grouping import together, urge_url
from web.periods.telling import shown
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, Role
from workflow.periods.records import Outcome

OTHERS = ("soon", "pressing", "waiting")
"""What the list can be narrowed to beside how a period counts; each names a field of the view."""
FIGURED = {"yes": True, "no": False}
CLAUSE = re.compile(r"(\d{4})-(\d{1,6})-(\d{1,4})", re.ASCII)
LONGEST = 100
YEARS = range(2000, 2100)
SEVERAL_YEARS = 3


def view_asked() -> PeriodView:
    """Return the view that this request's address asks for; what it cannot say is left out."""
    args = request.args
    count, year = args.get("count", ""), args.get("year", type=int)
    return PeriodView(
        outcome=Outcome(count) if count in set(Outcome) else None,
        soon=count == "soon",
        pressing=count == "pressing",
        waiting=count == "waiting",
        agency=args.get("agency", "")[:LONGEST],
        overseer=args.get("overseer", "")[:LONGEST],
        year=year if year in YEARS else None,
        number=args.get("number", "")[:LONGEST],
        clause=_clause(args.get("clause", "")),
        due_on=_day(args.get("due", "")),
        figured=FIGURED.get(args.get("figure", "")),
    )


def _clause(text: str) -> tuple[int, int, int] | None:
    found = CLAUSE.fullmatch(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def looker() -> Looker:
    """Return who looks at the list, today."""
    place = office()
    return Looker(actor=current_actor(), day=place.today(), bands=place.settings.limits.soon_days)


def _edge() -> Edge | None:
    day, _point, key = request.args.get("after", "").partition(".")
    try:
        return Edge(date.fromisoformat(day), int(key))
    except ValueError:
        return None


def page() -> dict[str, Any]:
    """Return what the template of the list reads, in a fixed number of statements."""
    unit, view, who = reading_unit(), view_asked(), looker()
    found = period_page(unit.connection, who, view, _edge())
    names = names_to_choose()
    hands = Hands(office().calendar(unit), who.day, who.bands)
    after = found.after
    rows = [_shown(row, hands) for row in found.rows]
    is_agency = current_actor().role in AGENCY_ROLES
    return {
        "view": view,
        "rows": rows,
        "groups": together(rows) if view.outcome is Outcome.MISSING and not is_agency else [],
        "urge_url": _urge_url(view, rows),
        "total": found.total,
        "exact": found.exact,
        "next_url": this_page(after=f"{after.due_on.isoformat()}.{after.id}") if after else None,
        "xlsx_url": _export("xlsx"),
        "csv_url": _export("csv"),
        "sentence": _sentence(view, dict(names)),
        "agencies": names,
        "counts": choices("period_outcome"),
        "years": [who.day.year + 1 - back for back in range(SEVERAL_YEARS)],
        "chosen": request.args.get("count", ""),
        "is_agency": is_agency,
        "confirms": view.waiting and current_actor().role in JUDGES,
    }


def _urge_url(view: PeriodView, rows: Sequence[dict[str, Any]]) -> str:
    """Return where the letters over one period of a clause are written, for those who owe it."""
    if view.clause is None or view.due_on is None or current_actor().role is not Role.OFFICE:
        return ""
    numbers = [row["number"] for row in rows if row["is_missing"]]
    return urge_url(numbers, view.due_on) if numbers else ""


def _shown(row: ListedPeriod, hands: Hands) -> dict[str, Any]:
    facts = shown(row.period, row.number, hands, row.suspended_since, row.recurs)
    return facts | {
        "number": row.number,
        "content": row.content,
        "agency": row.agency_name,
        "figure": figure_told(row, row.unit),
    }


def _export(kind: str) -> str:
    kept = {k: v for k, v in request.args.items() if k != "after" and v}
    return page_at("periods.export", kept, kind=kind)


def _sentence(view: PeriodView, names: dict[str, str]) -> list[dict[str, str]]:
    """Return what the view is narrowed to, each part with the view without it."""
    count = view.outcome or next((name for name in OTHERS if getattr(view, name)), "")
    parts = [
        ("count", label(count, "period_outcome") if count else ""),
        ("agency", names.get(view.agency, view.agency)),
        ("overseer", names.get(view.overseer, view.overseer)),
        ("year", _("năm %(year)s", year=view.year) if view.year else ""),
        ("number", view.number),
        ("clause", _("mục %(key)s", key=request.args["clause"]) if view.clause else ""),
        ("due", _("hạn %(day)s", day=vn_date(view.due_on)) if view.due_on else ""),
        ("figure", _told_figured(view)),
    ]
    return narrowed_to(parts)


def _told_figured(view: PeriodView) -> str:
    if view.figured is None:
        return ""
    return _("đã báo số liệu") if view.figured else _("chưa có số liệu")


def export(kind: str) -> Response:
    """Return the whole view as XLSX or CSV, every row of it in its order."""
    return table_file(kind, "ky-bao-cao", _headings(), _values(), _("Danh sách kỳ báo cáo"))


def _headings() -> list[TableColumn]:
    words = (
        _("Nhiệm vụ"), _("Nội dung"), _("Cơ quan"), _("Kỳ"), _("Từ ngày"), _("Đến ngày"),
        _("Hạn"), _("Trạng thái"), _("Ngày báo cáo"), _("Ngày xác nhận"),
        _("Tình trạng so với hạn"), _("Số liệu đạt được"), _("Tử số"), _("Mẫu số"),
        _("Đơn vị tính"),
    )  # fmt: skip
    return [TableColumn(one) for one in words]


def _values() -> Iterator[list[Value]]:
    unit, who = reading_unit(), looker()
    hands = Hands(office().calendar(unit), who.day, who.bands)
    for row in every_row(unit.connection, who, view_asked()):
        facts, period = _shown(row, hands), row.period
        clock = facts["clock"]
        yield [
            row.number,
            row.content,
            row.agency_name,
            facts["name"],
            period.from_on,
            period.to_on,
            period.due_on,
            facts["state"],
            period.completed_on,
            period.confirmed_on,
            facts["early"] or (clock.words if clock else ""),
            row.figure,
            row.numerator,
            row.denominator,
            row.unit if row.figure is not None else "",
        ]
