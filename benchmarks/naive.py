"""What people write first: each violation inserted, and those of its group counted, one by one."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime, timedelta

import psycopg

WINDOW = timedelta(days=30)
ROWS, COMMIT_EACH = 50_000, 1_000

_TABLE = "CREATE TABLE naive (id BIGINT PRIMARY KEY, grouped TEXT, at TIMESTAMPTZ)"
_INDEX = "CREATE INDEX naive_group ON naive (grouped, at)"
_INSERT = "INSERT INTO naive VALUES (%s, %s, %s)"
_COUNT = "SELECT count(*) FROM naive WHERE grouped = %s AND at > %s AND at <= %s"


def naive_seconds(address: str, violations: Sequence[tuple[str, datetime]]) -> list[float]:
    """Return how long each 1,000 violations (group, instant) took on an empty PostgreSQL table.

    Nothing is kept but the violation; the count is what a rule of 30 days would ask.
    """
    times: list[float] = []
    with psycopg.connect(address) as connection, connection.cursor() as cursor:
        cursor.execute(_TABLE)
        cursor.execute(_INDEX)
        connection.commit()
        for first in range(0, len(violations), COMMIT_EACH):
            started = time.perf_counter()
            for number, (group, at) in enumerate(violations[first : first + COMMIT_EACH], first):
                cursor.execute(_INSERT, (number, group, at), prepare=True)
                cursor.execute(_COUNT, (group, at - WINDOW, at), prepare=True).fetchone()
            connection.commit()
            times.append(time.perf_counter() - started)
    return times
