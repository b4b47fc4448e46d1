"""By which words agencies that no longer stand are known, and who does their work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from models.agencies.register import AgencyRegister, known_from
from models.agencies.successors import Followed, who_follow
from workflow.agencies.matching import KnownAgency


def ended_agencies(
    connection: Connection, register: AgencyRegister, day: date
) -> tuple[KnownAgency, ...]:
    """Return who ended before `day` by all their words, each with its last day.

    Their heirs are all who do their work on that day, found through successors that ended.
    """
    ended = [a for a in register.agencies() if a.valid_to and a.valid_to < day]
    if not ended:
        return ()
    words, follow = register.words(), who_follow(connection, day)
    return tuple(
        replace(
            known_from(a, words),
            ended_on=a.valid_to,
            heirs=tuple(follow.get(a.id, Followed()).standing),
        )
        for a in ended
    )
