"""Kept views: one's own and those that were sent; kept, sent, put away."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.accounts.standing_in import colleagues
from models.views.queries import recipients_of, views_of
from web.accounts.naming import named
from web.identity import current_actor
from web.placing import tried
from web.views.addresses import view_url
from web.views.forms import SendForm, ViewForm
from web.wiring import close_reading, office, reading_unit
from workflow.errors import NotFound
from workflow.views.records import ListPage, SavedView
from workflow.views.usecases import own_view, put_away, save_view, send_view

blueprint = Blueprint("views", __name__, url_prefix="/views")
Answer = str | Response | tuple[str, int]
AT_HOME = 8


@blueprint.get("/")
def index() -> Answer:
    """Show the views a person keeps and those sent to them."""
    connection, reader = reading_unit().connection, current_actor().account_id
    found = views_of(connection, reader)
    return render_template(
        "views/index.html",
        own=[one for one in found if one.owner_id == reader],
        sent=[one for one in found if one.owner_id != reader],
        recipients=recipients_of(connection, reader),
        view_url=view_url,
    )


@blueprint.get("/mine")
def mine() -> Answer:
    """Show the first views of a person as a part of their first page."""
    found = views_of(reading_unit().connection, current_actor().account_id, limit=AT_HOME)
    return render_template("views/mine.html", found=found, view_url=view_url)


@blueprint.post("/new")
def keep() -> Answer:
    """Keep a view under a name, and go back to it."""
    form, actor = ViewForm(), current_actor()
    if form.page.data not in set(ListPage):
        raise NotFound("view")
    page = ListPage(form.page.data)
    answer = tried(
        form,
        lambda: render_template("views/new.html", form=form),
        lambda unit: save_view(
            unit.views, actor, page, form.name.data, form.query.data or "", at=office().clock()
        ),
    )
    if answer is not None:
        return answer
    flash(_("Đã lưu cách xem “%(name)s”.", name=form.name.data), "success")
    return redirect(url_for("views.index"), 303)


@blueprint.get("/<int(max=2147483647):view_id>/send")
def send(view_id: int) -> Answer:
    """Ask to whom a view goes."""
    return _send_page(_own(view_id), _send_form())


@blueprint.post("/<int(max=2147483647):view_id>/send")
def send_now(view_id: int) -> Answer:
    """Put a view into colleagues' lists and tell them."""
    view, form, actor = _own(view_id), _send_form(), current_actor()
    answer = tried(
        form,
        lambda: _send_page(view, form),
        lambda unit: send_view(unit.views, actor, view_id, form.account_ids, at=office().clock()),
    )
    if answer is not None:
        return answer
    flash(_("Đã gửi cách xem."), "success")
    return redirect(url_for("views.index"), 303)


@blueprint.post("/<int(max=2147483647):view_id>/remove")
def remove(view_id: int) -> Answer:
    """Put a view away."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        put_away(unit.views, actor, view_id)
    flash(_("Đã bỏ cách xem."), "success")
    return redirect(url_for("views.index"), 303)


def _own(view_id: int) -> SavedView:
    return own_view(reading_unit().views, current_actor(), view_id)


def _send_form() -> SendForm:
    actor, today = current_actor(), office().today()
    agencies = sorted(actor.agencies_on(today) | {actor.agency_id or 0})
    people = colleagues(reading_unit().connection, agencies, today)
    names = named(people)
    names.pop(actor.account_id, None)
    form = SendForm()
    form.offer(list(names.items()))
    return form


def _send_page(view: SavedView, form: SendForm) -> str:
    return render_template("views/send.html", view=view, form=form, url=view_url(view))
