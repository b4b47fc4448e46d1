"""What a person is to a violation, and whether they may read it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from workflow.accounts.reach import reach_of
from workflow.accounts.records import (
    SUBMITTING_ROLES,
    Actor,
    Role,
)
from workflow.violations.records import Violation

ASSESSING_ROLES = frozenset({Role.OFFICE, Role.INSPECTOR})


class ViolationStanding(StrEnum):
    """A person's relation to a violation.

    `assessor`: office or inspector, who record and judge. `answerable`: head or clerk of the
    agency it is recorded for, or of one above it.
    """

    ASSESSOR = "assessor"
    ANSWERABLE = "answerable"


def standings(actor: Actor, violation: Violation) -> frozenset[ViolationStanding]:
    """Return what `actor` is to `violation`, by the role they act in."""
    if actor.role in ASSESSING_ROLES:
        return frozenset({ViolationStanding.ASSESSOR})
    if actor.role in SUBMITTING_ROLES and _is_own(actor, violation):
        return frozenset({ViolationStanding.ANSWERABLE})
    return frozenset()


def sees(actor: Actor, violation: Violation, day: date) -> bool:
    """Whether `actor` may read `violation` on `day`: an agency its own and those of its units.

    Office, leader and inspector see the province; the admin has no say in any case. It is
    `models.violations.queries.visible_to` in plain words.
    """
    return reach_of(actor, day).covers((violation.agency_path,))


def _is_own(actor: Actor, violation: Violation) -> bool:
    path = actor.agency_path
    return bool(path) and violation.agency_path.startswith(path)
