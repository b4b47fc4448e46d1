"""Reporting periods of ongoing and recurring directives."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

RHYTHMS = ("monthly", "quarterly", "half_yearly", "yearly")
STATES = ("open", "reported", "confirmed", "ended")
RUNS = "closed_on IS NULL"
OWED = "state <> 'confirmed' AND state <> 'ended'"


def upgrade() -> None:
    """Add the tables; work that stands already gets its periods when the office sets them."""
    _plans()
    _periods()
    _reports()


def _plans() -> None:
    op.create_table(
        "period_plans",
        sa.Column("directive_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("recurs", sa.String(length=200), nullable=False),
        sa.Column("rhythm", _one_of(*RHYTHMS, name="rhythm"), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_period_plans_period_ordered")),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directives.id"], name=op.f("fk_period_plans_directive_id")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["accounts.id"], name=op.f("fk_period_plans_set_by")),
        sa.PrimaryKeyConstraint("directive_id", name=op.f("pk_period_plans")),
    )
    op.create_index(
        "ix_period_plans_running",
        "period_plans",
        ["ends_on", "directive_id"],
        sqlite_where=sa.text(RUNS),
        postgresql_where=sa.text(RUNS),
    )


def _periods() -> None:
    op.create_table(
        "periods",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("state", _one_of(*STATES, name="state"), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reported_by", sa.Integer(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("is_recorded", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("returned_count", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("from_on <= to_on", name=op.f("ck_periods_period_ordered")),
        sa.CheckConstraint(
            "(state IN ('reported', 'confirmed')) = (completed_on IS NOT NULL) "
            "AND (completed_on IS NOT NULL) = (reported_by IS NOT NULL)",
            name=op.f("ck_periods_reported_has_reporter"),
        ),
        sa.CheckConstraint(
            "(state = 'confirmed') = (confirmed_on IS NOT NULL) "
            "AND (confirmed_on IS NOT NULL) = (confirmed_by IS NOT NULL)",
            name=op.f("ck_periods_confirmed_has_judge"),
        ),
        *(
            sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_periods_{column}"))
            for column, target in (
                ("directive_id", "directives.id"),
                ("agency_id", "agencies.id"),
                ("reported_by", "accounts.id"),
                ("confirmed_by", "accounts.id"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_periods")),
        sa.UniqueConstraint("directive_id", "serial", name=op.f("uq_periods_directive_id_serial")),
    )
    for name, columns in (
        ("owed", ["due_on", "id", "state"]),
        ("owed_agency", ["agency_id", "due_on", "id"]),
    ):
        op.create_index(
            f"ix_periods_{name}",
            "periods",
            columns,
            sqlite_where=sa.text(OWED),
            postgresql_where=sa.text(OWED),
        )
    op.create_index(
        op.f("ix_periods_agency_id_due_on_id"), "periods", ["agency_id", "due_on", "id"]
    )
    op.create_index(op.f("ix_periods_due_on_id"), "periods", ["due_on", "id"])


def _reports() -> None:
    op.create_table(
        "period_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("figure", sa.String(length=40), nullable=True),
        sa.Column("report_number", sa.String(length=500), server_default="", nullable=False),
        sa.Column("report_date", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("filed_by", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("outcome_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["period_id"], ["periods.id"], name=op.f("fk_period_reports_period_id")
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["accounts.id"], name=op.f("fk_period_reports_filed_by")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["accounts.id"], name=op.f("fk_period_reports_ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_reports")),
        sa.UniqueConstraint("period_id", "serial", name=op.f("uq_period_reports_period_id_serial")),
    )


def downgrade() -> None:
    """Forget the periods; the directives and their history stand."""
    for table in ("period_reports", "periods", "period_plans"):
        op.drop_table(table)


def _one_of(*words: str, name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
