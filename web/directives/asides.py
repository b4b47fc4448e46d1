"""What the form of an act leads to: words read while they are typed, other ways to do the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import url_for

from models.directives.facts import DirectiveFile
from web.directives.forms import Read
from web.identity import current_actor
from web.speech import gettext as _
from workflow.directives.asked import PAPER_DATE
from workflow.directives.dividing import UNIT_DAYS
from workflow.directives.records import Action
from workflow.directives.row import Row

DAYS = ("due_on", "new_due_on", UNIT_DAYS.name)
NUMBERS = ("report_number", "paper")
INSTEAD = {Action.VERIFY: Action.RETURN}
"""Who looks at a report does the one or the other."""


class Way(NamedTuple):
    """Another page for the same act, in words."""

    words: str
    url: str


def reads_of(row: Row, file: DirectiveFile) -> dict[str, Read]:
    """Return which fields are read while they are typed: new dates, and numbers of known papers."""
    of = file.directive
    day = Read(url=url_for("directives.read_day", number=of.number, action=row.action))
    found = dict.fromkeys(DAYS, day)
    if current_actor().is_of_office:
        dated = "yes" if PAPER_DATE in row.needs else None
        url = url_for("papers.number_known", lead=of.lead_agency_id, dated=dated)
        found |= dict.fromkeys(NUMBERS, Read(url=url))
    return found


def way_for_many(action: Action, file: DirectiveFile) -> Way | None:
    """Return where the same is done once for several directives."""
    way = _WAYS.get(action)
    return way(action, file) if way else None


def _one_paper(action: Action, file: DirectiveFile) -> Way:
    lead = file.directive.lead_agency_id
    return Way(
        _("Một lần cho các nhiệm vụ khác của cơ quan trong văn bản này"),
        url_for("papers.together", key=file.paper.key, action=action, lead=lead),
    )


def _judging(_action: Action, file: DirectiveFile) -> Way:
    return Way(
        _("Xem xét chung các báo cáo của cơ quan trong văn bản này"),
        url_for("papers.judge", key=file.paper.key, lead=file.directive.lead_agency_id),
    )


def _choosing(_action: Action, file: DirectiveFile) -> Way:
    return Way(
        _("Một văn bản cho nhiều nhiệm vụ: chọn trong danh sách"),
        url_for("directives.index", document=file.paper.key, state="assigned"),
    )


def _urging(_action: Action, file: DirectiveFile) -> Way:
    return Way(
        _("Một văn bản cho mọi nhiệm vụ quá hạn của cơ quan này"),
        url_for("papers.remind", agency=file.lead.code, alone="yes"),
    )


_WAYS: dict[Action, Callable[[Action, DirectiveFile], Way]] = {
    **dict.fromkeys(
        (Action.ACCEPT, Action.UPDATE, Action.REPORT, Action.RECORD_REPORT), _one_paper
    ),
    **dict.fromkeys((Action.VERIFY, Action.RETURN), _judging),
    Action.DECLINE: _choosing,
    Action.REMIND: _urging,
}
