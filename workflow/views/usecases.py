"""Views: kept under a name, sent to colleagues, put away.

They are a person's own way of looking and change nothing of anybody's work, so they enter no
history; what is sent leaves its notice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from workflow.accounts.records import Actor
from workflow.errors import Invalid, NotFound
from workflow.messages.records import Notice
from workflow.text import clean
from workflow.views.ports import ViewMemory
from workflow.views.records import ListPage, SavedView

NAME_MOST, QUERY_MOST, VIEWS_MOST, SENT_MOST = 200, 2_000, 100, 50
TURNING = frozenset({"before", "after", "newer", "older", "from", "seen", "chosen"})
"""Parts of an address that say which page of a list one is on, and no view keeps."""


def tidy_query(query: str) -> str:
    """Return an address's query as a view keeps it: nothing empty, no page that was turned to."""
    parts = parse_qsl(query.lstrip("?"))
    return urlencode([(name, value) for name, value in parts if name not in TURNING])


def save_view(
    memory: ViewMemory, actor: Actor, page: ListPage, name: str, query: str, *, at: datetime
) -> int:
    """Keep a view under a name and return its id; under a name one has already it is replaced.

    Invalid: `name` (required, too_long, too_many_views), `query` (too_long).
    """
    name, query = clean(name), tidy_query(query)
    if not name:
        raise Invalid({"name": "required"})
    if len(name) > NAME_MOST:
        raise Invalid({"name": "too_long"})
    if len(query) > QUERY_MOST:
        raise Invalid({"query": "too_long"})
    own = memory.own_views(actor.account_id)
    for view in own:
        if (view.page, view.name) == (page, name):
            memory.change_query(view.id, query, at)
            return view.id
    if len(own) >= VIEWS_MOST:
        raise Invalid({"name": "too_many_views"})
    return memory.add_view(owner_id=actor.account_id, page=page, name=name, query=query, at=at)


def send_view(
    memory: ViewMemory, actor: Actor, view_id: int, account_ids: Iterable[int], *, at: datetime
) -> int:
    """Put one's own view into colleagues' lists and tell them; return how many are new.

    They open it with their own scope. Invalid `people`: required, not_a_person,
    too_many_at_once.
    """
    view = own_view(memory, actor, view_id)
    people = list(dict.fromkeys(account_ids))
    if not people:
        raise Invalid({"people": "required"})
    if len(people) > SENT_MOST:
        raise Invalid({"people": "too_many_people_at_once"})
    if not all(_may_get(memory, actor, key) for key in people):
        raise Invalid({"people": "not_a_person"})
    new = [key for key in people if memory.share(view.id, key, at)]
    memory.post_all(_notice(actor, view, key, at) for key in new)
    return len(new)


def put_away(memory: ViewMemory, actor: Actor, view_id: int) -> None:
    """Remove one's own view from everybody's lists, or one that was sent from one's own list."""
    view = memory.view(view_id)
    if view is None:
        raise NotFound("view")
    if view.owner_id == actor.account_id:
        memory.remove_view(view_id)
    elif not memory.unshare(view_id, actor.account_id):
        raise NotFound("view")


def own_view(memory: ViewMemory, actor: Actor, view_id: int) -> SavedView:
    """Return one's own view; NotFound when it is another's or there is none."""
    view = memory.view(view_id)
    if view is None or view.owner_id != actor.account_id:
        raise NotFound("view")
    return view


def _may_get(memory: ViewMemory, actor: Actor, account_id: int) -> bool:
    account = memory.account(account_id)
    return (
        account is not None
        and account.is_active
        and not account.is_system
        and account.id != actor.account_id
    )


def _notice(actor: Actor, view: SavedView, account_id: int, at: datetime) -> Notice:
    return Notice(
        key=f"view:{view.id}:{account_id}:{at.isoformat()}",
        kind="view.sent",
        subject="view",
        subject_key=str(view.id),
        at=at,
        to_account=account_id,
        params={"who": actor.name, "name": view.name},
    )
