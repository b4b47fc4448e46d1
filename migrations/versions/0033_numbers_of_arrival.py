"""The number that the office's clerk gives a paper when it comes, beside the paper's own.

Kept in the list of papers, and with the reports that were recorded by such a paper.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLES = ("listed_papers", "reports", "period_reports")
NAME = "ix_listed_papers_arrival_number"


def upgrade() -> None:
    """Add them; no paper and no report has one yet."""
    for table in TABLES:
        column = sa.Column("arrival_number", sa.String(500), server_default="", nullable=False)
        op.add_column(table, column)
    op.create_index(op.f(NAME), "listed_papers", ["arrival_number"])


def downgrade() -> None:
    """Take them out again."""
    op.drop_index(op.f(NAME), table_name="listed_papers")
    for table in TABLES:
        op.drop_column(table, "arrival_number")
