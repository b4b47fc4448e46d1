"""A person who brings a sheet and stands before its preview."""

from __future__ import annotations

import csv
import html
import io
import re

from digest import counts_of
from fixtures.sheets import workbook_bytes
from world import csrf_of

from workflow.documents.rules import waiting
from workflow.documents.usecases import save_draft

HEADING = ["STT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn"]


def counts(world):
    """How many rows each table holds."""
    return counts_of(world.office.engine)


def send(client, body, name="giao-viec.xlsx", **fields):
    token = csrf_of(client.get("/documents/import").text)
    data = {"csrf_token": token, "secrecy": "none", "file": (io.BytesIO(body), name)} | fields
    return client.post("/documents/import", data=data, content_type="multipart/form-data")


def take_in(world, client, grid, **fields):
    answer = send(client, workbook_bytes(grid), **fields)
    assert answer.status_code == 303, said(answer.text)
    return Preview(world, client, int(answer.location.rsplit("/", 1)[1]))


def csv_bytes(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def said(page):
    found = re.findall(r'class="dd-error"[^>]*>(.*?)</p>', page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", one)).strip() for one in found]


class Preview:
    """A person before the preview of one draft."""

    def __init__(self, world, client, key):
        self.world, self.client, self.key = world, client, key
        self.address = f"/documents/drafts/{key}"

    @property
    def document(self):
        with self.world.office.reading() as unit:
            return unit.documents.document(self.key)

    def row(self, position):
        return self.document.clauses[position - 1]

    def page(self, **query):
        answer = self.client.get(self.address, query_string=query)
        assert answer.status_code == 200
        return html.unescape(answer.text)

    def figures(self):
        found = re.findall(r"<b>([\d.]+)</b> ([^<]+)</", self.page())
        return {words.strip(): int(number) for number, words in found}

    def mark(self, position, reason=None):
        """The mark of the first problem of a row, as its form would send it."""
        from web.documents.previewing import mark_of

        problems = [p for p in waiting(self.row(position)) if reason in (None, p.reason)]
        return mark_of(problems[0])

    def post(self, position, what, **fields):
        row = self.row(position)
        token = csrf_of(self.client.get(self.address).text)
        return self.client.post(
            f"{self.address}/rows/{row.id}/{what}".rstrip("/"), data={"csrf_token": token} | fields
        )


def keep_draft(world, *clauses, **head):
    with world.unit() as unit:
        return save_draft(
            unit.documents, world.actor("office"), world.head(**head), clauses,
            ground=world.office.ground(unit),
        )  # fmt: skip
