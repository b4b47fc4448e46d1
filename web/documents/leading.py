"""Taking an agency from who leads a row of a draft, in one press where it stands."""

from __future__ import annotations

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from web.documents.blueprint import blueprint
from web.documents.mending import Mend
from web.identity import current_actor
from web.wiring import close_reading, office
from workflow.documents import mending


@blueprint.post("/drafts/<int:document_id>/rows/<int:row>/beside")
def beside(document_id: int, row: int) -> ResponseReturnValue:
    """Let an agency coordinate instead, or take it out of the group that leads."""
    mend, actor = Mend.at(document_id, row), current_actor()
    agency_id = request.form.get("agency", type=int, default=0)
    seen = request.form.get("mark", "")
    close_reading()
    with office().writing() as unit:
        ground = office().ground(unit)
        mending.take_from_leads(
            unit.documents, actor, document_id, row, agency_id, seen=seen, ground=ground
        )
    flash(_("Đã sửa cơ quan chủ trì."), "success")
    return mend.back()
