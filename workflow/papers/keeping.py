"""Keeping the office's list of papers: the same list twice changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from workflow.accounts.records import Actor, Role
from workflow.days import local_day
from workflow.directives.standing import Standing
from workflow.documents.secrecy import refuse_secret
from workflow.errors import Forbidden, Invalid, NotFound, Refused, Stale
from workflow.evidence.records import StoredFile
from workflow.history.records import Subject
from workflow.history.rules import entry_by
from workflow.papers.ports import PaperListMemory
from workflow.papers.records import ImportedPaper, KeptList, KnownPaper, ListedPaper
from workflow.text import squeeze

LINE, BODY = 500, 5_000
LIST = "list"
"""What the history calls the list as a whole."""


def require_office(actor: Actor, day: date) -> None:
    """The list is the office's; Forbidden for everybody else, or when the role is not held."""
    if actor.role is not Role.OFFICE:
        raise Forbidden("not_yours", who=[Standing.OVERSEER])
    if not actor.holds_role_on(day):
        raise Forbidden("role_not_held")


def keep_papers(
    memory: PaperListMemory,
    actor: Actor,
    papers: Sequence[ListedPaper],
    *,
    source: str,
    at: datetime,
) -> KeptList:
    """Keep the papers of a list; one that is known is not added again.

    The same number and date make it known, unless it is of another agency: two agencies may
    well give one number on one day. What the list says anew of a known paper replaces what was
    known; an empty cell takes nothing away, and its file stays. One history entry and one
    import that can be undone for the list, none when it changed nothing. `source` is the file's
    name, empty for what was pasted. Invalid when there is no paper.
    """
    require_office(actor, local_day(at))
    wanted = {paper.key: paper for paper in papers}
    if not wanted:
        raise Invalid({"text": "no_papers"})
    there = _Known(memory.papers_like(list(wanted.values())))
    pairs = [(paper, there.take(paper)) for paper in wanted.values()]
    added = [paper for paper, known in pairs if known is None]
    merged = [(known, _merged(known.listed, paper)) for paper, known in pairs if known]
    changed = [
        ImportedPaper(paper=replace(known, listed=new), before=known.listed)
        for known, new in merged
        if new != known.listed
    ]
    kept = KeptList(
        added=len(added),
        changed=len(changed),
        same=len(merged) - len(changed),
        beside=sum(map(there.stands_beside, added)),
    )
    if added or changed:
        memory.add_import(added, changed, source=source, actor=actor, at=at)
        given: dict[str, object] = {"added": kept.added, "changed": kept.changed}
        if source:
            given["file"] = source
        memory.append(entry_by(actor, at, Subject.PAPER, LIST, "keep_papers", given=given))
    return kept


class _Known:
    """The papers that are there under the numbers of a list; each is one of the list at most."""

    def __init__(self, papers: Sequence[KnownPaper]) -> None:
        self.exact = {one.listed.key: one for one in papers}
        self.numbered: defaultdict[tuple[str, str, date], list[KnownPaper]] = defaultdict(list)
        for one in papers:
            self.numbered[one.listed.key[:3]].append(one)

    def take(self, paper: ListedPaper) -> KnownPaper | None:
        """Return the one known paper that this one is; None where there is none or two."""
        found = self.exact.pop(paper.key, None)
        if found is None:
            alike = [one for one in self.numbered[paper.key[:3]] if is_same(one.listed, paper)]
            free = [one for one in alike if one.listed.key in self.exact]
            found = self.exact.pop(free[0].listed.key) if len(free) == 1 else None
        return found

    def stands_beside(self, paper: ListedPaper) -> bool:
        """Whether another paper of this number and day was there."""
        return bool(self.numbered[paper.key[:3]])


def is_same(known: ListedPaper, new: ListedPaper) -> bool:
    """Whether papers of one number and day, of differing words, are one and the same.

    Of the same agency; or of one that was not recognised until now; or the words of agency and
    subject changed places.
    """
    if new.agency_id is not None and known.agency_id in {None, new.agency_id}:
        return True
    crossed = squeeze(known.counterpart), squeeze(known.subject)
    return crossed == (squeeze(new.subject), squeeze(new.counterpart))


