"""Reporting a period, judging it, and ending standing work with its year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.directives.asked import PREPARED_FILES
from workflow.directives.changes import short_note
from workflow.directives.doing import doers_there
from workflow.directives.effects import nothing_waits
from workflow.directives.given import prepared_files
from workflow.directives.needs import Given
from workflow.directives.reading import check_needs
from workflow.directives.records import Directive, State, Verdict
from workflow.directives.rules import Step, changed_by
from workflow.directives.usecases import AT_THE_ENTRY, Ground, look_at
from workflow.directives.wrong import all_wrong
from workflow.errors import Forbidden, Invalid, NotFound, Refused, Stale
from workflow.history.records import Entry, Plain, Subject
from workflow.history.rules import entry_by, plain
from workflow.periods.guards import PeriodCase
from workflow.periods.notices import closed, notices_of
from workflow.periods.ports import PeriodMemory
from workflow.periods.records import Period, PeriodAction, PeriodState
from workflow.periods.rules import (
    BROUGHT,
    PeriodStep,
    left_on_directive,
    raise_if_shut,
    take,
)
from workflow.periods.table import BY_ACTION

CLOSE_YEAR = "close_year"


def act_on_period(
    memory: PeriodMemory,
    actor: Actor,
    number: str,
    serial: int,
    action: PeriodAction,
    given: Mapping[str, object],
    *,
    ground: Ground,
    version: int | None = None,
    report_at: datetime | None = None,
) -> Period:
    """Carry out one act on one period of a directive, in one transaction with its entry.

    `version` is the directive's as the person saw it; another one standing now is Stale.
    `report_at` says when the report was filed that they saw: another one is Refused
    (`period_reported_anew`). NotFound outside the scope or where there is no such period,
    Forbidden or Refused with a code, Invalid field by field.
    """
    directive, _ = look_at(memory.directives, actor, number, ground.day)
    period = memory.period(directive, serial)
    if period is None:
        raise NotFound
    if version is not None and version != directive.version:
        raise Stale("stale", number=number, version=directive.version, seen=version)
    case = PeriodCase(
        period=period,
        directive=directive,
        actor=actor,
        day=ground.day,
        calendar=ground.calendar,
    )
    if report_at is not None and period.reported_at not in {None, report_at}:
        raise_if_shut(action, case)
        raise Refused("period_reported_anew")
    ready = _read_given(action, given, case)
    step = take(action, case, ready, ground.at)
    _keep(memory, action, case, ready, step, ground)
    return step.period


def _read_given(action: PeriodAction, given: Mapping[str, object], case: PeriodCase) -> Given:
    """Check what the act needs; whoever may not act learns that first."""
    row, values = BY_ACTION[action], dict(given)
    named = values.get(PREPARED_FILES.name)
    if isinstance(named, list | tuple):
        values[PREPARED_FILES.name] = prepared_files(case.directive.standing_report, named)
    try:
        return check_needs(row.needs, values)
    except Refused:
        raise_if_shut(row.action, case)
        raise
    except Invalid as error:
        raise_if_shut(action, case)
        raise Invalid(all_wrong(row.needs, row.checks, values, case)) from error


def _keep(
    memory: PeriodMemory,
    action: PeriodAction,
    case: PeriodCase,
    given: Given,
    step: PeriodStep,
    ground: Ground,
) -> None:
    directive, actor, at = case.directive, case.actor, ground.at
    hashes = memory.add_files(directive, case.period, action, given, actor, at)
    memory.save(step)
    if action in BROUGHT:
        memory.add_report(case.period, given, actor, at)
        if directive.standing_report is not None:
            memory.end_prepared(directive, action, actor, at)
    else:
        memory.end_report(case.period, action, given, actor, at)
    left = changed_by(directive, left_on_directive(action, case, given))
    memory.directives.save_step(directive, left)
    memory.directives.append(_entry(action, case, given, step, left, ground, hashes))
    doers = doers_there(memory.directives, directive, actor, ground.day)
    told = _told(action, actor, given)
    memory.directives.post_all(
        notices_of(action, left.directive, step.period, at, doers=doers, told=told)
    )


def _told(action: PeriodAction, actor: Actor, given: Given) -> dict[str, Plain]:
    """Return what the words of the notice are filled with: who reported, why it came back."""
    if action is PeriodAction.REPORT:
        return {"who": actor.name}
    return {"note": short_note(given.text("reason"))} if given.text("reason") else {}


def _entry(
    action: PeriodAction,
    case: PeriodCase,
    given: Given,
    step: PeriodStep,
    left: Step,
    ground: Ground,
    hashes: tuple[str, ...],
) -> Entry:
    """Return the entry: what changed of the directive, and beside it what changed of the period.

    It stands in the directive's own history, whose version it raises: so the history of the
    directive tells all its periods, and somebody who acts on an older page is told of it.
    """
    told = {k: v for k, v in given.for_history().items() if k not in AT_THE_ENTRY}
    of_period = {
        "period": case.period.serial,
        "period_due_on": case.period.due_on,
        "period_before": dict(step.before),
        "period_after": dict(step.after),
    }
    return entry_by(
        case.actor,
        ground.at,
        Subject.DIRECTIVE,
        case.directive.number,
        action,
        before=left.before,
        after=left.after,
        given=told | {name: plain(value) for name, value in of_period.items()},
        reason=given.text("reason"),
        evidence=hashes,
    )


def close_year(memory: PeriodMemory, actor: Actor, number: str, *, ground: Ground) -> bool:
    """End standing work whose year is over and whose periods are all confirmed.

    Only the system account does so, by night; True when it ended. Work with a period that is
    missing or not judged yet, with open parts, or closed before and reopened, stays.
    """
    if not actor.is_system:
        raise Forbidden("not_yours", who=[])
    directive = memory.directives.directive(number)
    plan = memory.plan(directive) if directive is not None else None
    if directive is None or plan is None or plan.closed_on or plan.ends_on >= ground.day:
        return False
    answered_on = all_answered(memory.periods(directive))
    if answered_on is None or not _may_end(directive):
        return False
    step = changed_by(directive, _ended_with_year(ground.day, answered_on))
    memory.directives.save_step(directive, step)
    entry = entry_by(
        actor,
        ground.at,
        Subject.DIRECTIVE,
        number,
        CLOSE_YEAR,
        before=step.before,
        after=step.after,
        given={"year_ended_on": plan.ends_on},
    )
    memory.directives.append(entry)
    memory.directives.post_all([closed(step.directive, plan.ends_on.year, ground.at)])
    return True


def _may_end(directive: Directive) -> bool:
    runs = directive.state is State.IN_PROGRESS and not directive.is_suspended
    return runs and not directive.open_parts


def all_answered(periods: Sequence[Period]) -> date | None:
    """Return the day of the last report when every period that is owed is confirmed."""
    owed = [period for period in periods if period.state is not PeriodState.ENDED]
    if not owed or any(period.state is not PeriodState.CONFIRMED for period in owed):
        return None
    return max(period.completed_on for period in owed if period.completed_on)


def _ended_with_year(day: date, answered_on: date) -> dict[str, object]:
    return nothing_waits() | {
        "state": State.VERIFIED,
        "verified_on": day,
        "completed_on": answered_on,
        "verdict": Verdict.MET,
        "ever_reported": True,
        "judged": True,
    }
