"""Who else wrote a draft of a rule: none of them approves it (product.md §6).

Until now only the last who changed a draft was kept, so that whoever wrote it could approve it
after another's touch. What was changed before stands in the history alone.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the list, empty."""
    op.add_column(
        "rule_versions",
        sa.Column("also_drafted_by", sa.JSON(), server_default="[]", nullable=False),
    )


def downgrade() -> None:
    """Take it out again."""
    op.drop_column("rule_versions", "also_drafted_by")
