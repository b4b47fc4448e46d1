"""The history of a case in words: what each act changed and said, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.directives.facts import Link
from web.directives.telling import Told, day_of, role_words
from web.formats import vn_date
from web.history.telling import who_acted
from web.labels import label
from web.review.links import violation_number
from web.speech import gettext as _
from workflow.days import eve
from workflow.history.records import Entry, Plain

CODED = {"state": "case_state", "measure": "measure", "because": "retraction"}
DAYS = frozenset({"answer_by", "opened_on", "closed_on", "raised_on", "paper_on"})
CHANGED = ("state", "level", "holder_id", "answer_by", "opened_on", "closed_on")
"""Fields whose change a reader wants to see, in this order; the rest follows from them."""
SAID = (
    "taker", "because", "heir", "no_longer_counted", "measure", "paper", "paper_on", "signer",
    "working_days", "agency", "deadline_text", "directives", "colleague",
)  # fmt: skip
"""What was said with an act, in this order; the words of papers stand with the papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the history names by a key only: accounts, and files by hash."""

    accounts: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


def accounts_in(links: Iterable[Link]) -> frozenset[int]:
    """Return the accounts that the history names by id only."""
    found: set[int] = set()
    for link in links:
        entry = link.entry
        for side in (entry.before, entry.after, entry.given):
            found |= {
                key for name in ("holder_id", "colleague") if isinstance(key := side.get(name), int)
            }
    return frozenset(found)


def told(links: Iterable[Link], names: Names) -> list[dict[str, object]]:
    """Return entries as the timeline shows them, newest first."""
    return [_told(link, names) for link in sorted(links, key=lambda link: -link.serial)]


def _told(link: Link, names: Names) -> dict[str, object]:
    entry = link.entry
    return {
        "at": entry.at,
        **_who(entry),
        "title": label(entry.action, "event"),
        "reason": entry.reason,
        "changes": [*_changes(entry, names), *_said(entry, names)],
        "evidence": [{"name": names.files.get(h, _("tệp")), "sha256": h} for h in entry.evidence],
    }


ENGINES = frozenset({"raise", "lift", "lower", "retract", "reinstate", "rebase"})
"""What follows from the violations by rule; nobody decides it."""


def _who(entry: Entry) -> dict[str, str]:
    """Return who acted; what the engine derived is not put down to whoever brought the file."""
    if entry.action not in ENGINES:
        role = role_words(entry)
        return {"who": who_acted(entry), "role": role, "agency": entry.agency_name}
    if number := import_words(entry):
        who = _("Hệ thống, theo %(import)s", **{"import": number})
    elif entry.role is None:
        who = who_acted(entry)
    else:
        who = _("Hệ thống, theo thao tác của %(who)s", who=who_acted(entry))
    return {"who": who, "role": "", "agency": ""}


def import_words(entry: Entry) -> str:
    """Return the import of dossiers that an entry rests on, in words; "" where there is none."""
    key = entry.given.get("import")
    return _("lần nhập %(n)s", n=key) if key is not None else ""


def _changes(entry: Entry, names: Names) -> list[Told]:
    return [
        Told(
            field=label(name, "field"),
            before=words(name, entry.before.get(name), names),
            after=words(name, entry.after[name], names),
        )
        for name in CHANGED
        if name in entry.after and entry.after[name] != entry.before.get(name)
    ]


def _said(entry: Entry, names: Names) -> list[Told]:
    return [
        Told(field=label(name, "field"), before="", after=words(name, entry.given[name], names))
        for name in SAID
        if name in entry.given and name not in entry.after
    ]


def words(name: str, value: Plain, names: Names) -> str:
    """Return one value of the history as a person reads it."""
    if value is None or value == "":
        return ""
    if name in CODED:
        return label(value, CODED[name])
    if name in {"holder_id", "colleague"} and isinstance(value, int):
        return names.accounts.get(value, str(value))
    if name in DAYS and isinstance(value, str):
        day = day_of(value)
        return vn_date(eve(day) if day and name == "closed_on" else day)
    if name == "no_longer_counted" and isinstance(value, list):
        return ", ".join(_violation(one) for one in value)
    return _plain(value)


def _violation(key: Plain) -> str:
    text = str(key)
    return violation_number(int(text)) if text.isdecimal() else text


def _plain(value: Plain) -> str:
    if isinstance(value, dict):
        return str(value.get("name", ""))
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
