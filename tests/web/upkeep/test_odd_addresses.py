"""Addresses that no page gives: a character that no database keeps leads nowhere, and breaks nothing."""

import pytest
from world import csrf_of

ADDRESSES = (
    "/review/?agency=%00", "/review/%00", "/review/?x=%00&tab=all", "/directives/?agency=%00",
    "/directives/%00", "/dossiers/?field=a%00b", "/violations/?officer=%00", "/agencies/%00",
    "/escalation/silence?rule=%00", "/search?q=%00", "/documents/?q=%00", "/periods/?agency=%00",
)  # fmt: skip


OF_ADMIN = (
    "/accounts/", "/agencies/", "/agency-groups/", "/calendar/", "/history/",
    "/calendar/days/preview", "/calendar/days/new", "/agencies/H32.03",
)  # fmt: skip


@pytest.mark.parametrize("path", OF_ADMIN)
def test_so_it_does_on_the_pages_of_the_admin(world, path):
    client = world.sign_in("admin")
    assert client.get(path).status_code in {200, 422}
    assert client.get(f"{path}?q=%00").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_character_that_no_database_keeps_leads_nowhere(world, address):
    assert world.sign_in("inspector").get(address).status_code == 404


def test_the_page_to_sign_in_takes_no_such_address_and_no_such_name(world):
    client = world.app.test_client()
    assert client.get("/sign-in?next=%00").status_code == 404
    data = {"csrf_token": csrf_of(client.get("/sign-in").text), "login": "a\0b", "password": "x\0y"}
    assert client.post("/sign-in", data=data).status_code in {401, 422}
