"""A look at the personal data of a dossier, as it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Way(StrEnum):
    """How the applicant's name came to be seen."""

    OPENED = "opened"
    SEARCHED = "searched"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who saw the applicant of which dossier, as what, when and how."""

    dossier_id: int
    account_id: int
    role: str
    agency_id: int | None
    way: Way
    at: datetime
