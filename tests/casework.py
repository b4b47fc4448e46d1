"""The addresses of dossiers, rates and causes, and something behind each."""

from __future__ import annotations

from datetime import date
from typing import Any

import caseload
from world import World

from web.dossiers.shipped import shipped_profiles
from web.imports.keeping import folder_of
from workflow.imports.records import NewUpload
from workflow.imports.usecases import bring_file, keep_trial

UPLOAD = "/dossiers/import/<int(max=2147483647):upload_id>"
IMPORT = "/dossiers/imports/<int(max=2147483647):import_id>"
AGENCY = {"head", "clerk", "officer"}
POSTS = {
    # rule: who may post there, for a dossier of H32.03
    "/dossiers/<source>/<path:code>": AGENCY,
    "/dossiers/names": AGENCY | {"other_clerk", "district", "commune", "foreign"},
    "/causes/assign": AGENCY | {"office", "inspector"},
    "/dossiers/import": {"admin"},
    f"{UPLOAD}/take-in": {"admin"},
    f"{UPLOAD}/rejected.csv": {"admin"},
    f"{IMPORT}/rejected.csv": {"admin"},
    "/dossiers/profiles/sample": {"admin"},
    "/dossiers/profiles/reading": {"admin"},
    "/dossiers/profiles/build": {"admin"},
}
TRIAL = {
    "rows": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1,
    "violations": {"V16": 1}, "detections_off": ["V17"],
    "unmatched": [["Chi nhánh", 1]], "fields": [["Đất đai", 1]], "new_fields": [],
    "procedures": [["1.004199", 1]], "procedures_in_all": 1,
    "first_rejected": [
        {"line": 3, "code": "x", "field": "received_at", "told": "?", "reason": "not_a_date", "other_line": None}
    ],
}  # fmt: skip
YEAR = "from=2021-01-01"


def furnish(world: World) -> dict[str, Any]:
    """Keep an overdue dossier of one agency with its log, and one of another."""
    own = caseload.one(
        world, ended_on=date(2021, 7, 2), supplement_requests=2,
        steps=[
            caseload.step(1, "Tiếp nhận", "Bộ phận Một cửa", date(2021, 6, 1), date(2021, 6, 2)),
            caseload.step(
                2, "Thẩm tra", "Chi nhánh VPĐKĐĐ", date(2021, 6, 2), date(2021, 7, 2), date(2021, 6, 9)
            ),
        ],
    )  # fmt: skip
    foreign = caseload.one(world, agency="H32.11")
    return {"dossier": own, "dossier abroad": foreign, "upload": upload(world)}


def upload(world: World) -> int:
    """A file that was brought and tried, with a row that could not be read."""
    new = NewUpload(
        sha256="0" * 64, size=9, file_name="ho-so.csv", profile="one_stop",
        toml=shipped_profiles()["one_stop"], as_of=date(2021, 8, 23),
    )  # fmt: skip
    admin, at = world.actor("admin"), world.clock()
    with world.unit() as unit:
        key = bring_file(unit.imports, admin, new, at=at)
        keep_trial(unit.imports, admin, key, TRIAL, at=at)
    folder = folder_of(world.office)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"rejected-{key}.csv").write_text("x", encoding="utf-8")
    return key


def places(world: World) -> dict[str, tuple[str, str]]:
    """Return every place by name: the rule it stands for, and its address."""
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    export = "/dossiers/export.<any(xlsx, csv):kind>"
    file = "/dossiers/<source>/<path:code>"
    return {
        "dossiers": ("/dossiers/", "/dossiers/"),
        "dossiers as xlsx": (export, "/dossiers/export.xlsx"),
        "dossiers as csv": (export, "/dossiers/export.csv"),
        "dossier, own": (file, _file(made["dossier"])),
        "dossier, foreign": (file, _file(made["dossier abroad"])),
        "dossiers by name": ("/dossiers/names", "/dossiers/names"),
        "looks": ("/dossiers/looks", "/dossiers/looks"),
        "rates": ("/dossiers/rates/", f"/dossiers/rates/?{YEAR}"),
        "rates as xlsx": ("/dossiers/rates/export.xlsx", f"/dossiers/rates/export.xlsx?{YEAR}"),
        "causes": ("/causes/", f"/causes/?{YEAR}"),
        "causes, rows": ("/causes/rows", f"/causes/rows?{YEAR}&step=Thẩm tra"),
        "causes, sample": ("/causes/sample", f"/causes/sample?{YEAR}"),
        "causes as xlsx": ("/causes/export.xlsx", f"/causes/export.xlsx?{YEAR}"),
        "causes as a draft": ("/causes/draft.<any(docx, pdf):kind>", f"/causes/draft.docx?{YEAR}"),
        "bring": ("/dossiers/import", "/dossiers/import"),
        "upload": (UPLOAD, f"/dossiers/import/{made['upload']}"),
        "imports": ("/dossiers/imports", "/dossiers/imports"),
        "import, taken in": (IMPORT, "/dossiers/imports/1"),
        "profiles": ("/dossiers/profiles", "/dossiers/profiles"),
        "profile": ("/dossiers/profiles/<name>", "/dossiers/profiles/one_stop"),
        "profile, build": ("/dossiers/profiles/build", "/dossiers/profiles/build"),
        "causes, assign": ("/causes/assign", f"/causes/assign?ids={made['dossier']['id']}"),
    }


def address(world: World, rule: str) -> str:
    """Return an address of a rule that takes posts, leading to something that is there."""
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    if "upload_id" in rule:
        return rule.replace(UPLOAD, f"/dossiers/import/{made['upload']}")
    if "import_id" in rule:
        return rule.replace(IMPORT, "/dossiers/imports/1")
    if "<" in rule:
        return _file(made["dossier"])
    return f"{rule}?ids={made['dossier']['id']}" if rule == "/causes/assign" else rule


def _file(row: dict[str, Any]) -> str:
    return f"/dossiers/{row['source']}/{row['code']}"


def pages(world: World) -> list[str]:
    """Return pages of dossiers with something on them: lists, files, rates, causes, imports."""
    made = furnish(world)
    own = made["dossier"]
    caseload.many(world, 120)
    sample = folder_of(world.office) / ("a" * 64)
    sample.write_text(SAMPLE, encoding="utf-8")
    return [
        _file(own),
        "/dossiers/?standing=overdue",
        f"/dossiers/rates/?{YEAR}&group=month",
        *(f"/causes/?{YEAR}&kind={kind}" for kind in ("step", "agency", "cause")),
        f"/causes/rows?{YEAR}&step=Thẩm tra hồ sơ",
        f"/causes/sample?{YEAR}&read=2",
        f"/causes/assign?ids={own['id']}",
        f"/dossiers/import/{made['upload']}",
        "/dossiers/imports/1",
        "/dossiers/profiles/one_stop",
        f"/dossiers/profiles/build?from=one_stop&sample={sample.name}",
    ]


SAMPLE = """MaHoSo,ChuHoSo,LinhVuc,DonVi,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,TrangThai
H32.03-210601-0001,Nguyễn Văn An,Đất đai,Sở Tài nguyên và Môi trường,01/06/2021,15/06/2021,,Đang xử lý
"""
