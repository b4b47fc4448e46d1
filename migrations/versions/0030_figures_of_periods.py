"""Rates of periods by their two numbers, and whose a clause's target is: each lead's or all's.

A target over several leads said neither, and a period's report told a rate alone, which cannot be
put together with others.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; what stands says neither."""
    op.add_column("period_reports", sa.Column("numerator", sa.String(length=40), nullable=True))
    op.add_column("period_reports", sa.Column("denominator", sa.String(length=40), nullable=True))
    op.add_column("clauses", sa.Column("target_scope", sa.String(length=32), nullable=True))


def downgrade() -> None:
    """Take them out again."""
    op.drop_column("clauses", "target_scope")
    op.drop_column("period_reports", "denominator")
    op.drop_column("period_reports", "numerator")
