"""What the page benchmark serves: the real application, or a page that asks no database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from flask import Flask

from benchmarks import province
from web.tidying import tidy_seldom

ROWS = 50
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Nhiệm vụ</title></head>
<body><h1>Danh sách nhiệm vụ</h1><form><input name="q"><button>Tìm</button></form>
<table><thead><tr><th>Số</th><th>Chủ trì</th><th>Lĩnh vực</th><th>Nội dung</th><th>Trạng thái</th>
<th>Hạn</th></tr></thead><tbody>
{% for row in rows %}<tr><td><a href="/directives/{{ row.number }}">{{ row.number }}</a></td>
<td>{{ row.lead }}</td><td>{{ row.field }}</td><td>{{ row.content }}</td><td>{{ row.state }}</td>
<td>{{ row.due_on }}</td></tr>
{% endfor %}</tbody></table></body></html>"""


def floor() -> Flask:
    """Make a page of fifty rows with Flask and a compiled template, and nothing else."""
    made = Flask("floor")
    page = made.jinja_env.from_string(PAGE)
    rows: list[dict[str, Any]] = [
        {
            "number": f"2022-{n:04d}-01.01",
            "lead": "UBND xã số 7",
            "field": "Đất đai",
            "content": f"Khắc phục hồ sơ giải quyết trễ hạn số {n}",
            "state": "assigned",
            "due_on": "2022-09-29",
        }
        for n in range(ROWS)
    ]

    @made.get("/")
    def index() -> str:
        return page.render(rows=rows)

    return made


def real() -> Flask:
    """Make the application on the province that the environment names, as it is run."""
    environ = os.environ  # noqa: TID251 - a benchmark's settings
    made = province.make_app(environ["BENCH_URL"], Path(environ["BENCH_FOLDER"]))
    tidy_seldom()
    return made
