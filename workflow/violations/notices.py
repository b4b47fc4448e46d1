"""Who is told of what was said about violations: one notice for each, however many.

Inspectors hear of what an agency asks them to look at again, an agency of what was
concluded about its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from workflow.accounts.records import Role
from workflow.messages.records import Notice
from workflow.violations.records import Violation, ViolationAction, ViolationState

Judged = tuple[Violation, Violation]
"""A violation before an act and after it."""
TOLD = {
    ViolationAction.CONFIRM: "violations_confirmed",
    ViolationAction.OVERTURN: "violations_dropped",
    ViolationAction.REINSTATE: "violations_counted_again",
}
"""What an agency hears of violations that it did not ask about."""


def notices_of(action: ViolationAction, done: Sequence[Judged], at: datetime) -> Iterator[Notice]:
    """Yield what one act on any number of violations tells."""
    if action is ViolationAction.CONTEST:
        yield from asked([after for _, after in done], at)
        return
    yield from answers([b for a, b in done if a.state is ViolationState.CONTESTED], at)
    if (kind := TOLD.get(action)) is not None:
        yield from _concluded(
            kind, [b for a, b in done if a.state is not ViolationState.CONTESTED], at
        )


def asked(contested: Sequence[Violation], at: datetime) -> Iterator[Notice]:
    """Yield what the inspectors are told: one notice for each agency that asks."""
    for agency, several in _by_agency(contested).items():
        subject, subject_key, number = _led_to(several)
        yield Notice(
            key=f"violations {agency} contested {at:%Y%m%dT%H%M%S%f} {several[0].id}",
            kind="violations_contested",
            subject=subject,
            subject_key=subject_key,
            at=at,
            to_role=Role.INSPECTOR,
            params={
                "number": number,
                "count": len(several),
                "agency": several[0].agency_name,
            },
        )


def answers(answered: Sequence[Violation], at: datetime) -> Iterator[Notice]:
    """Yield what agencies are told of their explanations."""
    for agency, judged in _by_agency(answered).items():
        dropped = sum(one.state is ViolationState.OVERTURNED for one in judged)
        subject, subject_key, number = _led_to(judged)
        yield Notice(
            key=f"violations {agency} judged {at:%Y%m%dT%H%M%S%f} {judged[0].id}",
            kind="violations_judged",
            subject=subject,
            subject_key=subject_key,
            at=at,
            to_agency=agency,
            params={
                "number": number,
                "overturned": dropped,
                "upheld": len(judged) - dropped,
            },
        )


def _concluded(kind: str, done: Sequence[Violation], at: datetime) -> Iterator[Notice]:
    for agency, several in _by_agency(done).items():
        subject, subject_key, number = _led_to(several)
        yield Notice(
            key=f"{kind} {agency} {at:%Y%m%dT%H%M%S%f} {several[0].id}",
            kind=kind,
            subject=subject,
            subject_key=subject_key,
            at=at,
            to_agency=agency,
            params={"number": number, "count": len(several)},
        )


def _led_to(about: Sequence[Violation]) -> tuple[str, str, str]:
    """Return where a notice leads: subject, key and number of the one violation, or of many."""
    if len(about) == 1:
        return "violation", str(about[0].id), about[0].number
    return "violations", "", ""


def _by_agency(violations: Sequence[Violation]) -> dict[int, list[Violation]]:
    found: dict[int, list[Violation]] = {}
    for one in violations:
        if one.agency_id is not None:
            found.setdefault(one.agency_id, []).append(one)
    return found
