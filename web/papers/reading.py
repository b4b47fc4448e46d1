"""The lines of a document as the signed-in person may act on them now, and why not on others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from models.papers.queries import PaperOf, document_of, lines_numbered, lines_of
from web.addresses import asked_key
from web.directives.clock import Clock, Hands
from web.identity import current_actor
from web.refusals import sentence
from web.wiring import office, reading_unit
from workflow.directives.guards import Case
from workflow.directives.records import Action, Directive
from workflow.directives.rules import refusal_of
from workflow.directives.table import BY_ACTION
from workflow.directives.usecases import Ground
from workflow.doors import NOT_THEIRS, Refusal
from workflow.errors import Forbidden, NotFound
from workflow.text import sort_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Shut:
    """A line that cannot be in the paper, and the sentence that says why."""

    directive: Directive
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The lines of one document: those open to an act, those shut with their reason."""

    document: PaperOf
    open: tuple[Directive, ...]
    shut: tuple[Shut, ...]
    ground: Ground
    lead_id: int | None = None


def lines_for(key: str, actions: Sequence[Action], *, with_same_paper: bool = False) -> Lines:
    """Return the lines of a document that any of `actions` is for.

    With `with_same_paper` those of other documents too that the same report answers, as far as
    they are open. NotFound outside the scope; Forbidden when the acts are not this person's on
    any of them.
    """
    unit, actor = reading_unit(), current_actor()
    ground = office().ground(unit)
    document = document_of(unit.connection, actor, key, ground.day)
    if document is None:
        raise NotFound
    lead_id = asked_key("lead")
    found = lines_of(
        unit.connection, actor, document.id, ground.day,
        lead_id=lead_id, with_same_paper=with_same_paper,
    )  # fmt: skip
    judged = [(one, _refusal(actions, case_of(one, ground))) for one in found]
    mine = [(one, why) for one, why in judged if why is None or why.code not in NOT_THEIRS]
    if not mine:
        raise Forbidden("not_yours", who=list(BY_ACTION[actions[0]].by))
    return Lines(
        document=document,
        open=tuple(one for one, why in mine if why is None),
        shut=tuple(
            Shut(directive=one, reason=sentence(why.code, why.params))
            for one, why in mine
            if why is not None and one.document_id == document.id
        ),
        ground=ground,
        lead_id=lead_id,
    )


def case_of(directive: Directive, ground: Ground) -> Case:
    """Return the case that guards judge: this directive, this person, today."""
    return Case(
        directive=directive,
        actor=current_actor(),
        day=ground.day,
        calendar=ground.calendar,
        limits=ground.limits,
    )


def _refusal(actions: Sequence[Action], case: Case) -> Refusal | None:
    """Return why none of the acts is open: the reason of the first that is the person's at all."""
    found = [refusal_of(action, case) for action in actions]
    if None in found:
        return None
    told = [one for one in found if one is not None]
    return next((one for one in told if one.code not in NOT_THEIRS), told[0])


def clock_of(ground: Ground) -> Callable[[Directive], Clock]:
    """Return what says how a line stands against its due day."""
    hands = Hands(ground.calendar, ground.day, ground.limits.soon_days)
    return lambda d: hands.of(d.state, d.due_on, d.completed_on, d.suspended_since)


def seen_again(document: PaperOf, numbers: Collection[str]) -> tuple[Directive, ...]:
    """Return the directives that a form showed, as they stand now."""
    unit, actor = reading_unit(), current_actor()
    day = office().today()
    return lines_of(unit.connection, actor, document.id, day, numbers=numbers)


def seen_anywhere(numbers: Collection[str]) -> tuple[Directive, ...]:
    """Return the directives that a form showed of several documents, as they stand now."""
    day = office().today()
    return lines_numbered(reading_unit().connection, current_actor(), day, numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """An agency that leads some of the lines, and how many."""

    id: int
    name: str
    lines: int


def leads_of(directives: Sequence[Directive]) -> list[Lead]:
    """Return the agencies that lead some directives, in Vietnamese order of names."""
    names = {one.lead_agency_id: one.lead_name for one in directives}
    counted = Counter(one.lead_agency_id for one in directives)
    found = [Lead(id=key, name=name, lines=counted[key]) for key, name in names.items()]
    return sorted(found, key=lambda lead: sort_key(lead.name))
