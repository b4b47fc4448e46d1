"""Reads one row of a task sheet: agencies, deadline, source, and work carried over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workflow.agencies.matching import How, KnownNames, Match, match_cell
from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import Deadline, DeadlineKind, Unread
from workflow.documents.cells import CellValue, ReadDate, cell_text, dates_in, is_error, read_date
from workflow.documents.columns import Column, column_of
from workflow.documents.layout import TaskRow
from workflow.documents.parties import Parties, parties_of
from workflow.documents.reading import SheetRow, Unresolved
from workflow.documents.standing import Problem, Standing, standing_of
from workflow.documents.years import year_in

LONGEST_LINE = 500
_SOME_YEAR = 2000
_POINTS = ("-", "–", "+", "*", "•")
LONGEST_BODY = 5000
_MOST_SUGGESTED = 1000
_LIMITS: Mapping[Column, tuple[str, int]] = {
    Column.CONTENT: ("content", LONGEST_BODY),
    Column.EXPECTED_OUTPUT: ("expected_output", LONGEST_BODY),
    Column.RESULT: ("result", LONGEST_BODY),
    Column.NOTE: ("note", LONGEST_BODY),
    Column.SOURCE: ("source_text", LONGEST_LINE),
    Column.DEADLINE: ("deadline", LONGEST_LINE),
    Column.FIELD: ("field", LONGEST_LINE),
    Column.ASSIGNER: ("assigner", LONGEST_LINE),
    Column.MONITOR: ("monitor", LONGEST_LINE),
}
_KEPT_AS_TEXT = frozenset({Column.OTHER, Column.SECRECY, Column.STATE, Column.COMPLETED_ON})


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet; the same words are matched and parsed once."""

    names: KnownNames
    year: int | None
    sheet_year: int | None
    before_is_strict: bool
    _matches: dict[str, tuple[Match, ...]] = field(default_factory=dict)
    _deadlines: dict[tuple[str, int | None], Deadline] = field(default_factory=dict)

    def read(self, task: TaskRow) -> SheetRow:
        """Read one row; what is not certain stands among its unresolved fields."""
        parties = parties_of(task)
        lead, coordinating = self._match(parties.lead), self._match(parties.coordinating)
        source_date = _source_date(task)
        year = self.year or (source_date.day.year if source_date.day else self.sheet_year)
        deadline = self._deadline(task, year)
        standing = standing_of(task)
        return SheetRow(
            row=task.at + 1,
            ordinal=task.text(Column.ORDINAL),
            section=task.section,
            content=task.text(Column.CONTENT),
            lead_words=parties.lead,
            lead=lead,
            coordinating_words=parties.coordinating,
            coordinating=coordinating,
            deadline=deadline,
            year=year,
            expected_output=standing.expected_output,
            field=task.text(Column.FIELD),
            source_text=task.text(Column.SOURCE),
            source_date=source_date.day,
            assigner=task.text(Column.ASSIGNER),
            monitor=task.text(Column.MONITOR),
            urgency=task.text(Column.URGENCY),
            result=standing.result,
            note=task.text(Column.NOTE),
            extra=tuple(_extra(task)),
            carried_over=standing.carried_over,
            unresolved=(
                *_text_problems(task),
                *_lead_problems(task, parties, lead),
                *_party_problems(task, "coordinating", coordinating),
                *_other_problems(task, deadline, source_date, standing),
            ),
        )

    def _match(self, text: str) -> tuple[Match, ...]:
        if text not in self._matches:
            suggesting = len(self._matches) < _MOST_SUGGESTED
            self._matches[text] = (
                (Match(words=text, how=How.NONE, reason="error_cell"),)
                if is_error(text)
                else match_cell(text, self.names, suggesting=suggesting)
            )
        return self._matches[text]

    def _deadline(self, task: TaskRow, year: int | None) -> Deadline:
        line = _in_one_line(task.text(Column.DEADLINE))
        if not line and (beside := _maybe_deadline(task)):
            return beside
        if _lost_a_nought(task.value(Column.DEADLINE)):
            return Deadline(text=line, kind=DeadlineKind.UNKNOWN, reason=Unread.SEVERAL_READINGS)
        read = self._read(line, year)
        of_section = None if self.year else year_in(task.section)
        if of_section and self._read(line, of_section) != read:
            return Deadline(text=line, kind=DeadlineKind.UNKNOWN, reason=Unread.SEVERAL_READINGS)
        return read

    def _read(self, line: str, year: int | None) -> Deadline:
        if (line, year) not in self._deadlines:
            self._deadlines[line, year] = read_deadline(
                line, year=year, before_is_strict=self.before_is_strict
            )
        return self._deadlines[line, year]