def _merged(known: ListedPaper, new: ListedPaper) -> ListedPaper:
    return replace(
        known,
        counterpart=known.counterpart if known.key == new.key else new.counterpart,
        subject=new.subject or known.subject,
        signer=new.signer or known.signer,
        received_on=new.received_on or known.received_on,
        arrival_number=new.arrival_number or known.arrival_number,
        agency_id=new.agency_id or known.agency_id,
    )


def attach_file(
    memory: PaperListMemory, actor: Actor, paper_id: int, file: StoredFile, *, at: datetime
) -> KnownPaper:
    """Keep the file of a paper; another one takes its place, the old stays under its hash."""
    require_office(actor, local_day(at))
    paper = memory.paper(paper_id)
    if paper is None:
        raise NotFound
    memory.set_file(paper_id, file)
    given = {"number": paper.listed.number, "file": file.name}
    key = str(paper_id)
    memory.append(
        entry_by(
            actor,
            at,
            Subject.PAPER,
            key,
            "attach_paper_file",
            given=given,
            evidence=(file.sha256,),
        )
    )
    return replace(paper, file=file)


def change_paper(
    memory: PaperListMemory,
    actor: Actor,
    paper_id: int,
    paper: ListedPaper,
    *,
    at: datetime,
    seen: str | None = None,
) -> KnownPaper:
    """Mend what a paper of the list says; its direction and its file stay.

    Stale where it no longer says what was seen, told by its mark.
    Invalid field by field, `paper_exists` where another paper of the list is the same;
    Refused `secret_document` where its number or subject says so.
    """
    day = local_day(at)
    require_office(actor, day)
    known = memory.paper(paper_id)
    if known is None:
        raise NotFound
    if seen is not None and seen != known.listed.mark:
        raise Stale
    ready = replace(paper, direction=known.listed.direction)
    refuse_secret((ready.number, ready.subject))
    errors = wrong_in(ready, day)
    alike = [one for one in memory.papers_like([ready]) if one.listed.key == ready.key]
    if not errors and any(one.id != paper_id for one in alike):
        errors["number"] = "paper_exists"
    if errors:
        raise Invalid(errors)
    after = replace(known, listed=ready)
    if ready != known.listed:
        memory.set_paper(after)
        memory.append(
            entry_by(
                actor,
                at,
                Subject.PAPER,
                str(paper_id),
                "change_paper",
                before=told_of(known.listed),
                after=told_of(ready),
            )
        )
    return after


def wrong_in(paper: ListedPaper, day: date) -> dict[str, str]:
    """Return what is wrong with a paper, by field."""
    needed = {"number": paper.number, "counterpart": paper.counterpart}
    errors = {name: "required" for name, words in needed.items() if not words}
    lines = ("number", "counterpart", "signer", "arrival_number")
    limits = dict.fromkeys(lines, LINE) | {"subject": BODY}
    errors |= {
        name: "too_long" for name, most in limits.items() if len(getattr(paper, name)) > most
    }
    days = {"dated": paper.dated, "received_on": paper.received_on}
    return errors | {name: "date_future" for name, one in days.items() if one and one > day}


def told_of(paper: ListedPaper) -> dict[str, object]:
    """Return what the history says of a paper."""
    return {
        "number": paper.number,
        "dated": paper.dated,
        "counterpart": paper.counterpart,
        "subject": paper.subject,
        "signer": paper.signer,
        "received_on": paper.received_on,
        "arrival_number": paper.arrival_number,
    }


def remove_paper(
    memory: PaperListMemory, actor: Actor, paper_id: int, *, at: datetime
) -> KnownPaper:
    """Take a paper off the list; its entry in the history keeps what it said.

    Refused `paper_in_use` while a report that was recorded, or a letter, bears its number and
    date.
    """
    require_office(actor, local_day(at))
    paper = memory.paper(paper_id)
    if paper is None:
        raise NotFound
    if memory.referred_to([paper]):
        raise Refused("paper_in_use")
    memory.remove_paper(paper_id)
    before = told_of(paper.listed)
    key = str(paper_id)
    memory.append(entry_by(actor, at, Subject.PAPER, key, "remove_paper", before=before))
    return paper
