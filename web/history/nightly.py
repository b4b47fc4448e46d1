"""The night's part in the history: its head written down where the province keeps such a copy."""

from __future__ import annotations

from models.history.anchors import AnchorFile
from models.history.proving import anchor_what_came
from models.jobs.looking import ALWAYS, NEVER, Asked
from models.unit import Unit
from web.jobs.held import Figures
from web.jobs.steps import Night, Step
from web.wiring import Office
from workflow.errors import Refused


class ChainBroken(Exception):
    """What came since the last anchor is not as it was written."""


class AnchorUnwritable(Exception):
    """The place for anchors is not there, or cannot be read or written."""


def write_anchor(office: Office, night: Night) -> Figures:
    """Prove what came since the last anchor and write the head down, if anything came.

    A place that is missing is not made: it may be another machine's disk that is not there.
    """
    file = office.settings.anchor_file
    if file is None:
        return ANCHOR.idle
    try:
        if not file.parent.is_dir():
            raise AnchorUnwritable
        made = anchor_what_came(office.engine, AnchorFile(file), night.at)
    except OSError as error:
        raise AnchorUnwritable from error
    except Refused as error:
        raise (ChainBroken if error.code == "chain_broken" else AnchorUnwritable) from error
    return {"anchored": 1 if made else 0}


def _is_wanted(office: Office, _: Unit, __: Night) -> Asked:
    return ALWAYS if office.settings.anchor_file else NEVER


ANCHOR = Step(
    "history.anchor",
    run=write_anchor,
    look=_is_wanted,
    idle={"anchored": 0},
    waits=False,
    last=True,
)
