"""Who leads and who coordinates, also where one cell says both ("Chủ trì: …; Phối hợp: …")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workflow.documents.columns import Column
from workflow.documents.layout import TaskRow

_LABEL = re.compile(
    r"(?:(?<=[\n;,.(\-–])|(?<=^))[^\S\n]*(?:(?:cơ quan|đơn vị)\s+)?"
    r"(?P<role>chủ trì|chu tri|phối hợp|phoi hop)(?:\s+thực hiện)?\s*:",
    re.IGNORECASE,
)
_MARK = re.compile(r"\(\s*(?P<role>chủ trì|chu tri|phối hợp|phoi hop)\s*\)", re.IGNORECASE)
_LEADS = frozenset({"chủ trì", "chu tri"})
# "Sở A chủ trì, phối hợp với Sở B" and "Sở A chủ trì, Sở B phối hợp", said of nobody "được giao".
_WITH = re.compile(
    r"(?<!\s)\s+(?:chủ trì|chu tri)\s*[,;]?\s*(?:và\s+|va\s+)?(?:phối hợp|phoi hop)\s+"
    r"(?:(?:với|voi|cùng|cung)\s+)?",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?<!giao)(?<!\s)\s+(?P<role>chủ trì|chu tri|phối hợp|phoi hop)(?=\s*(?:[,;.\n]|$))",
    re.IGNORECASE,
)
_BOTH = 2
_SEPARATOR = re.compile(r"[,;\n]")
_EDGES = " \n;,.-–()"


@dataclass(frozen=True, slots=True)
class Parties:
    """The words for each role; `is_clear` is false where one column holds both unlabelled."""

    lead: str
    coordinating: str
    is_clear: bool = True


def parties_of(task: TaskRow) -> Parties:
    """Return who leads and who coordinates, in the words of the row."""
    lead, led_with = _split(task.text(Column.LEAD))
    both, both_with = _split(task.text(Column.LEAD_AND_COORDINATING))
    coordinating = task.text(Column.COORDINATING)
    return Parties(
        lead="\n".join(filter(None, (lead, both))),
        coordinating="\n".join(filter(None, (led_with, both_with, coordinating))),
        is_clear=not both or bool(both_with or _LABEL.search(both) or _MARK.search(both)),
    )


def _split(text: str) -> tuple[str, str]:
    """Part a cell at its labels; what stands before the first label leads."""
    labels = list(_LABEL.finditer(text))
    if not labels:
        return _without_labels(text)
    parts: dict[bool, list[str]] = {True: [text[: labels[0].start()]], False: []}
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        leads = label["role"].casefold() in _LEADS
        parts[leads].append(text[label.end() : end])
    lead, coordinating = ("\n".join(p.strip(_EDGES) for p in parts[role]) for role in (True, False))
    return lead.strip(), coordinating.strip()


def _without_labels(text: str) -> tuple[str, str]:
    """Part a cell by the words behind or between the names; one that has none leads whole."""
    if marks := list(_MARK.finditer(text)):
        return _by_marks(text, marks)
    between = list(_WITH.finditer(text))
    if len(between) == 1 and not _BEHIND.search(text, between[0].end()):
        parts = text[: between[0].start()], text[between[0].end() :]
        return parts[0].strip(_EDGES), parts[1].strip(_EDGES)
    behind = list(_BEHIND.finditer(text))
    said = {mark["role"].casefold() in _LEADS for mark in behind}
    return _by_marks(text, behind) if len(said) == _BOTH and not between else (text, "")


def _by_marks(text: str, marks: list[re.Match[str]]) -> tuple[str, str]:
    """Part a cell that says the role behind a name: "Sở A (chủ trì), Sở B".

    Where one is marked as the lead the others coordinate; where only those that coordinate
    are, the others lead.
    """
    others_lead = not any(mark["role"].casefold() in _LEADS for mark in marks)
    parts: dict[bool, list[str]] = {True: [], False: []}
    at = 0
    for mark in marks:
        before = text[at : mark.start()]
        begins = max((one.end() for one in _SEPARATOR.finditer(before)), default=0)
        parts[others_lead].append(before[:begins])
        parts[mark["role"].casefold() in _LEADS].append(before[begins:])
        at = mark.end()
    parts[others_lead].append(text[at:])
    lead, coordinating = (
        "\n".join(filter(None, (part.strip(_EDGES) for part in parts[role])))
        for role in (True, False)
    )
    return lead, coordinating
