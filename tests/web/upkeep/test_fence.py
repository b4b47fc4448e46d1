"""The fence around every page of accounts, agencies, calendar and history."""

from __future__ import annotations

import pytest
from backends import ON_ONE_DATABASE
from upkeep import (
    EVERYBODY,
    PUBLIC,
    address,
    counted_queries,
    digest,
    furnish,
    rules,
)
from world import csrf_of, staged

ROLES = (
    "office", "leader", "inspector", "admin", "head", "clerk", "officer", "district", "commune",
    "foreign",
)  # fmt: skip
QUERIES = 8


@pytest.fixture
def furnished(world):
    return staged(world, "upkeep", furnish)


def expected(rule, role):
    """The table: who opens what."""
    if rule in PUBLIC or (role and rule in EVERYBODY) or role == "admin":
        return "open"
    return "closed" if role else "sign in"


def seen(answer):
    if answer.status_code == 302 and (answer.location or "").startswith("/sign-in"):
        return "sign in"
    return "closed" if answer.status_code == 404 else "open"


@pytest.mark.parametrize("role", [None, *ROLES])
def test_each_page_opens_to_those_it_is_for_and_is_not_there_for_others(furnished, role):
    world = furnished
    client = world.sign_in(role) if role else world.app.test_client()
    table = {}
    for rule in rules(world.app, "GET"):
        answer = client.get(address(world, rule))
        assert answer.status_code in {200, 302, 404, 422}, (rule, answer.status_code)
        table[rule] = seen(answer)
    assert table == {rule: expected(rule, role) for rule in table}
    assert len(table) > 20


@pytest.mark.parametrize("role", [None, *ROLES])
def test_no_act_is_done_for_whom_it_is_not(furnished, role):
    world = furnished
    client = world.sign_in(role) if role else world.app.test_client()
    token = csrf_of(client.get("/account" if role else "/sign-in").text)
    before = digest(world)
    found = {}
    for rule in rules(world.app, "POST"):
        if rule in PUBLIC or rule in EVERYBODY or role == "admin":
            continue
        answer = client.post(address(world, rule), data={"csrf_token": token})
        found[rule] = seen(answer)
    assert set(found.values()) <= ({"closed"} if role else {"sign in"})
    assert digest(world) == before


BROKEN = {
    "no token": ({}, {}),
    "empty token": ({"csrf_token": ""}, {}),
    "foreign token": ({"csrf_token": "IjEyMyI.ZZZZ.zzzzzzzzzzzzzzzzzzzzzzzzzzz"}, {}),
    "token of another session": ({"csrf_token": None}, {}),
    "cross-site": ({"csrf_token": True}, {"Sec-Fetch-Site": "cross-site"}),
    "same-site": ({"csrf_token": True}, {"Sec-Fetch-Site": "same-site"}),
    "foreign origin": ({"csrf_token": True}, {"Origin": "https://evil.example"}),
    "other port": ({"csrf_token": True}, {"Origin": "http://localhost:8080"}),
}


@ON_ONE_DATABASE
@pytest.mark.parametrize("broken", BROKEN)
def test_every_post_without_a_true_token_or_from_elsewhere_is_refused(furnished, broken):
    world = furnished
    client, other = world.sign_in("admin"), world.sign_in("office")
    token = csrf_of(client.get("/account").text)
    foreign = csrf_of(other.get("/account").text)
    data, headers = BROKEN[broken]
    data = {k: {True: token, None: foreign}.get(v, v) for k, v in data.items()}
    before = digest(world)
    for rule in rules(world.app, "POST"):
        answer = client.post(address(world, rule), data=data, headers=headers)
        assert answer.status_code in {400, 403}, (rule, answer.status_code)
    assert digest(world) == before
    assert client.get("/account").status_code == 200


def test_no_page_changes_anything_by_being_looked_at(furnished):
    world = furnished
    client = world.sign_in("admin")
    before = digest(world)
    for rule in rules(world.app, "GET"):
        client.get(address(world, rule))
        client.get(address(world, rule) + "?q=x&on=01/01/2021&year=2021&start=1/1/2021&days=3")
    assert digest(world) == before


@ON_ONE_DATABASE
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_no_other_method_is_taken_nor_smuggled(furnished, method):
    world = furnished
    client = world.sign_in("admin")
    token = csrf_of(client.get("/account").text)
    before = digest(world)
    for rule in rules(world.app, "GET"):
        where = address(world, rule)
        assert client.open(where, method=method).status_code in {400, 405}
        client.get(where, headers={"X-HTTP-Method-Override": "POST"})
    client.post(
        "/agencies/H32.03/again", data={"csrf_token": token, "_method": method, "reason": ""}
    )
    assert digest(world) == before


