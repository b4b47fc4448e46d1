"""The inbox as its page shows it: many unread notices of one kind stand on one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask import request, url_for

from models.messages.inbox import InboxLine, Shown, inbox_page
from models.messages.kinds import KindCount, unread_kinds
from web.addresses import asked_key, page_links
from web.identity import current_actor
from web.labels import label
from web.messages.kinds import kind_words
from web.messages.naming import Names, names_case, names_for
from web.messages.pressing import is_pressing
from web.messages.words import link_of, sentence_of
from web.wiring import office, reading_unit
from workflow.days import local_day
from workflow.messages.bundling import HANDFUL
from workflow.review.records import OPEN, EscalationState


def shown_by(asked: str) -> Shown:
    """Return which notices an address or a form asks for; the unread ones where it does not."""
    return Shown(asked) if asked in set(Shown) else Shown.UNREAD


def inbox() -> dict[str, Any]:
    """Return what the page of the inbox reads, in at most five statements.

    Unread notices of a kind that came more often than a handful stand on one line, which
    leads to them.
    """
    shown, kind = shown_by(request.args.get("show", "")), request.args.get("kind", "")
    before, after = asked_key("before"), asked_key("after")
    connection, actor = reading_unit().connection, current_actor()
    kinds = unread_kinds(connection, actor.account_id) if shown is Shown.UNREAD else ()
    together = [one for one in kinds if one.count > HANDFUL] if not kind and len(kinds) > 1 else []
    page = inbox_page(
        connection,
        actor.account_id,
        shown,
        before=before,
        after=after,
        kind=kind,
        without=[one.kind for one in together],
    )
    is_first = after is None and before is None
    return {
        "page": page,
        "lines": _lines(page.lines),
        "groups": [_group(one) for one in together] if is_first else [],
        "total": page.total + sum(one.count for one in together),
        "newest": max((page.newest, *(one.newest for one in together)), default=0),
        "shown": shown.value,
        "kind": kind,
        "kind_words": kind_words(kind) if kind else "",
        "is_first": is_first,
        "links": page_links(page.before, page.after),
    }


def _group(one: KindCount) -> dict[str, Any]:
    return {
        "of": one,
        "words": kind_words(one.kind),
        "url": url_for("messages.index", show=Shown.UNREAD.value, kind=one.kind),
    }


def _cases_now(lines: Sequence[InboxLine], names: Names) -> dict[int, str]:
    """Return, by line, how a case stands of which the line asked what is over, in words."""
    stands = {one.id: names.cases.get(one.subject_key) for one in lines if names_case(one)}
    return {
        one.id: label(case.state, "case_state")
        for one in lines
        if (case := stands.get(one.id)) is not None and _is_over(one.kind, case.state)
    }


def _is_over(kind: str, state: EscalationState) -> bool:
    asks = kind == "review_request_explanation"
    return state not in OPEN or (asks and state is not EscalationState.EXPLANATION_REQUESTED)


def _lines(lines: Iterable[InboxLine]) -> list[dict[str, Any]]:
    """Return the lines with what each says, and of which work of whom."""
    told = tuple(lines)
    today = office().today()
    names = names_for(reading_unit(), current_actor(), today, told)
    over = _cases_now(told, names)
    return [
        {
            "line": line,
            "now": over.get(line.id, ""),
            "says": sentence_of(line),
            "link": link_of(line),
            "of": names.of(line),
            "is_pressing": line.id not in over
            and is_pressing(line.kind, line.params, local_day(line.at) if line.read_at else today),
        }
        for line in told
    ]
