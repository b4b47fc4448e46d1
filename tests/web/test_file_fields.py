"""Where files are chosen the page's own language says so, and what is taken, before they travel."""

from __future__ import annotations

import re

import pytest

from workflow.directives.records import Action
from workflow.evidence.rules import ALLOWED_TYPES

FIELD = re.compile(r'<div class="dd-file">.*?</div>', re.DOTALL)


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("clerk", "/directives/{number}/update"),
        ("office", "/directives/{number}/record_report"),
        ("office", "/documents/import"),
        ("office", "/documents/new"),
        ("office", "/papers/list/new"),
        ("inspector", "/violations/new"),
        ("admin", "/dossiers/import"),
        ("admin", "/accounts/import"),
    ],
)
@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", ("Chọn tệp", "Chưa chọn tệp nào")), ("en", ("Choose files", "No file chosen yet"))],
)
def test_the_page_words_its_file_fields_itself(world, who, address, language, words):
    [made] = world.issue(world.clause(coordinating=()))
    world.act("clerk", made.number, Action.ACCEPT)
    client = world.sign_in(who)
    if language == "en":
        client.post("/language", data={"language": "en", "csrf_token": token_of(client)})
    page = client.get(address.format(number=made.number)).text
    inputs = re.findall(r'<input[^>]*type="file"[^>]*>', page)
    fields = FIELD.findall(page)
    assert len(fields) == len(inputs) > 0, "no file field stands outside the frame that words it"
    for field in fields:
        for word in words:
            assert word in field
        assert 'role="status"' in field
        accepted = re.search(r'accept="([^"]+)"', field)[1].split(",")
        known = {f".{one.extension}" for one in ALLOWED_TYPES}
        assert set(accepted) <= known
        assert all(ending.strip(".") in re.search(r'data-wrong-type="([^"]+)"', field)[1]
                   for ending in accepted)  # fmt: skip


def token_of(client):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/account").text)[1]
