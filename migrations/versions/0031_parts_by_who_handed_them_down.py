"""Parts found by who handed them down, in an index of parts alone.

Among many directives of which few are parts, SQLite took the index of all for useless and walked
the whole table, each night once.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

NAME, TABLE, COLUMN = "ix_directives_handed_by_id", "directives", "handed_by_id"
PARTS = sa.text("handed_by_id IS NOT NULL")


def upgrade() -> None:
    """Put the index of parts in the place of that of all directives."""
    op.drop_index(op.f(NAME), table_name=TABLE)
    op.create_index(NAME, TABLE, [COLUMN], sqlite_where=PARTS, postgresql_where=PARTS)


def downgrade() -> None:
    """Put the index of all directives back."""
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(op.f(NAME), TABLE, [COLUMN])
