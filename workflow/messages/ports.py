"""What use cases ask of the outbox."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from workflow.messages.records import Notice


class Outbox(Protocol):
    """Where a use case leaves what must be told: committed with it, or not at all."""

    def post(self, notice: Notice) -> bool:
        """Write a notice; False when one with its key was written before."""

    def post_all(self, notices: Iterable[Notice]) -> int:
        """Write many at once; return how many were new."""
