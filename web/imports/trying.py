"""What a dry run of a file finds: counts, what is not known, what is not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from models.dossiers.choices import fields_of, words_of_chunk
from models.dossiers.imports import rejected_rows
from models.unit import Unit
from web.dossiers.following import detection
from web.dossiers.intake import Acting, Order, Outcome, Progress, take_in_file
from web.dossiers.rejected import write_rejected
from web.imports.keeping import folder_of, forget_file, kept_file, rejected_of
from web.wiring import Office
from workflow.accounts.records import Actor
from workflow.dossiers.misread import Rejected
from workflow.dossiers.ports import AfterChunk, ChunkDone
from workflow.dossiers.profile_text import read_profile
from workflow.dossiers.records import DossierImport
from workflow.errors import WorkflowError
from workflow.history.records import Plain
from workflow.history.rules import plain
from workflow.imports.records import Upload
from workflow.imports.usecases import keep_trial, keep_trouble, note_taken_in

SHOWN_REJECTED, SHOWN_WORDS = 20, 50


def order_of(office: Office, upload: Upload, acting: Acting, *, trial: bool) -> Order:
    """Return what is to be taken in: the file that lies there, read as it was brought to be."""
    return Order(
        path=kept_file(office, upload.new.sha256),
        profile=read_profile(upload.new.toml),
        as_of=upload.new.as_of,
        acting=acting,
        name=upload.new.file_name,
        trial=trial,
    )


@dataclass(slots=True)
class Noted:
    """The words of a file as its chunks go by: agencies nobody knows, fields, procedures."""

    agencies: Counter[str] = field(default_factory=Counter)
    fields: Counter[str] = field(default_factory=Counter)
    procedures: Counter[str] = field(default_factory=Counter)

    def following(self, unit: Unit, actor: Actor) -> Sequence[AfterChunk]:
        """Find the violations of a chunk as an import would, and note its words."""

        def note(done: ChunkDone) -> Mapping[str, int]:
            found = words_of_chunk(unit.connection, done.ids)
            self.agencies.update(found.unmatched)
            self.fields.update(found.fields)
            self.procedures.update(found.procedures)
            return {}

        return (*detection(unit, actor), note)


def try_file(
    office: Office, upload: Upload, acting: Acting, progress: Progress = lambda _done, _rows: None
) -> None:
    """Read a whole file and leave nothing of it but what was found; a refusal is kept too."""
    noted = Noted()
    try:
        with office.reading() as unit:
            known = frozenset(fields_of(unit.connection))
        order = order_of(office, upload, acting, trial=True)
        outcome = take_in_file(office, order, following=noted.following, progress=progress)
    except WorkflowError as error:
        _keep_trouble(office, upload, acting, error)
        return
    if outcome.rejected:
        _write_rejected(trial_rejected(office, upload), order, outcome.rejected)
    with office.writing() as unit:
        found = _found(outcome, noted, known)
        keep_trial(unit.imports, acting(unit), upload.id, found, at=office.clock())


def take_in_upload(office: Office, upload: Upload, acting: Acting) -> int | None:
    """Take a file in and forget it; return the import's id, None when it was refused."""
    try:
        order = order_of(office, upload, acting, trial=False)
        outcome = take_in_file(office, order, following=detection)
    except WorkflowError as error:
        _keep_trouble(office, upload, acting, error)
        return None
    keep_rejected(office, order, outcome.done)
    with office.writing() as unit:
        at: datetime = office.clock()
        note_taken_in(unit.imports, acting(unit), upload.id, outcome.done.id, at=at)
    forget_file(office, upload.new.sha256)
    trial_rejected(office, upload).unlink(missing_ok=True)
    return outcome.done.id


def keep_rejected(office: Office, order: Order, done: DossierImport) -> None:
    """Write the rows that an import did not take in, whole, as long as its file lies there."""
    if done.counts.rejected:
        with office.reading() as unit:
            rows = rejected_rows(unit.connection, done.id)
            _write_rejected(rejected_of(office, done.id), order, rows)


def trial_rejected(office: Office, upload: Upload) -> Path:
    """Return where the rows lie that a trial could not read."""
    return folder_of(office) / f"rejected-{upload.id}.csv"


def _write_rejected(path: Path, order: Order, rejected: Iterable[Rejected]) -> None:
    write_rejected(path, order.path, order.profile, rejected, name=order.name)


def _keep_trouble(office: Office, upload: Upload, acting: Acting, error: WorkflowError) -> None:
    params = {name: plain(value) for name, value in error.params.items() if name != "errors"}
    with office.writing() as unit:
        actor, at = acting(unit), office.clock()
        keep_trouble(unit.imports, actor, upload.id, error.code, params, at=at)


def _found(outcome: Outcome, noted: Noted, known: frozenset[str]) -> dict[str, Plain]:
    counts = outcome.done.counts
    return {
        **_counts(counts),
        "violations": dict(counts.violations),
        "detections_off": list(outcome.done.facts.detections_off),
        "unmatched": _most(noted.agencies),
        "fields": _most(noted.fields),
        "new_fields": [name for name in sorted(noted.fields) if name and name not in known],
        "procedures": _most(noted.procedures),
        "procedures_in_all": len(noted.procedures),
        "first_rejected": [_rejected(one) for one in outcome.rejected[:SHOWN_REJECTED]],
    }


def _counts(counts: Any) -> dict[str, Plain]:
    names = ("rows", "created", "updated", "unchanged", "rejected")
    return {name: getattr(counts, name) for name in names}


def _most(words: Counter[str]) -> list[Plain]:
    ranked = sorted(words.items(), key=lambda item: (-item[1], item[0]))
    return [[name, number] for name, number in ranked[:SHOWN_WORDS]]


def _rejected(one: Rejected) -> dict[str, Plain]:
    return {
        "line": one.line,
        "code": one.code,
        "field": one.field,
        "told": one.told,
        "reason": one.reason,
        "other_line": one.other_line,
    }
