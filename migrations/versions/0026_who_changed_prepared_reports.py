"""Who changed a report that an officer prepared, before it was submitted.

Clerk and head may put right what an officer wrote without writing it anew: the report stays its
officer's, and says who changed it. Until now nobody but officers prepared one.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who changed it; nobody did so far."""
    with op.batch_alter_table("prepared_reports") as table:
        table.add_column(sa.Column("changed_by", sa.Integer(), nullable=True))
        table.create_foreign_key(
            op.f("fk_prepared_reports_changed_by"), "accounts", ["changed_by"], ["id"]
        )


def downgrade() -> None:
    """Take it out again; the reports and their versions stay."""
    with op.batch_alter_table("prepared_reports") as table:
        table.drop_constraint(op.f("fk_prepared_reports_changed_by"), type_="foreignkey")
        table.drop_column("changed_by")
