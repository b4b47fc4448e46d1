"""What an evaluation leaves in the history, and whom it tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from workflow.accounts.records import Actor, Role
from workflow.escalation.records import Group
from workflow.escalation.stored import Cause, Change, ChangeKind
from workflow.history.records import Entry, Plain, Subject
from workflow.history.rules import entry_by
from workflow.messages.bundling import NAMED
from workflow.messages.records import Notice, Urgency
from workflow.review.records import CLOCKED, EscalationState

TOLD = (
    "state",
    "level",
    "group",
    "opened_on",
    "closed_on",
    "raised_on",
    "rule_number",
    "before_retraction",
    "holder_id",
    "holder_since",
    "answer_by",
)
"""Fields of an escalation whose change the history tells."""
SUMMARY_KIND = "escalations_told"
"""The kind of the one notice that tells what became of many cases at once."""
KINDS = {
    ChangeKind.RAISE: "escalation_raised",
    ChangeKind.LIFT: "escalation_lifted",
    ChangeKind.LOWER: "escalation_lowered",
    ChangeKind.RETRACT: "escalation_retracted",
    ChangeKind.REINSTATE: "escalation_reinstated",
}
"""The kinds of notices; a basis that changed below the same level is told to nobody."""


UNPROPOSED = "escalation_unproposed"
"""Told to those who decide, when the proposal that waited for them waits no more."""
THOSE_WHO_DECIDE = (Role.LEADER, Role.OFFICE)
"""They decide, or issue what follows: told also when it has lost its basis."""


def night_of(day: date) -> str:
    """Return the source of what a night finds, by violations and by time alike."""
    return f"night {day.isoformat()}"


IMPORT = "import "


def import_source(key: int | str) -> str:
    """Return the source of what an import finds."""
    return f"{IMPORT}{key}"


def import_of(source: str) -> int | None:
    """Return the import that a source names, None where it is none."""
    key = source.removeprefix(IMPORT)
    return int(key) if source.startswith(IMPORT) and key.isdecimal() else None


def entries_of(
    actor: Actor,
    done: Sequence[tuple[str, Change]],
    cause: Cause,
    at: datetime,
    source: str = "",
) -> Iterator[Entry]:
    """Return one entry for each change, with what it rests on and what no longer counts.

    Where an import brought it, the entry names the import: it is the engine's doing, not that
    of whoever brought the file.
    """
    heirs = heirs_of(done)
    for number, change in done:
        given: dict[str, object] = {"cause": cause}
        if (key := import_of(source)) is not None:
            given["import"] = key
        if change.episode is not None:
            given["violations"] = list(change.episode.raises[-1].violations)
        if change.gone:
            given["no_longer_counted"] = list(change.gone)
        if change.reason is not None:
            given["because"] = change.reason
        if change.heir_before is not None:
            given["heir"] = change.heir_before.number
        elif change.heir is not None:
            given["heir"] = heirs[change.rule, change.heir.group, change.heir.opened_on]
        yield entry_by(
            actor,
            at,
            Subject.ESCALATION,
            number,
            change.kind,
            before=_before(change),
            after=_plain_fields(change.values),
            given=given,
        )


def heirs_of(done: Iterable[tuple[str, Change]]) -> dict[tuple[str, Group, date], str]:
    """Return the numbers of escalations by the episode each stands for now."""
    return {
        (change.rule, change.episode.group, change.episode.opened_on): number
        for number, change in done
        if change.episode is not None
    }


def _before(change: Change) -> dict[str, object]:
    if change.before is None:
        return {}
    values = {name: getattr(change.before, name, None) for name in change.values}
    return _plain_fields(values)


def _plain_fields(values: Mapping[str, object]) -> dict[str, object]:
    told = {name: value for name, value in values.items() if name in TOLD}
    if "group" in told:
        told["group"] = dict(told["group"])  # type: ignore[call-overload]
    return told


def notices_of(number: str, change: Change, at: datetime) -> Iterator[Notice]:
    """Return who is told: the inspectors, and the agency where it is known to the database.

    Of what comes to the desk, or comes back, its holder alone is told, when it is given to them.
    """
    kind = KINDS.get(change.kind)
    if kind is None:
        return
    version = change.before.version + 1 if change.before else 1
    params: dict[str, Plain] = {
        "number": number,
        "rule": change.rule,
        "level": change.level,
        "group": dict(change.group),
        "reason": change.reason.value if change.reason else "",
    }
    if change.gone:
        params |= {"gone": list(change.gone[:NAMED]), "gone_count": len(change.gone)}
    agency = change.values.get("agency_id", change.before.agency_id if change.before else None)
    told: list[tuple[str, Role | None, object]] = []
    if not comes_to_desk(change):
        told.append((kind, Role.INSPECTOR, None))
    if agency is not None:
        told.append((kind, None, agency))
    if _drops_a_proposal(change):
        told += [(UNPROPOSED, role, None) for role in THOSE_WHO_DECIDE]
    elif _undoes_a_decision(change):
        told += [(kind, role, None) for role in THOSE_WHO_DECIDE]
    for what, to_role, to_agency in told:
        yield Notice(
            key=f"{number}:{version}:{change.kind}:{to_role or to_agency}",
            kind=what,
            subject=Subject.ESCALATION,
            subject_key=number,
            params=params,
            to_role=to_role,
            to_agency=to_agency,  # type: ignore[arg-type]
            urgency=Urgency.URGENT if change.kind in URGENT else Urgency.NORMAL,
            at=at,
        )


def comes_to_desk(change: Change) -> bool:
    """Whether somebody has to take the case in, or goes on with it."""
    return change.values.get("state") in CLOCKED


def _drops_a_proposal(change: Change) -> bool:
    """Whether somebody was asked to decide what nobody can decide as it stood any more."""
    was = change.before.state if change.before else None
    return was is EscalationState.PROPOSED and "state" in change.values


def _undoes_a_decision(change: Change) -> bool:
    """Whether what was decided, or ordered by a directive, has lost what it rested on.

    The directive stands until a document withdraws it: who could write that has to know.
    """
    was = change.before
    if was is None or change.kind is not ChangeKind.RETRACT:
        return False
    return was.has_directive or was.state in {EscalationState.DECIDED, EscalationState.CLOSED}


URGENT = frozenset({ChangeKind.RAISE, ChangeKind.LIFT, ChangeKind.RETRACT})
