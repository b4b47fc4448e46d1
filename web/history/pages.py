"""The history of everything, for the admin: searched, and proved whole."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from models.history.anchors import AnchorFile
from models.history.proving import prove
from models.history.queries import entries
from web.addresses import asked_key, filter_parts, page_links
from web.formats import vn_number
from web.guard import admin_only
from web.history.forms import HistoryFilterForm
from web.history.naming import told_by_name
from web.labels import label
from web.speech import gettext as _
from web.wiring import close_reading, office, reading_unit
from workflow.errors import Refused
from workflow.history.records import ChainReport

blueprint = Blueprint("history", __name__)
Answer = str | Response | tuple[str, int]
SHOWN_ANCHORS = 5


def anchor_file() -> AnchorFile:
    """Return the file of anchors of this installation."""
    return AnchorFile(office().settings.anchors)


@blueprint.get("/history/")
@admin_only
def index() -> Answer:
    """Show the entries, newest first, and when the chain was last proved."""
    form = HistoryFilterForm(request.args)
    form.offer()
    form.validate()
    newer, older = asked_key("newer"), asked_key("older")
    page = entries(reading_unit().connection, form.asked(), newer=newer, older=older)
    return render_template(
        "history/index.html",
        form=form,
        page=page,
        entries=told_by_name(page.entries),
        parts=filter_parts(form),
        links=page_links(page.newer, page.older, names=("newer", "older")),
        **_latest_anchors(),
    )


def _latest_anchors() -> dict[str, object]:
    """Return the latest anchors, or in words why their file is not read."""
    try:
        return {"anchors": anchor_file().anchors()[: -SHOWN_ANCHORS - 1 : -1], "trouble": ""}
    except Refused as error:
        return {"anchors": (), "trouble": label(error.code, "chain")}


@blueprint.post("/history/verify")
@admin_only
def verify() -> Answer:
    """Prove the chain whole; when it is, write its head down outside the database."""
    close_reading()
    report, head = prove(office().engine, anchor_file())
    if report.ok:
        anchor_file().add(head, office().clock())
    flash(_proof_told(report), "success" if report.ok else "error")
    return redirect(url_for("history.index"), 303)


def _proof_told(report: ChainReport) -> str:
    if report.ok:
        return _("Đã kiểm tra %(n)s mục: nhật ký nguyên vẹn.", n=vn_number(report.entries))
    return _(
        "Nhật ký không còn nguyên vẹn: mục hỏng đầu tiên là số %(n)s (%(why)s). "
        "%(whole)s mục trước đó nguyên vẹn.",
        n=report.first_broken,
        why=label(report.reason, "chain"),
        whole=vn_number(report.entries),
    )
