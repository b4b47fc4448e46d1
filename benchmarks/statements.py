"""P6: how many statements a page sends, with ten directives and with ten thousand."""

from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text

from benchmarks import province

MOST = 8
FEW, MANY = 10, 10_000
PAGES = {
    "home": "/",
    "list of directives": "/directives/",
    "list, filtered": "/directives/?state=open&time=overdue",
    "one directive": "/directives/{number}",
    "list of documents": "/documents/",
    "one document": "/documents/{document}",
}


def table(folder: Path) -> list[str]:
    """Build both provinces and return the count of each page as lines of a table."""
    counts = {size: counted(folder, size) for size in (FEW, MANY)}
    lines = [
        f"| P6: statements of a page | reader | {FEW} | {MANY} | bar | |",
        "|---|---|---:|---:|---|---|",
    ]
    for key, few in counts[FEW].items():
        many = counts[MANY][key]
        word = "passes" if many <= few <= MOST else "MISSED"
        lines.append(f"| {key[1]} | {key[0]} | {few} | {many} | no more, ≤ {MOST} | {word} |")
    return lines


def counted(folder: Path, size: int) -> dict[tuple[str, str], int]:
    """Return the statements of every page for every reader, in a province of `size`."""
    file = folder / f"statements-{size}.db"
    app = province.make_app(f"sqlite:///{file}", folder)
    province.build(app, size, all_assigned=size == FEW)
    found = {}
    for reader, login in (("office", "office"), ("clerk", "clerk.p.03")):
        client = _signed_in(app, login)
        for page, path in PAGES.items():
            found[reader, page] = _statements(app, client, path.format(**_names(app)))
    province.office_of(app).engine.dispose()
    return found


def _names(app: Flask) -> dict[str, str]:
    lead = text(
        "SELECT d.number FROM directives d JOIN agencies a ON a.id = d.lead_agency_id "
        "WHERE a.code = 'P.03' LIMIT 1"
    )
    with province.office_of(app).reading() as unit:
        number = str(unit.connection.execute(lead).scalar_one())
    return {"number": number, "document": "-".join(number.split("-")[:2])}


def _signed_in(app: Flask, login: str) -> FlaskClient:
    client = app.test_client()
    page = client.get("/sign-in").text
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    form = {"login": login, "password": province.PASSWORD, "csrf_token": token}
    assert client.post("/sign-in", data=form).status_code in {302, 303}
    return client


def _statements(app: Flask, client: FlaskClient, path: str) -> int:
    seen: list[str] = []

    def note(*facts: object) -> None:
        statement = str(facts[2])
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    engine = province.office_of(app).engine
    event.listen(engine, "before_cursor_execute", note)
    answer = client.get(path)
    event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200, (path, answer.status_code, answer.text[-500:])
    return len(seen)
