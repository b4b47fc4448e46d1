"""Files of dossiers for tests, and taking them in as the command does."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.dossiers.rows import (
    DossierChangeRow,
    DossierImportRow,
    DossierRejectRow,
    DossierRow,
    DossierStepRow,
)
from web.dossiers.intake import Order, Outcome, facts_of, reader_on, take_in_file
from web.dossiers.opening import open_dossiers
from web.dossiers.ordering import in_code_order
from workflow.accounts.usecases import system_actor
from workflow.dossiers.picking import Picker
from workflow.dossiers.profile import Profile
from workflow.dossiers.profile_text import read_profile

LEDGER = frozenset({"dossier_imports"})
"""The ledger of imports alone grows when the same file comes again."""
DAY = date(2021, 9, 15)

PLAIN = """
name = "plain"
source = "one-stop"
time_zone = "Asia/Ho_Chi_Minh"
rows = "dossier"
promised_includes_waits = {included}

[dates]
formats = ["%d/%m/%Y", "%d/%m/%Y %H:%M"]

[columns]
code = "code"
agency = "agency"
field = "field"
officer = "officer"
applicant = "applicant"
channel = "channel"
status = "status"
received_at = "received"
promised_on = "promised"
promised_last_on = "promised again"
processed_at = "processed"
returned_at = "returned"
stopped_at = "stopped"
apology_on = "apology"
second_new_date_at = "second date"

[[waits]]
asked = "asked"
answered = "answered"

[[waits]]
asked = "billed"
answered = "paid"
kind = "payment"
"""

COLUMNS = (
    "code", "agency", "field", "officer", "applicant", "channel", "status", "received", "promised",
    "promised again", "processed", "returned", "stopped", "apology", "second date", "asked",
    "answered", "billed", "paid",
)  # fmt: skip


def plain_profile(*, included: bool = False) -> Profile:
    return read_profile(PLAIN.format(included=str(included).lower()))


def row(code: str, **values: Any) -> dict[str, str]:
    """One line of a file; a dossier received on 1 September 2021 where nothing else is said."""
    told = {"agency": "H32.03", "field": "Đất đai", "received": "01/09/2021"}
    told |= {name.replace("_", " "): value for name, value in values.items()}
    return {"code": code} | {k: cell(v) for k, v in told.items()}


def cell(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)


def write(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def take(world: Any, path: Path, profile: Profile | None = None, **more: Any) -> Outcome:
    """Take in a file as the system account does."""
    office = world.office
    following = more.pop("following", lambda _unit, _actor: ())
    chunk = more.pop("chunk", 1000)
    order = Order(
        path=path,
        profile=profile or plain_profile(),
        as_of=more.pop("as_of", DAY),
        acting=lambda unit: system_actor(unit.accounts, at=office.clock()),
        **more,
    )
    return take_in_file(office, order, following=following, chunk=chunk)


def dossiers(world: Any) -> dict[str, Any]:
    """Every dossier that stands, by its code."""
    with world.office.engine.connect() as connection:
        rows = connection.execute(select(DossierRow.__table__)).all()
    return {row.code: row for row in rows}


def rows_of(world: Any, kind: Any) -> list[Any]:
    """Every row of a table, in the order of its key."""
    table = kind.__table__
    with world.office.engine.connect() as connection:
        return list(connection.execute(select(table).order_by(*table.primary_key.columns)))


def imports(world: Any) -> list[Any]:
    return rows_of(world, DossierImportRow)


def changes(world: Any) -> set[tuple[str, str, str, str]]:
    codes = {one.id: one.code for one in rows_of(world, DossierRow)}
    return {
        (codes[one.dossier_id], one.field, one.before, one.after)
        for one in rows_of(world, DossierChangeRow)
    }


def rejects(world: Any) -> list[tuple[int, str, str, str]]:
    return [(one.line, one.code, one.field, one.reason) for one in rows_of(world, DossierRejectRow)]


def told(world: Any) -> str:
    """What the dossiers and their steps say, whatever ids they bear and by which import they came."""
    bare = {"id", "first_import_id", "last_import_id", "dossier_id"}
    codes = {one.id: one.code for one in rows_of(world, DossierRow)}
    lines = []
    for kind, key in ((DossierRow, "id"), (DossierStepRow, "dossier_id")):
        for one in rows_of(world, kind):
            facts = one._asdict()
            said = {name: value for name, value in facts.items() if name not in bare}
            lines.append(f"{kind.__tablename__} {codes[facts[key]]} {said}")
    return sha256("\n".join(sorted(lines)).encode()).hexdigest()


def ground_of(world: Any, path: Path, profile: Profile | None = None) -> tuple[Any, Any, Any]:
    """The facts, the one chunk and the reader of a small file, as the use cases want them."""
    office = world.office
    order = Order(
        path=path,
        profile=profile or plain_profile(),
        as_of=DAY,
        acting=lambda _: world.actor("admin"),
    )
    opened = open_dossiers(path, order.profile)
    with office.reading() as unit:
        reader = reader_on(unit, order, opened, office.calendar(unit))
    picked = in_code_order(Picker(order.profile, opened.layout).pick(opened.rows()), path.parent)
    [chunk] = reader.grouping.chunks(picked, 1000)
    return facts_of(order, opened), chunk, reader


def several(count=30):
    """Return rows of as many dossiers, no two alike: some ended, some paused."""
    return [
        row(
            f"H32-{n:03d}",
            applicant=f"Nguyễn Văn {n}",
            promised=date(2021, 9, 1 + n % 28),
            processed=date(2021, 9, 3 + n % 20) if n % 3 else None,
            asked=date(2021, 9, 2) if n % 5 == 0 else None,
            answered=date(2021, 9, 8) if n % 10 == 0 else None,
        )
        for n in range(count)
    ]
