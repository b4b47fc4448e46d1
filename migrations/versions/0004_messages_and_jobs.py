"""The outbox, inboxes and letters; jobs, nights and the ledger of runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

REPORTED = "state = 'reported'"
ASKED = "decline_standing OR extension_asked_to IS NOT NULL"


def upgrade() -> None:
    """Add the outbox with what comes of it, and the jobs with what became of them."""
    op.create_table(
        "nights",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_nights")),
    )
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "done",
                "failed",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_kind_id"), "runs", ["kind", "id"], unique=False)
    op.create_index(op.f("ix_runs_started_at"), "runs", ["started_at"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ready",
                "done",
                "dead",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("trouble", sa.String(length=500), server_default="", nullable=False),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_jobs_attempts_counted")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_jobs_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_jobs_key")),
    )
    op.create_index(
        "ix_jobs_dead",
        "jobs",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'dead'"),
        postgresql_where=sa.text("state = 'dead'"),
    )
    op.create_index(op.f("ix_jobs_ended_at"), "jobs", ["ended_at"], unique=False)
    op.create_index(
        "ix_jobs_ready",
        "jobs",
        ["run_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'ready'"),
        postgresql_where=sa.text("state = 'ready'"),
    )
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ready",
                "sent",
                "dead",
                "dropped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_mails_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("message_id", name=op.f("uq_mails_message_id")),
    )
    op.create_index(op.f("ix_mails_account_id"), "mails", ["account_id"], unique=False)
    op.create_index(
        "ix_mails_unsent",
        "mails",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'ready' OR state = 'dead'"),
        postgresql_where=sa.text("state = 'ready' OR state = 'dead'"),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("to_account", sa.Integer(), nullable=True),
        sa.Column("to_agency", sa.Integer(), nullable=True),
        sa.Column(
            "to_role",
            sa.Enum(
                "office",
                "leader",
                "agency_head",
                "agency_clerk",
                "agency_officer",
                "inspector",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("subject_key", sa.String(length=100), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column(
            "urgency",
            sa.Enum(
                "normal",
                "urgent",
                name="urgency",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "delivery",
            sa.Enum(
                "waiting",
                "delivered",
                "stranded",
                name="delivery",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recipients", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "to_account IS NOT NULL OR to_agency IS NOT NULL OR to_role IS NOT NULL",
            name=op.f("ck_messages_goes_to_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["to_account"], ["accounts.id"], name=op.f("fk_messages_to_account")
        ),
        sa.ForeignKeyConstraint(["to_agency"], ["agencies.id"], name=op.f("fk_messages_to_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("key", name=op.f("uq_messages_key")),
    )
    op.create_index(
        "ix_messages_stranded",
        "messages",
        ["id"],
        unique=False,
        sqlite_where=sa.text("delivery = 'stranded'"),
        postgresql_where=sa.text("delivery = 'stranded'"),
    )
    op.create_index(
        "ix_messages_waiting",
        "messages",
        ["id"],
        unique=False,
        sqlite_where=sa.text("delivery = 'waiting'"),
        postgresql_where=sa.text("delivery = 'waiting'"),
    )
    op.create_table(
        "notice_choices",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "digest_hour IS NULL OR (digest_hour BETWEEN 0 AND 23)",
            name=op.f("ck_notice_choices_digest_hour_of_day"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name=op.f("fk_notice_choices_account_id")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notice_choices")),
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_inbox_account_id")),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_inbox_mail_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_inbox_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint(
            "account_id", "message_id", name=op.f("uq_inbox_account_id_message_id")
        ),
    )
    op.create_index(
        op.f("ix_inbox_account_id_archived_at_id"),
        "inbox",
        ["account_id", "archived_at", "id"],
        unique=False,
    )
    op.create_index(op.f("ix_inbox_mail_id"), "inbox", ["mail_id"], unique=False)
    op.create_index(op.f("ix_inbox_message_id"), "inbox", ["message_id"], unique=False)
    op.create_index(
        "ix_inbox_unmailed",
        "inbox",
        ["mail_at", "account_id"],
        unique=False,
        sqlite_where=sa.text("mail_id IS NULL AND mail_at IS NOT NULL"),
        postgresql_where=sa.text("mail_id IS NULL AND mail_at IS NOT NULL"),
    )
    op.create_index(
        "ix_inbox_unread",
        "inbox",
        ["account_id", "id"],
        unique=False,
        sqlite_where=sa.text("read_at IS NULL AND archived_at IS NULL"),
        postgresql_where=sa.text("read_at IS NULL AND archived_at IS NULL"),
    )
    op.create_table(
        "mail_attempts",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=500), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["mail_id"], ["mails.id"], name=op.f("fk_mail_attempts_mail_id")),
        sa.PrimaryKeyConstraint("mail_id", "serial", name=op.f("pk_mail_attempts")),
    )
    for name, columns, condition in (
        ("ix_directives_reported", ["completed_on", "id"], REPORTED),
        ("ix_directives_asked", ["id"], ASKED),
    ):
        where = sa.text(condition)
        op.create_index(
            name, "directives", columns, sqlite_where=where, postgresql_where=where
        )


def downgrade() -> None:
    """Drop them; what was told and what ran is forgotten."""
    op.drop_index("ix_directives_asked", table_name="directives")
    op.drop_index("ix_directives_reported", table_name="directives")
    for table in (
        "mail_attempts",
        "inbox",
        "notice_choices",
        "messages",
        "mails",
        "jobs",
        "runs",
        "nights",
    ):
        op.drop_table(table)
