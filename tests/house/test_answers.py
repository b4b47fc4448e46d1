"""What every answer carries, errors too; and each client is who signed in on it."""

from datetime import UTC, datetime

from backends import passing
from doors import is_safe, told
from sqlalchemy.exc import OperationalError
from world import csrf_of


def test_two_anonymous_clients_stay_anonymous_after_somebody_signed_in(world):
    """A pushed context would sign every client in as the last one."""
    first = world.app.test_client()
    assert told(first.get("/")) == "sign in"
    world.sign_in("admin")
    second = world.app.test_client()
    for client in (first, second, first):
        assert told(client.get("/account")) == "sign in"
        assert told(client.get("/accounts/")) == "sign in"


def test_each_client_is_who_signed_in_on_it(world):
    clients = {who: world.sign_in(who) for who in ("office", "clerk", "admin")}
    for who in ("clerk", "admin", "office", "clerk"):
        with world.office.reading() as unit:
            account = unit.accounts.account(world.accounts[who])
        assert account.name in clients[who].get("/account").text


def fail_with(error):
    def view(*_args, **_kwargs):
        raise error

    return view


def test_every_error_carries_the_headers_and_says_nothing_of_the_inside(furnished, monkeypatch):
    client = furnished.sign_in("office")
    token = csrf_of(client.get("/account").text)
    number = furnished.made["own"]
    secret = "psycopg sqlite3 Traceback /work/main password_hash"
    broken = {500: RuntimeError(secret), 503: OperationalError("SELECT 1", {}, Exception(secret))}
    found = {
        400: client.post("/looked"),
        403: client.post("/looked", data={"csrf_token": token}, headers={"Origin": "http://x.y"}),
        404: client.get("/no-such-page"),
        405: client.get("/looked"),
        409: client.get(f"/directives/{number}/reassign"),
        422: client.post("/documents/new", data={"csrf_token": token, "secrecy": "x"}),
    }
    monkeypatch.setitem(furnished.app.config, "MAX_CONTENT_LENGTH", 10)
    found[413] = client.post("/documents/import", data={"csrf_token": token})
    for status, error in broken.items():
        monkeypatch.setitem(furnished.app.view_functions, "agencies.index", fail_with(error))
        monkeypatch.setitem(furnished.app.config, "PROPAGATE_EXCEPTIONS", False)
        found[status] = client.get("/agencies/")
    for status, answer in found.items():
        assert answer.status_code == status
        is_safe(answer)
        for word in secret.split():
            assert word not in answer.text, (status, word)
        assert "<h1" in answer.text


def test_a_head_or_an_unknown_method_carries_them_too(world):
    client = world.app.test_client()
    for answer in (client.head("/"), client.options("/"), client.open("/", method="BREW")):
        is_safe(answer)


def test_production_asks_for_transport_security_and_secure_cookies(tmp_path):
    from web.config import Settings
    from web.factory import create_app

    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'x.sqlite3'}",
        secret_key="only-for-tests",
        instance=tmp_path,
        environment="production",
        testing=True,
    )
    with passing(create_app(settings, clock=lambda: datetime(2021, 8, 23, tzinfo=UTC))) as app:
        answer = app.test_client().get("/sign-in", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)
