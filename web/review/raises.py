"""Levels that a case reached, as its page shows them: when, on what, known since when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.review.facts import Behind, CaseFile, Raised
from web.formats import vn_date
from web.review.saying import count_words, edges_of, edges_words
from web.review.telling import import_words
from web.speech import gettext as _
from web.wiring import office
from workflow.days import local_day

NEXT_DAY = timedelta(days=1)
LATE_DOSSIER = frozenset({"V16", "V17"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRaise:
    """A level reached, in words; `more` are the violations behind it that are not listed.

    `behind` is the address of their list, `late` says by how many days their dossiers were late.
    """

    of: Raised
    count: str
    edges: str
    behind: Mapping[str, str]
    more: int
    known: str
    is_latest: bool
    late: Mapping[int, int | None]


def raise_shown(file: CaseFile, raised: Raised) -> ToldRaise:
    """Return a raise as the page shows it, by the rule that raised it where that still stands."""
    same = raised.rule_number == file.rule.number
    body = file.rule.body if same else {}
    return ToldRaise(
        of=raised,
        count=count_words(body, raised.level, raised.score),
        edges=edges_words(body, raised.on),
        behind=behind_of(file, body, raised),
        more=raised.count - len(raised.violations),
        known=known_words(file, raised),
        is_latest=file.latest is raised,
        late={one.id: days_late(one, office().today()) for one in raised.violations},
    )


def behind_of(file: CaseFile, body: Mapping[str, object], raised: Raised) -> dict[str, str]:
    """Return the view of the list of violations that holds those behind a raise."""
    edges = edges_of(body, raised.on)
    days = {"since": f"{edges[0]}", "until": f"{edges[1]}"} if edges else {}
    return {"case": file.escalation.number} | days


def days_late(one: Behind, today: date) -> int | None:
    """Return for how many days a dossier was or is late; None if it was not, or is none.

    V16 and V17 occur on the day after the promised one (product.md, section 5).
    """
    if one.type not in LATE_DOSSIER or not one.dossier:
        return None
    late = ((one.ended_on or today) - one.occurred_on).days + 1
    return late if late > 0 else None


def known_words(file: CaseFile, raised: Raised) -> str:
    """Say when and by which import a level became known, where that was long after its day."""
    known_on = local_day(raised.known_at)
    if known_on <= raised.on + NEXT_DAY:
        return ""
    words = _("hệ thống biết ngày %(day)s", day=vn_date(known_on))
    entries = (link.entry for link in file.links if link.entry.at == raised.known_at)
    source = next(filter(None, map(import_words, entries)), "")
    return _("%(words)s, theo %(source)s", words=words, source=source) if source else words
