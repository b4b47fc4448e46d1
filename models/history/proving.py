"""Proving the history whole: one view of the database, the head beside it, the anchors outside."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, exists, select, table

from models.history.anchors import Anchor, AnchorFile
from models.history.register import HistoryRegister
from workflow.errors import Refused
from workflow.history.records import ChainReport, Head
from workflow.history.rules import EMPTY

_ANY_WORK = select(exists().select_from(table("directives")))


def prove(engine: Engine, anchors: AnchorFile, since: Head = EMPTY) -> tuple[ChainReport, Head]:
    """Walk the chain against the head and the anchors; return what was found, and the head.

    What stands up to `since` is taken as proved. Everything is read as of one moment, so that
    acts going on meanwhile disturb nothing. Work without any history is a history taken away,
    its head too.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin() as transaction:
            history = HistoryRegister(connection)
            head = history.head()
            report = history.verify(dict(anchors.expected()), since)
            if report.ok and not report.entries and connection.scalar(_ANY_WORK):
                report = ChainReport(entries=0, ok=False, first_broken=1, reason="tail_missing")
            transaction.rollback()
    return report, head


def anchor(engine: Engine, anchors: AnchorFile, at: datetime) -> tuple[ChainReport, Anchor]:
    """Prove the chain and write its head down outside the database; Refused when it is broken."""
    report, head = prove(engine, anchors)
    _require_whole(report)
    return report, anchors.add(head, at)


def anchor_what_came(engine: Engine, anchors: AnchorFile, at: datetime) -> Anchor | None:
    """Prove what came since the last anchor and write the head down; None when nothing came.

    Its cost grows with what came. What stands before the last anchor only `prove` looks at.
    Refused when the chain is broken, or no longer holds what the last anchor names.
    """
    written = anchors.anchors()
    last = Head(entries=written[-1].entries, digest=written[-1].digest) if written else EMPTY
    report, head = prove(engine, anchors, last)
    _require_whole(report)
    return None if head == last else anchors.add(head, at)


def _require_whole(report: ChainReport) -> None:
    if not report.ok:
        raise Refused("chain_broken", serial=report.first_broken, reason=report.reason)
