"""Sessions that end on the server too, and people in Vietnamese order."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from workflow.accounts.rules import name_key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table of sessions and the order of people."""
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("browser", sa.String(length=500), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_sessions_account_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account_id"), "sessions", ["account_id"])
    op.add_column(
        "accounts",
        sa.Column("sort_key", sa.String(length=1000), server_default="", nullable=False),
    )
    op.create_index(op.f("ix_accounts_sort_key"), "accounts", ["sort_key"])
    _order_people()


def _order_people() -> None:
    """Give those who are there their place: by given name first."""
    accounts = sa.table("accounts", sa.column("id"), sa.column("name"), sa.column("sort_key"))
    connection = op.get_bind()
    for account_id, name in connection.execute(sa.select(accounts.c.id, accounts.c.name)).all():
        key = name_key(name)
        connection.execute(
            accounts.update().where(accounts.c.id == account_id).values(sort_key=key)
        )


def downgrade() -> None:
    """Drop the table of sessions; everybody signs in anew."""
    op.drop_index(op.f("ix_accounts_sort_key"), table_name="accounts")
    op.drop_column("accounts", "sort_key")
    op.drop_index(op.f("ix_sessions_account_id"), table_name="sessions")
    op.drop_table("sessions")
