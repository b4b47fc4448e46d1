"""Dossiers for tests, put straight into the tables: a few by hand, or thousands by a seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select
from world import World

from models.base import table_of
from models.dossiers.rows import DossierImportRow, DossierRow, DossierStepRow
from workflow.calendar.vietnam import vietnam_calendar
from workflow.dossiers.records import Channel, ImportState, Wait
from workflow.dossiers.timing import pushed_back
from workflow.dossiers.waiting import counted_waits

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR = vietnam_calendar()
FIRST_ID = 1_000_000
"""Above the ids that the database gives to dossiers of an import."""
SOURCE = "igate"
FIELDS = ("Đất đai", "Môi trường", "Hộ tịch", "Xây dựng")
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Võ")
GIVEN = ("Văn An", "Thị Bình", "Hữu Châu", "Thị Đào", "Đức Em")


def at(day: date, hour: int = 9) -> datetime:
    """An hour of a day in the province."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZONE)


def facts(world: World, **given: Any) -> dict[str, Any]:
    """Return the columns of one dossier: those given, what follows from them, and usual ones."""
    number = next(world.dossiers)
    agency = given.pop("agency", "H32.03")
    receiving = given.pop("receiving", "")
    waits = tuple(given.pop("waits", ()))
    found: dict[str, Any] = {
        "id": FIRST_ID + number,
        "source": SOURCE,
        "code": f"000.00.14.H32-2106{number % 30 + 1:02d}-{number:05d}",
        "field_text": "Đất đai",
        "procedure_code": "1.004199",
        "procedure_text": "Đăng ký biến động quyền sử dụng đất",
        "officer": "Cán bộ A",
        "applicant": "Nguyễn Văn An",
        "channel": Channel.COUNTER,
        "status": 4,
        "received_on": date(2021, 6, 1),
        "promised_on": date(2021, 6, 15),
        "supplement_requests": len(waits),
        "waits": [
            [w.asked_on.isoformat(), w.answered_on and w.answered_on.isoformat()] for w in waits
        ],
        "digest": f"{number:032d}",
        "first_import_id": 1,
        "last_import_id": 1,
    } | given
    for name, code in (("agency", agency), ("receiving", receiving)):
        known = world.agencies.get(code)
        found[f"{name}_id"] = known.id if known else None
        found[f"{name}_text"] = known.name if known else code
    return found | _derived(found, waits)


def _derived(found: dict[str, Any], waits: tuple[Wait, ...]) -> dict[str, Any]:
    ended, promised = found.get("ended_on"), found["promised_on"]
    last = found.get("promised_last_on", promised)
    waited = counted_waits(waits, ended.isoformat() if ended else None, CALENDAR)
    still = [w.asked_on for w in waits if w.answered_on is None] if ended is None else []
    included = found.get("waits_included", False)
    moves = 0 if included else waited
    received = found["received_on"]
    return {
        "waits_included": included,
        "promised_last_on": last,
        "received_at": found.get("received_at") or (at(received) if received else None),
        "processed_at": found.get("processed_at") or (at(ended) if ended else None),
        "ended_on": ended,
        "status": 9 if ended and found["status"] == 4 else found["status"],
        "waited_days": waited,
        "waiting_since": min(still, default=None),
        "calendar_version": CALENDAR.version.identifier if waited or still else "",
        "due_on": pushed_back(promised, moves, CALENDAR) if promised else None,
        "due_last_on": pushed_back(last, moves, CALENDAR) if last else None,
    }


def put(world: World, *rows: dict[str, Any], steps: Any = ()) -> list[int]:
    """Keep dossiers, and steps as (dossier's place among them, values); return their ids."""
    with world.office.engine.begin() as connection:
        if connection.execute(select(DossierImportRow.id).limit(1)).first() is None:
            connection.execute(insert(DossierImportRow), [_import(world)])
        for chunk in _chunks(rows):
            connection.execute(insert(table_of(DossierRow)), _whole(chunk))
        made = [step_row(rows[place]["id"], values) for place, values in steps]
        for chunk in _chunks(made):
            connection.execute(insert(table_of(DossierStepRow)), chunk)
    return [row["id"] for row in rows]


def one(world: World, *, steps: Any = (), **given: Any) -> dict[str, Any]:
    """Keep one dossier with its steps and return its columns."""
    row = facts(world, **given)
    put(world, row, steps=[(0, values) for values in steps])
    return row


