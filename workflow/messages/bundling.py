"""Many notices at once become one for each who is told: a handful one by one, then a summary.

What one import, one night or one act raises belongs to one source. Beyond a handful of a
source, a person gets one notice that counts and names the gravest; what the same source tells
later is added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from workflow.history.records import Plain
from workflow.messages.records import Notice, Urgency

HANDFUL = 5
"""How many notices of one source a person gets one by one, unless the province says otherwise."""
NAMED = 3
SUMMARY = "*"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a source told one recipient so far: singles, and the summary if there is one."""

    singles: int = 0
    summary: Mapping[str, Plain] | None = None
    rounds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Notices to post; `merged` are summaries that take the place of one told before.

    `merged` holds, by the key of the former summary, the new one.
    """

    notices: tuple[Notice, ...] = ()
    merged: Mapping[str, Notice] = field(default_factory=dict)


def prefix_of(source: str) -> str:
    """Return what the keys of a source's notices begin with."""
    return f"{source}|"


def recipient_of(notice: Notice) -> str:
    """Return whom a notice goes to, as its key keeps it."""
    return f"{notice.to_account or ''}.{notice.to_agency or ''}.{notice.to_role or ''}"


def sent_from(rows: Iterable[tuple[str, Mapping[str, Plain]]]) -> dict[str, Sent]:
    """Return what a source told whom, from the keys and params of its notices."""
    found: dict[str, Sent] = {}
    for key, params in rows:
        _, to, rest = key.split("|", 2)
        before = found.get(to, Sent())
        if not rest.startswith(SUMMARY):
            found[to] = replace(before, singles=before.singles + 1)
        elif int(rest.removeprefix(SUMMARY)) >= before.rounds:
            found[to] = replace(before, summary=params, rounds=int(rest.removeprefix(SUMMARY)) + 1)
    return found


def bundle(
    notices: Iterable[Notice], sent: Mapping[str, Sent], *, source: str, handful: int, kind: str
) -> Bundle:
    """Return what is posted instead of `notices`, given what the source told already."""
    by_recipient: dict[str, list[Notice]] = {}
    for notice in notices:
        by_recipient.setdefault(recipient_of(notice), []).append(notice)
    posted: list[Notice] = []
    merged: dict[str, Notice] = {}
    for to, group in by_recipient.items():
        before = sent.get(to, Sent())
        start = f"{prefix_of(source)}{to}|"
        if before.summary is None and before.singles + len(group) <= handful:
            posted += [replace(one, key=f"{start}{one.key}") for one in group]
            continue
        summary = _summary(group, before.summary, f"{start}{SUMMARY}{before.rounds}", kind)
        if before.summary is None:
            posted.append(summary)
        else:
            merged[f"{start}{SUMMARY}{before.rounds - 1}"] = summary
    return Bundle(notices=tuple(posted), merged=merged)


def _summary(
    group: list[Notice], before: Mapping[str, Plain] | None, key: str, kind: str
) -> Notice:
    first = group[0]
    counts = dict(_counts(before))
    for notice in group:
        counts[notice.kind] = counts.get(notice.kind, 0) + 1
    worst = dict(_worst(before))
    worst |= {notice.subject_key: _level(notice.params) for notice in group}
    gravest = sorted(worst.items(), key=lambda case: (-case[1], case[0]))[:NAMED]
    soonest = min(_days(group, before), default="")
    return Notice(
        key=key,
        kind=kind,
        subject=f"{first.subject}s",
        subject_key="",
        at=first.at,
        to_account=first.to_account,
        to_agency=first.to_agency,
        to_role=first.to_role,
        params={
            "counts": dict(counts),
            "worst": [[number, level] for number, level in gravest],
            "answer_by": soonest,
        },
        urgency=max((one.urgency for one in group), key=lambda one: one is Urgency.URGENT),
    )


def _counts(params: Mapping[str, Plain] | None) -> Iterator[tuple[str, int]]:
    counts = (params or {}).get("counts")
    if isinstance(counts, dict):
        yield from ((str(kind), int(number)) for kind, number in counts.items())  # type: ignore[arg-type]


def _worst(params: Mapping[str, Plain] | None) -> Iterator[tuple[str, int]]:
    worst = (params or {}).get("worst")
    if isinstance(worst, list):
        for one in worst:
            if isinstance(one, list):
                yield str(one[0]), int(one[1])  # type: ignore[arg-type]


def _level(params: Mapping[str, Plain]) -> int:
    level = params.get("level")
    return level if isinstance(level, int) else 0


def _days(group: list[Notice], before: Mapping[str, Plain] | None) -> Iterator[str]:
    for params in (*(one.params for one in group), before or {}):
        if day := params.get("answer_by"):
            yield str(day)


def default_source(kind: str, at: datetime) -> str:
    """Return the source of what one act raises, where no import and no night does."""
    return f"{kind} {at:%Y%m%dT%H%M%S%f}"
