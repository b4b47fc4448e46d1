"""Taking back what one import brought into the office's list of papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from workflow.accounts.records import Actor
from workflow.days import local_day
from workflow.errors import NotFound, Refused
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.papers.keeping import LIST, require_office
from workflow.papers.ports import PaperListMemory
from workflow.papers.records import ImportedPaper, KnownPaper, UndoneImport

UNDO_DAYS = timedelta(days=7)
"""How long an import can be undone: a slip shows within days, later the list is worked with."""


def undo_import(
    memory: PaperListMemory, actor: Actor, import_id: int, *, at: datetime
) -> UndoneImport:
    """Take back an import: its new papers leave the list, the changed ones say what they said.

    Left as it is what was worked with since: mended, given a file, changed by a later list,
    borne by a recorded report or a letter. NotFound; Refused `import_undone`, `import_too_old`
    after `UNDO_DAYS`.
    """
    require_office(actor, local_day(at))
    done = memory.paper_import(import_id)
    if done is None:
        raise NotFound
    if done.undone_at is not None:
        raise Refused("import_undone")
    if at - done.kept_at > UNDO_DAYS:
        raise Refused("import_too_old")
    still = memory.papers_of_import(import_id)
    gone, back = _gone(memory, still), _back(memory, still)
    memory.undo_import(import_id, gone, back, at)
    undone = UndoneImport(
        removed=len(gone),
        restored=len(back),
        left=done.added + done.changed - len(gone) - len(back),
    )
    given = {"removed": undone.removed, "restored": undone.restored, "kept": undone.left}
    memory.append(entry_by(actor, at, Subject.PAPER, LIST, "undo_import", given=given))
    return undone


def _gone(memory: PaperListMemory, still: Sequence[ImportedPaper]) -> list[int]:
    new = [one.paper for one in still if one.before is None]
    used = memory.referred_to(new) if new else ()
    return [one.id for one in new if one.id not in used]


def _back(memory: PaperListMemory, still: Sequence[ImportedPaper]) -> list[KnownPaper]:
    """Return the changed papers as they were, but where another one stands there by now."""
    were = [(one.paper, one.before) for one in still if one.before is not None]
    others = memory.papers_like([before for _paper, before in were]) if were else ()
    taken = {one.listed.key: one.id for one in others}
    return [
        replace(paper, listed=before)
        for paper, before in were
        if taken.get(before.key, paper.id) == paper.id
    ]
