"""Evaluation: what is stored is made equal to a full replay, touching only what was touched.

Every change of a violation (found, entered, overturned, reinstated, moved to another agency or
field) ends with `evaluate_touched` for the groups it touches, in the same transaction. Whatever
the order and the batches, the stored episodes are those of a full replay (product.md §6).

Call it before the caller's own history entries are appended: evaluations wait for each other at
one row, and the history's head is taken last (ADR 0011).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from workflow.accounts.records import Actor
from workflow.escalation.ports import EvaluationMemory


@dataclass(frozen=True, slots=True)
class Touched:
    """A change as rules see it: the values of a violation that came, went or changed.

    `agency` is the code of the agency the violation is recorded for, or the words of one that
    the database does not know; who took it over since is looked up here. A violation whose
    values changed touches twice: with its old and with its new values. `since` is the earliest
    local day that changed (None: any), `grew`: violations were only added. Both only save work.
    """

    type: str
    agency: str = ""
    field: str = ""
    procedure: str = ""
    officer: str = ""
    since: date | None = None
    grew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """What an evaluation did, in counts; `as_of` is the day it judged by.

    An evaluation never goes back: `as_of` may be later than the day asked.
    """

    as_of: date
    rules: int = 0
    groups: int = 0
    raised: int = 0
    lifted: int = 0
    lowered: int = 0
    retracted: int = 0
    reinstated: int = 0


def evaluate_touched(
    memory: EvaluationMemory,
    touched: Iterable[Touched],
    *,
    as_of: date,
    at: datetime,
    actor: Actor,
) -> Evaluated:
    """Re-derive the groups that were touched under every rule, as of the evening of a day.

    Saves only what differs, each difference with its history entry and its notice.
    """
    raise NotImplementedError
