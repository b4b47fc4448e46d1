"""The list of dossiers as its page shows it, and the same rows as a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from models.directives.lists import names_by_code
from models.dossiers.filters import Viewer, ways_to
from models.dossiers.lists import Listed, chunks_of, edge_text, page_of, total_of
from web.addresses import TURNING, page_at, this_page, ways_to_look
from web.agencies.naming import names_to_choose
from web.directives.framing import options_of
from web.dossiers.asking import Asked, read_address, sentence_of
from web.dossiers.clock import Hands, calendar_now
from web.dossiers.columns import COLUMNS, headings, hidden_columns
from web.dossiers.fields import fields_known
from web.dossiers.studying import fields_studied
from web.exports.files import in_one_line, table_file
from web.exports.tables import TableColumn, Value
from web.formats import vn_date
from web.identity import current_actor
from web.labels import choices, label
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, Role
from workflow.causes.usecases import may_assign
from workflow.dossiers.timing import LATE, Promise, has_new_date
from workflow.looks.usecases import initials_of
from workflow.violations.detection import apologised


def asked_for() -> Asked:
    """Return the view that this request's address asks for."""
    return read_address(request.args)


def tidy_address() -> BaseResponse | None:
    """Return the way to the same view without what an empty field of the form left behind."""
    return None if all(request.args.values()) else redirect(this_page())


def day_of(asked: Asked) -> date:
    """Return the day as of which a view is judged: the one asked, else today."""
    return asked.as_of or office().today()


def viewer(asked: Asked) -> Viewer:
    """Return who looks, and at which day."""
    actor = current_actor()
    return Viewer(
        actor=actor,
        day=office().today(),
        as_of=day_of(asked),
        calendar=calendar_now(),
        fields=fields_studied(actor),
    )


def hands_on(day: date) -> Hands:
    """Return the clock of a day."""
    return Hands(calendar_now(), day)


def list_page(asked: Asked) -> dict[str, Any]:
    """Return what the template of the list reads, in a fixed number of statements."""
    unit = reading_unit()
    ways = ways_to(asked.view, viewer(asked))
    page = page_of(unit.connection, ways, asked.edge)
    total, exact = total_of(unit.connection, ways)
    names = names_to_choose()
    hidden = hidden_columns()
    columns = headings(hidden)
    return {
        "asked": asked,
        "view": asked.view,
        "as_of": day_of(asked),
        "choices": choices,
        "agencies": options_of(names),
        "sentence": sentence_of(asked, dict(names)),
        "columns": columns,
        "shown_columns": {key: column for key, column in columns.items() if not column["hidden"]},
        "fields": fields_known(),
        "quick": quick_views(),
        "cause_choices": cause_choices,
        "searches_names": current_actor().role in AGENCY_ROLES,
        "imports_url": _imports_url(),
        "assigns": bool(asked.view.standing) and asked.view.standing <= LATE and _assigns(),
        "rows": shown_rows(page.rows, day_of(asked)),
        "total": total,
        "exact": exact,
        "next_url": _turn(after=edge_text(page.after)),
        "prev_url": _turn(before=edge_text(page.before)),
        "xlsx_url": export_url("xlsx"),
        "csv_url": export_url("csv"),
    }


def _imports_url() -> str | None:
    return url_for("imports.new") if current_actor().role is Role.ADMIN else None


def _assigns() -> bool:
    """Whether one may give causes to the dossiers that ran late in the list at all."""
    actor, day = current_actor(), office().today()
    return may_assign(actor, day, is_handled=True, is_studied=False)


def cause_choices() -> list[tuple[str, str]]:
    """Return the causes as a filter offers them: the code before its words."""
    return [(code, f"{code} {words}") for code, words in choices("cause")]


def quick_views() -> list[dict[str, object]]:
    """Return the ways to look that are asked for most, the present one marked."""
    ways: list[tuple[str, dict[str, str]]] = [
        (_("Tất cả"), {}),
        (_("Chưa xong, đã quá hạn"), {"standing": "open_late"}),
        (_("Chưa xong, còn trong hạn"), {"standing": "open_in_time"}),
        (_("Xong trễ hạn"), {"standing": "late"}),
        (_("Quá hạn chưa có nguyên nhân"), {"standing": "overdue", "cause": "-"}),
    ]
    return ways_to_look(("standing", "status", "cause", "by"), ways)


def _turn(**edge: str | None) -> str | None:
    if not any(edge.values()):
        return None
    return this_page(**({"after": None, "before": None} | edge))


def export_url(kind: str) -> str:
    """Return the address of this view as a file."""
    kept = {k: v for k, v in request.args.items() if k not in TURNING and v}
    return page_at("dossiers.export", kept, kind=kind)


def shown_rows(rows: tuple[Listed, ...], day: date) -> list[dict[str, Any]]:
    """Return rows as the table shows them; nobody's whole name is among them."""
    hands = hands_on(day)
    return [
        {
            "of": row,
            "agency": row.agency_name or row.agency_text,
            "is_matched": row.agency_id is not None,
            "clock": (clock := hands.of(row)),
            "is_late": clock.is_late,
            "apologised": apologised(row.apology_on, clock.due_on),
            "last": hands.of(row, Promise.LAST)
            if has_new_date(row.promised_on, row.promised_last_on)
            else None,
            "status": label(str(row.status), "dossier_status"),
            "channel": label(row.channel, "channel"),
            "applicant": initials_of(row.applicant),
        }
        for row in rows
    ]


def export(asked: Asked, kind: str) -> Response:
    """Return the whole view as a file: the columns shown, every row of it, in its order."""
    return table_file(
        kind, "ho-so", _headings(), _values(asked), _("Danh sách hồ sơ"), lambda: _said(asked)
    )


def _said(asked: Asked) -> dict[str, str]:
    names = dict(names_by_code(reading_unit().connection))
    return {
        _("Điều kiện"): in_one_line(sentence_of(asked, names)),
        _("Tính đến ngày"): vn_date(day_of(asked)),
    }


def _shown() -> list[str]:
    hidden = hidden_columns()
    return [key for key in COLUMNS if key not in hidden]


def _headings() -> list[TableColumn]:
    return [TableColumn(str(words)) for key in _shown() for words, _cell in COLUMNS[key].values]


def _values(asked: Asked) -> Iterator[list[Value]]:
    hands = hands_on(day_of(asked))
    cells = [cell for key in _shown() for _words, cell in COLUMNS[key].values]
    for rows in chunks_of(reading_unit().connection, ways_to(asked.view, viewer(asked))):
        for row in rows:
            first, last = hands.of(row), hands.of(row, Promise.LAST)
            yield [cell(row, first, last) for cell in cells]
