"""Since when acceptance is awaited: entered, given to another lead, or told that it stays.

Until now a document's own day counted, which comes before it is entered.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

OPEN = sa.text("state <> 'verified' AND state <> 'withdrawn'")
OPEN_DUE = "ix_directives_open_due"
FIRST = (
    "due_on",
    "id",
    "state",
    "completed_on",
    "lead_agency_id",
    "suspended_since",
    "parent_id",
    "assigned_on",
)
LAST = (
    "decline_standing",
    "extension_asked_to",
    "proposed_on",
    "reported_by",
    "report_recorded",
)
FILL = (
    "UPDATE directives SET awaited_since = {later}(coalesce(lead_since, assigned_on), coalesce("
    "(SELECT {entered} FROM documents d WHERE d.id = directives.document_id), assigned_on))"
)
IN_SQLITE = {"later": "max", "entered": "date(d.issued_at, '+7 hours')"}
IN_POSTGRESQL = {
    "later": "greatest",
    "entered": "CAST(d.issued_at AT TIME ZONE 'Asia/Ho_Chi_Minh' AS date)",
}


def upgrade() -> None:
    """Add the day, fill it from when the document was entered, and let the index hold it."""
    op.add_column("directives", sa.Column("awaited_since", sa.Date(), nullable=True))
    words = IN_SQLITE if op.get_bind().dialect.name == "sqlite" else IN_POSTGRESQL
    op.execute(sa.text(FILL.format(**words)))
    _open_due("awaited_since")


def downgrade() -> None:
    """Take it out again."""
    _open_due("lead_since")
    op.drop_column("directives", "awaited_since")


def _open_due(since: str) -> None:
    op.drop_index(OPEN_DUE, table_name="directives")
    op.create_index(
        OPEN_DUE,
        "directives",
        [*FIRST, since, *LAST],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
