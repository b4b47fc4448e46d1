"""What detection does to violations: imports, the nightly sweep and commands come through here.

What people do stands in `recording.py` and `judging.py`. Everything ends by deriving again the
escalations of the groups it touched, in the same transaction; an import's at its end.
"""

from __future__ import annotations

from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.escalation.evaluating import evaluate_touched
from workflow.escalation.holding import hold_back
from workflow.escalation.telling import import_source, night_of
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.violations.ports import ViolationMemory
from workflow.violations.scopes import Detected, DossierScope, Scope


def detect(
    memory: ViolationMemory, actor: Actor, scope: Scope, *, day: date, at: datetime
) -> Detected:
    """Bring the violations of a scope's dossiers to what holds as of `day`.

    New ones are recorded; what no longer holds is overturned with its reason and marked as
    recorded after the fact, whatever had been judged: the mended fact wins, the history tells.
    What holds again is the same violation, in the state it had. One that a person overturned
    stays so. Doing it twice changes nothing. One history entry tells what changed, if anything.
    """
    of_import = isinstance(scope, DossierScope)
    key = scope.source if isinstance(scope, DossierScope) else f"due {day.isoformat()}"
    source = import_source(key) if of_import else night_of(day)
    done, touched = memory.detect(scope, day, at)
    if not done.changes:
        return done
    if isinstance(scope, DossierScope) and scope.held:
        hold_back(memory.escalation, touched, source=source, at=at)
    else:
        evaluate_touched(memory.escalation, touched, as_of=day, at=at, actor=actor, source=source)
    _tell(memory, actor, done, key, day, at)
    return done


def detect_late_directives(
    memory: ViolationMemory, actor: Actor, *, day: date, at: datetime
) -> Detected:
    """Record V22 for every due day of a directive that passed before `day` without a report.

    And V23 for every day by which a coordinating agency owed an answer and gave none.
    It stands on the morning after the day. A day moved later before it passed never makes one;
    moved after it passed, it removes none (product.md §3: a late directive can't become early).
    A new day that passes too makes another. What was late only because its paper had not been
    recorded yet is overturned, with the reason.
    """
    done, touched = memory.detect_late_directives(day, at)
    if not done.changes:
        return done
    source = night_of(day)
    evaluate_touched(memory.escalation, touched, as_of=day, at=at, actor=actor, source=source)
    _tell(memory, actor, done, f"directives {day.isoformat()}", day, at)
    return done


def _tell(
    memory: ViolationMemory, actor: Actor, done: Detected, key: str, day: date, at: datetime
) -> None:
    """Leave one entry for what a detection changed."""
    kinds = {
        "found": done.found,
        "reinstated": done.reinstated,
        "moved": done.moved,
        "overturned": done.overturned,
    }
    given = {kind: dict(sorted(counts.items())) for kind, counts in kinds.items() if counts}
    told = {"as_of": day, **given}
    memory.append(entry_by(actor, at, Subject.VIOLATION, key, "detect", given=told))
