"""The last taking in of the office's list of papers, and taking it back."""

from __future__ import annotations

from flask import flash, redirect, url_for

from models.papers.imported import last_import
from web.identity import current_actor
from web.papers.outcomes import Answer
from web.speech import gettext as say
from web.speech import ngettext
from web.wiring import close_reading, office, reading_unit
from workflow.papers.keeping import require_office
from workflow.papers.records import PaperImport
from workflow.papers.undoing import UNDO_DAYS, undo_import


def import_to_undo() -> PaperImport | None:
    """Return the newest import of the list that can still be undone."""
    return last_import(reading_unit().connection, office().clock() - UNDO_DAYS)


def take_back(import_id: int) -> Answer:
    """Undo one import, and say what became of its papers."""
    require_office(current_actor(), office().today())
    close_reading()
    with office().writing() as unit:
        undone = undo_import(unit.papers, current_actor(), import_id, at=office().clock())
    words = say(
        "Đã hoàn tác lần nhập: %(removed)s bỏ khỏi sổ, %(restored)s trở lại như cũ.",
        removed=ngettext("%(num)s văn bản", "%(num)s văn bản", undone.removed),
        restored=ngettext("%(num)s văn bản", "%(num)s văn bản", undone.restored),
    )
    if undone.left:
        words += " " + ngettext(
            "%(num)s văn bản đã được dùng hoặc sửa sau đó nên giữ nguyên.",
            "%(num)s văn bản đã được dùng hoặc sửa sau đó nên giữ nguyên.",
            undone.left,
        )
    flash(words, "success")
    return redirect(url_for("paper_list.index"), 303)
