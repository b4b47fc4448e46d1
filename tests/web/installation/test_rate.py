"""How many requests are answered: counted for each person, so that an address can be shared."""

from __future__ import annotations

import subprocess
import sys

from flask import session

from web.counting import who_asks

ROUND = """
from flask_migrate import upgrade
from web.config import Settings
from web.factory import create_app
from pathlib import Path
import sys

folder = Path(sys.argv[1])
app = create_app(Settings(
    database_url=f"sqlite:///{folder / 'x.sqlite3'}", secret_key="x", instance=folder,
    rate_limit="3 per minute",
))
with app.app_context():
    upgrade(directory="migrations")
client = app.test_client()
answers = [client.get("/sign-in") for _ in range(5)]
print([answer.status_code for answer in answers])
print(answers[-1].text)
elsewhere = client.get("/sign-in", environ_overrides={"REMOTE_ADDR": "10.0.0.2"})
print(elsewhere.status_code)
"""


def test_too_many_requests_are_answered_with_a_page_that_says_so(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", ROUND, str(tmp_path)], capture_output=True, text=True, check=True
    )
    told = ran.stdout.splitlines()
    assert told[0] == "[200, 200, 200, 429, 429]"
    assert "<h1" in ran.stdout
    assert told[-1] == "200"


def test_people_behind_one_address_are_counted_apart(app):
    found = set()
    for person in ("7", "8", None):
        with app.test_request_context(environ_overrides={"REMOTE_ADDR": "10.0.0.1"}):
            if person:
                session["_user_id"] = person
            found.add(who_asks())
    assert found == {"person 7", "person 8", "10.0.0.1"}
