"""The groups that changes among the violations touch, as the rules gather them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from operator import attrgetter

from workflow.escalation.groups import Shape
from workflow.escalation.planning import Want
from workflow.escalation.records import GroupKey, Touched
from workflow.escalation.sitting import Sitting, Wanted


def wanted_of(sitting: Sitting, shape: Shape, touched: Iterable[Touched]) -> Wanted:
    """Return what changed in each group of a shape, under the agency that answers for it now.

    Touches of one group, type and rule are one: since the earliest of them, grown if all grew.
    """
    names = [key.value for key in shape]
    read = _reader(names)
    code = cache(sitting.successors.code)
    turned = GroupKey.AGENCY in shape and not sitting.successors.are_none
    found: dict[tuple[str, ...], dict[tuple[str, str], Want]] = {}
    for one in touched:
        values = read(one)
        if turned:
            values = (code(one.agency), *values[1:])  # the first in the alphabet
        if "" not in values:
            wants = found.setdefault(values, {})
            asked = one.type, one.rule
            wants[asked] = _joined(wants.get(asked), one)
    return {
        tuple(zip(names, values, strict=True)): list(wants.values())
        for values, wants in found.items()
    }


def wanted_beside(
    sitting: Sitting, shape: Shape, touched: Iterable[Touched], held: Sequence[Touched]
) -> Wanted:
    """Return what changed in each group that was touched, with what is held back of it."""
    wanted = wanted_of(sitting, shape, touched)
    if not held:
        return wanted
    waiting = wanted_of(sitting, shape, held)
    return {group: [*wants, *waiting.get(group, ())] for group, wants in wanted.items()}


def _reader(names: Sequence[str]) -> Callable[[Touched], tuple[str, ...]]:
    """Return what reads some values of a touch, quicker than one by one."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple([getattr(one, name) for name in names])


def _joined(known: Want | None, one: Touched) -> Want:
    if known is None:
        return Want(type=one.type, since=one.since, grew=one.grew, rule=one.rule)
    later = one.since is not None and known.since is not None and known.since <= one.since
    if (later or known.since is None) and (one.grew or not known.grew):
        return known
    both = one.since is not None and known.since is not None
    since = min(one.since, known.since) if both else None  # type: ignore[type-var]
    return Want(type=one.type, since=since, grew=one.grew and known.grew, rule=one.rule)
