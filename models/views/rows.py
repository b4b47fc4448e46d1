"""Views that people keep, and to whom they were sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Key


class SavedViewRow(Base):
    """A view of a list under a name; `query` is the address's own."""

    __tablename__ = "saved_views"
    __table_args__ = (UniqueConstraint("owner_id", "page", "name"),)

    id: Mapped[Key]
    owner_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    page: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(200))
    query: Mapped[str] = mapped_column(Text, server_default="")
    at: Mapped[datetime] = mapped_column(Instant)


class ViewShareRow(Base):
    """Somebody who finds another's view among theirs."""

    __tablename__ = "view_shares"

    view_id: Mapped[int] = mapped_column(ForeignKey("saved_views.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(Instant)
