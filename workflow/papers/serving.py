"""Which directives a paper of the office's list served, judged by what is left of papers there.

Number, day and issuer say which paper it was: a report's, or those that an act names. The file says
so only where nothing else does, for two papers may come with one annex.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from workflow.papers.records import KnownPaper, paper_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A report on a directive, by the number and day of its paper; `lead` leads the work today."""

    directive: int
    number: str
    dated: date | None
    lead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A file brought with an act on a directive, and what the act was given."""

    directive: int
    sha256: str
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> tuple[str, str | None]:
        """Number and day (ISO) of the paper that the act names; an empty number for none."""
        number = self.given.get("report_number") or self.given.get("paper") or ""
        return number, self.given.get("report_date") or self.given.get("paper_date")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A paper that the list holds under a number and day, and the agency it came from."""

    number: str
    dated: date
    agency: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What may tell of some papers."""

    reported: tuple[Reported, ...] = ()
    pieces: tuple[Piece, ...] = ()
    issued: tuple[Issued, ...] = ()


def served_by(paper: KnownPaper, traces: Traces) -> frozenset[int]:
    """Return the ids of the directives that a paper served."""
    others = _others_alike(paper, traces.issued)
    reported = (one.directive for one in traces.reported if _is_report(paper, one, others))
    pieces = (one.directive for one in traces.pieces if _is_file(paper, one))
    return frozenset((*reported, *pieces))


def _others_alike(paper: KnownPaper, issued: Iterable[Issued]) -> frozenset[int]:
    """Return the other agencies of which the list holds a paper of the same number and day."""
    same = paper.listed.number, paper.listed.dated
    alike = frozenset(one.agency for one in issued if (one.number, one.dated) == same)
    return alike - {paper.listed.agency_id}


def _is_report(paper: KnownPaper, one: Reported, others: frozenset[int]) -> bool:
    """Whether a report is this paper.

    Work goes on to another lead, and its old reports with it: who issued them is asked only where
    the list holds several papers that look alike.
    """
    same = paper.listed.number, paper.listed.dated
    return (one.number, one.dated) == same and one.lead not in others


def _is_file(paper: KnownPaper, piece: Piece) -> bool:
    """Whether a piece is this paper: it is its file, and the act named no other."""
    if paper.file is None or piece.sha256 != paper.file.sha256:
        return False
    number, day = piece.named
    if not number:
        return True
    listed = paper.listed
    return paper_key(number) == paper_key(listed.number) and day in (None, listed.dated.isoformat())
