"""Who does the work inside the agency that leads, and of which acts they hear."""

from __future__ import annotations

from datetime import date

from workflow.accounts.records import Actor
from workflow.directives.matters import PreparedState
from workflow.directives.ports import DirectiveMemory
from workflow.directives.records import Action, Directive

TO_DOERS = frozenset(
    {
        Action.REPORT,
        Action.RECORD_REPORT,
        Action.RECALL,
        Action.RETURN,
        Action.VERIFY,
        Action.REOPEN,
        Action.REJECT_EVIDENCE,
        Action.DECIDE_EXTENSION,
        Action.ANSWER,
        Action.GIVE_INPUT,
        Action.DIRECT,
        Action.CORRECT,
        Action.AMEND,
        Action.SUSPEND,
        Action.RESUME,
        Action.WITHDRAW,
    }
)
"""What becomes of the work and of its report; what clerk and head alone answer is none."""
_WROTE = frozenset({PreparedState.STANDING, PreparedState.SUBMITTED})


def who_does(of: Directive) -> frozenset[int]:
    """Return to whom the lead routed the work, and who prepared the report that goes or went."""
    routed = {
        one.account_id
        for one in of.routings
        if one.agency_id == of.lead_agency_id and one.account_id is not None
    }
    wrote = (
        one.by for one in of.prepared if one.agency_id == of.lead_agency_id and one.state in _WROTE
    )
    return frozenset(routed) | frozenset([*wrote][:1])


def doers_told(
    memory: DirectiveMemory, action: Action, of: Directive, actor: Actor, day: date
) -> tuple[int, ...]:
    """Return who of them hears of an act: still of the agency, and not who acts."""
    return doers_there(memory, of, actor, day) if action in TO_DOERS else ()


def doers_there(memory: DirectiveMemory, of: Directive, actor: Actor, day: date) -> tuple[int, ...]:
    """Return who does the work, as far as they serve in the agency on the day, but the actor."""
    doers = who_does(of) - actor.hands
    if not doers:
        return ()
    there = {one.id for one in memory.colleagues(of.lead_agency_id, day)}
    return tuple(sorted(doers & there))
