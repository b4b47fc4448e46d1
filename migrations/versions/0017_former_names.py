"""Former names of agencies are found without diacritics."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow.text import fold

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAMES = sa.table(
    "agency_names",
    sa.column("id", sa.Integer),
    sa.column("name", sa.String),
    sa.column("name_folded", sa.String),
)


def upgrade() -> None:
    """Add the folded form of each name, and fold those that are there."""
    folded = sa.Column("name_folded", sa.String(length=500), server_default="", nullable=False)
    with op.batch_alter_table("agency_names") as table:
        table.add_column(folded)
    connection = op.get_bind()
    for key, name in connection.execute(sa.select(NAMES.c.id, NAMES.c.name)).all():
        connection.execute(
            NAMES.update().where(NAMES.c.id == key).values(name_folded=fold(name))
        )


def downgrade() -> None:
    """Names stay; their folded form goes."""
    with op.batch_alter_table("agency_names") as table:
        table.drop_column("name_folded")
