"""What the escalation engine asks of memory."""

from __future__ import annotations

from typing import Protocol


class EvaluationMemory(Protocol):
    """Rules, violations and escalations within one transaction."""
