"""What a form says of agencies that ended: they are named, and nobody can choose them."""

from __future__ import annotations

from models.agencies.successors import names_that_follow
from models.directives.facts import DirectiveFile
from web.agencies.naming import gone
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.directives.guards import Case
from workflow.directives.records import Action


def ended_beside(action: Action, case: Case, file: DirectiveFile) -> str:
    """Return which coordinating agencies can be asked no more, and who they are now."""
    if action is not Action.REQUEST_INPUT:
        return ""
    ended = [a for a in file.coordinating if a.valid_to is not None and a.valid_to < case.day]
    if not ended:
        return ""
    now = names_that_follow(reading_unit().connection)
    names = "; ".join(gone(a.name, a.valid_to, now.get(a.id, ())) for a in ended if a.valid_to)
    return _(
        "Không hỏi được nữa: %(names)s. Cơ quan theo dõi chuyển phần phối hợp sang cơ quan "
        "nối tiếp.",
        names=names,
    )
