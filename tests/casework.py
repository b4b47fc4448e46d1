"""The addresses of dossiers, rates and causes, and something behind each."""

from __future__ import annotations

from datetime import date
from typing import Any

import caseload
from world import World

AGENCY = {"head", "clerk", "officer"}
POSTS = {
    # rule: who may post there, for a dossier of H32.03
    "/dossiers/<source>/<path:code>": AGENCY,
    "/dossiers/names": AGENCY | {"other_clerk", "district", "commune", "foreign"},
    "/causes/assign": AGENCY | {"office", "inspector"},
}
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
    return {"dossier": own, "dossier abroad": foreign}


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
        "causes, assign": ("/causes/assign", f"/causes/assign?ids={made['dossier']['id']}"),
    }


def address(world: World, rule: str) -> str:
    """Return an address of a rule that takes posts, leading to something that is there."""
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    if "<" in rule:
        return _file(made["dossier"])
    return f"{rule}?ids={made['dossier']['id']}" if rule == "/causes/assign" else rule


def _file(row: dict[str, Any]) -> str:
    return f"/dossiers/{row['source']}/{row['code']}"
