"""The tree of agencies on a day, and the page of one agency."""

from __future__ import annotations

from datetime import date

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from models.agencies.page import AgencyFile, colleagues, open_agency, workload
from models.agencies.queries import code_now, tree_on
from models.agencies.shop import shop_counts
from models.dossiers.filters import Viewer
from models.history.queries import entries_about
from models.periods.queries import periods_of_agency
from web.addresses import page_at
from web.agencies.blueprint import blueprint
from web.agencies.tree import branches
from web.directives.fields import typed_day
from web.directives.listing import looker
from web.dossiers.clock import calendar_now
from web.history.naming import told_by_name
from web.identity import current_actor
from web.periods.figures import owed_now, year_figures
from web.wiring import office, reading_unit
from workflow.accounts.records import Actor, Role
from workflow.errors import NotFound
from workflow.history.records import Subject

Answer = str | Response | tuple[str, int]


def day_asked() -> tuple[date, str]:
    """Return the day a page is asked for, and what was typed when it is no day."""
    typed = request.args.get("on", "").strip()
    day = typed_day(typed)
    return (day, "") if day else (office().today(), typed)


@blueprint.get("/agencies/")
def index() -> Answer:
    """Show the tree as it stood on a day, or who answers to some words."""
    day, unread = day_asked()
    words = request.args.get("q", "").strip()[:200]
    nodes = tree_on(reading_unit().connection, day, words)
    return render_template(
        "agencies/index.html",
        tree=branches(nodes),
        total=len(nodes),
        day=day,
        unread=unread,
        words=words,
        is_admin=current_actor().role is Role.ADMIN,
    )


@blueprint.get("/agencies/<code>")
def show(code: str) -> Answer:
    """Show one agency; an old code leads to the agency that bore it."""
    day, _unread = day_asked()
    try:
        file = open_agency(reading_unit().connection, code, day)
    except NotFound:
        return redirect(url_for("agencies.show", code=_code_now(code)))
    values = _of_work(file, current_actor()) | _for_admin(file)
    return render_template("agencies/show.html", file=file, agency=file.agency, day=day, **values)


def _code_now(old: str) -> str:
    """Return today's code of the agency that bore an old one; NotFound where none did."""
    now = code_now(reading_unit().connection, old)
    if now is None or now == old:
        raise NotFound("agency")
    return now


def _of_work(file: AgencyFile, actor: Actor) -> dict[str, object]:
    """Return what the agency leads and how it answered this year's periods, within the scope."""
    connection, agency, today = reading_unit().connection, file.agency, office().today()
    since = today.replace(month=1, day=1)
    viewer = Viewer(actor=actor, day=today, as_of=today, calendar=calendar_now())
    found = workload(
        connection, agency, actor, today, beside=shop_counts(agency.code, viewer, since)
    )
    if found is None:
        return {"work": None, "shop": None, "periods": [], "owed": [], "misses_periods": False}
    counts = periods_of_agency(connection, looker(), agency.id, today.year)
    return {
        "work": found[0],
        "shop": None if found[1].is_empty else found[1],
        "shop_urls": shop_urls(agency.code, since),
        "periods": year_figures(counts.of_year, agency.code, today.year),
        "owed": owed_now(counts, agency.code),
        "misses_periods": bool(counts.missing),
    }


def shop_urls(code: str, since: date) -> dict[str, str]:
    """Return the lists behind the figures of an agency's one-stop shop."""
    first = since.isoformat()
    dossiers = {"agency": code, "from": first}
    violations = {"agency": code, "state": "standing", "since": first}
    return {
        "cases": url_for("review.index", tab="all", agency=code, below="yes"),
        "violations": page_at("violations.index", violations),
        "overdue": page_at("dossiers.index", dossiers, standing="overdue"),
        "rates": page_at("rates.index", dossiers),
    }


def _for_admin(file: AgencyFile) -> dict[str, object]:
    if current_actor().role is not Role.ADMIN:
        return {"is_admin": False}
    connection, agency = reading_unit().connection, file.agency
    return {
        "is_admin": True,
        "people": colleagues(connection, agency.id, office().today()),
        "entries": told_by_name(entries_about(connection, Subject.AGENCY, agency.code)),
    }
