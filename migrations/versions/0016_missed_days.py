"""Which due days nights have judged: so that a night looks at what fell due, not at all overdue."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

WORK = sa.text(
    "due_on IS NOT NULL AND state NOT IN ('verified', 'withdrawn') "
    "AND suspended_since IS NULL AND (state <> 'reported' OR completed_on > due_on) "
    "AND (missed_on IS NULL OR missed_on < due_on)"
)
WORK_IN_TIME = sa.text("report_recorded AND completed_on <= missed_on")
PERIOD = sa.text(
    "state NOT IN ('confirmed', 'ended') AND (state <> 'reported' OR completed_on > due_on) "
    "AND (missed_on IS NULL OR missed_on <> due_on)"
)
PERIOD_IN_TIME = sa.text("is_recorded AND missed_on = due_on AND completed_on <= due_on")
REQUEST = sa.text(
    "(state = 'open' OR answered_on > due_on) AND (missed_on IS NULL OR missed_on <> due_on)"
)
INDEXES = (
    ("ix_directives_to_judge", "directives", ["due_on", "id"], WORK),
    ("ix_directives_came_in_time", "directives", ["missed_on", "id"], WORK_IN_TIME),
    ("ix_periods_to_judge", "periods", ["due_on", "directive_id", "id"], PERIOD),
    ("ix_periods_came_in_time", "periods", ["missed_on", "id"], PERIOD_IN_TIME),
    ("ix_input_requests_to_judge", "input_requests", ["due_on", "directive_id", "id"], REQUEST),
)
TABLES = ("directives", "periods", "input_requests")
KNOWN = "type = 'V22' AND (state <> 'overturned' OR cause <> 'mended')"


def upgrade() -> None:
    """Say of each due day whether a violation tells that it was missed."""
    for table in TABLES:
        op.add_column(table, sa.Column("missed_on", sa.Date(), nullable=True))
    there = op.get_bind().dialect.name == "postgresql"
    day_before = "max(occurred_on) - 1" if there else "date(max(occurred_on), '-1 day')"
    next_day = "due_on + 1" if there else "date(due_on, '+1 day')"
    op.execute(
        f"UPDATE directives SET missed_on = (SELECT {day_before} FROM violations "  # noqa: S608
        f"WHERE directive_id = directives.id AND {KNOWN}) "
        f"WHERE id IN (SELECT directive_id FROM violations WHERE {KNOWN})"
    )
    of_period = "violations.directive_id = periods.directive_id"
    op.execute(
        "UPDATE periods SET missed_on = due_on WHERE EXISTS (SELECT 1 FROM violations "  # noqa: S608
        f"WHERE {of_period} AND occurred_on = {next_day} AND type = 'V22' "
        "AND (violations.state <> 'overturned' OR violations.cause <> 'mended'))"
    )
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Leave which days were judged; the violations tell it."""
    for name, table, _, _ in INDEXES:
        op.drop_index(name, table_name=table)
    for table in TABLES:
        op.drop_column(table, "missed_on")
