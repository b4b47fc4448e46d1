"""The tree of agencies by date: names, aliases, divisions, groups, successors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.types import Instant, Key, Line, coded
from workflow.agencies.records import SuccessionKind, Tier


class AgencyRow(Base):
    """An agency over its life; `path` lists ancestors and itself (`/1/7/`)."""

    __tablename__ = "agencies"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="period_ordered"),
    )

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Line]
    name_folded: Mapped[Line]
    sort_key: Mapped[str] = mapped_column(String(1000), index=True)
    tier: Mapped[Tier] = mapped_column(coded(Tier, "tier"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    path: Mapped[str] = mapped_column(String(200), index=True)
    is_office: Mapped[bool] = mapped_column(default=False)
    gso_code: Mapped[str] = mapped_column(String(16), default="")
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class AgencyNameRow(Base):
    """A name an agency bore over a period; old papers keep old names."""

    __tablename__ = "agency_names"

    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    name: Mapped[Line]
    name_folded: Mapped[Line]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class AgencyAliasRow(Base):
    """Another code or word for an agency; `source` says whether it was entered or learned."""

    __tablename__ = "agency_aliases"
    __table_args__ = (UniqueConstraint("squeezed", "agency_id"),)

    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    alias: Mapped[Line]
    squeezed: Mapped[str] = mapped_column(String(500), index=True)
    source: Mapped[str] = mapped_column(String(16))
    entered_at: Mapped[datetime | None] = mapped_column(Instant)


class DivisionRow(Base):
    """A division (phòng) inside an agency."""

    __tablename__ = "divisions"

    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    name: Mapped[Line]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class AgencyGroupRow(Base):
    """A group named in documents; members are resolved on the day of issue."""

    __tablename__ = "agency_groups"

    id: Mapped[Key]
    code: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Line]
    phrases: Mapped[list[str]] = mapped_column(JSON)
    tiers: Mapped[list[str]] = mapped_column(JSON)
    included: Mapped[list[int]] = mapped_column(JSON)
    excluded: Mapped[list[int]] = mapped_column(JSON)
    communes_from: Mapped[date | None]


class SuccessionRow(Base):
    """One agency going over into another by an act, on a date."""

    __tablename__ = "agency_successions"

    id: Mapped[Key]
    predecessor_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    successor_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    kind: Mapped[SuccessionKind] = mapped_column(coded(SuccessionKind, "kind"))
    act: Mapped[Line]
    on: Mapped[date]
    takes_over: Mapped[dict[str, Any]] = mapped_column(JSON)
