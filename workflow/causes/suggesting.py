"""Which causes the steps of a dossier speak for. A suggestion is never kept by itself.

The table is ours, drawn from the catalogue (domain.md, 8.2): no rule of law says which
step means which cause, so a person confirms each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflow.causes.breaking import Break, breaks_of
from workflow.causes.clock import WorkingClock
from workflow.causes.records import BY_CODE, CauseCode, CauseSide, Course, HolderKind
from workflow.causes.splitting import split_time
from workflow.dossiers.records import Status
from workflow.text import fold

SECOND_REQUEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A cause with what speaks for it: `ground` is a code, `broken` the step if it is one."""

    code: CauseCode
    ground: str
    broken: Break | None = None


BY_WORDS: tuple[tuple[CauseCode, tuple[str, ...]], ...] = (
    (CauseCode.L07, ("tranh chap", "ngan chan", "khieu nai")),
    (CauseCode.L13, ("quy hoach", "ke hoach su dung dat")),
    (CauseCode.L06, ("ngoai dia phuong", "ngoai dia ban", "ho khau", "tinh khac")),
    (CauseCode.L01, ("nguon goc", "thoi diem su dung", "giay tay")),
    (CauseCode.L04, ("nghia vu tai chinh",)),
    (CauseCode.L03, ("trich do", "do dac", "ban do", "do ve")),
)
"""A word in the broken step's name that speaks for a cause, whoever held the step."""

BY_HOLDER: dict[HolderKind, CauseCode] = {
    HolderKind.TAX: CauseCode.L05,
    HolderKind.TREASURY: CauseCode.L05,
    HolderKind.COMMUNE: CauseCode.L02,
    HolderKind.SURVEY: CauseCode.L03,
    HolderKind.LAND_OFFICE: CauseCode.L11,
    HolderKind.DIVISION: CauseCode.L11,
    HolderKind.DEPARTMENT: CauseCode.L11,
    HolderKind.AUTHORITY: CauseCode.L11,
    HolderKind.COUNTER: CauseCode.L11,
}
"""The cause that a broken step speaks for by its holder alone."""

_WORDS = tuple(
    (code, re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b"))
    for code, words in BY_WORDS
)


def suggestions(course: Course, clock: WorkingClock, as_of: datetime) -> tuple[Suggestion, ...]:
    """Return the causes that the steps speak for, the likeliest first, each once."""
    found: dict[CauseCode, Suggestion] = {}
    for suggestion in _all(course, clock, as_of):
        found.setdefault(suggestion.code, suggestion)
    named = [one for one in found.values() if _is_citizens(one)]
    if named and not split_time(course, clock, as_of).seconds_of(HolderKind.CITIZEN):
        # Nobody waited for the citizen, so the delay cannot be his, whatever a step is called.
        return tuple(one for one in found.values() if one not in named)
    return tuple(found.values())


def _is_citizens(one: Suggestion) -> bool:
    """Whether a step of somebody else speaks for the citizen as the cause."""
    return one.broken is not None and BY_CODE[one.code].side is CauseSide.CITIZEN


def likeliest(found: Sequence[Suggestion]) -> Suggestion | None:
    """Return the one suggestion that stands out, None where several are as likely.

    A step that ran over longer outweighs a shorter one, and the words of a step what its
    holder alone would say; between two steps that ran over alike a person decides.
    """
    if not found:
        return None
    first, rest = found[0], found[1:]
    if first.broken is None:
        return first if not rest else None
    alike = [
        one
        for one in rest
        if one.broken is not None
        and one.broken.days_over == first.broken.days_over
        and one.broken.serial != first.broken.serial
    ]
    return first if not alike else None


def _all(course: Course, clock: WorkingClock, as_of: datetime) -> Iterator[Suggestion]:
    broken = breaks_of(course, clock, as_of)
    for one in broken:
        yield from _of_break(one)
    yield from _of_waits(course)
    yield from _of_log(course, broken)


def _of_break(broken: Break) -> Iterator[Suggestion]:
    name = fold(broken.name)
    for code, pattern in _WORDS:
        if pattern.search(name):
            yield Suggestion(code=code, ground="step_words", broken=broken)
    by_holder = BY_HOLDER.get(broken.holder.kind)
    if by_holder:
        yield Suggestion(code=by_holder, ground="step_holder", broken=broken)


def _of_waits(course: Course) -> Iterator[Suggestion]:
    if course.supplement_requests >= SECOND_REQUEST:
        yield Suggestion(code=CauseCode.L12, ground="supplements")
    if course.status == Status.PAYMENT_ASKED:
        yield Suggestion(code=CauseCode.L04, ground="payment_awaited")


def _of_log(course: Course, broken: tuple[Break, ...]) -> Iterator[Suggestion]:
    steps = course.steps
    if steps and course.ended_on is None and all(step.ended_at for step in steps):
        yield Suggestion(code=CauseCode.L14, ground="all_steps_ended")
    if steps and not broken and all(step.limit_at is None for step in steps):
        yield Suggestion(code=CauseCode.L15, ground="no_limits")
