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
