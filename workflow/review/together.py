"""One act on several cases of the desk: what can be done is done, the rest says why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.accounts.records import Actor
from workflow.directives.reading import check_needs
from workflow.doors import Refusal
from workflow.errors import Invalid, NotFound, WorkflowError
from workflow.review.guards import Case
from workflow.review.notices import SUMMARY_KIND, notices_of
from workflow.review.ports import ReviewMemory
from workflow.review.records import Escalation, ReviewAction
from workflow.review.rules import Step, take
from workflow.review.table import BY_ACTION
from workflow.review.usecases import DeskGround, cases_of, entry_of, read_given

MOST_AT_ONCE = 100
FOR_MANY = (ReviewAction.ACKNOWLEDGE, ReviewAction.HAND_ON)
"""Acts whose words are the same for every case; the others speak of one case each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How the act ended for one case; `case` is None where it is out of the person's scope."""

    number: str
    case: Escalation | None = None
    refusal: Refusal | None = None

    @property
    def is_done(self) -> bool:
        """Whether the act was carried out."""
        return self.refusal is None


def act_on_many(
    memory: ReviewMemory,
    actor: Actor,
    numbers: Mapping[str, int | None],
    action: ReviewAction,
    given: Mapping[str, object],
    *,
    ground: DeskGround,
) -> tuple[Outcome, ...]:
    """Carry out one act on several cases in one transaction; each is done, or refused with why.

    `numbers` are the cases, each with the version the person saw (None: whichever stands).
    Each case has its own history entry; who is told of many gets one notice. Invalid when
    something needed is missing, nothing was chosen or more than a hundred, or the act is
    none for several cases.
    """
    if action not in FOR_MANY:
        raise NotFound
    if not numbers:
        raise Invalid({"ids": "nothing_chosen"})
    if len(numbers) > MOST_AT_ONCE:
        raise Invalid({"ids": "too_many_at_once"})
    row = BY_ACTION[action]
    ready = check_needs(row.needs, given)
    tried = [
        _tried(memory, actor, number, numbers[number], action, given, ground)
        for number in sorted(numbers)
    ]
    taken = [done for _, done in tried if done is not None]
    for case, step in taken:
        memory.save_step(case.escalation, step)
    for case, step in taken:
        memory.append(entry_of(row, case, step, ready))
    told = (notice for case, step in taken for notice in notices_of(action, case, step))
    memory.post_bundled(told, source="", kind=SUMMARY_KIND)
    return tuple(outcome for outcome, _ in tried)


def _tried(
    memory: ReviewMemory,
    actor: Actor,
    number: str,
    version: int | None,
    action: ReviewAction,
    given: Mapping[str, object],
    ground: DeskGround,
) -> tuple[Outcome, tuple[Case, Step] | None]:
    case = None
    try:
        case = cases_of(memory, actor, {number: version}, ground)[number]
        step = take(action, case, read_given(memory, BY_ACTION[action], given, case))
    except WorkflowError as error:
        known = case.escalation if case else None
        return Outcome(number=number, case=known, refusal=_why(error)), None
    return Outcome(number=number, case=step.escalation), (case, step)


def _why(error: WorkflowError) -> Refusal:
    if isinstance(error, Invalid):
        return Refusal(code=next(iter(error.errors.values())))
    params = {name: value for name, value in error.params.items() if name != "action"}
    return Refusal(code=error.code, params=params)
