"""Who wrote the note that goes with routed work: handing it over makes it nobody else's words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who wrote a note, and when, where that is not who routed the work."""
    with op.batch_alter_table("routings") as table:
        table.add_column(sa.Column("note_by", sa.Integer(), nullable=True))
        table.add_column(sa.Column("note_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f("fk_routings_note_by"), "accounts", ["note_by"], ["id"])


def downgrade() -> None:
    """Take them out again."""
    with op.batch_alter_table("routings") as table:
        table.drop_constraint(op.f("fk_routings_note_by"), type_="foreignkey")
        table.drop_column("note_at")
        table.drop_column("note_by")
