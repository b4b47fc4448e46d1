"""Who else may judge the reports on which the reader had a hand (four eyes)."""

from __future__ import annotations

from models.accounts.judging import who_judges
from web.identity import current_actor
from web.speech import gettext as _
from web.wiring import office, reading_unit

NAMED = 4


def others_who_judge() -> str:
    """Return by name who else may judge today, or the roles where nobody holds one.

    Whether each of them had a hand in a certain report is judged when they act.
    """
    actor, day = current_actor(), office().today()
    same = actor.people_on(day)
    found = who_judges(reading_unit().connection, actor.agency_id or 0, day, but=same)
    names = [f"{name} ({agency})" for name, agency in found]
    told = ", ".join(names[:NAMED])
    if len(names) > NAMED:
        return _("%(names)s và %(n)s người nữa", names=told, n=len(names) - NAMED)
    return told or others_of(actor.agency_name)


def others_of(agency: str) -> str:
    """Return who else may judge, without names: for a page that asks for nothing more."""
    return _("người khác của %(agency)s, hoặc người kiểm tra", agency=agency)
