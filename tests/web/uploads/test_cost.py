"""What a hostile file costs before it is refused: two seconds and a hundred megabytes at most.

Seconds of the processor, asked again where they seem many: what else a machine does is not ours.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROUND = """
import importlib.util, io, json, resource, sys, time
sys.path[:0] = [sys.argv[1], sys.argv[2]]
spec = importlib.util.spec_from_file_location("content", sys.argv[3])
content = importlib.util.module_from_spec(spec)
spec.loader.exec_module(content)
from fixtures import files
from web.uploads.spreadsheet import read_spreadsheet

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

sheets = {
    "ten million cells": files.xlsx("<sheetData><row>" + "<c/>" * 10_000_000 + "</row></sheetData>"),
    "rows without end": files.xlsx("<sheetData>" + "<row/>" * 5_000_000 + "</sheetData>"),
}
doors = {
    **{name: (content.refused, (body, named)) for name, (body, named, _) in content.HOSTILE.items()},
    **{name: (read_spreadsheet, (io.BytesIO(body), "a.xlsx")) for name, body in sheets.items()},
}
told, before = {}, peak()
for name, (door, given) in doors.items():
    took = []
    while not took or (min(took) > 2 and len(took) < 3):
        begun = time.process_time()
        try:
            door(*given)
        except Exception as error:
            assert type(error).__name__ == "Refused", (name, error)
        took.append(time.process_time() - begun)
    told[name] = [round(min(took), 2), round(peak() - before)]
print(json.dumps(told))
"""


def test_every_hostile_file_is_refused_fast_and_small():
    root = HERE.parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", ROUND, root, root / "tests", HERE / "test_content.py"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout)
    assert len(told) > 60
    assert {name: cost for name, cost in told.items() if cost[0] > 2 or cost[1] > 100} == {}


ENDLESS = """
import json, resource, sys, time
from pathlib import Path
from web.dossiers.opening import open_dossiers
from web.dossiers.shipped import profile_from

place, profile = Path(sys.argv[1]), profile_from("one_stop")
head = b"MaHoSo,DonVi,NgayTiepNhan\\n"
bodies = {
    "one cell": b"x" * 60_000_000,
    "one row": head + b"a," * 30_000_000,
    "one heading": b"a," * 30_000_000,
    "one row of many lines": head + b'"\\n",' * 15_000_000,
    "many headings": b",".join(b"Ngay%d" % n for n in range(100_000)),
}
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

told = {}
for name in list(bodies):
    place.write_bytes(bodies.pop(name))
    before, took = peak(), []
    while not took or (min(took) > 2 and len(took) < 3):
        begun = time.process_time()
        try:
            open_dossiers(place, profile)
        except Exception as error:
            assert type(error).__name__ == "Refused", (name, error)
        took.append(time.process_time() - begun)
    told[name] = [round(min(took), 2), round(peak() - before)]
print(json.dumps(told))
"""


def test_a_table_whose_rows_do_not_end_is_refused_fast_and_small(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", ENDLESS, tmp_path / "a.csv"],
        capture_output=True, text=True, check=False, cwd=HERE.parents[2],
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-2000:]
    told = json.loads(ran.stdout)
    assert len(told) == 5
    assert {name: cost for name, cost in told.items() if cost[0] > 2 or cost[1] > 100} == {}
