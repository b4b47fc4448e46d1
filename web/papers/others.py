"""Who else may judge the reports on which the reader had a hand (four eyes)."""

from __future__ import annotations

from models.agencies.page import colleagues
from web.identity import current_actor
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import Role

NAMED = 4


def others_who_judge() -> str:
    """Return the names of the reader's colleagues who may judge today, or the roles that may.

    Whether each of them had a hand in a certain report is judged when they act.
    """
    actor, day = current_actor(), office().today()
    near = colleagues(reading_unit().connection, actor.agency_id or 0, day)
    same = actor.people_on(day)
    names = dict.fromkeys(
        one.name
        for one in near
        if one.is_active
        and one.role in {Role.OFFICE, Role.INSPECTOR}
        and one.account_id not in same
    )
    told = ", ".join([*names][:NAMED])
    if len(names) > NAMED:
        return _("%(names)s và %(n)s người nữa", names=told, n=len(names) - NAMED)
    return told or others_of(actor.agency_name)


def others_of(agency: str) -> str:
    """Return who else may judge, without names: for a page that asks for nothing more."""
    return _("người khác của %(agency)s, hoặc người kiểm tra", agency=agency)