def _in_one_line(text: str) -> str:
    """Write the lines of a cell as one; two points of a list do not become "from - to"."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if sum(line.startswith(_POINTS) for line in lines) > 1:
        return "; ".join(filter(None, (line.lstrip("".join(_POINTS)).strip() for line in lines)))
    return " ".join(filter(None, lines))


def _maybe_deadline(task: TaskRow) -> Deadline | None:
    """Leave to a person what may be the deadline, where no column of the sheet is headed so."""
    if task.heading.place_of(Column.DEADLINE) is not None:
        return None
    for column in task.heading.columns:
        text = cell_text(task.values.get(column.place))
        if column.holds is Column.OTHER and not column_of(column.heading) and _sounds_due(text):
            said = f"{column.heading}: {text}"
            return Deadline(text=said, kind=DeadlineKind.UNKNOWN, reason=Unread.COLUMN_UNSURE)
    return None


def _sounds_due(text: str) -> bool:
    """Tell whether a cell is a full date, or words that can only be read as a deadline."""
    if dates_in(text):
        return True
    read = read_deadline(" ".join(text.split()), year=_SOME_YEAR)
    has_words = any(letter.isalpha() for letter in text)
    return has_words and read.kind not in {DeadlineKind.NONE, DeadlineKind.UNKNOWN}


def _lost_a_nought(value: CellValue) -> bool:
    """Tell whether a number may have been a day and month: 15.1 is what is left of "15.10"."""
    return isinstance(value, float) and repr(value).endswith(".1")


def _source_date(task: TaskRow) -> ReadDate:
    """Read the date of the source, from its column or else from the words of the source."""
    read = read_date(task.value(Column.SOURCE_DATE))
    if read.day or read.reason:
        return read
    found = set(dates_in(task.text(Column.SOURCE)))
    return found.pop() if len(found) == 1 else ReadDate()


def _extra(task: TaskRow) -> Iterator[tuple[str, str]]:
    """Keep what has no field of its own, headed or not."""
    columns = {column.place: column for column in task.heading.columns}
    for place, value in task.values.items():
        column = columns.get(place)
        if column is None or column.holds in _KEPT_AS_TEXT:
            yield (column.heading if column else "", cell_text(value))


def _text_problems(task: TaskRow) -> Iterator[Unresolved]:
    content = task.text(Column.CONTENT)
    if not content:
        yield Unresolved(row=task.at + 1, field="content", text="", reason="missing_content")
    for column, (name, limit) in _LIMITS.items():
        text = task.text(column)
        if len(text) > limit:
            yield Unresolved(row=task.at + 1, field=name, text=text, reason="too_long")
        elif is_error(text):
            yield Unresolved(row=task.at + 1, field=name, text=text, reason="error_cell")


def _lead_problems(
    task: TaskRow, parties: Parties, lead: tuple[Match, ...]
) -> Iterator[Unresolved]:
    if not lead:
        yield Unresolved(row=task.at + 1, field="lead", text=parties.lead, reason="missing_lead")
    elif len(lead) > 1 and not parties.is_clear:
        yield Unresolved(row=task.at + 1, field="lead", text=parties.lead, reason="lead_unclear")
    yield from _party_problems(task, "lead", lead)


def _party_problems(task: TaskRow, name: str, matches: tuple[Match, ...]) -> Iterator[Unresolved]:
    for match in matches:
        reason = "too_long" if len(match.words) > LONGEST_LINE else match.reason
        if reason:
            yield Unresolved(
                row=task.at + 1,
                field=name,
                text=match.words,
                reason=reason,
                suggestions=match.suggestions,
                ended_on=match.ended_on,
            )


def _other_problems(
    task: TaskRow, deadline: Deadline, source_date: ReadDate, standing: Standing
) -> Iterator[Unresolved]:
    problems: list[Problem] = []
    if deadline.kind is DeadlineKind.UNKNOWN and len(deadline.text) <= LONGEST_LINE:
        reason = deadline.reason.value if deadline.reason else "not_understood"
        problems.append(("deadline", deadline.text, reason))
    if source_date.reason:
        text = task.text(Column.SOURCE_DATE) or task.text(Column.SOURCE)
        problems.append(("source_date", text, source_date.reason))
    for name, text, reason in (*problems, *standing.problems):
        yield Unresolved(row=task.at + 1, field=name, text=text, reason=reason)
