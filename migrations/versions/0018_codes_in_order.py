"""Codes of dossiers compare sign by sign on PostgreSQL too, as a file's rows are put in order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the index of codes anew; the rows themselves stay as they are."""
    _compare_by("C")


def downgrade() -> None:
    """Compare as the database does with all other texts."""
    _compare_by("default")


def _compare_by(collation: str) -> None:
    """SQLite compares texts sign by sign anyway."""
    if op.get_context().dialect.name == "postgresql":
        op.alter_column("dossiers", "code", type_=sa.String(100, collation=collation))
