"""Who stands in for whom, and views of lists that people keep and send to each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ROLES = (
    "office", "leader", "agency_head", "agency_clerk", "agency_officer", "inspector", "admin",
)  # fmt: skip


def upgrade() -> None:
    """Add the tables; nobody stands in and no view is kept yet."""
    op.create_table(
        "stand_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(*ROLES, name="role", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), server_default="", nullable=False),
        sa.Column("named_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("to_on >= from_on", name=op.f("ck_stand_ins_period_ordered")),
        sa.CheckConstraint("absent_id <> stand_in_id", name=op.f("ck_stand_ins_two_people")),
        *(
            _points("stand_ins", column, to)
            for column, to in (
                ("absent_id", "accounts"),
                ("stand_in_id", "accounts"),
                ("agency_id", "agencies"),
                ("named_by", "accounts"),
                ("ended_by", "accounts"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stand_ins")),
    )
    for column in ("absent_id", "stand_in_id", "agency_id"):
        op.create_index(op.f(f"ix_stand_ins_{column}"), "stand_ins", [column])
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("query", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _points("saved_views", "owner_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint(
            "owner_id", "page", "name", name=op.f("uq_saved_views_owner_id_page_name")
        ),
    )
    op.create_table(
        "view_shares",
        sa.Column("view_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _points("view_shares", "view_id", "saved_views"),
        _points("view_shares", "account_id", "accounts"),
        sa.PrimaryKeyConstraint("view_id", "account_id", name=op.f("pk_view_shares")),
    )
    op.create_index(op.f("ix_view_shares_account_id"), "view_shares", ["account_id"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("view_shares")
    op.drop_table("saved_views")
    op.drop_table("stand_ins")


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))
