"""The table of days above the holiday library."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Line


class CalendarDayRow(Base):
    """One day that differs from the library: `off` or `working`, by which act.

    A row that no act confirms is pending: shown as such, and counted as a working day.
    """

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    reason: Mapped[Line]
    act: Mapped[Line]
    confirmed: Mapped[bool] = mapped_column(default=False)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    entered_at: Mapped[datetime | None] = mapped_column(Instant)
