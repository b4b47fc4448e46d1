"""What a province sets for the study of lateness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.causes.clock import USUAL_HOURS, WorkingHours, working_hours
from workflow.errors import Invalid

PREFIX = "DONDOC_"
NUMBERS = (
    ("WHAT_IF_LEAST", "least"),
    ("WHAT_IF_MOST", "most"),
    ("IMPORT_BYTES", "import_bytes"),
)
NAMES = ("WORKING_HOURS", "ANALYSTS", *(key for key, _ in NUMBERS))
"""What the settings are called, without what they all begin with."""


class WrongAnalysisError(ValueError):
    """A setting of the study cannot be read; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything the study of lateness can be told.

    `hours` are the shifts of a working day. `analysts` pairs a field with the code of the
    agency that studies it for the province and so reads its dossiers. `least` overdue
    dossiers make a "what if" worth answering, `most` is how many are walked step by step
    for one page. `import_bytes` is the largest file of dossiers a page takes.
    """

    hours: WorkingHours = USUAL_HOURS
    analysts: tuple[tuple[str, str], ...] = ()
    least: int = 30
    most: int = 10_000
    import_bytes: int = 300 * 1024 * 1024


def analysis_from(environ: Mapping[str, str]) -> Analysis:
    """Read the settings; WrongAnalysisError names the first that is wrong."""
    values: dict[str, object] = {}
    if text := environ.get(PREFIX + "WORKING_HOURS", ""):
        try:
            values["hours"] = working_hours(text)
        except Invalid:
            message = f"{PREFIX}WORKING_HOURS must be shifts such as 07:30-11:30,13:00-17:00"
            raise WrongAnalysisError(message) from None
    if text := environ.get(PREFIX + "ANALYSTS", ""):
        values["analysts"] = _pairs(text)
    for key, name in NUMBERS:
        if text := environ.get(PREFIX + key, ""):
            values[name] = _number(key, text)
    return Analysis(**values)  # type: ignore[arg-type]


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = [part.partition("=")[::2] for part in text.split(";")]
    if any(not field.strip() or not code.strip() for field, code in pairs):
        message = f"{PREFIX}ANALYSTS must be like: Đất đai=H32.14; Môi trường=H32.14"
        raise WrongAnalysisError(message)
    return tuple((field.strip(), code.strip()) for field, code in pairs)


def _number(key: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise WrongAnalysisError(f"{PREFIX}{key} must be a whole number from 1")
    return int(text)
