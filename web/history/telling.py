"""Entries of the history in words, for the pages that show any subject's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain

from flask_babel import gettext as _

from web.formats import vn_date, vn_datetime, vn_number
from web.history.known import NOTHING_KNOWN, Known
from web.history.subjects import called
from web.labels import label, name_acted, words_of
from workflow.history.records import Entry, Plain, SealedEntry, Subject
from workflow.history.rules import STANDS_FOR, STANDS_FOR_ID
from workflow.violations.records import number_of

CODED = {
    "prepared_act": "action",
    "source": "source",
    "urgency": "urgency",
    "priority": "priority",
    "carried_state": "carried",
    "state": "state",
    "document_state": "document_state",
    "tier": "tier",
    "tiers": "tier",
    "kind": "day_kind",
    "succession": "succession",
    "verdict": "verdict",
    "alias_source": "alias_source",
    "violation_state": "violation_state",
    "violation_type": "violation_type",
    "violation_source": "violation_source",
    "severity": "severity",
    "rule_state": "rule_state",
    "period_state": "period_state",
    "rhythm": "rhythm",
    "violation_types": "violation_type",
    "group_by": "group_key",
    "merging": "merging",
    "window_calendar": "period",
    "handed": "held",
    "role": "role",
    "ask": "ask",
    "before_retraction": "case_state",
    "because": "retraction",
    "case_state": "case_state",
    "cause": "evaluation_cause",
    "causes": "cause",
    "decision": "decision",
    "grade": "grade",
    "measure": "measure",
    "sources": "cause_source",
}
OWN_STATES = {Subject.DOCUMENT: "document_state", Subject.ESCALATION: "case_state"}
"""What has states of its own, and how they are called in `CODED`."""
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
"""What may be a code: a field that holds one may hold a paper's number too, which is its words."""
ROLE = re.compile(r"(\w+) (\S+) (\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})?")
PEOPLE = frozenset({"assigner_id", "monitor_id", "reported_by", "touched_by", "holder_id"})
AGENCIES = frozenset({"lead_agency_id", "coordinating", "agency_id", "handed_by_id", "overseer_id"})
"""Fields that hold ids of accounts, and of agencies."""
AGENCY_CODES = frozenset({"agency", "parent_id", "predecessors", "successors"})
PIECES = frozenset({"evidence", "set_aside"})
VIOLATIONS = frozenset({"violations", "no_longer_counted"})
"""Fields that hold codes of agencies, ids of pieces of evidence, and violations as the engine
orders them."""
ENGINE_ID = re.compile(r"\d{9}")
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})")
HIDDEN = frozenset(
    {"session_epoch", "calendar_version", STANDS_FOR, STANDS_FOR_ID, "request", "proposed"}
)
"""What says nothing to a person; which request was answered stands in what was answered."""
LONGEST = 600
ROWS = "clauses"


def held_in(sealed: Iterable[SealedEntry], names: frozenset[str]) -> frozenset[object]:
    """Return what entries hold under fields of these names, wherever they stand."""
    sides = ((one.entry.before, one.entry.after, one.entry.given) for one in sealed)
    return frozenset(_held(list(chain.from_iterable(sides)), names))


def _held(value: object, names: frozenset[str], *, is_one: bool = False) -> Iterator[object]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _held(inner, names, is_one=name in names)
    elif isinstance(value, list):
        for inner in value:
            yield from _held(inner, names, is_one=is_one)
    elif is_one and isinstance(value, int | str):
        yield value


def ids_in(sealed: Iterable[SealedEntry], names: frozenset[str]) -> frozenset[int]:
    """Return the ids that entries hold under fields of these names."""
    return frozenset(one for one in held_in(sealed, names) if isinstance(one, int))


def codes_in(sealed: Iterable[SealedEntry], names: frozenset[str]) -> frozenset[str]:
    """Return the codes that entries hold under fields of these names."""
    return frozenset(one for one in held_in(sealed, names) if isinstance(one, str))


def told(sealed: Iterable[SealedEntry], known: Known) -> list[dict[str, object]]:
    """Return entries as the timeline macro shows them, in the order given."""
    return [_told(one, known) for one in sealed]


def _told(sealed: SealedEntry, known: Known) -> dict[str, object]:
    entry = sealed.entry
    return {
        "at": entry.at,
        "who": who_acted(entry),
        "role": label(entry.role, "role") if entry.role else "",
        "agency": entry.agency_name,
        "title": label(entry.action, "event"),
        "subject": label(entry.subject, "subject"),
        "key": called(entry, known),
        "reason": entry.reason,
        "changes": [*_changes(entry, known), *_said(entry, known)],
        "evidence": [{"name": _("tệp"), "sha256": digest} for digest in entry.evidence],
        "number": sealed.serial,
        "hash": sealed.digest,
    }


