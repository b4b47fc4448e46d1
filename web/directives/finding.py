"""A document named by its number in the list's filter: found, or said that it is not there."""

from __future__ import annotations

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from models.documents.numbers import numbered_like
from web.addresses import from_start
from web.directives.filters import CLAUSE, DOCUMENT
from web.identity import current_actor
from web.speech import gettext as _
from web.speech import ngettext
from web.wiring import office, reading_unit

LONGEST = 100


def document_named() -> Response | None:
    """Return the way to the list of the one document that bears the number typed.

    None where the address names no document, or names it by its key. Where none bears it, or
    several do, the list without it, and a word about it.
    """
    typed = request.args.get("document", "").strip()[:LONGEST]
    if not typed or DOCUMENT.fullmatch(typed) or CLAUSE.fullmatch(typed):
        return None
    found = numbered_like(reading_unit().connection, current_actor(), typed, office().today())
    if len(found) == 1:
        return redirect(from_start(document=found[0]))
    if found:
        words = ngettext(
            "%(num)s văn bản có số “%(typed)s”; hãy ghi cả ký hiệu hoặc mã văn bản: %(keys)s.",
            "%(num)s văn bản có số “%(typed)s”; hãy ghi cả ký hiệu hoặc mã văn bản: %(keys)s.",
            len(found),
            typed=typed,
            keys=", ".join(found),
        )
    else:
        words = _("Không tìm thấy văn bản “%(typed)s”.", typed=typed)
    flash(words, "warning")
    return redirect(from_start(document=None))
