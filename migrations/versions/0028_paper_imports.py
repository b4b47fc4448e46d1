"""What each import of the list of papers did, so that it can be undone.

Imports before this one are not known as such: their papers stay, each with its own door out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the imports, what papers said before them, and whose import a paper stands by."""
    op.create_table(
        "paper_imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(500), server_default="", nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("kept_by", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["kept_by"], ["accounts.id"], name=op.f("fk_paper_imports_kept_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_imports")),
    )
    with op.batch_alter_table("listed_papers") as table:
        table.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_listed_papers_import_id"), "paper_imports", ["import_id"], ["id"]
        )
        table.create_index(op.f("ix_listed_papers_import_id"), ["import_id"])
    op.create_table(
        "paper_changes",
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"], ["paper_imports.id"], name=op.f("fk_paper_changes_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["paper_id"], ["listed_papers.id"], name=op.f("fk_paper_changes_paper_id")
        ),
        sa.PrimaryKeyConstraint("import_id", "paper_id", name=op.f("pk_paper_changes")),
    )
    op.create_index(op.f("ix_paper_changes_paper_id"), "paper_changes", ["paper_id"])


def downgrade() -> None:
    """Take them out again; the papers stay as they are."""
    op.drop_table("paper_changes")
    with op.batch_alter_table("listed_papers") as table:
        table.drop_index(op.f("ix_listed_papers_import_id"))
        table.drop_constraint(op.f("fk_listed_papers_import_id"), type_="foreignkey")
        table.drop_column("import_id")
    op.drop_table("paper_imports")
