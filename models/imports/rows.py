"""Files of dossiers that were brought through a page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Body, Instant, Key, Line


class DossierUploadRow(Base):
    """A file that was brought: read by the profile's text of that day, tried, then taken in.

    The file lies under its hash in the instance folder until it was taken in or forgotten.
    """

    __tablename__ = "dossier_uploads"

    id: Mapped[Key]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    size: Mapped[int]
    file_name: Mapped[Line]
    profile: Mapped[str] = mapped_column(String(100))
    toml: Mapped[Body]
    as_of: Mapped[date]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    trial: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    asked_at: Mapped[datetime | None] = mapped_column(Instant)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("dossier_imports.id"))
    trouble: Mapped[str] = mapped_column(String(64), default="", server_default="")
    trouble_params: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