def step(
    serial: int,
    name: str,
    holder: str,
    start: date,
    end: date | None = None,
    limit: date | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return one step of a log; hours are nine in the morning, limits five in the afternoon."""
    return {
        "serial": serial,
        "name": name,
        "holder_text": holder,
        "started_at": at(start),
        "ended_at": at(end) if end else None,
        "limit_at": at(limit, 17) if limit else None,
    } | more


def many(world: World, count: int, *, seed: int = 1, logged: bool = True) -> list[int]:
    """Keep a year of dossiers of several agencies, fields and months, the same for a seed."""
    dice = random.Random(seed)
    agencies = ("H32.03", "H32.04", "H32.10", "H32.10.1", "H32.11", "Chi nhánh VPĐKĐĐ Cam Lâm", "")
    rows, steps = [], []
    for place in range(count):
        row = facts(world, **_drawn(dice, agencies))
        rows.append(row)
        if logged and row["field_text"] == "Đất đai":
            steps += [(place, values) for values in _log(dice, row)]
    return put(world, *rows, steps=steps)


def year(world: World, count: int) -> None:
    """Keep a year of dossiers, one without a day of receipt, one that waits for the second time."""
    many(world, count)
    one(world, received_on=None, promised_on=None)
    waits = (Wait(date(2021, 6, 2), date(2021, 6, 3)), Wait(date(2021, 6, 3), None))
    one(world, received_on=date(2021, 6, 1), promised_on=date(2021, 6, 4), waits=waits)


def _drawn(dice: random.Random, agencies: tuple[str, ...]) -> dict[str, Any]:
    received = date(2020, 12, 1) + timedelta(days=dice.randrange(266))
    promised = CALENDAR.due_on(received, dice.choice((3, 5, 10, 15)))
    field = dice.choice(FIELDS)
    taken = dice.randrange(1, 24)
    ended = CALENDAR.due_on(received, taken) if dice.random() < 0.9 else None
    last = promised + timedelta(days=7) if dice.random() < 0.1 else promised
    is_promised = dice.random() < 0.97
    waits = []
    if dice.random() < 0.2:
        asked = received + timedelta(days=dice.randrange(1, 8))
        waits.append(
            Wait(
                asked, asked + timedelta(days=dice.randrange(0, 9)) if dice.random() < 0.9 else None
            )
        )
    return {
        "agency": dice.choice(agencies),
        "receiving": dice.choice(("H32.10", "H32.10.1", "")),
        "field": None,
        "field_text": field,
        "procedure_code": f"1.00{FIELDS.index(field)}{dice.randrange(3)}",
        "procedure_text": f"Thủ tục {FIELDS.index(field)}",
        "applicant": f"{dice.choice(FAMILY)} {dice.choice(GIVEN)}",
        "channel": dice.choice(list(Channel)),
        "received_on": received,
        "promised_on": promised if is_promised else None,
        "promised_last_on": last if is_promised else None,
        "ended_on": ended if ended and ended <= date(2021, 8, 23) else None,
        "waits": waits,
        "apology_on": promised if dice.random() < 0.1 else None,
    }


PATH = (
    ("Tiếp nhận", "Bộ phận Một cửa", 1),
    ("Thẩm tra hồ sơ", "Chi nhánh VPĐKĐĐ Cam Lâm", 3),
    ("Xác nhận nguồn gốc đất", "UBND xã Cam Tân", 3),
    ("Xác định nghĩa vụ tài chính", "Chi cục Thuế", 2),
    ("Ký giấy chứng nhận", "Sở Tài nguyên và Môi trường", 1),
)


def _log(dice: random.Random, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    start, end = row["received_on"], row["ended_on"] or date(2021, 8, 23)
    total = max(CALENDAR.working_days_between(start, end), 1)
    cuts = sorted(dice.randrange(total + 1) for _ in PATH[1:])
    edges = [0, *cuts, total]
    for serial, (name, holder, limit) in enumerate(PATH, start=1):
        begun = CALENDAR.due_on(start, edges[serial - 1]) if edges[serial - 1] else start
        over = CALENDAR.due_on(start, edges[serial]) if edges[serial] else start
        is_last = serial == len(PATH) and row["ended_on"] is None
        yield step(
            serial, name, holder, begun, None if is_last else over, CALENDAR.due_on(begun, limit)
        )


def _import(world: World) -> dict[str, Any]:
    return {
        "id": 1, "source": SOURCE, "profile": SOURCE, "profile_digest": "x", "file_name": "ho-so.csv",
        "sha256": "0" * 64, "as_of": date(2021, 8, 23), "state": ImportState.FINISHED,
        "violations": {}, "detections_off": [], "started_at": datetime(2021, 8, 23, tzinfo=UTC),
        "account_id": world.accounts["admin"],
    }  # fmt: skip


def _whole(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = {column.name for column in table_of(DossierRow).columns}
    keys = sorted({name for row in rows for name in row} & names)
    return [{name: row.get(name) for name in keys} for row in rows]


def step_row(key: int, values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of a step of one dossier."""
    usual = {"name": "", "holder_text": "", "holder_id": None, "officer": "", "started_at": None,
             "ended_at": None, "limit_at": None}  # fmt: skip
    return usual | values | {"dossier_id": key}


def _chunks(rows: Any, size: int = 2_000) -> Iterator[list[Any]]:
    for place in range(0, len(rows), size):
        yield list(rows[place : place + size])
