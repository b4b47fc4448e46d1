"""Who can begin or cease to coordinate, as the forms offer and fill it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.agencies.successors import Followed, who_follow
from models.directives.facts import DirectiveFile, NamedAgency
from web.agencies.naming import gone
from web.directives.forms import Choices
from web.directives.wished import wish_beside
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.agencies.records import Agency, Tier
from workflow.directives.guards import Case
from workflow.directives.joining import JOINING, LEAVING
from workflow.directives.records import Action
from workflow.directives.row import Row

HEIRS = "heirs"
"""The word in an address that asks for a form filled with who follows agencies that ended."""


def joiners(known: Sequence[Agency], case: Case) -> Choices:
    """Return who can begin to coordinate: agencies of today that do not, vertical ones too."""
    beside = case.directive.coordinating
    return [
        (str(a.id), a.name)
        for a in known
        if a.stands_on(case.day) and a.tier is not Tier.PROVINCE and a.id not in beside
    ]


def leavers(beside: Sequence[NamedAgency], case: Case) -> Choices:
    """Return who coordinates, those that ended marked so."""
    ended = {a.id for a in ended_of(beside, case)}
    return [
        (str(a.id), _("%(name)s (đã kết thúc)", name=a.name) if a.id in ended else a.name)
        for a in beside
    ]


def ended_of(beside: Iterable[NamedAgency], case: Case) -> list[NamedAgency]:
    """Return the coordinating agencies that stand no more."""
    return [a for a in beside if a.valid_to is not None and a.valid_to < case.day]


def following_beside(row: Row, case: Case, file: DirectiveFile) -> Mapping[int, Followed]:
    """Return who followed the coordinating agencies that ended, where the form is for them.

    They give way by the document that says so; the form of a new lead only marks them.
    """
    ended = ended_of(file.coordinating, case)
    if not ended or JOINING not in row.needs or row.action is Action.REASSIGN:
        return {}
    found, nobody = who_follow(reading_unit().connection, case.day), Followed()
    return {one.id: found.get(one.id, nobody) for one in ended}


def begun_beside(case: Case, file: DirectiveFile, heirs: Mapping[int, Followed]) -> dict[str, Any]:
    """Return who joins and leaves when the form is opened.

    The lead that asks to change roles, or for a part, begins to coordinate; those `heirs` that
    follow agencies which ended begin too, and those leave.
    """
    joining = {heir for one in heirs.values() for heir in one.standing}
    joining -= case.directive.coordinating | {case.directive.lead_agency_id}
    if wish_beside(case, file):
        joining.add(case.directive.lead_agency_id)
    found = {JOINING.name: sorted(joining), LEAVING.name: sorted(heirs)}
    return {name: [str(key) for key in keys] for name, keys in found.items() if keys}


def ended_told(ended: Iterable[NamedAgency], heirs: Mapping[int, Followed]) -> str:
    """Return until when agencies stood and who they are now."""
    nobody = Followed()
    return "; ".join(
        gone(a.name, a.valid_to, heirs.get(a.id, nobody).names) for a in ended if a.valid_to
    )


def beside_hints() -> dict[str, str]:
    """Return the words under both fields."""
    return {
        JOINING.name: _("Thêm vào những cơ quan đang phối hợp; để trống thì không thêm."),
        LEAVING.name: _("Việc đã đề nghị cơ quan này trả lời sẽ hết hiệu lực."),
    }
