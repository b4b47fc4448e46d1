"""Causes given to dossiers, who looked at whose personal data, files that were brought."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

CODES = tuple(f"L{number:02d}" for number in range(1, 16))


def upgrade() -> None:
    """Add the tables of causes, looks and uploads."""
    op.create_table(
        "dossier_causes",
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("code", _one_of(*CODES, name="code"), nullable=False),
        sa.Column("is_primary", sa.Boolean(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(length=500), server_default="", nullable=False),
        sa.Column("days_lost", sa.Integer(), nullable=True),
        sa.Column("source", _one_of("suggested", "entered", name="source"), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_dossier_causes_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_causes_dossier_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["accounts.id"], name=op.f("fk_dossier_causes_entered_by")
        ),
        sa.PrimaryKeyConstraint("dossier_id", "code", name=op.f("pk_dossier_causes")),
    )
    op.create_index(
        op.f("ix_dossier_causes_code_dossier_id"), "dossier_causes", ["code", "dossier_id"]
    )
    op.create_index(
        "uq_dossier_causes_primary",
        "dossier_causes",
        ["dossier_id"],
        unique=True,
        sqlite_where=sa.text("is_primary"),
        postgresql_where=sa.text("is_primary"),
    )
    op.create_table(
        "dossier_looks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("way", _one_of("opened", "searched", name="way"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_dossier_looks_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_dossier_looks_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"], ["dossiers.id"], name=op.f("fk_dossier_looks_dossier_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_looks")),
    )
    op.create_index(
        op.f("ix_dossier_looks_account_id_id"), "dossier_looks", ["account_id", "id"]
    )
    op.create_index(
        op.f("ix_dossier_looks_dossier_id_id"), "dossier_looks", ["dossier_id", "id"]
    )
    op.create_table(
        "dossier_uploads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=500), server_default="", nullable=False),
        sa.Column("profile", sa.String(length=100), nullable=False),
        sa.Column("toml", sa.Text(), server_default="", nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("trial", sa.JSON(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("trouble", sa.String(length=64), server_default="", nullable=False),
        sa.Column("trouble_params", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_dossier_uploads_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["dossier_imports.id"], name=op.f("fk_dossier_uploads_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_uploads")),
    )
    op.create_index(op.f("ix_dossier_uploads_sha256"), "dossier_uploads", ["sha256"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("dossier_uploads")
    op.drop_table("dossier_looks")
    op.drop_table("dossier_causes")


def _one_of(*words: str, name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
