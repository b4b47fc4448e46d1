"""A group may hold communes from a day on: "địa phương" are they since districts are gone.

The standard group of all agencies had no communes, and so lost them from 1 July 2025. It is
corrected where nobody changed its tiers; a province that did so meant what it chose.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

CODE = "all_agencies"
BEFORE = ["department", "district", "special_zone"]
AFTER = ["commune", *BEFORE]
TWO_TIERS_FROM = date(2025, 7, 1)
GROUPS = sa.table(
    "agency_groups",
    sa.column("code", sa.String),
    sa.column("tiers", sa.JSON),
    sa.column("communes_from", sa.Date),
)


def upgrade() -> None:
    """Add the day, and put communes into the standard group from it on."""
    op.add_column("agency_groups", sa.Column("communes_from", sa.Date(), nullable=True))
    _correct(BEFORE, tiers=AFTER, communes_from=TWO_TIERS_FROM)


def downgrade() -> None:
    """Take them out again."""
    _correct(AFTER, tiers=BEFORE)
    op.drop_column("agency_groups", "communes_from")


def _correct(standing: list[str], **values: object) -> None:
    connection = op.get_bind()
    found = connection.execute(sa.select(GROUPS.c.tiers).where(GROUPS.c.code == CODE)).scalar()
    if found is not None and sorted(found) == sorted(standing):
        connection.execute(GROUPS.update().where(GROUPS.c.code == CODE).values(**values))
