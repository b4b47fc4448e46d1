"""What a form says of agencies that ended: they are named, and nobody can choose them."""

from __future__ import annotations

from models.agencies.successors import who_follow
from models.directives.facts import DirectiveFile
from web.directives.joining import ended_of, ended_told
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.directives.guards import Case
from workflow.directives.records import Action


def ended_beside(action: Action, case: Case, file: DirectiveFile) -> str:
    """Return which coordinating agencies can be asked no more, and who they are now."""
    if action is not Action.REQUEST_INPUT:
        return ""
    ended = ended_of(file.coordinating, case)
    if not ended:
        return ""
    names = ended_told(ended, who_follow(reading_unit().connection, case.day))
    return _(
        "Không hỏi được nữa: %(names)s. Cơ quan theo dõi chuyển phần phối hợp sang cơ quan "
        "nối tiếp.",
        names=names,
    )