def who_acted(entry: Entry) -> str:
    """Return who acted, and for whom where somebody stood in."""
    absent = entry.given.get(STANDS_FOR)
    if not absent:
        return name_acted(entry.actor_name)
    return str(_("%(who)s, thay %(absent)s", who=entry.actor_name, absent=absent))


def _changes(entry: Entry, known: Known) -> list[dict[str, str]]:
    names = [*entry.after, *(name for name in entry.before if name not in entry.after)]
    plain = [
        {
            "field": _named(name),
            "before": words(_coded(entry, name), entry.before.get(name), known),
            "after": words(_coded(entry, name), entry.after.get(name), known),
        }
        for name in names
        if name not in HIDDEN | {ROWS}
    ]
    return plain + _rows(entry.before.get(ROWS), entry.after.get(ROWS), known)


def _coded(entry: Entry, name: str) -> str:
    """Return by which name a field's codes are told: documents and cases have their own states."""
    return OWN_STATES.get(entry.subject, name) if name == "state" else name


def _named(key: str) -> str:
    """Return the name of a field; counts by type of violation are named by the type."""
    return words_of(key, "violation_type") or label(key, "field")


def _rows(before: Plain, after: Plain, known: Known) -> list[dict[str, str]]:
    """Tell the rows of a draft one by one, by their place."""
    sides = [
        {str(row.get("position")): row for row in side if isinstance(row, Mapping)}
        if isinstance(side, list)
        else {}
        for side in (before, after)
    ]
    places = sorted({*sides[0], *sides[1]}, key=lambda place: (len(place), place))
    told = [
        {
            "field": str(_("Dòng %(n)s", n=place)),
            "before": words(ROWS, _without_place(sides[0].get(place)), known),
            "after": words(ROWS, _without_place(sides[1].get(place)), known),
        }
        for place in places
    ]
    return [row for row in told if row["before"] or row["after"]]


def _without_place(row: Mapping[str, Plain] | None) -> Plain:
    return {name: value for name, value in row.items() if name != "position"} if row else None


def _said(entry: Entry, known: Known) -> list[dict[str, str]]:
    return [
        {"field": _named(name), "before": "", "after": words(name, value, known)}
        for name, value in entry.given.items()
        if name not in entry.after and name not in HIDDEN and value not in (None, "", [])
    ]


def words(name: str, value: Plain, known: Known = NOTHING_KNOWN) -> str:
    """Return one value of an entry as a person reads it, cut where it is very long."""
    text = _words(name, value, known)
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"


def _words(name: str, value: Plain, known: Known) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("có") if value else _("không"))
    if isinstance(value, float):
        return vn_number(value)
    if isinstance(value, list):
        return "; ".join(_words(name, item, known) for item in value)
    if isinstance(value, Mapping):
        return _of_several(value, known)
    return _by_id(name, value, known) or _text(name, str(value))


def _by_id(name: str, value: Plain, known: Known) -> str:
    """Return the name of what a field holds by id or code; empty where nothing has it."""
    if isinstance(value, str):
        return known.coded.get(value, "") if name in AGENCY_CODES else ""
    if not isinstance(value, int):
        return ""
    for names, found in (
        (PEOPLE, known.people), (AGENCIES, known.agencies), (PIECES, known.pieces),
    ):  # fmt: skip
        if name in names:
            return found.get(value, "")
    return ""


def _of_several(value: Mapping[str, Plain], known: Known) -> str:
    """Return what stands together: something with a name by its name, else field by field."""
    if value.keys() == {"id", "name"}:
        return str(value["name"])
    return "; ".join(f"{_named(key)}: {_words(key, v, known)}" for key, v in value.items())


def _text(name: str, text: str) -> str:
    if name == "roles":
        return _role(text)
    if name in CODED and CODE.fullmatch(text):
        return label(text, CODED[name])
    if name in VIOLATIONS and ENGINE_ID.fullmatch(text):
        return number_of(int(text))
    if INSTANT.fullmatch(text):
        return vn_datetime(datetime.fromisoformat(text))
    if name == "draft":
        return text.removeprefix("draft-")
    return _day(text) if ISO_DAY.fullmatch(text) else text


def _role(text: str) -> str:
    found = ROLE.fullmatch(text)
    if not found:
        return text
    role, code, first, last = found.groups()
    until = " " + _("đến %(day)s", day=_day(last)) if last else ""
    return f"{label(role, 'role')} {code} {_('từ %(day)s', day=_day(first))}{until}"


def _day(text: str) -> str:
    try:
        return vn_date(date.fromisoformat(text))
    except ValueError:
        return text
