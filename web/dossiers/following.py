"""What goes on with a chunk of dossiers in its own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.unit import Unit
from workflow.accounts.records import Actor
from workflow.dossiers.ports import AfterChunk, ChunkDone
from workflow.violations.scopes import DossierScope
from workflow.violations.usecases import detect


def detection(unit: Unit, actor: Actor) -> Sequence[AfterChunk]:
    """Find the violations of a chunk; the escalations they touch are judged at the file's end."""

    def found(done: ChunkDone) -> Mapping[str, int]:
        scope = DossierScope(
            dossier_ids=done.known,
            off=done.off,
            source=done.import_key,
            fresh=done.added,
            told=done.told,
            shown=done.shown,
            settled=done.settled,
            held=True,
        )
        return detect(unit.violations, actor, scope, day=done.as_of, at=done.at).standing

    return (found,)
