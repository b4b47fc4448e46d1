"""Violations as they stand and stood, their papers, and legal bases entered by date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NOT_FRESH = "state <> 'recorded'"
BY_HAND = "source <> 'detected'"
FEW = (
    ("not_fresh", ("state", "occurred_on", "id"), NOT_FRESH),
    ("agency_not_fresh", ("agency_id", "state", "occurred_on", "id"), NOT_FRESH),
    ("by_hand", ("occurred_on", "id"), BY_HAND),
    ("agency_by_hand", ("agency_id", "occurred_on", "id"), BY_HAND),
)


def upgrade() -> None:
    """Add the register of violations."""
    op.create_table(
        "legal_bases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("basis", sa.String(length=500), server_default="", nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_legal_bases_period_ordered")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["accounts.id"], name=op.f("fk_legal_bases_entered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_bases")),
        sa.UniqueConstraint("type", "valid_from", name=op.f("uq_legal_bases_type_valid_from")),
    )
    op.create_table(
        "violations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("agency_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("field_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("procedure_code", sa.String(length=100), server_default="", nullable=False),
        sa.Column("officer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=True),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("serial", sa.Integer(), server_default="0", nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column(
            "source",
            sa.Enum(
                "detected",
                "inspection",
                "petition",
                "manual",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "severity",
            sa.Enum(
                "minor",
                "serious",
                "grave",
                name="severity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "recorded",
                "confirmed",
                "contested",
                "upheld",
                "overturned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state_before",
            sa.Enum(
                "recorded",
                "confirmed",
                "contested",
                "upheld",
                "overturned",
                name="state_before",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "cause",
            sa.Enum(
                "mended",
                "judged",
                name="cause",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("after_the_fact", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("words", sa.Text(), server_default="", nullable=False),
        sa.Column("reference", sa.String(length=500), server_default="", nullable=False),
        sa.Column("contested_by", sa.Integer(), nullable=True),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("known_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'overturned') = (cause IS NOT NULL) "
            "AND (state = 'overturned') = (state_before IS NOT NULL)",
            name=op.f("ck_violations_overturned_has_cause"),
        ),
        sa.CheckConstraint(
            "dossier_id IS NULL OR directive_id IS NULL", name=op.f("ck_violations_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_violations_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["contested_by"], ["accounts.id"], name=op.f("fk_violations_contested_by")
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directives.id"], name=op.f("fk_violations_directive_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_violations_dossier_id")
        ),
        sa.ForeignKeyConstraint(["known_by"], ["accounts.id"], name=op.f("fk_violations_known_by")),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["accounts.id"], name=op.f("fk_violations_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violations")),
        sa.UniqueConstraint(
            "dossier_id", "type", "serial", name=op.f("uq_violations_dossier_id_type_serial")
        ),
    )
    op.create_index(
        op.f("ix_violations_agency_id_occurred_on_id"),
        "violations",
        ["agency_id", "occurred_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_violations_occurred_on_id"), "violations", ["occurred_on", "id"], unique=False
    )
    op.create_index(
        op.f("ix_violations_type_agency_id_occurred_on"),
        "violations",
        ["type", "agency_id", "occurred_on"],
        unique=False,
    )
    op.create_index(
        "uq_violations_directive_id_type_serial",
        "violations",
        ["directive_id", "type", "serial"],
        unique=True,
        sqlite_where=sa.text("directive_id IS NOT NULL"),
        postgresql_where=sa.text("directive_id IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_violations_type_occurred_on_id"),
        "violations",
        ["type", "occurred_on", "id"],
        unique=False,
    )
    for name, columns, where in FEW:
        op.create_index(
            f"ix_violations_{name}",
            "violations",
            list(columns),
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.create_table(
        "violation_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("violation_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=500), server_default="", nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["accounts.id"], name=op.f("fk_violation_files_uploaded_by")
        ),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violations.id"], name=op.f("fk_violation_files_violation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_violation_files")),
    )
    op.create_index(op.f("ix_violation_files_sha256"), "violation_files", ["sha256"], unique=False)
    op.create_index(
        op.f("ix_violation_files_violation_id"), "violation_files", ["violation_id"], unique=False
    )
    op.create_table(
        "violation_states",
        sa.Column("violation_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "recorded",
                "confirmed",
                "contested",
                "upheld",
                "overturned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("agency_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("field_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("procedure_code", sa.String(length=100), server_default="", nullable=False),
        sa.Column("officer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_violation_states_agency_id")
        ),
        sa.ForeignKeyConstraint(["by"], ["accounts.id"], name=op.f("fk_violation_states_by")),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violations.id"], name=op.f("fk_violation_states_violation_id")
        ),
        sa.PrimaryKeyConstraint("violation_id", "version", name=op.f("pk_violation_states")),
    )
    op.create_index(
        op.f("ix_violation_states_until_at"), "violation_states", ["until", "at"], unique=False
    )


def downgrade() -> None:
    """Take the register of violations away."""
    op.drop_index(op.f("ix_violation_states_until_at"), table_name="violation_states")
    op.drop_table("violation_states")
    op.drop_index(op.f("ix_violation_files_violation_id"), table_name="violation_files")
    op.drop_index(op.f("ix_violation_files_sha256"), table_name="violation_files")
    op.drop_table("violation_files")
    op.drop_index(
        "uq_violations_directive_id_type_serial",
        table_name="violations",
        sqlite_where=sa.text("directive_id IS NOT NULL"),
        postgresql_where=sa.text("directive_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_violations_type_agency_id_occurred_on"), table_name="violations")
    op.drop_index(op.f("ix_violations_occurred_on_id"), table_name="violations")
    op.drop_index(op.f("ix_violations_agency_id_occurred_on_id"), table_name="violations")
    for name, _, _ in FEW:
        op.drop_index(f"ix_violations_{name}", table_name="violations")
    op.drop_index(op.f("ix_violations_type_occurred_on_id"), table_name="violations")
    op.drop_table("violations")
    op.drop_table("legal_bases")
