"""Files of rejected rows go out with a trace."""

from __future__ import annotations

from web.identity import current_actor
from web.wiring import close_reading, office
from workflow.dossiers.rejecting import hand_out_rejected


def note_handed_out(of: str) -> None:
    """Keep that whoever asks is given the rejected rows of an import or a trial."""
    actor = current_actor()
    close_reading()
    with office().writing() as unit:
        hand_out_rejected(unit.history, actor, of, at=office().clock())
