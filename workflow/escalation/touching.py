"""What changed among the violations, as rules see it, and the groups it is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import attrgetter

from workflow.escalation.groups import Shape
from workflow.escalation.planning import Want
from workflow.escalation.records import GroupKey
from workflow.escalation.sitting import Sitting, Wanted


@dataclass(frozen=True, slots=True)
class Touched:
    """A change as rules see it: the values of a violation that came, went or changed.

    `agency` is the code of the agency the violation is recorded for, or the words of one that
    the database does not know; who took it over since is looked up here. A violation whose
    values changed touches twice: with its old and with its new values. `type` "" stands for
    whatever type, `rule` "" for every rule. `since` is the earliest local day that changed
    (None: any), `grew`: violations were only added. Both only save work. `many` tells how many
    violations changed, `moved` that they left one group for another.
    """

    type: str
    agency: str = ""
    field: str = ""
    procedure: str = ""
    officer: str = ""
    since: date | None = None
    grew: bool = False
    rule: str = ""
    moved: bool = False
    many: int = 1


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
            known = wants.get((one.type, one.rule))
            wants[one.type, one.rule] = _joined(known, one)
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
