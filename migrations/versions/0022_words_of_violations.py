"""The words of a violation are checked by comparisons: SQLite makes a table for each list of them.

It did so five times for every violation that came in, and these come by the hundred thousand.
What may stand there is the same as before.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATES = ("recorded", "confirmed", "contested", "upheld", "overturned")
WORDS = {
    "source": ("detected", "inspection", "petition", "manual"),
    "severity": ("minor", "serious", "grave"),
    "state": STATES,
    "state_before": STATES,
    "cause": ("mended", "judged"),
}


def upgrade() -> None:
    """Compare a word with one after the other."""
    _check({name: (_listed(name), _compared(name)) for name in WORDS})


def downgrade() -> None:
    """Look a word up in a list."""
    _check({name: (_compared(name), _listed(name)) for name in WORDS})


def _listed(name: str) -> str:
    return f"{name} IN ({', '.join(map(repr, WORDS[name]))})"


def _compared(name: str) -> str:
    return " OR ".join(f"{name} = {word!r}" for word in WORDS[name])


def _check(conditions: dict[str, tuple[str, str]]) -> None:
    if op.get_context().dialect.name == "sqlite":
        _rewrite(conditions)
        return
    for name, (_, after) in conditions.items():
        op.drop_constraint(op.f(f"ck_violations_{name}"), "violations", type_="check")
        op.create_check_constraint(op.f(f"ck_violations_{name}"), "violations", sa.text(after))


def _rewrite(conditions: dict[str, tuple[str, str]]) -> None:
    """Change the words of the table's definition, as SQLite describes it for checks.

    Its rows stay where they are: building the table anew would have to let go of what
    refers to it (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
    """
    connection = op.get_bind()
    of_table = "FROM sqlite_master WHERE type = 'table' AND name = 'violations'"
    told = connection.exec_driver_sql(f"SELECT sql {of_table}").scalar_one()
    for before, after in conditions.values():
        told = told.replace(f"CHECK ({before})", f"CHECK ({after})")
    (version,) = connection.exec_driver_sql("PRAGMA schema_version").one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'violations'", (told,)
    )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")
