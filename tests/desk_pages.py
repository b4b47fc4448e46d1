"""What the pages of the desk show, and the statements they ask for."""

import re

from sqlalchemy import event

from models.base import db


def statements(app, client, address):
    seen = []
    with app.app_context():
        engine = db.engine

    def note(connection, cursor, statement, *rest):
        if not statement.upper().startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        answer = client.get(address)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert answer.status_code == 200, address
    return seen


def numbers_on(page):
    return re.findall(r'<a class="dd-clamp" href="/review/(VPNL-\d+-\d+)"', page)
