"""Acts that officers write for clerk or head to send: their forms, and where they are told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from models.naming import agency_names
from web.directives.called import labels_of
from web.formats import vn_date, vn_datetime, vn_number
from web.labels import label
from web.speech import gettext as _
from web.wiring import reading_unit
from workflow.accounts.records import SUBMITTING_ROLES
from workflow.directives.drafting import refusal_of_draft
from workflow.directives.drafts import DRAFTABLE, begun_draft
from workflow.directives.guards import Case
from workflow.directives.matters import Draft
from workflow.directives.needs import Kind, Need
from workflow.directives.records import Action
from workflow.directives.rules import refusal_of
from workflow.directives.table import BY_ACTION
from workflow.doors import NOT_THEIRS

MANY = frozenset({Kind.BESIDE, Kind.PIECES})


def can_draft(action: Action, case: Case) -> bool:
    """Whether the actor may write this act for clerk or head to send."""
    return action in DRAFTABLE and refusal_of_draft(action, case) is None


def only_drafts(action: Action, case: Case) -> bool:
    """Whether they may write it, and not send it themselves."""
    return is_to_write(action, case) and can_draft(action, case)


def is_to_write(action: Action, case: Case) -> bool:
    """Whether it is theirs to write and not to send, be it open now or not."""
    sends, writes = refusal_of(action, case), refusal_of_draft(action, case)
    theirs = writes is None or writes.code not in NOT_THEIRS
    return sends is not None and sends.code in NOT_THEIRS and theirs


def draft_label(action: Action) -> str:
    """Return the words of the door behind which an officer writes an act."""
    return _("Trình: %(what)s", what=label(action, "action"))


def draft_says(action: Action, case: Case) -> dict[str, Any]:
    """Return what the form of an act begins with: what an officer wrote and nobody sent."""
    draft = begun_draft(case, action) if action in DRAFTABLE else None
    if draft is None:
        return {}
    needs = {need.name: need for need in BY_ACTION[action].needs}
    said = {name: _field(needs[name], v) for name, v in draft.said.items() if name in needs}
    return said | {"prepared_files": [file.sha256 for file in draft.files]}


def _field(need: Need, value: object) -> object:
    """Return what a field holds for a value as it is kept."""
    if need.kind is Kind.DAY:
        return date.fromisoformat(str(value))
    if need.kind is Kind.NUMBER:
        return Decimal(str(value))
    if need.kind in MANY and isinstance(value, list):
        return [str(one) for one in value]
    return str(value) if need.kind is Kind.ITEM else value


def begun_told(action: Action, case: Case) -> str:
    """Say whose words stand in the form already, and what sending it does; nothing for none."""
    draft = begun_draft(case, action) if action in DRAFTABLE else None
    if draft is None:
        return ""
    who, at = draft.by_name, vn_datetime(draft.at)
    if case.actor.role in SUBMITTING_ROLES:
        return _("Điền sẵn từ bản %(who)s trình lúc %(at)s. Sửa nếu cần rồi gửi.", who=who, at=at)
    if draft.stands:
        return _("%(who)s đã trình lúc %(at)s; trình lại thì bản mới thay bản này.", who=who, at=at)
    return _("Bản trước được trả lại: “%(note)s”.", note=draft.note)


def said_in(draft: Draft, case: Case, agencies: Mapping[int, str]) -> Iterator[str]:
    """Yield what a draft says, each thing with its name."""
    action = Action(draft.act)
    own = labels_of(action)
    for need in BY_ACTION[action].needs:
        if need.name in draft.said:
            words = own.get(need.name) or label(need.name, "field")
            told = _told(need, draft.said[need.name], case, agencies)
            yield _("%(what)s: %(said)s", what=words, said=told)


def told_together(case: Case) -> list[dict[str, Any]]:
    """Return what waits of other acts than a report, for a line among several."""
    drafts = [one for one in case.directive.drafts if one.stands]
    names = names_in(drafts, {})
    return [
        {
            "what": label(one.act, "action"),
            "who": one.by_name,
            "said": list(said_in(one, case, names)),
        }
        for one in drafts
    ]


def names_in(drafts: Sequence[Draft], known: Mapping[int, str]) -> Mapping[int, str]:
    """Return the names of the agencies that drafts name; a statement only for unknown ones."""
    asked = (one.said.get(name) for one in drafts for name in ("agencies", "agency"))
    flat = (key for some in asked for key in (some if isinstance(some, list) else [some]))
    keys = frozenset(key for key in flat if isinstance(key, int)) - frozenset(known)
    return {**known, **agency_names(reading_unit().connection, keys)} if keys else known


def _told(need: Need, value: object, case: Case, agencies: Mapping[int, str]) -> str:
    if need.kind is Kind.DAY:
        return vn_date(date.fromisoformat(str(value)))
    if need.kind is Kind.NUMBER:
        return vn_number(Decimal(str(value)))
    if need.kind in MANY and isinstance(value, list):
        return "; ".join(agencies.get(one, str(one)) for one in value)
    if need.kind is Kind.ITEM:
        return _item(need.name, value, case)
    if need.kind is Kind.AGENCY and isinstance(value, int):
        return agencies.get(value, str(value))
    return label(str(value), need.name) if need.kind is Kind.CHOICE else str(value)


def _item(name: str, key: object, case: Case) -> str:
    """Return the words of the request or the proposal that a draft answers."""
    of = case.directive
    known = {("request", one.id): one.what for one in of.inputs}
    known |= {("proposed", one.id): one.text for one in of.proposals}
    return next((words for (kind, one), words in known.items() if (kind, one) == (name, key)), "")
