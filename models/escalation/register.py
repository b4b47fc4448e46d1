"""What evaluation asks of memory."""

from __future__ import annotations

from sqlalchemy import Connection

from models.history.register import HistoryRegister
from models.jobs.register import RunRegister
from models.messages.register import MessageRegister


class EscalationRegister:
    """Rules, the violations they count and the escalations, within one transaction."""

    def __init__(
        self,
        connection: Connection,
        history: HistoryRegister,
        messages: MessageRegister,
        runs: RunRegister,
    ) -> None:
        self._connection = connection
        self._history = history
        self._messages = messages
        self._runs = runs
