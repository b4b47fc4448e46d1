"""Papers of the inspectors' desk, the order of inspectors, directives issued from cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KINDS = ("letter", "explanation", "silence", "proposal", "sent_back", "decision", "closing")
MEASURES = ("admonition", "criticism", "self_review", "surprise_inspection", "responsibility")


def upgrade() -> None:
    """Add the tables of the desk."""
    op.create_table(
        "review_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(*KINDS, name="kind"), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.String(length=500), server_default="", nullable=False),
        sa.Column("paper_on", sa.Date(), nullable=True),
        sa.Column("signer", sa.String(length=500), server_default="", nullable=False),
        sa.Column("measure", _one_of(*MEASURES, name="measure"), nullable=True),
        sa.Column("answer_on", sa.Date(), nullable=True),
        sa.Column("is_signed", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind NOT IN ('proposal', 'decision') OR measure IS NOT NULL",
            name=op.f("ck_review_papers_measure_is_named"),
        ),
        sa.CheckConstraint(
            "kind <> 'letter' OR answer_on IS NOT NULL",
            name=op.f("ck_review_papers_letter_has_its_day"),
        ),
        sa.CheckConstraint(
            "NOT is_signed OR number <> ''",
            name=op.f("ck_review_papers_signed_has_its_number"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["accounts.id"], name=op.f("fk_review_papers_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_papers")),
    )
    op.create_table(
        "review_paper_cases",
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("raise_serial", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["escalation_id"],
            ["escalations.id"],
            name=op.f("fk_review_paper_cases_escalation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["review_papers.id"], name=op.f("fk_review_paper_cases_paper_id")
        ),
        sa.PrimaryKeyConstraint("escalation_id", "paper_id", name=op.f("pk_review_paper_cases")),
    )
    op.create_index(op.f("ix_review_paper_cases_paper_id"), "review_paper_cases", ["paper_id"])
    op.create_table(
        "review_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), server_default="", nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["review_papers.id"], name=op.f("fk_review_files_paper_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_files")),
    )
    op.create_index(op.f("ix_review_files_paper_id"), "review_files", ["paper_id"])
    op.create_index(op.f("ix_review_files_sha256"), "review_files", ["sha256"])
    op.create_table(
        "review_places",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("away_from", sa.Date(), nullable=True),
        sa.Column("away_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "away_from IS NULL OR away_to IS NULL OR away_to >= away_from",
            name=op.f("ck_review_places_period_ordered"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_review_places_account_id")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_review_places")),
        sa.UniqueConstraint("account_id", name=op.f("uq_review_places_account_id")),
    )
    op.create_table(
        "escalation_directives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_id"], ["accounts.id"], name=op.f("fk_escalation_directives_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directives.id"],
            name=op.f("fk_escalation_directives_directive_id"),
        ),
        sa.ForeignKeyConstraint(
            ["escalation_id"],
            ["escalations.id"],
            name=op.f("fk_escalation_directives_escalation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_directives")),
        sa.UniqueConstraint(
            "escalation_id",
            "directive_id",
            name=op.f("uq_escalation_directives_escalation_id_directive_id"),
        ),
    )
    op.create_index(
        op.f("ix_escalation_directives_directive_id"), "escalation_directives", ["directive_id"]
    )


def downgrade() -> None:
    """Take the tables of the desk away again."""
    for table in (
        "escalation_directives",
        "review_places",
        "review_files",
        "review_paper_cases",
        "review_papers",
    ):
        op.drop_table(table)


def _one_of(*words: str, name: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)
