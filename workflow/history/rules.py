"""The chain: each entry carries the hash of the one before, the head is anchored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

from workflow.accounts.records import Actor
from workflow.history.records import ChainReport, Entry, Head, Plain, SealedEntry, Subject

GENESIS = "0" * 64
STANDS_FOR, STANDS_FOR_ID = "stands_for", "stands_for_id"


_NUMBERS = (bool, int, float)
_WORDS = frozenset({str, int})
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def plain(value: object) -> Plain:
    """Turn a value of the domain into what JSON can hold; an unknown type is a TypeError."""
    if value is None or type(value) is str or isinstance(value, _NUMBERS):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and _WORDS.issuperset(map(type, value)):
        return list(value)
    return _plain_structure(value)


def _plain_structure(value: object) -> Plain:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, set | frozenset):
        return [plain(v) for v in sorted(value)]
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [plain(v) for v in value]
    message = f"{type(value).__name__} has no plain form"
    raise TypeError(message)


def entry_by(
    actor: Actor,
    at: datetime,
    subject: Subject,
    key: str,
    action: str,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    given: Mapping[str, object] | None = None,
    reason: str = "",
    evidence: tuple[str, ...] = (),
) -> Entry:
    """Return the entry of what `actor` did to the subject `key`; values are made plain.

    Who acted in another's role is told with whose: `given` names the person stood in for.
    """
    said = dict(given or {})
    if actor.stands_for is not None:
        said |= {STANDS_FOR: actor.stands_for.name, STANDS_FOR_ID: actor.stands_for.account_id}
    return Entry(
        at=at,
        actor_id=actor.account_id,
        actor_name=actor.name,
        role=actor.role.value if actor.role else None,
        agency_id=actor.agency_id,
        agency_name=actor.agency_name,
        subject=subject,
        subject_key=key,
        action=action,
        before={name: plain(value) for name, value in (before or {}).items()},
        after={name: plain(value) for name, value in (after or {}).items()},
        given={name: plain(value) for name, value in said.items()},
        reason=reason,
        evidence=evidence,
    )


def digest_of(serial: int, previous: str, entry: Entry) -> str:
    """Return the SHA-256 that seals `entry` at place `serial` after `previous`."""
    body = _ENCODER.encode(
        [
            serial,
            previous,
            plain(entry.at),
            entry.actor_id,
            entry.actor_name,
            entry.role,
            entry.agency_id,
            entry.agency_name,
            entry.subject.value,
            entry.subject_key,
            entry.action,
            entry.before,
            entry.after,
            entry.given,
            entry.reason,
            list(entry.evidence),
        ]
    )
    return hashlib.sha256(body.encode()).hexdigest()


def seal(head: Head, entry: Entry) -> SealedEntry:
    """Give `entry` its place after `head`."""
    serial = head.entries + 1
    digest = digest_of(serial, head.digest, entry)
    return SealedEntry(serial=serial, entry=entry, previous=head.digest, digest=digest)


EMPTY = Head(entries=0, digest=GENESIS)


def unreadable(serial: int) -> SealedEntry:
    """Return what stands for a row that cannot be read as an entry: sealed by nothing."""
    nothing = Entry(
        at=datetime.min.replace(tzinfo=UTC),
        actor_id=0,
        actor_name="",
        role=None,
        agency_id=None,
        agency_name="",
        subject=Subject.DIRECTIVE,
        subject_key="",
        action="",
    )
    return SealedEntry(serial=serial, entry=nothing, previous="", digest="")


def verify_chain(
    sealed: Iterable[SealedEntry],
    head: Head,
    anchors: Mapping[int, str] | None = None,
    since: Head = EMPTY,
) -> ChainReport:
    """Walk the chain and name the first broken entry; what stands up to `since` is taken as proved.

    An entry is broken when its serial jumps, when it does not carry the digest of the
    one before, when its own digest does not fit its content, or when it contradicts an
    anchor kept elsewhere (serial -> digest). A tail that was cut shows as the first
    missing serial, because `head` is kept outside the table.
    """
    anchors = anchors or {}
    count, digest = since.entries, since.digest
    for link in sealed:
        reason = _fault(link, count + 1, digest, anchors)
        if reason:
            return ChainReport(
                entries=count, ok=False, first_broken=min(link.serial, count + 1), reason=reason
            )
        count, digest = link.serial, link.digest
    beyond = max([head.entries, *anchors], default=0)
    if count < beyond:
        return ChainReport(entries=count, ok=False, first_broken=count + 1, reason="tail_missing")
    if (count, digest) != (head.entries, head.digest):
        return ChainReport(
            entries=count,
            ok=False,
            first_broken=min(count, head.entries + 1),
            reason="head_differs",
        )
    return ChainReport(entries=count, ok=True, first_broken=None)


def _fault(link: SealedEntry, serial: int, previous: str, anchors: Mapping[int, str]) -> str:
    if link.serial != serial:
        return "entry_missing"
    if not link.digest:
        return "unreadable"
    if link.previous != previous:
        return "previous_differs"
    if link.digest != _digest_if_any(serial, previous, link.entry):
        return "content_differs"
    if anchors.get(serial, link.digest) != link.digest:
        return "anchor_differs"
    return ""


def _digest_if_any(serial: int, previous: str, entry: Entry) -> str:
    """A database may hand back what no entry could hold; that has no digest."""
    try:
        return digest_of(serial, previous, entry)
    except (TypeError, ValueError):
        return ""


def routing_key(number: str, agency_id: int | None) -> str:
    """Return the key of what an agency does with a directive inside, in the history.

    It stands under `Subject.ROUTING` and is nobody else's to read (product.md, section 3: `route`).
    """
    return f"{number}@{agency_id}"


def fold(entries: Iterable[Entry]) -> dict[str, Plain]:
    """Replay the changes of one subject: what its row must say now."""
    row: dict[str, Plain] = {}
    for entry in entries:
        row.update(entry.after)
    return row
