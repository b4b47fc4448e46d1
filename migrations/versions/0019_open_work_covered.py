"""What the first page counts of open work stands in the index of it: no row is looked up."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

OPEN = sa.text("state <> 'verified' AND state <> 'withdrawn'")
OPEN_DUE = "ix_directives_open_due"
BEFORE = ("due_on", "id", "state", "completed_on", "lead_agency_id", "suspended_since")
MORE = (
    "parent_id",
    "assigned_on",
    "lead_since",
    "decline_standing",
    "extension_asked_to",
    "proposed_on",
    "reported_by",
    "report_recorded",
)


def upgrade() -> None:
    """Widen the index."""
    _open_due(*BEFORE, *MORE)


def downgrade() -> None:
    """Make it as it was."""
    _open_due(*BEFORE)


def _open_due(*columns: str) -> None:
    op.drop_index(OPEN_DUE, table_name="directives")
    op.create_index(
        OPEN_DUE, "directives", list(columns), sqlite_where=OPEN, postgresql_where=OPEN
    )
