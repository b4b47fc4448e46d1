"""What an entry of the history is about, as a person calls it: its key names it to the database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _

from web.formats import vn_date
from web.history.known import Known
from workflow.history.records import Entry, SealedEntry, Subject

PASS = re.compile(r"(directives|due) (\d{4}-\d{2}-\d{2})")
"""A look through all directives, or through all dossiers that fall due, on a day."""


def called(entry: Entry, known: Known) -> str:
    """Return what the entry is about, by number or name where its key holds an id."""
    key = entry.subject_key
    if entry.subject is Subject.VIOLATION:
        return _looked_through(key)
    if entry.subject is Subject.DOSSIER:
        return str(entry.given.get("dossier") or key).partition("/")[2] or key
    if entry.subject is Subject.ROUTING:
        number, _at, agency = key.partition("@")
        name = known.agencies.get(int(agency), "") if agency.isdecimal() else ""
        return f"{number}, {name}" if name else key
    return key


def _looked_through(key: str) -> str:
    """Tell one violation by its number, a look through data by what was looked through."""
    if key.isdecimal():
        return str(_("của lần nhập hồ sơ %(n)s", n=key))
    found = PASS.fullmatch(key)
    if not found:
        return key
    day = vn_date(date.fromisoformat(found[2]))
    if found[1] == "directives":
        return str(_("của nhiệm vụ, đến ngày %(day)s", day=day))
    return str(_("của hồ sơ đến hạn, đến ngày %(day)s", day=day))


def agencies_named(sealed: Iterable[SealedEntry]) -> frozenset[int]:
    """Return the ids of agencies that stand in keys."""
    keys = (one.entry.subject_key for one in sealed if one.entry.subject is Subject.ROUTING)
    found = (key.partition("@")[2] for key in keys)
    return frozenset(int(text) for text in found if text.isdecimal())
