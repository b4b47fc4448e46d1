"""What several actions ask for in the same way."""

from __future__ import annotations

from dataclasses import replace

from workflow.directives.needs import Kind, Need, choice_of
from workflow.directives.targets import TargetBasis, TargetScope

REASON = Need(name="reason", kind=Kind.TEXT)
REASON_IF_ANY = Need(name="reason", kind=Kind.TEXT, required=False)
SPOKEN = (
    Need(name="said_by", kind=Kind.LINE, required=False),
    Need(name="said_on", kind=Kind.DAY, required=False),
)
"""Who gave an opinion that somebody else records, and on which day."""
PAPER = Need(name="paper", kind=Kind.LINE)
PAPER_IF_ANY = Need(name="paper", kind=Kind.LINE, required=False)
FILES = Need(name="files", kind=Kind.FILES, required=False)
PAPER_DATE = Need(name="paper_date", kind=Kind.DAY, required=False)
THE_PAPER = (PAPER, PAPER_DATE)
"""The document that says so (product.md, section 3): its number, and its day where it is known.

Numbers begin anew each year, so the day says which paper it is; its file comes with `FILES`.
"""
PAPER_BEHIND = (PAPER_IF_ANY, PAPER_DATE)
"""A document that an act may rest on."""
PERIOD = (
    Need(name="period_from", kind=Kind.DAY, required=False),
    Need(name="period_to", kind=Kind.DAY, required=False),
)
NEW_DATE = Need(name="due_on", kind=Kind.DAY, required=False)
REWRITE = (
    Need(name="content", kind=Kind.TEXT, required=False, prefill="content"),
    Need(name="expected_output", kind=Kind.LINE, required=False, prefill="expected_output"),
    Need(name="due_on", kind=Kind.DAY, required=False, prefill="due_on"),
)
OF_THE_TARGET = (
    Need(
        name="target_scope",
        kind=Kind.CHOICE,
        required=False,
        choices=choice_of(TargetScope),
        prefill="target_scope",
    ),
    Need(
        name="target_basis",
        kind=Kind.CHOICE,
        required=False,
        choices=choice_of(TargetBasis),
        prefill="target_basis",
    ),
)
"""Whose a clause's target is and what its figures tell; said of all its directives at once."""
PIECE = Need(name="evidence", kind=Kind.EVIDENCE)
SET_ASIDE = Need(name="set_aside", kind=Kind.PIECES, required=False)
SHOWN = (
    Need(name="figure", kind=Kind.NUMBER, required=False),
    Need(name="own_figure", kind=Kind.NUMBER, required=False),
    Need(name="numerator", kind=Kind.NUMBER, required=False),
    Need(name="denominator", kind=Kind.NUMBER, required=False),
    Need(name="open_parts_reason", kind=Kind.TEXT, required=False),
    FILES,
    *PERIOD,
)
"""What shows a result, whoever brings the report."""
RESULT = (
    Need(name="result", kind=Kind.TEXT),
    Need(name="report_number", kind=Kind.LINE),
    Need(name="report_date", kind=Kind.DAY),
    Need(name="signer", kind=Kind.LINE),
    *SHOWN,
)
"""A report of the lead as its head signed it (product.md, section 3)."""
SIGNED_LATER = frozenset({"report_number", "report_date", "signer"})
DRAFTED = tuple(replace(n, required=n.required and n.name not in SIGNED_LATER) for n in RESULT)
"""A report an officer prepares: its head has not signed it yet; submitting asks what is missing."""
GOING_BACK = Need(name="going_back", kind=Kind.PIECES, required=False)
"""Which of what was prepared goes back; where nothing is named, all of it."""
PREPARED_FILES = Need(name="prepared_files", kind=Kind.PREPARED, required=False)
LETTER = replace(FILES, unless=PREPARED_FILES.name)
"""The signed document, scanned; what an officer prepared of it will do."""
OPINION = (
    Need(name="text", kind=Kind.TEXT),
    Need(name="reference", kind=Kind.LINE, required=False),
    *SPOKEN,
    NEW_DATE,
)
"""A leader's opinion: its words, where it stands, whose it is, and a new date if any."""
