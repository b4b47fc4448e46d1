"""Dossiers, their steps and changes, the imports they came by, and profiles made on a page."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of dossiers."""
    op.create_table(
        "dossier_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("profile", sa.String(length=100), nullable=False),
        sa.Column("profile_digest", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=500), server_default="", nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "running",
                "finished",
                "failed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done_rows", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("last_code", sa.String(length=100), server_default="", nullable=False),
        sa.Column("rejected_file", sa.String(length=500), server_default="", nullable=False),
        sa.Column("violations", sa.JSON(), nullable=False),
        sa.Column("detections_off", sa.JSON(), nullable=False),
        sa.Column("failure", sa.String(length=500), server_default="", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_dossier_imports_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_imports")),
    )
    op.create_index(
        op.f("ix_dossier_imports_source_sha256"),
        "dossier_imports",
        ["source", "sha256"],
        unique=False,
    )
    op.create_table(
        "dossier_profiles",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("toml", sa.Text(), server_default="", nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["accounts.id"], name=op.f("fk_dossier_profiles_entered_by")
        ),
        sa.PrimaryKeyConstraint("name", "version", name=op.f("pk_dossier_profiles")),
    )
    op.create_table(
        "dossiers",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("agency_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("receiving_id", sa.Integer(), nullable=True),
        sa.Column("receiving_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("field_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("procedure_code", sa.String(length=100), server_default="", nullable=False),
        sa.Column("procedure_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("officer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("applicant", sa.String(length=500), server_default="", nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "counter",
                "online",
                "postal",
                "other",
                name="channel",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("online_level", sa.Integer(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt_limit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("promised_last_on", sa.Date(), nullable=True),
        sa.Column("waits_included", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("second_new_date_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("apology_on", sa.Date(), nullable=True),
        sa.Column("processed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("supplement_requests", sa.Integer(), server_default="0", nullable=False),
        sa.Column("second_supplement_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("waits", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("waited_days", sa.Integer(), server_default="0", nullable=False),
        sa.Column("waiting_since", sa.Date(), nullable=True),
        sa.Column("calendar_version", sa.String(length=16), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_last_on", sa.Date(), nullable=True),
        sa.Column("wrong_jurisdiction_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("no_slip_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_without_reason_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late_transfer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("first_import_id", sa.Integer(), nullable=False),
        sa.Column("last_import_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("status BETWEEN 1 AND 10", name=op.f("ck_dossiers_status_known")),
        sa.ForeignKeyConstraint(["agency_id"], ["agencies.id"], name=op.f("fk_dossiers_agency_id")),
        sa.ForeignKeyConstraint(
            ["receiving_id"], ["agencies.id"], name=op.f("fk_dossiers_receiving_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("source", "code", name=op.f("uq_dossiers_source_code")),
    )
    op.create_index(
        op.f("ix_dossiers_agency_id_received_on_id"),
        "dossiers",
        ["agency_id", "received_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_dossiers_open_due",
        "dossiers",
        ["due_on", "id"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_index(
        op.f("ix_dossiers_received_on_id"), "dossiers", ["received_on", "id"], unique=False
    )
    op.create_index(
        "ix_dossiers_receiving",
        "dossiers",
        ["receiving_id", "received_on", "id"],
        unique=False,
        sqlite_where=sa.text("receiving_id IS NOT NULL"),
        postgresql_where=sa.text("receiving_id IS NOT NULL"),
    )
    op.create_index(
        "ix_dossiers_waited",
        "dossiers",
        ["calendar_version"],
        unique=False,
        sqlite_where=sa.text("calendar_version <> ''"),
        postgresql_where=sa.text("calendar_version <> ''"),
    )
    op.create_table(
        "dossier_changes",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("before", sa.Text(), server_default="", nullable=False),
        sa.Column("after", sa.Text(), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_changes_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["dossier_imports.id"], name=op.f("fk_dossier_changes_import_id")
        ),
        sa.PrimaryKeyConstraint(
            "dossier_id", "import_id", "field", name=op.f("pk_dossier_changes")
        ),
    )
    op.create_table(
        "dossier_rejects",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=100), server_default="", nullable=False),
        sa.Column("field", sa.String(length=64), nullable=False),
        sa.Column("told", sa.String(length=500), server_default="", nullable=False),
        sa.Column("reason", sa.String(length=64), nullable=False),
        sa.Column("other_line", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["dossier_imports.id"], name=op.f("fk_dossier_rejects_import_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "line", name=op.f("pk_dossier_rejects")),
    )
    op.create_table(
        "dossier_steps",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=100), server_default="", nullable=False),
        sa.Column("name", sa.String(length=500), server_default="", nullable=False),
        sa.Column("holder_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("officer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("limit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=32), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_steps_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["agencies.id"], name=op.f("fk_dossier_steps_holder_id")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "serial", name=op.f("pk_dossier_steps")),
    )


def downgrade() -> None:
    """Drop them; what was imported can be imported again."""

    op.drop_table("dossier_steps")
    op.drop_table("dossier_rejects")
    op.drop_table("dossier_changes")
    op.drop_index(
        "ix_dossiers_waited",
        table_name="dossiers",
        sqlite_where=sa.text("calendar_version <> ''"),
        postgresql_where=sa.text("calendar_version <> ''"),
    )
    op.drop_index(
        "ix_dossiers_receiving",
        table_name="dossiers",
        sqlite_where=sa.text("receiving_id IS NOT NULL"),
        postgresql_where=sa.text("receiving_id IS NOT NULL"),
    )
    op.drop_index(op.f("ix_dossiers_received_on_id"), table_name="dossiers")
    op.drop_index(
        "ix_dossiers_open_due",
        table_name="dossiers",
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.drop_index(op.f("ix_dossiers_agency_id_received_on_id"), table_name="dossiers")
    op.drop_table("dossiers")
    op.drop_table("dossier_profiles")
    op.drop_index(op.f("ix_dossier_imports_source_sha256"), table_name="dossier_imports")
    op.drop_table("dossier_imports")
