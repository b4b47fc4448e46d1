"""The steps of a dossier: read, put in the order of their times, and parts of a log together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from workflow.dossiers.instants import Moment


class StepValues(NamedTuple):
    """One step as the database holds it; `code` is its own where the file has one."""

    code: str
    name: str
    holder_text: str
    holder_id: int | None
    officer: str
    started_at: str | None
    ended_at: str | None
    limit_at: str | None
    digest: str


def step_values(row: Mapping[str, Any], holder_id: int | None, digest: str) -> StepValues:
    """Return a step as the database holds it, of what was read from its row."""
    return StepValues(
        code=row.get("code") or "",
        name=row.get("name") or "",
        holder_text=row.get("holder") or "",
        holder_id=holder_id,
        officer=row.get("officer") or "",
        started_at=_instant(row.get("started_at")),
        ended_at=_instant(row.get("ended_at")),
        limit_at=_instant(row.get("limit_at")),
        digest=digest,
    )


def in_order(steps: Sequence[StepValues]) -> list[StepValues]:
    """Return steps in the order of their times, whatever the order of the file's rows was."""
    return sorted(steps, key=_order)


def put_together(standing: Sequence[StepValues], came: Sequence[StepValues]) -> list[StepValues]:
    """Return the steps of a dossier after a file brought some of them.

    Steps with codes of their own are put together by them: a log may come in parts, in any
    order. Steps without are taken as the file has them, all of them.
    """
    if not all(step.code for step in came):
        return in_order(came)
    known = {step.code: step for step in standing if step.code}
    return in_order(list((known | {step.code: step for step in came}).values()))


def _order(step: StepValues) -> tuple[str, ...]:
    times = (step.ended_at or step.started_at or "", step.started_at or "")
    return (*times, step.name, step.holder_text, step.officer, step.limit_at or "", step.code)


def _instant(moment: Moment | None) -> str | None:
    return moment[0] if moment else None
