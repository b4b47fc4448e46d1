"""Why a door is shut: each guard returns a refusal or None, before anyone clicks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from workflow.accounts.records import Actor
from workflow.doors import Refusal
from workflow.review.conflict import Organisation, tie
from workflow.review.records import ReviewLimits
from workflow.violations.records import Cause, Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a guard may look at: the violation, who acts, on which day, in which tree.

    `limits` say for how long whoever left an agency stays tied to it.
    """

    violation: Violation
    actor: Actor
    day: date
    organisation: Organisation = field(default_factory=Organisation)
    limits: ReviewLimits = field(default_factory=ReviewLimits)


Guard = Callable[[Case], Refusal | None]


def no_conflict(case: Case) -> Refusal | None:
    """Nobody judges their own agency, one it came from, or one that came from theirs.

    Every agency the person belongs to on the day counts, in whatever role, and one they left
    within the months that a province sets: as for the cases that rest on it.
    """
    agency = case.violation.agency_id
    if agency is None:
        return None
    own = case.actor.agencies_since(case.limits.tied_since(case.day), case.day)
    tied = tie(case.organisation, own, {agency})
    if tied is None:
        return None
    return Refusal(code="conflict_of_interest", params={"agency": case.violation.agency_name})


def another_than_the_recorder(case: Case) -> Refusal | None:
    """Four eyes: who entered a violation by hand does not judge it."""
    recorder = case.violation.recorded_by
    if recorder is not None and recorder in case.actor.people_on(case.day):
        return Refusal(code="four_eyes_recorder")
    return None


def another_than_the_contester(case: Case) -> Refusal | None:
    """Four eyes: who contested for the agency does not judge, in whatever role since."""
    contester = case.violation.contested_by
    if contester is not None and contester in case.actor.people_on(case.day):
        return Refusal(code="four_eyes_contester")
    return None


def judged_and_not_mended(case: Case) -> Refusal | None:
    """What fell because the facts were mended comes back with the facts, not by a click."""
    if case.violation.cause is Cause.MENDED:
        return Refusal(code="mended_by_facts")
    return None
