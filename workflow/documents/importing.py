"""From a sheet as read to a draft document: each task a clause, every word of it kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from workflow.agencies.matching import Match
from workflow.directives.records import Priority
from workflow.documents.cells import dates_in
from workflow.documents.clauses import add_note
from workflow.documents.reading import SheetReading, SheetRow, Unresolved
from workflow.documents.records import (
    Clause,
    DocumentHead,
    LeftOut,
    Party,
    PartyRole,
    Problem,
    Source,
)
from workflow.documents.rules import BODY, LINE, REFERENCE
from workflow.text import clean, fold

_NUMBERED = re.compile(r"\b(?:số|so)\s+(?P<reference>\d[^\s,;()]*/[^\s,;()]+)", re.IGNORECASE)
_INDEX = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,2}(?:\s*[,;-]\s*\d{1,2}(?:\.\d{1,2}){0,2})*")
_URGENCY = {
    "khan": Priority.URGENT,
    "thuong khan": Priority.VERY_URGENT,
    "hoa toc": Priority.VERY_URGENT,
    "rat khan": Priority.VERY_URGENT,
    "thuong": Priority.NORMAL,
    "binh thuong": Priority.NORMAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the province knows that a sheet leaves out or names by words.

    `people` maps a folded name to the one account that bears it.
    """

    issuer: str = ""
    overseer_id: int | None = None
    people: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadGiven:
    """What a person says of the document beside its sheet; empty where the sheet says it."""

    reference: str = ""
    issued_on: date | None = None
    subject: str = ""

    def over(self, head: DocumentHead) -> DocumentHead:
        """Return a head with what was given in the place of what was read."""
        return replace(
            head,
            reference=self.reference or head.reference,
            issued_on=self.issued_on or head.issued_on,
            subject=self.subject or head.subject,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDraft:
    """A draft as a sheet makes it: its head, its clauses, the rows that are none."""

    head: DocumentHead
    clauses: tuple[Clause, ...]
    left_out: tuple[LeftOut, ...]


def draft_of(
    reading: SheetReading, known: Known, *, other_sheets: Sequence[str] = ()
) -> ImportedDraft:
    """Make a draft of a sheet; nothing that the sheet says is lost.

    A workbook's other sheets that hold anything are named among what is left out.

    What has no field of its own stands in the note of its clause under the heading it came
    from; a text beyond the limit is kept whole in the problem that waits for a person.
    """
    return ImportedDraft(
        head=_head_of(reading, known),
        clauses=tuple(
            _clause_of(row, position, known) for position, row in enumerate(reading.rows, start=1)
        ),
        left_out=(
            *(LeftOut(row=0, reason="other_sheet", text=name) for name in other_sheets),
            *(
                LeftOut(row=one.row, reason=one.reason.value, text=one.text)
                for one in reading.skipped
            ),
        ),
    )


def _head_of(reading: SheetReading, known: Known) -> DocumentHead:
    """Take the number and the day from the words above the heading, where they name one."""
    references = {
        found["reference"].rstrip(".")
        for line in reading.preamble
        for found in _NUMBERED.finditer(line)
    }
    days = {one.day for line in reading.preamble for one in dates_in(line) if one.day}
    reference = references.pop() if len(references) == 1 else ""
    return DocumentHead(
        reference=reference if REFERENCE.match(reference) else "",
        issued_on=days.pop() if reference and len(days) == 1 else None,
        issuer=known.issuer,
        subject=_subject(reading.title),
        source=_source_of(reading.preamble),
        overseer_id=known.overseer_id,
    )


_MEETING = re.compile(r"\bket luan (cuoc |tai |cua |hop)|\bthong bao ket luan\b")
_CHAIRMAN = re.compile(r"(?<!pho )\bchu tich (ubnd|uy ban nhan dan) (tinh|thanh pho|tp)\b")


def _source_of(preamble: Iterable[str]) -> Source:
    """Return who speaks, where the words above the heading say so; else the committee.

    What a chairman concluded at a meeting is the meeting's conclusion.
    """
    lines = [fold(line) for line in preamble]
    if any(map(_MEETING.search, lines)):
        return Source.MEETING
    return Source.CHAIRMAN if any(map(_CHAIRMAN.search, lines)) else Source.COMMITTEE


def _subject(title: str) -> str:
    """Return the sheet's title as the document's subject; blank where it is the annex's name.

    "PHỤ LỤC: …" names the annex and not what the document is about: a person types that.
    """
    return "" if fold(title).startswith("phu luc") else title[:BODY]


def _clause_of(row: SheetRow, position: int, known: Known) -> Clause:
    carried = row.carried_over
    assigner = known.people.get(fold(row.assigner)) if row.assigner else None
    monitor = known.people.get(fold(row.monitor)) if row.monitor else None
    clause = Clause(
        position=position,
        content=row.content[:BODY],
        expected_output=row.expected_output[:BODY],
        priority=_URGENCY.get(fold(row.urgency), Priority.NORMAL),
        index_refs=clean(row.field) if _is_index(row.field) else "",
        deadline=replace(row.deadline, text=row.deadline.text[:LINE]),
        source_text=row.source_text[:LINE],
        source_date=row.source_date,
        assigner_id=assigner,
        monitor_id=monitor,
        lead_words=row.lead_words,
        coordinating_words=row.coordinating_words,
        parties=_parties(PartyRole.LEAD, row.lead)
        + _parties(PartyRole.COORDINATING, row.coordinating),
        carried_state=carried.state if carried else None,
        carried_result=_result_of(row),
        carried_on=carried.reached_on if carried else None,
        sheet_row=row.row,
        problems=tuple(map(_problem, row.unresolved)),
    )
    notes = _notes(row, assigner=assigner, monitor=monitor)
    return replace(clause, note=add_note(row.note[:BODY], *notes))


def _is_index(text: str) -> bool:
    return len(text) <= LINE and bool(_INDEX.fullmatch(clean(text)))


def _result_of(row: SheetRow) -> str:
    if row.carried_over is None:
        return ""
    return add_note(row.carried_over.words, row.carried_over.result)


def _notes(row: SheetRow, *, assigner: int | None, monitor: int | None) -> Iterable[str]:
    """Yield what has no field of its own, each line under its heading."""
    titled = [
        ("STT", row.ordinal if row.ordinal and not row.ordinal.isdecimal() else ""),
        ("Mục", _section(row.section)),
        ("Lĩnh vực", "" if _is_index(row.field) else row.field),
        ("Người giao", "" if assigner else row.assigner),
        ("Theo dõi", "" if monitor else row.monitor),
        ("Độ khẩn", "" if fold(row.urgency) in _URGENCY else row.urgency),
        ("Kết quả", "" if row.carried_over else row.result),
        *row.extra,
    ]
    for title, text in titled:
        line = " ".join(text.split())
        if line:
            yield f"{title}: {line}" if title else line


def _section(line: str) -> str:
    """Return a section as papers write it: its number, a dot, its name."""
    number, _bar, name = line.partition(" | ")
    return f"{number.rstrip('.')}. {name}" if name else line


def _parties(role: PartyRole, matches: tuple[Match, ...]) -> tuple[Party, ...]:
    return tuple(
        Party(
            role=role,
            agency_id=match.agency_id,
            group_code=match.group_code,
            words=match.words,
            how=match.how.value,
            without=frozenset(one.agency_id for one in match.excluded if one.agency_id),
        )
        for match in matches
        if match.is_settled
    )


def _problem(unresolved: Unresolved) -> Problem:
    near = unresolved.suggestions
    return Problem(
        field=unresolved.field,
        text=unresolved.text,
        reason=unresolved.reason,
        suggestions=tuple(one.agency_id for one in near if one.agency_id),
        groups=tuple(one.group_code for one in near if one.group_code),
        ended_on=unresolved.ended_on,
    )


def day_to_match(today: date, *, issued_on: date | None, year: int | None) -> date:
    """Return the day as of which a sheet's words stand for agencies and groups.

    The document's own day; else the last day of its year where that is over; else today.
    Old papers keep old names.
    """
    if issued_on:
        return issued_on
    if year and year < today.year:
        return date(year, 12, 31)
    return today
