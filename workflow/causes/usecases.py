"""Giving causes to dossiers that ran late: one by one, or many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from workflow.accounts.records import AGENCY_ROLES, Actor, Role
from workflow.causes.ports import Caused, CauseMemory, GivenCause
from workflow.causes.records import CauseCode, CauseSource
from workflow.days import local_day
from workflow.errors import Forbidden, Invalid, NotFound
from workflow.history.records import Plain, Subject
from workflow.history.rules import entry_by
from workflow.text import clean

MOST_AT_ONCE = 500
LONGEST_STEP = 500
MOST_DAYS = 5_000
ENTERING = frozenset({Role.OFFICE, Role.INSPECTOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What somebody says of why dossiers ran late.

    `suggested` are the codes taken as the steps suggested them. `agency_id` is the agency
    at fault, where one is; `days_lost` are working days.
    """

    primary: CauseCode | None
    secondary: tuple[CauseCode, ...] = ()
    suggested: frozenset[CauseCode] = frozenset()
    agency_id: int | None = None
    step: str = ""
    days_lost: int | None = None
    reason: str = ""


def may_assign(actor: Actor, day: date, *, is_handled: bool, is_studied: bool) -> bool:
    """Whether `actor` gives causes to a dossier: who handles it, who studies it, who follows."""
    if not actor.holds_role_on(day):
        return False
    if actor.role in AGENCY_ROLES:
        return is_handled or is_studied
    return actor.role in ENTERING


def assign_causes(
    memory: CauseMemory,
    actor: Actor,
    ids: Sequence[int],
    given: Assignment,
    *,
    at: datetime,
    fields: frozenset[str] = frozenset(),
) -> int:
    """Give causes to dossiers and return how many changed; each leaves an entry.

    `fields` are those the actor's agency studies. NotFound when one of `ids` lies outside
    the actor's scope; Forbidden (`not_yours`) when one is not theirs to judge; Invalid with
    codes for `primary`, `secondary`, `agency_id`, `step`, `days_lost`, `ids`.
    """
    day = local_day(at)
    _check(memory, ids, given)
    dossiers = memory.caused(actor, sorted(set(ids)), day, fields)
    if len(dossiers) != len(set(ids)):
        raise NotFound("dossier")
    for dossier in dossiers:
        theirs = may_assign(
            actor, day, is_handled=dossier.is_handled, is_studied=dossier.is_studied
        )
        if not theirs:
            raise Forbidden("not_yours", who=sorted({*AGENCY_ROLES, *ENTERING}))
    causes = _causes(given)
    changed = [dossier for dossier in dossiers if dossier.causes != causes]
    for dossier in changed:
        memory.set_causes(dossier.dossier_id, causes, actor.account_id, at)
        _tell(memory, actor, dossier, causes, given.reason, at)
    return len(changed)


def _check(memory: CauseMemory, ids: Sequence[int], given: Assignment) -> None:
    errors = {}
    if given.primary is None:
        errors["primary"] = "required"
    if given.primary in given.secondary or len(set(given.secondary)) != len(given.secondary):
        errors["secondary"] = "cause_twice"
    if given.agency_id is not None and memory.agency(given.agency_id) is None:
        errors["agency_id"] = "not_an_agency"
    if len(given.step) > LONGEST_STEP:
        errors["step"] = "too_long"
    if given.days_lost is not None and not 0 <= given.days_lost <= MOST_DAYS:
        errors["days_lost"] = "not_a_number"
    if not 0 < len(set(ids)) <= MOST_AT_ONCE:
        errors["ids"] = "choose_dossiers"
    if errors:
        raise Invalid(errors)


def _causes(given: Assignment) -> tuple[GivenCause, ...]:
    """The primary cause carries the agency, the step and the days; the others only say why."""
    codes = [code for code in (given.primary, *sorted(given.secondary)) if code is not None]
    return tuple(
        GivenCause(
            code=code,
            is_primary=place == 0,
            source=CauseSource.SUGGESTED if code in given.suggested else CauseSource.ENTERED,
            agency_id=given.agency_id if place == 0 else None,
            step=clean(given.step) if place == 0 else "",
            days_lost=given.days_lost if place == 0 else None,
        )
        for place, code in enumerate(codes)
    )


def _tell(
    memory: CauseMemory,
    actor: Actor,
    dossier: Caused,
    causes: tuple[GivenCause, ...],
    reason: str,
    at: datetime,
) -> None:
    memory.append(
        entry_by(
            actor,
            at,
            Subject.DOSSIER,
            str(dossier.dossier_id),
            "assign_causes",
            before=_facts(dossier.causes),
            after=_facts(causes),
            given={"dossier": f"{dossier.source}/{dossier.code}"},
            reason=clean(reason),
        )
    )


def _facts(causes: tuple[GivenCause, ...]) -> dict[str, Plain]:
    if not causes:
        return {}
    first = causes[0]
    return {
        "causes": [cause.code.value for cause in causes],
        "sources": [cause.source.value for cause in causes],
        "agency_id": first.agency_id,
        "step": first.step,
        "days_lost": first.days_lost,
    }
