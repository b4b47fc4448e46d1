"""The history in words: what each act changed and said, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from flask import url_for

from models.directives.facts import Link
from web.formats import vn_date, vn_number
from web.history.telling import who_acted
from web.labels import label
from web.speech import gettext as _
from workflow.history.records import Entry, Plain

CODED = {"state": "state", "verdict": "verdict", "grade": "grade", "ask": "ask",
         "decision": "decision", "rhythm": "rhythm", "target_scope": "target_scope",
         "target_basis": "target_basis"}  # fmt: skip
DAYS = frozenset({"due_on", "first_due_on", "extension_asked_to", "starts_on", "report_date",
                  "received_on", "reminded_on", "period_from", "period_to",
                  "needed_on", "suspended_since", "paper_date", "said_on",
                  "new_due_on"})  # fmt: skip
NUMBERS = frozenset({"figure", "target_value", "own_figure", "numerator", "denominator"})
TOLD = (
    "state", "lead_agency_id", "coordinating", "due_on", "extension_asked_to", "content",
    "expected_output", "target_indicator", "target_value", "target_unit", "target_scope",
    "target_basis", "starts_on",
    "progress", "suspended_since", "verdict", "grade",
)  # fmt: skip
"""Tracked fields whose change a reader wants to see, in this order; the rest follows from them."""
AT_FIRST = ("lead_agency_id", "due_on")
IN_REPORT = frozenset({"result", "report_number", "report_date", "signer", "figure",
                       "own_figure", "numerator", "denominator",
                       "received_on", "arrival_number", "open_parts_reason"})  # fmt: skip
"""What the page shows whole with the report itself."""
DIRECTIVES = frozenset({"made", "instruction"})
PIECES = frozenset({"evidence", "set_aside"})
REPORTS = frozenset({"report", "record_report"})
GIVEN_BY_NOBODY = frozenset({"close_year"})
"""Acts of the night that end work: what they store as a verdict is nobody's."""
SAID = (
    "period", "rhythm", "periods", "follower", "taker", "said_on", "text", "reference",
    "evidence", "agency", "ask", "decision",
    "paper", "paper_date", "content", "due_on", "unit_days",
    "result", "done",
    "figure", "difficulties", "proposal", "agencies", "what", "needed_on", "answer",
    "set_aside", "report_number", "report_date", "signer",
    "received_on", "arrival_number", "open_parts_reason", "period_from", "period_to", "comment",
    "periods_reason", "source",
    "escalation", "new_content", "new_agency", "new_due_on", "made", "instruction",
)  # fmt: skip
"""What was said with an act and is no change of the row, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the history names by a key only: agencies, files by hash, evidence by id.

    `assigner` is who gave the work; whoever acts in its first entry is who entered it.
    `periods` are the names of periods by number and due day ("2026-11-25").
    """

    agencies: Mapping[int, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    pieces: Mapping[int, str] = field(default_factory=dict)
    assigner: str = ""
    periods: Mapping[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line under an entry: the field, its value before and after in words, where it leads."""

    field: str
    before: str
    after: str
    url: str = ""


def agencies_in(links: Iterable[Link]) -> frozenset[int]:
    """Return the ids of agencies that the history names by id only."""
    found: set[int] = set()
    for link in links:
        for side in (link.entry.before, link.entry.after):
            lead = side.get("lead_agency_id")
            beside = side.get("coordinating")
            keys = [lead, *(beside if isinstance(beside, list) else [])]
            found |= {key for key in keys if isinstance(key, int)}
    return frozenset(found)


def told(links: Iterable[Link], names: Names) -> list[dict[str, object]]:
    """Return entries as the timeline shows them, newest first."""
    return [_told(link, names) for link in sorted(links, key=lambda x: -x.serial)]


def _told(link: Link, names: Names) -> dict[str, object]:
    entry = link.entry
    return {
        "at": entry.at,
        "who": _author(entry),
        "role": role_words(entry),
        "agency": entry.agency_name,
        "title": label(entry.action, "event"),
        "reason": entry.reason,
        "changes": [*_assigner(entry, names), *changes(entry, names), *said(entry, names)],
        "evidence": [{"name": names.files.get(h, _("tệp")), "sha256": h} for h in entry.evidence],
    }


def _author(entry: Entry) -> str:
    """Return whose act it is: of a leader's opinion that somebody recorded, the leader first."""
    who, leader = who_acted(entry), entry.given.get("said_by")
    if not leader:
        return who
    return _("%(leader)s, %(who)s ghi lại", leader=leader, who=who)


def _assigner(entry: Entry, names: Names) -> list[Told]:
    """Return who gave the work, beside who entered it: the entry's own person is the clerk."""
    if entry.action != "assign" or not names.assigner:
        return []
    return [Told(field=_("Người giao"), before="", after=names.assigner)]


def role_words(entry: Entry) -> str:
    """Return the role somebody acted in; nothing where the agency's name says the same."""
    words = label(entry.role, "role") if entry.role else ""
    return "" if words == entry.agency_name else words


def changes(entry: Entry, names: Names) -> list[Told]:
    """Return what the entry changed in the row."""
    first = entry.action == "assign"
    return [
        Told(
            field=label(name, "field"),
            before=words(name, entry.before.get(name), names),
            after=words(name, entry.after[name], names),
        )
        for name in (AT_FIRST if first else TOLD)
        if name in entry.after
        and not (name == "verdict" and entry.action in GIVEN_BY_NOBODY)
        and (entry.after[name] is not None or not _goes_unsaid(name, first=first))
    ]


def _goes_unsaid(name: str, *, first: bool) -> bool:
    """Whether nothing is to be told where a field holds nothing more: an answer says it itself."""
    return first or name == "extension_asked_to"


def said(entry: Entry, names: Names) -> list[Told]:
    """Return what was said with the act, without what stands among the changes already."""
    known = set(entry.after) | (IN_REPORT if entry.action in REPORTS else set())
    if "extension_asked_to" in known:
        known.add("due_on")
    return [
        Told(
            field=_called(name, entry),
            before="",
            after=_said_as(name, entry, names),
            url=_to(str(entry.given[name])) if name in DIRECTIVES else "",
        )
        for name in SAID
        if name in entry.given and name not in known
    ]


def _to(number: str) -> str:
    return url_for("directives.show", number=number)


def _called(name: str, entry: Entry) -> str:
    """Return what a thing that was said is called: an opinion may stand in a meeting's minutes."""
    if entry.action == "direct" and name == "reference":
        return _("Cuộc họp hoặc văn bản")
    return label(name, "field")


def _said_as(name: str, entry: Entry, names: Names) -> str:
    """Return one thing that was said; a period by its month or quarter where it has one."""
    value = entry.given[name]
    if name == "period" and isinstance(value, int):
        day = str(entry.given.get("period_due_on") or "")
        return names.periods.get((value, day)) or words(name, value, names)
    if name == "unit_days":
        return _unit_days(entry)
    return words(name, value, names)


def _unit_days(entry: Entry) -> str:
    """Return the day of each unit that took a part: its own, else that of all."""
    units, days = entry.given.get("agency"), entry.given["unit_days"]
    own: dict[str, Plain] = {}
    for pair in days if isinstance(days, list) else ():
        if isinstance(pair, list):
            own[str(pair[0])] = pair[1]
    for_all = entry.given.get("due_on")
    return "; ".join(
        f"{unit['name']}: {vn_date(day_of(own.get(str(unit['id']), for_all)))}"
        for unit in (units if isinstance(units, list) else ())
        if isinstance(unit, dict)
    )


def words(name: str, value: Plain, names: Names) -> str:
    """Return one value of the history as a person reads it."""
    if value is None or value == "":
        return ""
    if name in CODED:
        return label(value, CODED[name])
    if name == "lead_agency_id":
        return _agency(value, names)
    if name == "coordinating" and isinstance(value, list):
        return ", ".join(_agency(key, names) for key in value) or _("không có")
    if name in PIECES:
        return _pieces(value, names)
    return _plain(name, value)


def _agency(key: Plain, names: Names) -> str:
    return names.agencies.get(key, str(key)) if isinstance(key, int) else str(key)


def _pieces(value: Plain, names: Names) -> str:
    """Return the names of one file, or of several, that the history keeps by their ids."""
    keys = value if isinstance(value, list) else [value]
    return ", ".join(names.pieces.get(key, str(key)) for key in keys if isinstance(key, int))


def _plain(name: str, value: Plain) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, dict | list):
        return _named(value)
    if name == "progress":
        return f"{value} %"
    if isinstance(value, str) and name in DAYS:
        return vn_date(day_of(value))
    if isinstance(value, str) and name in NUMBERS:
        return _number(value)
    return str(value)


def _named(value: dict[str, Plain] | list[Plain]) -> str:
    """Return the names in what the history keeps with id and name."""
    if isinstance(value, dict):
        return str(value.get("name", ""))
    return ", ".join(_named(one) if isinstance(one, dict | list) else str(one) for one in value)


def day_of(value: Plain) -> date | None:
    """Return the day that the history keeps as ISO text."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(text: str) -> str:
    try:
        return vn_number(Decimal(text))
    except InvalidOperation:
        return text
