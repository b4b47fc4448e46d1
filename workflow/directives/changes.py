"""What an act changes, before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from workflow.directives.matters import Shift
from workflow.history.records import Plain

NOTE_TOLD = 200


def short_note(text: str) -> str:
    """Return as much of a note as a notice carries, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= NOTE_TOLD else line[:NOTE_TOLD].rstrip() + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPart:
    """A child directive that `hand_down` makes."""

    agency_id: int
    content: str
    due_on: date | None
    assigned_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NewClause:
    """A clause that an instruction adds to a document, and who leads it.

    `reference` is the meeting or the document that the instruction stands in, or the leader who
    gave it by themselves; `assigned_on` the day it was given.
    """

    agency_id: int
    agency_name: str
    content: str
    due_on: date | None
    assigned_on: date
    assigner_id: int | None
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an action does: new values of tracked fields, and what else it leaves behind.

    `shifts` are new days of requests to coordinating agencies, moved by a pause. `to_account`
    and `to_agencies` are told of the act beside those who always are; `proposes` says that it
    proposes something those above have to answer. `joined` and `left` are agencies that coordinate
    from now on, or no longer; `released` are people from whom the work went to somebody else;
    `backs` are people whose drafts come back to them, each with its words. `told` fills
    the words of what is told.
    """

    fields: dict[str, object] = field(default_factory=dict)
    parts: tuple[NewPart, ...] = ()
    clause: NewClause | None = None
    evidence_id: int | None = None
    evidence_state: str | None = None
    shifts: tuple[Shift, ...] = ()
    to_account: int | None = None
    to_agencies: tuple[int, ...] = ()
    joined: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    released: tuple[int, ...] = ()
    backs: tuple[tuple[int, Mapping[str, Plain]], ...] = ()
    proposes: bool = False
    told: Mapping[str, Plain] = field(default_factory=dict)


def nobody_declines() -> dict[str, object]:
    """Return what a directive holds when nobody asks for another assignment."""
    return {"decline_standing": False, "declined_on": None}


def no_extension_asked() -> dict[str, object]:
    """Return what a directive holds when nobody asks for a later date."""
    return {"extension_asked_to": None, "extension_asked_on": None}


def nothing_asked() -> dict[str, object]:
    """Return what a directive holds when its lead asks for neither."""
    return nobody_declines() | no_extension_asked()
