"""What a province sets for itself about its directives."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.directives.matters import Matter


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a province sets for itself; none of it is law (product.md, section 3)."""

    decline_within_working_days: int = 5
    reopen_within_days: int = 90
    extensions_allowed: int = 2
    extension_lead_days: int = 0
    part_buffer_working_days: int = 5
    soon_days: tuple[int, int] = (7, 3)
    answer_within_working_days: int = 5
    period_due_day: int = 25
    report_answer_working_days: int | None = None
    decline_answer_working_days: int | None = None
    extension_answer_working_days: int | None = None
    proposal_answer_working_days: int | None = None

    def answer_time(self, matter: Matter) -> int:
        """Return within how many working days a matter is answered; unset: the common time."""
        own: int | None = getattr(self, f"{matter}_answer_working_days")
        return self.answer_within_working_days if own is None else own
