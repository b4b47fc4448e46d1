"""Who stands before a door, and what an answer means."""


def client_of(world, who):
    return world.sign_in(who) if who else world.app.test_client()


def told(answer):
    """Return what an answer means: open, sign in, home, or its status."""
    where = answer.headers.get("Location", "")
    if answer.status_code in {302, 303}:
        return "sign in" if where.startswith("/sign-in") else "home" if where == "/" else where
    return "open" if answer.status_code in {200, 422} else answer.status_code


def open_page(client, address):
    with client.get(address) as answer:
        answer.get_data()
        return answer


SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def is_safe(answer):
    assert {name: answer.headers.get(name) for name in SAFE} == SAFE, answer.request.path
    policy = answer.headers["Content-Security-Policy"]
    if policy == "default-src 'none'; sandbox":
        return
    for part in ("default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'",
                 "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):  # fmt: skip
        assert part in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "Permissions-Policy" in answer.headers
    assert "Server" not in answer.headers or "Werkzeug" not in answer.headers["Server"]
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
