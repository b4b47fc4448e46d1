"""How every table of acts is judged: a door is open, or shut with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from workflow.errors import Forbidden, Invalid, Refused
from workflow.machine import Lifecycle, Path

ActT = TypeVar("ActT")
CaseT = TypeVar("CaseT")
GivenT = TypeVar("GivenT")

NOT_THEIRS = frozenset({"not_yours", "role_not_held"})
"""Refusals that no other day or state would change for this person: Forbidden, not Refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A shut door: a stable code and what its sentence needs (who could, until when)."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Door(Generic[ActT]):
    """An act as a page shows it: open, or shut with its reason."""

    action: ActT
    refusal: Refusal | None = None

    @property
    def is_open(self) -> bool:
        """Whether the act may be done now."""
        return self.refusal is None


def first_refusal(
    guards: Iterable[Callable[[CaseT], Refusal | None]], case: CaseT
) -> Refusal | None:
    """Return what the first guard that objects says, or None."""
    return next((found for guard in guards if (found := guard(case))), None)


class Act(Protocol):
    """A row of a table of acts, as far as states go: from where to where, past which guards."""

    @property
    def action(self) -> StrEnum:
        """What is done."""
        ...

    @property
    def to(self) -> Mapping[Any, StrEnum]:
        """The state after it, by the state before it."""
        ...

    @property
    def guards(self) -> Sequence[Callable[[Any], Refusal | None]]:
        """What may object."""
        ...


def lifecycle_of(states: type[StrEnum], table: Sequence[Act]) -> Lifecycle:
    """Return the states with the paths that a table of acts draws, each past its row's guards."""
    guards = {row.action.value: row.guards for row in table}
    paths = (
        Path(row.action.value, source.value, None if target is source else target.value)
        for row in table
        for source, target in row.to.items()
    )
    return Lifecycle(
        [state.value for state in states],
        paths,
        lambda action, case: first_refusal(guards[action], case) is None,
    )


def raise_shut(
    refusal: Refusal | None, *, not_theirs: frozenset[str] = NOT_THEIRS, **told: object
) -> None:
    """Raise Forbidden or Refused with a door's reason; nothing where it is open.

    `told` is what the sentence is given besides; the refusal's own words go first.
    """
    if refusal:
        kind = Forbidden if refusal.code in not_theirs else Refused
        raise kind(refusal.code, **told | dict(refusal.params))


def raise_wrong(
    checks: Iterable[Callable[[CaseT, GivenT], dict[str, str]]], case: CaseT, given: GivenT
) -> None:
    """Raise Invalid with a code for each field that is wrong; the first check's word stands."""
    errors: dict[str, str] = {}
    for check in checks:
        errors = check(case, given) | errors
    if errors:
        raise Invalid(errors)
