"""For which agency a file was brought: another agency's file of the same name is not its next.

Until now two agencies that each brought "so-lieu.xlsx" to one directive replaced each other's.
Where whoever brought a file only ever worked for one agency it is that one; elsewhere it stays
unknown, and what was set aside before stays so.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

FILL = sa.text(
    "UPDATE evidence SET agency_id = ("
    "SELECT min(m.agency_id) FROM memberships m WHERE m.account_id = evidence.uploaded_by "
    "HAVING count(DISTINCT m.agency_id) = 1)"
)


def upgrade() -> None:
    """Add the agency, and say it where it is known."""
    with op.batch_alter_table("evidence") as table:
        table.add_column(sa.Column("agency_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_evidence_agency_id"), "agencies", ["agency_id"], ["id"])
    op.execute(FILL)


def downgrade() -> None:
    """Take it out again; the files and their versions stay."""
    with op.batch_alter_table("evidence") as table:
        table.drop_constraint(op.f("fk_evidence_agency_id"), type_="foreignkey")
        table.drop_column("agency_id")