@pytest.mark.parametrize("role", ["admin", "office", "clerk"])
def test_no_page_asks_the_database_more_than_eight_times(furnished, role):
    world = furnished
    world.issue(*(world.clause(n) for n in range(1, 6)))
    client = world.sign_in(role)
    over = {}
    for rule in rules(world.app, "GET"):
        with counted_queries(world) as sent:
            client.get(address(world, rule))
        asked = [s for s in sent if s.lstrip().upper().startswith(("SELECT", "WITH"))]
        if len(asked) > QUERIES:
            over[rule] = len(asked)
    assert over == {}


def questions(world, client):
    with counted_queries(world) as sent:
        for path in ("/accounts/", "/agencies/", "/history/", "/agency-groups/"):
            assert client.get(path).status_code == 200
    return len(sent)


def test_the_number_of_questions_does_not_grow_with_the_list(furnished):
    world = furnished
    client = world.sign_in("admin")
    counts = [questions(world, client)]
    with world.unit() as unit:
        for number in range(40):
            unit.accounts.add_account(
                login=f"p{number}", name=f"Người {number}", password_hash="", at=world.clock()
            )
            unit.agencies.add_agency(
                code=f"X{number}", name=f"Đơn vị {number}",
                tier=world.agencies["H32.10.1"].tier, parent=world.agencies["H32.10"],
                valid_from=world.office.today(),
            )  # fmt: skip
    counts.append(questions(world, client))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    "query",
    [
        "?q=" + "a" * 3000, "?q=%27%20OR%201%3D1--", "?on=99/99/9999", "?on=" + "9" * 400,
        "?year=-1", "?year=99999999999999999999", "?before=x&after=y", "?before=0", "?after=999999",
        "?newer=-5", "?older=999999999", "?role=king", "?agency=abc", "?agency=99999999999999999999",
        "?subject=x", "?action=" + "b" * 500, "?since=31/02/2021", "?start=01/01/1800&days=5",
        "?start=01/01/2021&days=99999", "?start=01/01/2021&days=-1", "?standing=%F0%9F%98%80",
        "?q=%ED%A0%80", "?before=99999999999999999999",
    ],
)  # fmt: skip
def test_no_question_in_an_address_breaks_a_page(furnished, query):
    client = furnished.sign_in("admin")
    for path in ("/accounts/", "/agencies/", "/agency-groups/", "/calendar/", "/history/",
                 "/calendar/days/preview", "/calendar/days/new", "/agencies/H32.03"):  # fmt: skip
        assert client.get(path + query).status_code in {200, 422}, path


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/999", "/accounts/99999999999999999999", "/accounts/0/edit", "/agencies/nowhere",
        "/agencies/%3Cscript%3E", "/agencies/H32.03/divisions/99/end", "/agency-groups/none/edit",
        "/calendar/days/2021-08-01/remove", "/calendar/days/nonsense/remove",
        "/accounts/{clerk}/roles/office.1.2020-01-01/end", "/accounts/{clerk}/roles/x/end",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(furnished, path):
    client = furnished.sign_in("admin")
    where = path.format(clerk=furnished.accounts["clerk"])
    assert client.get(where).status_code == 404


HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}${7*7}",
    "'; DROP TABLE accounts; --",
    '=HYPERLINK("http://evil.example")',
    "\x00\x01\x1b[31m",
    "\u202eđảo ngược\u202c",
    "x" * 20_000,
    "🙂" * 600,
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "31/02/2021",
    "9" * 400,
    "",
)
FIELDS = (
    "login", "password", "new_password", "again", "name", "email", "role", "agency_id",
    "valid_from", "valid_to", "last_day", "reason", "code", "tier", "parent_id", "gso_code", "on",
    "act", "alias", "kind", "predecessors", "successors", "takes_over", "phrases", "tiers",
    "included", "excluded", "day", "made_up_on", "seen", "acting", "language", "next",
)  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text)[:24])
def test_no_text_in_a_field_breaks_a_page_or_comes_back_alive(furnished, hostile):
    world = furnished
    client = world.sign_in("admin")
    data, token = dict.fromkeys(FIELDS, hostile), csrf_of(client.get("/account").text)
    for rule in rules(world.app, "POST"):
        if rule in {"/sign-out", "/sign-in"}:
            continue
        answer = client.post(address(world, rule), data=data | {"csrf_token": token})
        if answer.status_code == 400:  # the session may be new: once more with its own token
            token = csrf_of(client.get("/account").text)
            answer = client.post(address(world, rule), data=data | {"csrf_token": token})
        assert answer.status_code < 500, (rule, answer.status_code)
        assert "<script>alert" not in answer.text, rule
        assert "<img src=x" not in answer.text, rule
        assert "49$49" not in answer.text, rule
        assert "Set-Cookie: a=b" not in str(answer.headers), rule
    with world.office.reading() as unit:
        assert unit.history.verify().ok
