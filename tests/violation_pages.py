"""Forms of the pages of violations, filled and sent, and what they say."""

from __future__ import annotations

import html
import re

from forms import filled, form_on

NASTY = (
    "<script>alert(1)</script>", "' OR 1=1 --", "{{7*7}}", "%(reason)s", "\u202eđảo", "𝕏 \U0001f468",
    "Ω≈ç√∫", "=cmd|' /C calc'!A0", "a" * 400, "\t  \u00a0", "NULL", "../../etc/passwd", "&lt;b&gt;",
)  # fmt: skip


def words(text):
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", text).split()))


def form_of(client, address, action=""):
    return form_on(client.get(address).text, action or address.split("?")[0])


def post(client, address, data):
    return client.post(address, data=data)


def contest(world, who, key, reason="Trễ ảo"):
    client = world.sign_in(who)
    address = f"/violations/{key}/contest"
    return client, post(client, address, filled(form_of(client, address), reason=reason))
