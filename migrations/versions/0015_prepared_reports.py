"""Reports that officers prepare for clerk or head, and tasks handed back inside an agency."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

STATES = ("standing", "submitted", "returned", "replaced", "lapsed")
STANDING = sa.text("state = 'standing'")


def upgrade() -> None:
    """Add the table and what a routing keeps of its way back; nothing is prepared yet."""
    with op.batch_alter_table("routings") as table:
        table.add_column(sa.Column("back_note", sa.Text(), server_default="", nullable=False))
        table.add_column(sa.Column("back_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("back_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(
            op.f("fk_routings_back_by"), "accounts", ["back_by"], ["id"]
        )
    op.create_table(
        "prepared_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.Text(), server_default="", nullable=False),
        sa.Column("report_number", sa.String(length=500), server_default="", nullable=False),
        sa.Column("report_date", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(length=500), server_default="", nullable=False),
        *(
            sa.Column(name, sa.String(length=40), nullable=True)
            for name in ("figure", "own_figure", "numerator", "denominator")
        ),
        sa.Column("open_parts_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("period_from", sa.Date(), nullable=True),
        sa.Column("period_to", sa.Date(), nullable=True),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("hands", sa.JSON(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{to}.id"], name=op.f(f"fk_prepared_reports_{column}")
            )
            for column, to in (
                ("directive_id", "directives"),
                ("agency_id", "agencies"),
                ("by", "accounts"),
                ("ended_by", "accounts"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_reports")),
    )
    op.create_index(
        "uq_prepared_reports_standing",
        "prepared_reports",
        ["directive_id", "agency_id"],
        unique=True,
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_index(
        "ix_prepared_reports_agency_standing",
        "prepared_reports",
        ["agency_id", "directive_id"],
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_index(
        op.f("ix_prepared_reports_directive_id_id"), "prepared_reports", ["directive_id", "id"]
    )


def downgrade() -> None:
    """Leave what was prepared, and the notes of tasks handed back."""
    op.drop_table("prepared_reports")
    with op.batch_alter_table("routings") as table:
        table.drop_constraint(op.f("fk_routings_back_by"), type_="foreignkey")
        table.drop_column("back_at")
        table.drop_column("back_by")
        table.drop_column("back_note")
