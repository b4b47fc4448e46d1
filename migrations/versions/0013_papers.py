"""The office's list of papers, and letters that urge with the directives each names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables; nothing was listed or urged by letter yet."""
    _listed_papers()
    _reminder_letters()


def _line(name: str, length: int = 500) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), server_default="", nullable=False)


def _listed_papers() -> None:
    op.create_table(
        "listed_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "incoming",
                "outgoing",
                name="direction",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        _line("number"),
        _line("number_key"),
        sa.Column("dated", sa.Date(), nullable=False),
        _line("counterpart"),
        _line("counterpart_key"),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        _line("signer"),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        _line("file_name"),
        _line("file_sha256", 64),
        _line("file_type", 100),
        sa.Column("file_size", sa.Integer(), server_default="0", nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_listed_papers_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["accounts.id"], name=op.f("fk_listed_papers_entered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed_papers")),
        sa.UniqueConstraint(
            "direction",
            "number_key",
            "dated",
            "counterpart_key",
            name=op.f("uq_listed_papers_direction_number_key_dated_counterpart_key"),
        ),
    )
    for columns in (["agency_id"], ["dated", "id"], ["number_key"]):
        op.create_index(op.f(f"ix_listed_papers_{'_'.join(columns)}"), "listed_papers", columns)


def _reminder_letters() -> None:
    op.create_table(
        "reminder_letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        _line("number"),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_reminder_letters_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["sent_by"], ["accounts.id"], name=op.f("fk_reminder_letters_sent_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder_letters")),
    )
    op.create_index(
        op.f("ix_reminder_letters_agency_id_id"), "reminder_letters", ["agency_id", "id"]
    )
    op.create_table(
        "reminder_lines",
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["directive_id"], ["directives.id"], name=op.f("fk_reminder_lines_directive_id")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["reminder_letters.id"], name=op.f("fk_reminder_lines_letter_id")
        ),
        sa.PrimaryKeyConstraint("letter_id", "directive_id", name=op.f("pk_reminder_lines")),
    )
    op.create_index(op.f("ix_reminder_lines_directive_id"), "reminder_lines", ["directive_id"])


def downgrade() -> None:
    """Forget them."""
    for table in ("reminder_lines", "reminder_letters", "listed_papers"):
        op.drop_table(table)
