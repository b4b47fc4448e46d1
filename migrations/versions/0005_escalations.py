"""Rules with their versions, escalations with every raise, and what is suppressed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of the escalation engine's memory."""
    op.create_table(
        "escalation_clock",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("swept_on", sa.Date(), nullable=True),
        sa.Column("evaluated_to", sa.Date(), nullable=True),
        sa.Column("later_from", sa.Date(), nullable=True),
        sa.Column(
            "merging",
            sa.Enum(
                "sum", "fresh", name="merging", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.CheckConstraint("id = 1", name=op.f("ck_escalation_clock_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation_clock")),
    )
    op.create_table(
        "escalations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("rule_code", sa.String(length=64), nullable=False),
        sa.Column("rule_number", sa.Integer(), nullable=False),
        sa.Column("group_json", sa.JSON(), nullable=False),
        sa.Column("group_key", sa.String(length=64), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "raised",
                "acknowledged",
                "explanation_requested",
                "explained",
                "proposed",
                "decided",
                "closed",
                "retracted",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("next_change_on", sa.Date(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retracted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retracted_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("heir_id", sa.Integer(), nullable=True),
        sa.Column(
            "state_before_retraction",
            sa.Enum(
                "raised",
                "acknowledged",
                "explanation_requested",
                "explained",
                "proposed",
                "decided",
                "closed",
                "retracted",
                name="state_before_retraction",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("holder_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "state <> 'retracted' OR (retracted_at IS NOT NULL AND state_before_retraction IS NOT NULL)",
            name=op.f("ck_escalations_retracted_says_when"),
        ),
        sa.CheckConstraint(
            "closed_on IS NULL OR closed_on > opened_on", name=op.f("ck_escalations_period_ordered")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_escalations_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["heir_id"], ["escalations.id"], name=op.f("fk_escalations_heir_id")
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["accounts.id"], name=op.f("fk_escalations_holder_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalations")),
        sa.UniqueConstraint("number", name=op.f("uq_escalations_number")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_escalations_year_serial")),
    )
    op.create_index(
        op.f("ix_escalations_agency_id_opened_on_id"),
        "escalations",
        ["agency_id", "opened_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_escalations_changing",
        "escalations",
        ["next_change_on", "id"],
        unique=False,
        sqlite_where=sa.text("state <> 'retracted' AND next_change_on IS NOT NULL"),
        postgresql_where=sa.text("state <> 'retracted' AND next_change_on IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_escalations_group_key_rule_code"),
        "escalations",
        ["group_key", "rule_code"],
        unique=False,
    )
    op.create_index(op.f("ix_escalations_heir_id"), "escalations", ["heir_id"], unique=False)
    op.create_index(op.f("ix_escalations_holder_id"), "escalations", ["holder_id"], unique=False)
    op.create_index(
        op.f("ix_escalations_opened_on_id"), "escalations", ["opened_on", "id"], unique=False
    )
    op.create_index(
        op.f("ix_escalations_state_answer_by_id"),
        "escalations",
        ["state", "answer_by", "id"],
        unique=False,
    )
    op.create_table(
        "near_misses",
        sa.Column("rule_code", sa.String(length=64), nullable=False),
        sa.Column("group_key", sa.String(length=64), nullable=False),
        sa.Column("rule_number", sa.Integer(), nullable=False),
        sa.Column("group_json", sa.JSON(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("need", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("next_level", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("violations", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_near_misses_agency_id")
        ),
        sa.PrimaryKeyConstraint("rule_code", "group_key", name=op.f("pk_near_misses")),
    )
    op.create_index(
        op.f("ix_near_misses_agency_id_until"), "near_misses", ["agency_id", "until"], unique=False
    )
    op.create_index(op.f("ix_near_misses_until"), "near_misses", ["until"], unique=False)
    op.create_table(
        "rule_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "approved",
                "rejected",
                "retired",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("retroactive", sa.Boolean(), nullable=False),
        sa.Column("retroactive_reason", sa.Text(), server_default="", nullable=False),
        sa.Column("act", sa.String(length=500), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("is_proposal", sa.Boolean(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("backtest", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "state NOT IN ('approved', 'retired') OR (approved_by IS NOT NULL AND approved_by <> drafted_by AND from_on IS NOT NULL AND act <> '')",
            name=op.f("ck_rule_versions_approved_by_a_second_person"),
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["accounts.id"], name=op.f("fk_rule_versions_approved_by")
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"], ["accounts.id"], name=op.f("fk_rule_versions_drafted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_versions")),
        sa.UniqueConstraint("code", "number", name=op.f("uq_rule_versions_code_number")),
    )
    op.create_index(
        op.f("ix_rule_versions_state_code"), "rule_versions", ["state", "code"], unique=False
    )
    op.create_table(
        "suppressions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_code", sa.String(length=64), server_default="", nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("field_text", sa.String(length=500), server_default="", nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), server_default="", nullable=False),
        sa.CheckConstraint("from_on <= to_on", name=op.f("ck_suppressions_period_ordered")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_suppressions_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["accounts.id"], name=op.f("fk_suppressions_ended_by")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["accounts.id"], name=op.f("fk_suppressions_entered_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppressions")),
    )
    op.create_index(op.f("ix_suppressions_agency_id"), "suppressions", ["agency_id"], unique=False)
    op.create_index(
        op.f("ix_suppressions_from_on_to_on"), "suppressions", ["from_on", "to_on"], unique=False
    )
    op.create_table(
        "escalation_raises",
        sa.Column("escalation_id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("violations", sa.JSON(), nullable=False),
        sa.Column("rule_number", sa.Integer(), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["escalation_id"], ["escalations.id"], name=op.f("fk_escalation_raises_escalation_id")
        ),
        sa.PrimaryKeyConstraint("escalation_id", "serial", name=op.f("pk_escalation_raises")),
    )


def downgrade() -> None:
    """Drop them; escalations can be derived anew, what people decided on them cannot."""
    op.drop_table("escalation_raises")
    op.drop_index(op.f("ix_suppressions_from_on_to_on"), table_name="suppressions")
    op.drop_index(op.f("ix_suppressions_agency_id"), table_name="suppressions")
    op.drop_table("suppressions")
    op.drop_index(op.f("ix_rule_versions_state_code"), table_name="rule_versions")
    op.drop_table("rule_versions")
    op.drop_index(op.f("ix_near_misses_until"), table_name="near_misses")
    op.drop_index(op.f("ix_near_misses_agency_id_until"), table_name="near_misses")
    op.drop_table("near_misses")
    op.drop_index(op.f("ix_escalations_state_answer_by_id"), table_name="escalations")
    op.drop_index(op.f("ix_escalations_opened_on_id"), table_name="escalations")
    op.drop_index(op.f("ix_escalations_holder_id"), table_name="escalations")
    op.drop_index(op.f("ix_escalations_heir_id"), table_name="escalations")
    op.drop_index(op.f("ix_escalations_group_key_rule_code"), table_name="escalations")
    op.drop_index(
        "ix_escalations_changing",
        table_name="escalations",
        sqlite_where=sa.text("state <> 'retracted' AND next_change_on IS NOT NULL"),
        postgresql_where=sa.text("state <> 'retracted' AND next_change_on IS NOT NULL"),
    )
    op.drop_index(op.f("ix_escalations_agency_id_opened_on_id"), table_name="escalations")
    op.drop_table("escalations")
    op.drop_table("escalation_clock")
