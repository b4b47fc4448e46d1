"""The inbox: what was told to me, what I have read of it, and how letters reach me."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.messages.inbox import InboxLine, inbox_item
from models.unit import Unit
from web.identity import current_actor
from web.messages.forms import LetterForm
from web.messages.listing import inbox, shown_by
from web.messages.naming import NAMES_ONE
from web.messages.words import link_of
from web.wiring import close_reading, office, reading_unit
from workflow.directives.usecases import look_at
from workflow.errors import NotFound
from workflow.messages.inbox import archive_item, choose_letters, read_all, read_item, unread_item

blueprint = Blueprint("messages", __name__)
Answer = str | Response | tuple[str, int]
ITEM = "/inbox/<int(max=2147483647):item_id>"


@blueprint.get("/inbox/")
def index() -> Answer:
    """Show one's own notices, newest first."""
    return render_template("messages/index.html", **inbox())


@blueprint.post(f"{ITEM}/open")
def open_item(item_id: int) -> Answer:
    """Mark a notice as read and go where it leads."""
    line = inbox_item(reading_unit().connection, current_actor().account_id, item_id)
    if line is None:
        raise NotFound
    way = _way_to(line)
    _write(lambda unit: read_item(unit.inbox, current_actor(), item_id, at=unit.now))
    return redirect(way or url_for("messages.index", show="all"), 303)


def _way_to(line: InboxLine) -> str:
    """Return where a notice leads; work that is no longer the reader's to read leads nowhere."""
    if line.subject == NAMES_ONE:
        memory, today = reading_unit().directives, office().today()
        try:
            look_at(memory, current_actor(), line.subject_key, today)
        except NotFound:
            number = line.subject_key
            flash(_("Nhiệm vụ %(key)s không còn thuộc phạm vi bạn được xem.", key=number))
            return ""
    return link_of(line)


@blueprint.post(f"{ITEM}/<any(read, unread, archive, back):what>")
def mark(item_id: int, what: str) -> Answer:
    """Mark a notice as read or unread, put it away or take it back."""
    actor = current_actor()
    acts: dict[str, Callable[[Unit], object]] = {
        "read": lambda unit: read_item(unit.inbox, actor, item_id, at=unit.now),
        "unread": lambda unit: unread_item(unit.inbox, actor, item_id),
        "archive": lambda unit: archive_item(unit.inbox, actor, item_id, at=unit.now),
        "back": lambda unit: archive_item(unit.inbox, actor, item_id, at=unit.now, back=True),
    }
    _write(acts[what])
    return redirect(_back(), 303)


@blueprint.post("/inbox/read-all")
def mark_all() -> Answer:
    """Mark everything one saw as read, or all of one kind; what came since stays unread."""
    actor, upto = current_actor(), request.form.get("upto", 0, type=int)
    seen, kind = min(max(upto, 0), 2**31 - 1), request.form.get("kind", "")
    _write(lambda unit: read_all(unit.inbox, actor, upto=seen, at=unit.now, kind=kind))
    flash(_("Đã đánh dấu tất cả là đã đọc."), "success")
    return redirect(url_for("messages.index"), 303)


def _back() -> str:
    return url_for("messages.index", show=shown_by(request.form.get("show", "")).value)


def _write(act: Callable[[Unit], object]) -> None:
    current_actor()  # known before the reader is closed
    close_reading()
    with office().writing() as unit:
        act(unit)


@blueprint.get("/account/letters")
def letters() -> Answer:
    """Show how letters reach one: whether, and at which hour."""
    chosen = reading_unit().inbox.choices(current_actor().account_id)
    return _letters(LetterForm.of(chosen, office().settings.background.hours))


@blueprint.post("/account/letters")
def take_letters() -> Answer:
    """Keep how letters reach one."""
    form = LetterForm.asked(office().settings.background.hours)
    if not form.validate():
        return _letters(form), 422
    actor, chosen = current_actor(), form.choices()
    _write(lambda unit: choose_letters(unit.inbox, actor, chosen))
    flash(_("Đã lưu cách nhận thư."), "success")
    return redirect(url_for("messages.letters"), 303)


def _letters(form: LetterForm) -> str:
    background = office().settings.background
    return render_template("messages/letters.html", form=form, leaves=background.mail.leaves)
