"""What PostgreSQL knows of the violations before it plans how to read their groups.

Where nobody has looked at a table yet it takes its rows for few, and any index for as good as
another: of each group it then reads all violations of its type. It looks by itself within a
minute or so, which is after a first year was taken in.
"""

from __future__ import annotations

from weakref import WeakSet

from sqlalchemy import Connection, Engine

from models.violations.rows import ViolationRow

MANY = 100
"""So many groups are worth a question; fewer are read soon by any index."""

_LOOKED_AT: WeakSet[Engine] = WeakSet()
_TABLE = ViolationRow.__tablename__
KNOWN = (
    "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_stats "
    f"WHERE tablename = '{_TABLE}' AND schemaname = ANY (current_schemas(false)))"
)


def look_once(connection: Connection) -> None:
    """Let PostgreSQL look at the violations, those of this transaction too, if it never did.

    Asked until it has been, in each process. Nobody is kept from reading or writing meanwhile,
    and nobody is waited for.
    """
    if connection.engine in _LOOKED_AT:
        return
    if connection.exec_driver_sql(KNOWN).scalar():
        _LOOKED_AT.add(connection.engine)
    else:
        connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {_TABLE}")
