"""What others changed since a person last looked: who did what, from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import format_datetime

from models.directives.home import Happening
from web.directives.news import last_look
from web.directives.telling import Names, Told, words
from web.formats import vn_datetime
from web.identity import signed_in_person
from web.labels import label
from web.speech import gettext as _
from web.wiring import office
from workflow.days import PROVINCE_ZONE, local_day
from workflow.history.records import Plain

A_WEEK = timedelta(days=6)
WEIGHTY = ("state", "lead_agency_id", "due_on", "extension_asked_to", "suspended_since")
"""What a reader wants to see from what it became what."""
ASKED = frozenset({"extension_asked_to"})
"""What is told when it is asked for; that it was answered the answer says."""
SPOKEN = ("text", "answer", "what", "proposal", "done", "result")
DECIDED = ("verdict", "decision")
APART = 2
"""So many of a kind stand one by one; of more, one stands and the others are folded."""


def title_of_changes() -> str:
    """Return since when changes are told: the last look, or a week for who never looked."""
    looked_at = signed_in_person().looked_at
    if looked_at is None:
        return _("Thay đổi trong 7 ngày qua")
    return _("Thay đổi từ %(when)s", when=since_words(last_look(), office().clock()))


def since_words(since: datetime, now: datetime) -> str:
    """Return an instant as people say it: today, a weekday within the last week, else the date."""
    if now - since > A_WEEK:
        return vn_datetime(since)
    local = since.astimezone(PROVINCE_ZONE).replace(tzinfo=None)
    if local_day(since) == local_day(now):
        return _("hôm nay %(time)s", time=format_datetime(local, "HH:mm", rebase=False))
    return str(format_datetime(local, "EEEE HH:mm", rebase=False))


def by_kind(found: Iterable[Happening]) -> list[dict[str, Any]]:
    """Return the last change of each directive under what was done, the newest kind first.

    With it stands what all acts since then changed of state, lead and dates, and which acts
    came before. What is beyond `APART` of a kind is folded under its first.
    """
    by_number: dict[str, list[Happening]] = {}
    for item in sorted(found, key=lambda one: -one.serial):
        by_number.setdefault(item.number, []).append(item)
    kinds: dict[str, list[dict[str, Any]]] = {}
    for acts in by_number.values():
        kinds.setdefault(acts[0].action, []).append(_told(acts))
    return [
        {
            "title": label(action, "event"),
            "shown": items if len(items) <= APART else items[:1],
            "folded": [] if len(items) <= APART else items[1:],
        }
        for action, items in kinds.items()
    ]


def _told(acts: Sequence[Happening]) -> dict[str, Any]:
    """Return the acts on one directive, the newest first, as the first page tells them."""
    last = acts[0]
    if not last.is_read:
        return {"of": last, "said": "", "changes": [], "earlier": []}
    return {
        "of": last,
        "said": "" if last.moved_to else _said(last),
        "changes": [*_changes(acts), *_answers(last)],
        "earlier": [f"{label(one.action, 'event')} ({one.who})" for one in acts[1:]],
    }


def _said(act: Happening) -> str:
    """Return what somebody wrote with an act: the reason, else what the act itself says."""
    written = (act.given.get(name) for name in SPOKEN)
    return act.reason or next((one for one in written if isinstance(one, str) and one), "")


def _changes(acts: Sequence[Happening]) -> list[Told]:
    """Return what the acts changed together: the first value before, the last one after."""
    found = []
    for name in WEIGHTY:
        changing = [one for one in acts if name in one.after and one.action != "assign"]
        if not changing:
            continue
        first, last = changing[-1], changing[0]
        before, after = first.before.get(name), last.after[name]
        if before == after or (after is None and name in ASKED):
            continue
        names = Names(
            agencies=_leads(first.before, first.old_lead) | _leads(last.after, last.new_lead)
        )
        found.append(
            Told(
                field=label(name, "field"),
                before=words(name, before, names),
                after=words(name, after, names),
            )
        )
    return found


def _leads(side: Mapping[str, Plain], name: str | None) -> dict[int, str]:
    key = side.get("lead_agency_id")
    return {key: name} if isinstance(key, int) and name else {}


def _answers(act: Happening) -> list[Told]:
    """Return how somebody decided: the verdict, whether a later day was given."""
    return [
        Told(field=label(name, "field"), before="", after=words(name, act.given[name], Names()))
        for name in DECIDED
        if act.given.get(name)
    ]
