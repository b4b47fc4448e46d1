"""How the work of a row stood elsewhere: its state, its result, the day it was done or paused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflow.documents.carried import Said, State, read_state
from workflow.documents.cells import dates_in, read_date
from workflow.documents.columns import Column
from workflow.documents.layout import TaskRow
from workflow.documents.reading import CarriedOver
from workflow.documents.records import CarriedState

Problem = tuple[str, str, str]

_CARRIED = {
    Said.DONE: CarriedState.DONE,
    Said.IN_PROGRESS: CarriedState.IN_PROGRESS,
    Said.PAUSED: CarriedState.PAUSED,
}
# A state may stand in any of these; only a column of states may hold nothing else.
_MAY_SAY = (
    Column.STATE,
    Column.RESULT,
    Column.COMPLETED_ON,
    Column.EXPECTED_OUTPUT,
    Column.NOTE,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is carried over, the texts left once the state is taken out, and what is unsure."""

    carried_over: CarriedOver | None
    expected_output: str
    result: str
    problems: tuple[Problem, ...]


def standing_of(task: TaskRow) -> Standing:
    """Read the columns of state, result and date, and a state standing alone elsewhere.

    Problems, each as field, words and reason: `unreadable_state`, `states_differ`,
    `state_not_given` (a result without a state), `stopped_elsewhere`, and those of a date.
    """
    texts = {column: task.text(column) for column in _MAY_SAY}
    states = {column: state for column in _MAY_SAY if (state := read_state(texts[column]))}
    result = "" if Column.RESULT in states else texts[Column.RESULT]
    carried, problems = _carried(task, texts, states, result)
    return Standing(
        carried_over=carried,
        expected_output=("" if Column.EXPECTED_OUTPUT in states else texts[Column.EXPECTED_OUTPUT]),
        result=result,
        problems=tuple(problems),
    )


def _carried(
    task: TaskRow, texts: dict[Column, str], states: dict[Column, State], result: str
) -> tuple[CarriedOver | None, list[Problem]]:
    if texts[Column.STATE] and Column.STATE not in states:
        return None, [("state", texts[Column.STATE], "unreadable_state")]
    day, problems = None, [*_date_problems(texts[column] for column in states)]
    if Column.COMPLETED_ON not in states:
        read = read_date(task.value(Column.COMPLETED_ON))
        day = read.day
        if read.reason:
            problems.append(("completed_on", texts[Column.COMPLETED_ON], read.reason))
    said = {state.said for state in states.values()} | ({Said.DONE} if day else set())
    words = next((texts[column] for column in states), texts[Column.COMPLETED_ON])
    problems += _doubts(said, words, result)
    state = _CARRIED.get(said.pop()) if len(said) == 1 else None
    if state is None:
        return None, problems
    days = {one.on for one in states.values() if one.on} | ({day} if day else set())
    reached_on = days.pop() if len(days) == 1 else day
    return CarriedOver(state=state, words=words, reached_on=reached_on, result=result), problems


def _date_problems(states: Iterable[str]) -> Iterator[Problem]:
    """Name a day that a state gives and that is none ("Đã hoàn thành ngày 31/02/2021")."""
    for text in states:
        yield from (("completed_on", text, one.reason) for one in dates_in(text) if one.reason)


def _doubts(said: set[Said], words: str, result: str) -> list[Problem]:
    if len(said) > 1:
        return [("state", words, "states_differ")]
    if Said.STOPPED in said:
        return [("state", words, "stopped_elsewhere")]
    return [("state", result, "state_not_given")] if result and not said else []
