"""The list of documents: what the address asks for, and what the page is given."""

from __future__ import annotations

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from models.documents.orders import SORTS, is_place
from models.documents.queries import DocumentPage, Filters, ListedDocument, ListView
from web.addresses import page_at
from web.columns import columns_asked
from web.documents.showing import rows_url
from web.labels import choices, label
from workflow.accounts.records import Actor, Role
from workflow.deadlines.rules import Timeliness
from workflow.directives.records import State
from workflow.documents.records import DocumentState, Source
from workflow.text import clean

LONGEST_WORDS = 200
ID_DIGITS = 9


def view_asked() -> ListView:
    """Return what the address asks for; what it can't mean is left out."""
    args = request.args
    sort = args.get("sort", "-date")
    sort = sort if sort in SORTS else "-date"
    state, source = args.get("state", ""), args.get("source", "")
    return ListView(
        words=clean(args.get("q", ""))[:LONGEST_WORDS],
        state=DocumentState(state) if state in set(DocumentState) else None,
        year=_number(args.get("year", "")),
        source=Source(source) if source in set(Source) else None,
        overseer_id=_number(args.get("overseer", "")),
        sort=sort,
        after=_place(sort, args.get("after", "")),
        before=_place(sort, args.get("before", "")),
    )


def _number(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) <= ID_DIGITS
    return int(text) if is_number else None


def _place(sort: str, text: str) -> tuple[str, int] | None:
    value, _tilde, key = text.rpartition("~")
    number = _number(key)
    return (value, number) if number is not None and is_place(sort, value) else None


def list_page(
    view: ListView, found: DocumentPage, filters: Filters, actor: Actor
) -> dict[str, Any]:
    """Return what the page of the list shows."""
    return {
        "view": view,
        "found": found,
        "columns": _columns(view),
        "lines": [_line(document) for document in found.rows],
        "parts": sentence_of(view, filters),
        "reset_url": url_for("documents.index"),
        "next_url": _page_url(view, after=found.next) if found.next else None,
        "previous_url": _page_url(view, before=found.previous) if found.previous else None,
        "states": choices("document_state", empty=_("Mọi tình trạng")),
        "sources": choices("source", empty=_("Mọi nguồn")),
        "years": filters.years,
        "overseers": filters.overseers,
        "is_office": actor.role is Role.OFFICE,
        "xlsx_url": _export_url(view, "xlsx"),
        "csv_url": _export_url(view, "csv"),
    }


def _line(document: ListedDocument) -> dict[str, Any]:
    draft = document.state is DocumentState.DRAFT
    return {
        "document": document,
        "url": url_for("documents.draft", document_id=document.id)
        if draft
        else url_for("documents.show", key=document.key),
        "title": document.subject or _("Dự thảo chưa có trích yếu"),
        "percent": round(100 * document.done / document.directives) if document.directives else 0,
        "counts": [
            (label(state, "state"), document.counts[state], rows_url(document.key, state=state))
            for state in State
            if document.counts.get(state)
        ],
        "late_url": rows_url(document.key, time=Timeliness.OVERDUE),
    }


def _asked(view: ListView) -> dict[str, str]:
    """Return the view as the parts of an address, without its place."""
    parts = {
        "q": view.words,
        "state": view.state.value if view.state else "",
        "year": str(view.year or ""),
        "source": view.source.value if view.source else "",
        "overseer": str(view.overseer_id or ""),
        "sort": "" if view.sort == "-date" else view.sort,
    }
    return {name: value for name, value in parts.items() if value}


def _url(asked: dict[str, str], **change: str) -> str:
    parts = {name: value for name, value in (asked | change).items() if value}
    return page_at("documents.index", parts)


def _page_url(
    view: ListView,
    *,
    after: tuple[str, int] | None = None,
    before: tuple[str, int] | None = None,
) -> str:
    place = after or before
    text = f"{place[0]}~{place[1]}" if place else ""
    return _url(_asked(view), **{"after" if after else "before": text})


def _export_url(view: ListView, kind: str) -> str:
    asked = _asked(view) | columns_asked()
    return page_at("documents.export", asked, kind=kind)


def _columns(view: ListView) -> dict[str, dict[str, Any]]:
    columns: dict[str, dict[str, Any]] = {
        "number": {"label": _("Mã"), "sort": "number"},
        "subject": {"label": _("Văn bản"), "lead": True, "sort": "reference"},
        "date": {"label": _("Ngày ban hành"), "sort": "date"},
        "overseer": {"label": _("Theo dõi")},
        "progress": {"label": pgettext("list", "Nhiệm vụ")},
        "state": {"label": _("Tình trạng")},
    }
    return {
        key: {"key": key} | column | (_sorting(view, column["sort"]) if "sort" in column else {})
        for key, column in columns.items()
    }


def _sorting(view: ListView, sort: str) -> dict[str, Any]:
    """Return where a click on the header leads: down first, then up."""
    falls, rises = f"-{sort}", sort
    wanted = rises if view.sort == falls else falls
    sorted_as = {falls: "descending", rises: "ascending"}.get(view.sort)
    target = "" if wanted == "-date" else wanted
    return {"sort_url": _url(_asked(view) | {"sort": target}), "sorted": sorted_as}


def sentence_of(view: ListView, filters: Filters) -> list[dict[str, str]]:
    """Return what the list was narrowed to, each part with the address of the view without it."""
    asked = _asked(view)
    words: dict[str, str] = {}
    if view.words:
        words["q"] = f"“{view.words}”"
    if view.state:
        words["state"] = label(view.state, "document_state")
    if view.year:
        words["year"] = _("năm %(year)s", year=view.year)
    if view.source:
        words["source"] = label(view.source, "source")
    if view.overseer_id:
        name = dict(filters.overseers).get(view.overseer_id, str(view.overseer_id))
        words["overseer"] = _("theo dõi: %(name)s", name=name)
    return [{"label": text, "url": _url(asked | {name: ""})} for name, text in words.items()]
