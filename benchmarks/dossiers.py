"""A year of dossiers as a file, the bare tables it can be thrown into, and the usual ORM way."""

from __future__ import annotations

import csv
import random
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

AGENCIES, PROCEDURES = 300, 1_800
START = datetime(2025, 1, 1)  # noqa: DTZ001 - a local time of the file
YEAR = 365 * 86_400
COLUMNS = (
    "id", "agency", "procedure", "received", "due", "returned", "supplements", "apology", "status",
    "fee",
)  # fmt: skip
PROFILE = """
name = "bench"
source = "bench"
time_zone = "Asia/Ho_Chi_Minh"
rows = "dossier"
promised_includes_waits = false
[columns]
code = "id"
agency = "agency"
procedure_code = "procedure"
received_at = "received"
promised_on = "due"
returned_at = "returned"
status = "status"
[words.status]
open = 4
done = 10
[marks.apology_on]
column = "apology"
yes = ["1"]
at = "promised_on"
[marks.second_supplement_at]
column = "supplements"
at_least = 2
at = "received_at"
"""
ORM_ROWS = 100_000
MANY_SUPPLEMENTS = 2


def write(path: Path, rows: int) -> Path:
    """Write a file of `rows` dossiers in the order of receipt, about a hundred bytes each."""
    dice = random.Random(20250911)
    weights = [1 / (n + 1) ** 0.7 for n in range(AGENCIES)]
    agencies = dice.choices(range(AGENCIES), weights, k=rows)
    received = sorted(dice.randrange(YEAR) for _ in range(rows))
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(_row(dice, n, agencies[n], received[n]) for n in range(rows))
    return path


def _row(dice: random.Random, number: int, agency: int, second: int) -> tuple[object, ...]:
    start = START + timedelta(seconds=second)
    days = dice.choice((1, 3, 5, 10, 15, 20, 30))
    due = start + timedelta(days=days)
    in_time = dice.random() < 0.9
    end = (
        start + timedelta(days=days * dice.random())
        if in_time
        else due + timedelta(days=dice.expovariate(0.25))
    )
    is_open = dice.random() < 0.04
    apology = int(end > due and dice.random() < 0.6)
    return (
        f"H{agency:03d}-{number:08d}", f"A{agency:03d}", f"P{dice.randrange(PROCEDURES):04d}",
        f"{start:%FT%T}", f"{due:%FT%T}", "" if is_open else f"{end:%FT%T}",
        dice.choice((0, 0, 0, 0, 0, 0, 1, 1, 2, 3)), apology, "open" if is_open else "done",
        dice.randrange(50) * 10_000,
    )  # fmt: skip


BARE = """CREATE TABLE bare (id TEXT PRIMARY KEY, agency TEXT NOT NULL, procedure TEXT NOT NULL,
received {at} NOT NULL, due {at} NOT NULL, returned {at}, supplements INT NOT NULL,
apology INT NOT NULL, status TEXT NOT NULL, fee INT NOT NULL){end}"""
INDEXES = (
    "CREATE INDEX bare_agency ON bare (agency, received)",
    "CREATE INDEX bare_open ON bare (due) WHERE status = 'open'",
)


def sqlite_floor(file: Path, place: Path) -> Callable[[], int]:
    """Return what throws the file into one SQLite table with its indexes, in one transaction."""
    connection = sqlite3.connect(place, isolation_level=None)
    for pragma in ("journal_mode=wal", "synchronous=normal", "cache_size=-262144"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(BARE.format(at="TEXT", end=" WITHOUT ROWID"))
    for index in INDEXES:
        connection.execute(index)

    def throw() -> int:
        connection.execute("BEGIN")
        with file.open(encoding="utf-8", newline="") as text:
            rows = csv.reader(text)
            next(rows)
            put = "INSERT INTO bare VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?)"
            count = connection.executemany(put, rows).rowcount
        connection.execute("COMMIT")
        return count

    return throw


def postgres_floor(file: Path, url: str) -> Callable[[], int]:
    """Return what copies the file into one PostgreSQL table with its indexes."""
    connection = psycopg.connect(url)
    connection.execute(BARE.format(at="TIMESTAMP", end="").encode())
    for index in INDEXES:
        connection.execute(index.encode())
    connection.commit()

    def copy() -> int:
        with connection.cursor() as cursor, file.open("rb") as raw:
            with cursor.copy("COPY bare FROM STDIN WITH (FORMAT csv, HEADER)") as copying:
                while piece := raw.read(1 << 18):
                    copying.write(piece)
            connection.commit()
            return cursor.rowcount

    return copy


class Base(DeclarativeBase):
    """What the ORM stands on."""


class Usual(Base):
    """The same dossier as an object."""

    __tablename__ = "usual"
    id: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str] = mapped_column(index=True)
    procedure: Mapped[str]
    received: Mapped[datetime]
    due: Mapped[datetime] = mapped_column(index=True)
    returned: Mapped[datetime | None]
    supplements: Mapped[int]
    apology: Mapped[int]
    status: Mapped[str]
    fee: Mapped[int]


class UsualViolation(Base):
    """What one dossier shows of one kind."""

    __tablename__ = "usual_violations"
    dossier_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str]
    at: Mapped[datetime]


def usual_way(file: Path, url: str, as_of: datetime) -> Callable[[], int]:
    """Return what most applications do: an object for each row and violation, by the thousand.

    As the yardstick does it that the bar was set by. A commit is as durable as ours on SQLite.
    """
    engine = create_engine(url)
    if url.startswith("sqlite"):
        event.listen(engine, "connect", _as_durable_as_ours)
    Base.metadata.create_all(engine)

    def add() -> int:
        with file.open(encoding="utf-8", newline="") as text, Session(engine) as session:
            for number, row in enumerate(_first(csv.DictReader(text)), start=1):
                dossier = _usual(row)
                session.add(dossier)
                for kind, at in _shown(dossier, as_of):
                    session.add(
                        UsualViolation(
                            dossier_id=dossier.id, kind=kind, agency=dossier.agency, at=at
                        )
                    )
                if number % 1_000 == 0:
                    session.commit()
                    session.expunge_all()
            session.commit()
        return number

    return add


def _as_durable_as_ours(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA journal_mode=wal")
    connection.execute("PRAGMA synchronous=normal")


def _usual(row: dict[str, str]) -> Usual:
    read = datetime.fromisoformat
    return Usual(
        id=row["id"], agency=row["agency"], procedure=row["procedure"],
        received=read(row["received"]), due=read(row["due"]),
        returned=read(row["returned"]) if row["returned"] else None,
        supplements=int(row["supplements"]), apology=int(row["apology"]),
        status=row["status"], fee=int(row["fee"]),
    )  # fmt: skip


def _shown(dossier: Usual, as_of: datetime) -> Iterator[tuple[str, datetime]]:
    if dossier.returned and dossier.returned > dossier.due:
        yield "late_return", dossier.returned
        if not dossier.apology:
            yield "no_apology", dossier.returned
    elif not dossier.returned and dossier.due < as_of:
        yield "open_overdue", dossier.due
    if dossier.supplements >= MANY_SUPPLEMENTS:
        yield "repeat_supplement", dossier.received


def _first(rows: Iterator[dict[str, str]]) -> Iterator[dict[str, str]]:
    return islice(rows, ORM_ROWS)
