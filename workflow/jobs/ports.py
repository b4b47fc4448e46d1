"""What use cases ask of the jobs and of the ledger of runs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from workflow.history.records import Plain


class JobList(Protocol):
    """Where a use case leaves work that is done after it committed."""

    def add(
        self,
        name: str,
        key: str,
        payload: Mapping[str, Plain] | None = None,
        run_at: datetime | None = None,
        *,
        account_id: int | None = None,
    ) -> bool:
        """Add a job, now or for later; False when one with its key was added before."""
