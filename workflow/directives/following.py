"""Who of the office follows a directive: named for one or for many at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from workflow.accounts.records import Account, Actor, Role
from workflow.days import local_day
from workflow.directives.ports import DirectiveMemory
from workflow.directives.records import Directive, State
from workflow.directives.standing import Standing, standings
from workflow.directives.usecases import look_at
from workflow.doors import Refusal
from workflow.errors import Forbidden, Invalid, NotFound
from workflow.history.records import Entry, Plain, Subject
from workflow.history.rules import entry_by
from workflow.messages.records import Notice

MOST_AT_ONCE = 500
ENDED = frozenset({State.VERIFIED, State.WITHDRAWN})


class FollowMemory(Protocol):
    """One transaction's view of who follows what."""

    @property
    def directives(self) -> DirectiveMemory: ...

    def hold(self, numbers: Iterable[str]) -> None:
        """Hold directives in the order of their numbers, before the history is written."""

    def account(self, account_id: int) -> Account | None: ...

    def followers(self, directive_ids: Sequence[int]) -> Mapping[int, int]:
        """Return who follows each of these directives that somebody follows."""

    def set_follower(self, directive_ids: Sequence[int], follower_id: int) -> None: ...

    def append_all(self, entries: Iterable[Entry]) -> None: ...

    def post_all(self, notices: Iterable[Notice]) -> object: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """How naming a follower ended for one directive."""

    number: str
    refusal: Refusal | None = None


def set_follower(
    memory: FollowMemory,
    actor: Actor,
    numbers: Sequence[str],
    follower_id: int,
    *,
    at: datetime,
) -> tuple[Followed, ...]:
    """Let somebody of the actor's office follow several directives, in one transaction.

    It changes who looks after them and nothing of the work, so no version rises. Each leaves
    its history entry; who follows from now on is told once, and so is who no longer does. Those
    that are not the actor's to oversee, a part handed down, or ended stay, with their reason.
    Forbidden for whoever is not of the office; Invalid `follower` (not_a_person,
    not_a_colleague) or `chosen`.
    """
    day = local_day(at)
    if actor.role is not Role.OFFICE or not actor.holds_role_on(day):
        raise Forbidden("not_yours", who=[Standing.OVERSEER])
    wanted = list(dict.fromkeys(numbers))
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise Invalid({"chosen": "required" if not wanted else "too_many_lines"})
    follower = _follower(memory, actor, follower_id, day)
    memory.hold(wanted)
    found = [(number, *_judged(memory, actor, number, day)) for number in wanted]
    going = [one for _, one, why in found if one is not None and why is None]
    if going:
        before = memory.followers([one.id for one in going])
        memory.set_follower([one.id for one in going], follower.id)
        memory.append_all(_entry(actor, one, follower, at) for one in going)
        memory.post_all(_notices(actor, follower, going, before, at))
    return tuple(Followed(number=number, refusal=why) for number, _, why in found)


def _follower(memory: FollowMemory, actor: Actor, follower_id: int, day: date) -> Account:
    found = memory.account(follower_id)
    if found is None or found.is_system or not found.is_active:
        raise Invalid({"follower": "not_a_person"})
    if not any(
        m.role is Role.OFFICE and m.agency_id == actor.agency_id and m.stands_on(day)
        for m in found.memberships
    ):
        raise Invalid({"follower": "not_a_colleague"})
    return found


def _judged(
    memory: FollowMemory, actor: Actor, number: str, day: date
) -> tuple[Directive | None, Refusal | None]:
    try:
        directive, _ = look_at(memory.directives, actor, number, day)
    except NotFound:
        return None, Refusal(code="not_found")
    if directive.parent_id is not None or Standing.OVERSEER not in standings(actor, directive, day):
        return directive, Refusal(code="not_yours", params={"who": [Standing.OVERSEER]})
    if directive.state in ENDED:
        return directive, Refusal(code="wrong_state", params={"state": directive.state})
    return directive, None


def _entry(actor: Actor, directive: Directive, follower: Account, at: datetime) -> Entry:
    given = {"follower": follower.name}
    return entry_by(actor, at, Subject.DIRECTIVE, directive.number, "follow", given=given)


def _notices(
    actor: Actor,
    follower: Account,
    going: Sequence[Directive],
    before: Mapping[int, int],
    at: datetime,
) -> Iterable[Notice]:
    """Tell who follows from now on, and who no longer does; the actor knows it."""
    if follower.id != actor.account_id and set(before.values()) != {follower.id}:
        new = sum(before.get(one.id) != follower.id for one in going)
        params: dict[str, Plain] = {"who": actor.name, "count": new}
        yield _notice("followed", follower.id, going[0].number, params, at)
    for account, count in sorted(Counter(before.values()).items()):
        if account not in {actor.account_id, follower.id}:
            told: dict[str, Plain] = {
                "who": actor.name,
                "count": count,
                "follower": follower.name,
            }
            first = next(one.number for one in going if before.get(one.id) == account)
            yield _notice("unfollowed", account, first, told, at)


def _notice(
    what: str, account: int, number: str, params: Mapping[str, Plain], at: datetime
) -> Notice:
    return Notice(
        key=f"{what}:{number}:{account}:{at.isoformat()}",
        kind=f"directives.{what}",
        subject="directives",
        subject_key="",
        at=at,
        to_account=account,
        params=params,
    )
