"""Taking the other reading of "trước ngày X" where a draft shows both."""

from __future__ import annotations

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web.documents.blueprint import blueprint
from web.documents.mending import Mend, change
from web.documents.words import reading_reason
from workflow.documents.clauses import read_otherwise


@blueprint.post("/drafts/<int:document_id>/rows/<int:row>/reading")
def read_other_way(document_id: int, row: int) -> ResponseReturnValue:
    """Read a row's deadline the other way in one press; the reason is kept with it."""
    mend = Mend.at(document_id, row)
    reason = reading_reason(mend.clause.deadline)
    change(mend, read_otherwise(mend.clause, reason), request.form.get("mark"))
    flash(_("Đã dùng cách hiểu khác của thời hạn."), "success")
    return mend.back()
