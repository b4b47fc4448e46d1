"""Indexes that a list of directives walks: by lead and date, and open work by date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN = "state <> 'verified' AND state <> 'withdrawn'"
OPEN_BEFORE = "state IN ('assigned', 'in_progress', 'reported')"
OPEN_DUE, OPEN_LEAD = "ix_directives_open_due", "ix_directives_open_lead"


def upgrade() -> None:
    """Let lateness be judged inside the index of open work, and an agency's work be walked."""
    op.create_index(
        op.f("ix_directives_lead_agency_id_due_on_id"),
        "directives",
        ["lead_agency_id", "due_on", "id"],
    )
    where = sa.text(OPEN)
    op.create_index(
        OPEN_LEAD,
        "directives",
        ["lead_agency_id", "due_on", "id"],
        sqlite_where=where,
        postgresql_where=where,
    )
    _open_due(OPEN, "due_on", "id", "state", "completed_on", "lead_agency_id")


def downgrade() -> None:
    """Go back to the first indexes."""
    op.drop_index(op.f("ix_directives_lead_agency_id_due_on_id"), table_name="directives")
    op.drop_index(OPEN_LEAD, table_name="directives")
    _open_due(OPEN_BEFORE, "due_on", "id")


def _open_due(condition: str, *columns: str) -> None:
    op.drop_index(OPEN_DUE, table_name="directives")
    where = sa.text(condition)
    op.create_index(
        OPEN_DUE, "directives", list(columns), sqlite_where=where, postgresql_where=where
    )
