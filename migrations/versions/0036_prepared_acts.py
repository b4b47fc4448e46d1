"""Other acts than a report that an officer prepares: which act it is, and what it says.

What stands prepared today are reports, and a process that still runs the code before this one
adds nothing else. One of each act may wait on a directive in an agency, so the index names it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

STANDING = "state = 'standing'"


def upgrade() -> None:
    """Add the act and its words; all there is are reports."""
    op.add_column(
        "prepared_reports",
        sa.Column("act", sa.String(32), server_default="report", nullable=False),
    )
    op.add_column("prepared_reports", sa.Column("said", sa.JSON(), nullable=True))
    _index("directive_id", "agency_id", "act")


def downgrade() -> None:
    """Take them out again; what was prepared of other acts goes with its words."""
    op.execute("DELETE FROM prepared_reports WHERE act <> 'report'")
    _index("directive_id", "agency_id")
    op.drop_column("prepared_reports", "said")
    op.drop_column("prepared_reports", "act")


def _index(*columns: str) -> None:
    op.drop_index("uq_prepared_reports_standing", table_name="prepared_reports")
    op.create_index(
        "uq_prepared_reports_standing",
        "prepared_reports",
        list(columns),
        unique=True,
        sqlite_where=sa.text(STANDING),
        postgresql_where=sa.text(STANDING),
    )
