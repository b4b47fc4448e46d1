"""Ways to falsify a history, each with the serial that a check must name first."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from workflow.history.records import Entry, Head, SealedEntry, Subject
from workflow.history.rules import EMPTY, digest_of, seal

Chain = list[SealedEntry]


@dataclass(frozen=True)
class Forgery:
    """What was done, the rows as they stand afterwards, and what must be named."""

    what: str
    rows: Chain
    named: int


def sealed(entries: Iterable[Entry]) -> tuple[Chain, Head]:
    """Return a whole chain and its head."""
    rows, head = [], EMPTY
    for entry in entries:
        rows.append(seal(head, entry))
        head = Head(entries=rows[-1].serial, digest=rows[-1].digest)
    return rows, head


def _other_text(text: str, dice: random.Random) -> str:
    return dice.choice([text + "x", text.upper() + ".", text[:-1] + "ạ", " " + text])


def _other_map(values: Any, dice: random.Random) -> dict[str, Any]:
    changed = dict(values)
    kind = dice.randrange(3)
    if kind == 0 or not changed:
        return changed | {"forged": dice.choice([None, 0, False, "", [], {}])}
    name = dice.choice(sorted(changed))
    if kind == 1:
        del changed[name]
        return changed
    return changed | {name: "0" if changed[name] != "0" else 0}


EDITS: dict[str, Callable[[Entry, random.Random], Any]] = {
    "at": lambda e, d: e.at + timedelta(microseconds=d.choice([1, -1, 10**6, 86_400 * 10**6])),
    "actor_id": lambda e, d: e.actor_id + d.choice([1, -1, 1000]),
    "actor_name": lambda e, d: _other_text(e.actor_name, d),
    "role": lambda e, d: d.choice([r for r in ("office", "leader", None, "") if r != e.role]),
    "agency_id": lambda e, d: (
        None if e.agency_id is not None and d.random() < 0.3 else (e.agency_id or 0) + 1
    ),
    "agency_name": lambda e, d: _other_text(e.agency_name, d),
    "subject": lambda e, d: d.choice([s for s in Subject if s is not e.subject]),
    "subject_key": lambda e, d: _other_text(e.subject_key, d),
    "action": lambda e, d: d.choice(
        [a for a in ("verify", "report", "", "return") if a != e.action]
    ),
    "before": lambda e, d: _other_map(e.before, d),
    "after": lambda e, d: _other_map(e.after, d),
    "given": lambda e, d: _other_map(e.given, d),
    "reason": lambda e, d: _other_text(e.reason, d),
    "evidence": lambda e, d: (
        (*e.evidence, "0" * 64) if d.random() < 0.6 or not e.evidence else e.evidence[1:]
    ),
}
"""Another value for every column that an entry holds."""


def other_digest(digest: str, dice: random.Random) -> str:
    place = dice.randrange(len(digest))
    letter = dice.choice([c for c in "0123456789abcdef" if c != digest[place]])
    return digest[:place] + letter + digest[place + 1 :]


def edit_column(rows: Chain, dice: random.Random) -> Forgery:
    place, name = dice.randrange(len(rows)), dice.choice(sorted(EDITS))
    row = rows[place]
    entry = replace(row.entry, **{name: EDITS[name](row.entry, dice)})
    return Forgery(f"edit {name}", _with(rows, place, replace(row, entry=entry)), place + 1)


def edit_seal(rows: Chain, dice: random.Random) -> Forgery:
    place, name = dice.randrange(len(rows)), dice.choice(["digest", "previous"])
    row = rows[place]
    forged = replace(row, **{name: other_digest(getattr(row, name), dice)})
    return Forgery(f"edit {name}", _with(rows, place, forged), place + 1)


def edit_and_seal_again(rows: Chain, dice: random.Random) -> Forgery:
    """The entry fits its own digest; the one after it tells."""
    place, name = dice.randrange(len(rows) - 1), dice.choice(sorted(EDITS))
    row = rows[place]
    entry = replace(row.entry, **{name: EDITS[name](row.entry, dice)})
    digest = digest_of(row.serial, row.previous, entry)
    forged = replace(row, entry=entry, digest=digest)
    return Forgery(f"edit and seal {name}", _with(rows, place, forged), place + 2)


def delete(rows: Chain, dice: random.Random) -> Forgery:
    place = dice.randrange(len(rows))
    return Forgery("delete", rows[:place] + rows[place + 1 :], place + 1)


def delete_and_close_up(rows: Chain, dice: random.Random) -> Forgery:
    place = dice.randrange(len(rows) - 1)
    after = [replace(row, serial=row.serial - 1) for row in rows[place + 1 :]]
    return Forgery("delete and close up", rows[:place] + after, place + 1)


def insert(rows: Chain, dice: random.Random) -> Forgery:
    place = dice.randrange(len(rows))
    source = dice.choice(rows)
    previous = rows[place - 1].digest if place else EMPTY.digest
    new = seal(Head(entries=place, digest=previous), source.entry)
    after = [replace(row, serial=row.serial + 1) for row in rows[place:]]
    return Forgery("insert", [*rows[:place], new, *after], place + 2)


def append(rows: Chain, dice: random.Random) -> Forgery:
    """A well-sealed entry behind the head that nobody anchored."""
    new = seal(Head(entries=len(rows), digest=rows[-1].digest), dice.choice(rows).entry)
    return Forgery("append", [*rows, new], len(rows) + 1)


def swap(rows: Chain, dice: random.Random) -> Forgery:
    first, second = sorted(dice.sample(range(len(rows)), 2))
    changed = list(rows)
    changed[first] = replace(rows[second], serial=rows[first].serial)
    changed[second] = replace(rows[first], serial=rows[second].serial)
    return Forgery("swap", changed, first + 1)


def swap_words(rows: Chain, dice: random.Random) -> Forgery:
    """Two entries change places, the seals stay."""
    first, second = sorted(dice.sample(range(len(rows)), 2))
    changed = list(rows)
    changed[first] = replace(rows[first], entry=rows[second].entry)
    changed[second] = replace(rows[second], entry=rows[first].entry)
    return Forgery("swap words", changed, first + 1)


def cut_tail(rows: Chain, dice: random.Random) -> Forgery:
    kept = dice.randrange(len(rows))
    return Forgery("cut tail", rows[:kept], kept + 1)


def cut_head(rows: Chain, dice: random.Random) -> Forgery:
    cut = dice.randrange(1, len(rows))
    return Forgery("cut the beginning", rows[cut:], 1)


def renumber(rows: Chain, dice: random.Random) -> Forgery:
    place, by = dice.randrange(len(rows)), dice.choice([1, 2, 1000])
    after = [replace(row, serial=row.serial + by) for row in rows[place:]]
    return Forgery("renumber", rows[:place] + after, place + 1)


def move(rows: Chain, dice: random.Random) -> Forgery:
    """One row takes a number nobody has, far behind or before the beginning."""
    place = dice.randrange(len(rows))
    serial = dice.choice([0, -1, len(rows) + 1, len(rows) + 50])
    left = rows[:place] + rows[place + 1 :]
    moved = sorted([*left, replace(rows[place], serial=serial)], key=lambda row: row.serial)
    is_last = place == len(rows) - 1
    return Forgery("move", moved, serial if serial < 1 else len(rows) if is_last else place + 1)


FORGERIES = (
    edit_column, edit_column, edit_column, edit_column, edit_seal, edit_and_seal_again, delete,
    delete_and_close_up, insert, append, swap, swap_words, cut_tail, cut_head, renumber, move,
)  # fmt: skip


def _with(rows: Chain, place: int, row: SealedEntry) -> Chain:
    return [*rows[:place], row, *rows[place + 1 :]]


def same(rows: Chain, others: Chain) -> bool:
    """Whether nothing was changed after all (two equal entries swapped, say)."""
    return [(r.serial, r.previous, r.digest, r.entry) for r in rows] == [
        (r.serial, r.previous, r.digest, r.entry) for r in others
    ]
