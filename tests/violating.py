"""Dossiers and violations for tests: laid straight into the tables, or through the use cases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, insert, select

from models.dossiers.rows import DossierImportRow, DossierRow
from models.violations.rows import ViolationFileRow, ViolationRow
from workflow.dossiers.records import Channel, ImportState
from workflow.evidence.records import StoredFile
from workflow.violations.basing import put_basis
from workflow.violations.recording import record
from workflow.violations.records import Reported, Violation, ViolationSource

LONG_AGO = datetime(2021, 8, 1, 2, 0, tzinfo=UTC)


def add_import(world: Any, *, source: str = "igate", off: tuple[str, ...] = ()) -> int:
    """Lay an import that ended, of which only the ledger is left."""
    with world.unit() as unit:
        return unit.connection.execute(
            insert(DossierImportRow).returning(DossierImportRow.id),
            {
                "source": source,
                "profile": "igate",
                "profile_digest": "",
                "file_name": "ho-so.csv",
                "sha256": "0" * 64,
                "as_of": date(2021, 8, 1),
                "state": ImportState.FINISHED,
                "violations": {},
                "detections_off": list(off),
                "started_at": LONG_AGO,
                "account_id": world.accounts["admin"],
            },
        ).scalar_one()


def dossier_values(world: Any, key: int, **more: Any) -> dict[str, Any]:
    """Return a dossier's row: received, open, promised for nothing, unless told otherwise."""
    values: dict[str, Any] = {
        "id": key,
        "source": "igate",
        "code": f"000.00.20.H32-2108-{key:05d}",
        "agency_id": world.agencies["H32.03"].id,
        "field_text": "Đất đai",
        "procedure_code": "1.001",
        "officer": "Lê Văn Đo",
        "channel": Channel.COUNTER,
        "status": 4,
        "waits": [],
        "digest": "",
        "first_import_id": 1,
        "last_import_id": 1,
    }
    return values | more


def add_dossiers(world: Any, *many: dict[str, Any]) -> list[int]:
    """Lay dossiers into the table; return their ids."""
    with world.unit() as unit:
        last = unit.connection.execute(select(func.coalesce(func.max(DossierRow.id), 0)))
        first = last.scalar_one() + 1
        rows = [dossier_values(world, first + n, **more) for n, more in enumerate(many)]
        blank = dict.fromkeys(name for row in rows for name in row)
        for row in rows:
            unit.connection.execute(
                insert(DossierRow), {k: v for k, v in (blank | row).items() if v is not None}
            )
    return [row["id"] for row in rows]


def kept(world: Any, **where: Any) -> list[Any]:
    """Return the rows of violations in the order of dossier, type and serial."""
    columns = ViolationRow.__table__.c
    statement = select(ViolationRow.__table__).order_by(
        columns.dossier_id, columns.type, columns.serial, columns.id
    )
    for name, value in where.items():
        statement = statement.where(columns[name] == value)
    with world.office.reading() as unit:
        return list(unit.connection.execute(statement).all())


def reported(world: Any, **more: Any) -> Reported:
    """Return what an inspector enters of one case of harassment."""
    values: dict[str, Any] = {
        "type": "V01",
        "source": ViolationSource.INSPECTION,
        "agency_id": world.agencies["H32.03"].id,
        "occurred_at": world.clock(),
        "words": "Yêu cầu người dân đi lại ba lần",
    }
    return Reported(**(values | more))


def recorded(
    world: Any, who: str = "inspector", *, files: tuple[StoredFile, ...] = (), **more: Any
) -> Violation:
    """Enter a violation through the use case, in its own transaction."""
    with world.unit() as unit:
        return record(
            unit.violations,
            world.actor(who),
            reported(world, **more),
            files=files,
            at=world.clock(),
        )


# --- something behind every address ------------------------------------------------------

ONE = "/violations/<int(max=2147483647):violation_id>"
ACTS = f"{ONE}/<action>"
EXPORT = "/violations/export.<any(xlsx, csv):kind>"
FILE = "/violations/files/<int(max=2147483647):file_id>"
BASIS = "/violations/catalogue/<code>/new"
REMOVE_BASIS = "/violations/catalogue/<code>/<int(max=2147483647):basis_id>/remove"


def furnish(world: Any) -> dict[str, Any]:
    """Record a violation of an agency, of another and of a unit below, with a paper and a basis."""
    made = {
        "violation": recorded(world, "office2", files=(world.file("biên bản", "bien-ban.pdf"),)),
        "foreign violation": recorded(world, agency_id=world.agencies["H32.11"].id),
        "unit's violation": recorded(world, agency_id=world.agencies["H32.10.1"].id),
    }
    with world.unit() as unit:
        put_basis(
            unit.bases,
            world.actor("admin"),
            "V16",
            text="Quyết định 12/2021/QĐ-UBND",
            valid_from=date(2021, 1, 1),
            valid_to=None,
            at=world.clock(),
        )
        made["basis"] = unit.bases.entered("V16")[0].id
        paper = unit.connection.execute(select(ViolationFileRow.id)).scalar_one()
    return made | {"violation paper": paper}


def places(world: Any) -> dict[str, tuple[str, str]]:
    """Return every place of violations by name: the rule it stands for, and its address."""
    made = world.made
    own = made["violation"].id
    found = {
        "violations": ("/violations/", "/violations/"),
        "violations as xlsx": (EXPORT, "/violations/export.xlsx"),
        "violations as csv": (EXPORT, "/violations/export.csv"),
        "violations together": (
            "/violations/together",
            f"/violations/together?action=confirm&id={own}",
        ),
        "new violation": ("/violations/new", "/violations/new"),
        "violation paper": (FILE, f"/violations/files/{made['violation paper']}"),
        "catalogue of violations": ("/violations/catalogue", "/violations/catalogue"),
        "new legal basis": (BASIS, "/violations/catalogue/V01/new"),
    }
    for name in ("violation", "foreign violation", "unit's violation"):
        found[name] = (ONE, f"/violations/{made[name].id}")
    return found


def address_of_post(world: Any, rule: str) -> str:
    """Return an address of a rule of violations that takes posts."""
    made = world.made
    return (
        rule.replace(ONE, f"/violations/{made['violation'].id}")
        .replace("<action>", "overturn")
        .replace("<int(max=2147483647):basis_id>", str(made["basis"]))
        .replace("<code>", "V16")
    )
