"""Signing in and out through the pages."""

from __future__ import annotations

from world import PASSWORD, csrf_of


def test_a_person_signs_in_and_out(world):
    client = world.sign_in("clerk")
    page = client.get("/account")
    assert page.status_code == 200
    assert "Hồ Văn Thư" in page.text
    answer = client.post("/sign-out", data={"csrf_token": csrf_of(page.text)})
    assert answer.status_code == 303
    assert client.get("/account").location.startswith("/sign-in")
