"""What goes on beside the state: routings, requests for input, proposals, pauses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

OPEN = "state <> 'verified' AND state <> 'withdrawn'"
OPEN_DUE = "ix_directives_open_due"
COVERED = ("due_on", "id", "state", "completed_on", "lead_agency_id")
FIGURES = ("own_figure", "numerator", "denominator")
DAYS = ("declined_on", "extension_asked_on", "proposed_on", "suspended_since")


def upgrade() -> None:
    """Add the tables and the days since which something waits; nothing waits or pauses yet.

    Reports get the numbers behind a rate and the lead's own share beside its parts. Since when a standing request waits is not known for those made before.
    """
    for name in DAYS:
        op.add_column("directives", sa.Column(name, sa.Date(), nullable=True))
    _open_due(*COVERED, "suspended_since")
    _few("ix_directives_proposed", "directives", ["proposed_on", "id"], "proposed_on IS NOT NULL")
    _few("ix_directives_suspended", "directives", ["id"], "suspended_since IS NOT NULL")
    for name in FIGURES:
        op.add_column("reports", sa.Column(name, sa.String(length=40), nullable=True))
    _add_routings()
    _add_input_requests()
    _add_proposals()
    _add_suspensions()


def downgrade() -> None:
    """Forget them."""
    for table in ("suspensions", "proposals", "input_requests", "routings"):
        op.drop_table(table)
    for name in reversed(FIGURES):
        op.drop_column("reports", name)
    for name in ("ix_directives_suspended", "ix_directives_proposed"):
        op.drop_index(name, table_name="directives")
    _open_due(*COVERED)
    for name in reversed(DAYS):
        op.drop_column("directives", name)


def _open_due(*columns: str) -> None:
    op.drop_index(OPEN_DUE, table_name="directives")
    _few(OPEN_DUE, "directives", list(columns), OPEN)


def _few(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _points(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _add_routings() -> None:
    op.create_table(
        "routings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("division_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("internal_due_on", sa.Date(), nullable=True),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_current", sa.Boolean(), server_default=sa.true(), nullable=False),
        _points("routings", "directive_id", "directives"),
        _points("routings", "agency_id", "agencies"),
        _points("routings", "division_id", "divisions"),
        _points("routings", "account_id", "accounts"),
        _points("routings", "by", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_routings")),
    )
    op.create_index(op.f("ix_routings_directive_id_id"), "routings", ["directive_id", "id"])
    _few(
        "uq_routings_current",
        "routings",
        ["directive_id", "agency_id"],
        "is_current",
        unique=True,
    )
    _few(
        "ix_routings_agency_current",
        "routings",
        ["agency_id", "account_id", "division_id", "directive_id"],
        "is_current",
    )


def _add_input_requests() -> None:
    state = sa.Enum(
        "open",
        "answered",
        "lapsed",
        name="state",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "input_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        _points("input_requests", "directive_id", "directives"),
        _points("input_requests", "agency_id", "agencies"),
        _points("input_requests", "asked_by", "accounts"),
        _points("input_requests", "answered_by", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_input_requests")),
    )
    op.create_index(
        op.f("ix_input_requests_directive_id_id"), "input_requests", ["directive_id", "id"]
    )
    op.create_index(op.f("ix_input_requests_due_on_id"), "input_requests", ["due_on", "id"])
    _few(
        "ix_input_requests_open",
        "input_requests",
        ["agency_id", "due_on", "directive_id"],
        "state = 'open'",
    )


def _add_proposals() -> None:
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("paper", sa.String(length=500), server_default="", nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True),
        _points("proposals", "directive_id", "directives"),
        _points("proposals", "agency_id", "agencies"),
        _points("proposals", "by", "accounts"),
        _points("proposals", "answered_by", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_directive_id_id"), "proposals", ["directive_id", "id"])


def _add_suspensions() -> None:
    op.create_table(
        "suspensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("paper", sa.String(length=500), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("end_paper", sa.String(length=500), server_default="", nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        _points("suspensions", "directive_id", "directives"),
        _points("suspensions", "by", "accounts"),
        _points("suspensions", "ended_by", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspensions")),
    )
    op.create_index(
        op.f("ix_suspensions_directive_id_from_on"), "suspensions", ["directive_id", "from_on"]
    )
