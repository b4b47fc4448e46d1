"""Who signs what: the people of a role today, so that nobody types a name the system knows."""

from __future__ import annotations

from collections.abc import Sequence

from models.documents.page import Seated, who_give_and_follow
from web.identity import remembered
from web.wiring import office, reading_unit
from workflow.accounts.records import Role
from workflow.directives.matters import Colleague


def leaders() -> tuple[str, ...]:
    """Return the names of the province's leaders today, in Vietnamese order."""
    day = office().today()

    def read() -> tuple[Seated, ...]:
        return who_give_and_follow(reading_unit().connection, day)

    people = remembered(("who give", day), read)
    return tuple(dict.fromkeys(one.name for one in people if one.role is Role.LEADER))


def heads_of(agency_id: int | None) -> tuple[str, ...]:
    """Return the names of an agency's heads today; of no agency there are none."""
    if agency_id is None:
        return ()
    day = office().today()

    def read() -> tuple[Colleague, ...]:
        return reading_unit().directives.matters.colleagues(agency_id, day)

    people = remembered(("who works in", agency_id, day), read)
    return tuple(one.name for one in people if one.role is Role.AGENCY_HEAD)


def only(names: Sequence[str]) -> str:
    """Return the one name there is; nothing where it is not clear who signs."""
    return names[0] if len(names) == 1 else ""
