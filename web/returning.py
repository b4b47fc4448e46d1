"""Where a person is led back to: only ever a page of ours."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from flask import request, url_for
from flask_babel import lazy_gettext as _

SESSION_OVER = _(
    "Phiên làm việc đã hết hạn. Hãy đăng nhập lại; điều đã gõ mà chưa gửi được sẽ được điền lại."
)


def local_path(text: str | None, default: str = "/") -> str:
    """Return `text` when it is a path on this server, else `default`.

    Anything that a browser could read as another origin is refused: a scheme, a host,
    two slashes, a backslash, a control character.
    """
    if not text or not text.startswith("/") or text.startswith("//"):
        return default
    if "\\" in text or any(ord(sign) < 32 or ord(sign) == 127 for sign in text):  # noqa: PLR2004
        return default
    parts = urlsplit(text)
    return default if parts.scheme or parts.netloc else text


def page_before() -> str:
    """Return the page of ours from which a request was sent, or nothing."""
    sent_from = urlsplit(request.referrer or "")
    if sent_from.netloc != request.host or sent_from.path == url_for("accounts.sign_in"):
        return ""
    return local_path(urlunsplit(("", "", sent_from.path, sent_from.query, "")), "")
