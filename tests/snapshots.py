"""What a database holds, kept once and laid out again: most tests begin with the same province."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, select

from models.base import Base


@dataclass(frozen=True)
class Snapshot:
    """Every row of a small database, by table, parents first."""

    rows: tuple[tuple[Table, list[dict[str, Any]]], ...]

    @classmethod
    def of(cls, connection: Connection) -> Snapshot:
        """Read everything."""
        found = (
            (table, [dict(row) for row in connection.execute(_in_order(table)).mappings()])
            for table in Base.metadata.sorted_tables
        )
        return cls(tuple((table, rows) for table, rows in found if rows))

    def lay_out(self, connection: Connection) -> None:
        """Write everything into an empty database; ids go on after the last."""
        for table, rows in self.rows:
            connection.execute(insert(table), rows)
        if connection.dialect.name == "postgresql":
            keyed = [table for table, _ in self.rows if table.autoincrement_column is not None]
            connection.execute(
                select(
                    *(
                        func.setval(
                            func.pg_get_serial_sequence(table.name, key.name),
                            select(func.max(key)).scalar_subquery(),
                        )
                        for table in keyed
                        if (key := table.autoincrement_column) is not None
                    )
                )
            )


def _in_order(table: Table) -> Select[Any]:
    """Return a table's rows as they were made: an agency before those below it."""
    return select(table).order_by(*table.primary_key.columns)
