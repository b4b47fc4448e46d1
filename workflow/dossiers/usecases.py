"""Taking in a file of dossiers: begun, taken in chunk by chunk, finished; each one transaction.

A chunk carries everything that follows from it (changes of fields, violations, escalations,
progress), so that a killed import goes on where an unbroken one would be. Dossiers come in the
order of their codes, whatever the order of the file's rows: the same contents leave the same
database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.dossiers.misread import Rejected
from workflow.dossiers.ports import AfterChunk, ChunkDone, DossierMemory, Standing
from workflow.dossiers.raw import Chunk
from workflow.dossiers.reading import DossierReader
from workflow.dossiers.records import Counts, DossierImport, ImportFacts, ImportState
from workflow.dossiers.steps import put_together
from workflow.dossiers.taken import Columns, Taken
from workflow.errors import Refused
from workflow.history.records import Subject
from workflow.history.rules import entry_by

CHUNK = 30_000
"""How many dossiers one transaction takes in: pages wait for a second at most."""

NONE = range(0)
_Fresh = tuple[range, Columns]
"""The ids of dossiers that were added, and what they say, column by column."""


def begin_import(
    memory: DossierMemory,
    actor: Actor,
    facts: ImportFacts,
    *,
    rows: int,
    rejected: Sequence[Rejected] = (),
    anew: bool = False,
    at: datetime,
) -> DossierImport:
    """Begin to take in a file of `rows` rows, or take up the import of it that was killed.

    `rejected` are rows that belong to no dossier; with `anew` nothing is taken up. An
    administrator's act.
    """
    require_admin(actor, local_day(at))
    memory.hold()
    unfinished = None if anew else memory.unfinished(facts)
    if unfinished is not None:
        return unfinished
    number = memory.add_import(facts, rows=rows, account_id=actor.account_id, at=at)
    memory.reject(number, rejected)
    counts = Counts(rows=rows, done_rows=len(rejected), rejected=len(rejected))
    begun = DossierImport(
        id=number, facts=facts, state=ImportState.RUNNING, counts=counts, started_at=at
    )
    memory.save_import(begun)
    return begun


def take_in(
    memory: DossierMemory,
    actor: Actor,
    running: DossierImport,
    chunk: Chunk,
    reader: DossierReader,
    *,
    then: Sequence[AfterChunk] = (),
    at: datetime,
) -> DossierImport:
    """Take in one chunk and return where the import then stands.

    What says the same as before is left as it is, by its digest alone. What can't be read is
    kept out, row by row, with its reason. `then` goes on with the dossiers of the chunk:
    detection and evaluation. One history entry where anything changed. Refused
    `import_taken_over` where another run of the same file went on with it meanwhile.
    """
    require_admin(actor, local_day(at))
    memory.hold()
    _require_where_left(memory, running)
    facts = running.facts
    standing = memory.look_up(facts, chunk.codes, chunk.digests)
    known = {one.place: one.id for one in standing}
    same = _same(standing, reader)
    taken = _read(chunk, reader, same.keys())
    (added, told), changed = _write(memory, running, chunk, reader, taken, known, at)
    memory.reject(running.id, rejected := [*chunk.rejected, *taken.rejected])
    settled = [one.id for one in same.values() if one.settled]
    done = _done(running, chunk, (added, told), known.values(), settled, at)
    more = Counts(
        done_rows=chunk.rows,
        created=len(added),
        updated=len(changed),
        unchanged=len(same) + len(taken.places) - len(added) - len(changed),
        rejected=len(rejected),
        violations=_added_up(step(done) for step in then) if known or added else {},
    )
    after = replace(running, counts=running.counts.plus(more), last_code=chunk.last_code)
    memory.save_import(after)
    if added or changed:
        _tell(memory, actor, after, "take_in_dossiers", at, created=added, updated=changed)
    return after


def fail_import(
    memory: DossierMemory, actor: Actor, running: DossierImport, *, reason: str, at: datetime
) -> DossierImport:
    """End an import that cannot go on, with the code of the refusal; its chunks stay."""
    require_admin(actor, local_day(at))
    ended = replace(running, state=ImportState.FAILED, failure=reason, ended_at=at)
    memory.save_import(ended)
    _tell(memory, actor, ended, "fail_import", at)
    return ended


def finish_import(
    memory: DossierMemory, actor: Actor, running: DossierImport, *, at: datetime
) -> DossierImport:
    """End an import whose chunks are all in; refused as `take_in` is."""
    require_admin(actor, local_day(at))
    memory.hold()
    _require_where_left(memory, running)
    ended = replace(running, state=ImportState.FINISHED, ended_at=at)
    memory.save_import(ended)
    return ended


def _require_where_left(memory: DossierMemory, running: DossierImport) -> None:
    """Refuse to go on with an import that stands elsewhere than where this run left it."""
    stands = memory.unfinished(running.facts)
    left = (running.id, running.last_code, running.counts.done_rows)
    if stands is None or (stands.id, stands.last_code, stands.counts.done_rows) != left:
        raise Refused("import_taken_over")


def _same(standing: Sequence[Standing], reader: DossierReader) -> Mapping[int, Standing]:
    """Return by their places those that say what they said, to the same agencies as then."""
    words = {one.unmatched for one in standing if one.unmatched}
    learned = {several for several in words if reader.knows_any(several)}
    return {one.place: one for one in standing if one.same and one.unmatched not in learned}


def _done(
    running: DossierImport,
    chunk: Chunk,
    fresh: _Fresh,
    known: Collection[int],
    settled: Sequence[int],
    at: datetime,
) -> ChunkDone:
    added, told = fresh
    is_whole = chunk.taken is not None and told is chunk.taken.columns
    return ChunkDone(
        import_key=str(running.id),
        added=added,
        told=told,
        shown=chunk.shown if is_whole else None,
        known=_without(known, settled),
        settled=settled,
        off=frozenset(running.facts.detections_off),
        as_of=running.facts.as_of,
        at=at,
    )


def _without(ids: Collection[int], others: Sequence[int]) -> Sequence[int]:
    if not others:
        return list(ids)
    left_out = frozenset(others)
    return [one for one in ids if one not in left_out]


def _read(chunk: Chunk, reader: DossierReader, same: Collection[int]) -> Taken:
    """Read what does not say the same as before, or take it from what was read ahead."""
    if chunk.taken is not None and not same:
        return chunk.taken
    if len(same) == len(chunk.codes):
        return Taken([], {})
    wanted = [place for place in range(len(chunk.codes)) if place not in same]
    if chunk.taken is None:
        return reader.read(chunk, wanted)
    return chunk.taken.at(frozenset(wanted), {chunk.codes[place] for place in wanted})


def _write(
    memory: DossierMemory,
    running: DossierImport,
    chunk: Chunk,
    reader: DossierReader,
    taken: Taken,
    known: Mapping[int, int],
    at: datetime,
) -> tuple[_Fresh, Sequence[int]]:
    """Add the dossiers that are new and change those that differ; return the ids of both."""
    _sign(taken, chunk, running)
    fresh = [place not in known for place in taken.places]
    if all(fresh):
        return _add(memory, taken), ()
    added = _add(memory, taken.picked(fresh))
    old = taken.picked([not one for one in fresh])
    ids = [known[place] for place in old.places]
    values, steps = old.columns, old.steps
    if any(steps):
        steps = [put_together(*one) for one in zip(memory.steps_of(ids), steps, strict=True)]
        values["digest"] = [
            reader.grouping.sealed(chunk.cells[place], (step.digest for step in held))
            for place, held in zip(old.places, steps, strict=True)
        ]
    return added, memory.change(ids, values, steps, import_id=running.id, at=at)


def _add(memory: DossierMemory, new: Taken) -> _Fresh:
    return memory.add(new.columns, new.steps) if new.places else NONE, new.columns


def _sign(taken: Taken, chunk: Chunk, running: DossierImport) -> None:
    """Put onto the columns what the rows themselves do not say."""
    count = len(taken.places)
    taken.columns["digest"] = [chunk.digests[place] for place in taken.places]
    taken.columns["source"] = [running.facts.source] * count
    for name in ("first_import_id", "last_import_id"):
        taken.columns[name] = [running.id] * count


def _added_up(found: Iterable[Mapping[str, int]]) -> Mapping[str, int]:
    total: Counter[str] = Counter()
    for one in found:
        total.update(one)
    return total


def _tell(
    memory: DossierMemory,
    actor: Actor,
    running: DossierImport,
    action: str,
    at: datetime,
    **ids: Sequence[int],
) -> None:
    """Leave one entry for what a chunk changed; each field's change lies beside the dossiers."""
    given: dict[str, object] = {name: len(found) for name, found in ids.items()}
    given |= {"file": running.facts.file_name, "sha256": running.facts.sha256}
    key = str(running.id)
    memory.append(entry_by(actor, at, Subject.DOSSIER_IMPORT, key, action, given=given))
