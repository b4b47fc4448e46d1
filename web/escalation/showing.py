"""Rules as their pages show them: what judges, who drafted and approved, what may be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from flask import request, url_for

from models.escalation.book import codes_waiting, in_force_on, rules, versions_of
from models.history.queries import entries_about
from models.naming import account_names
from web.directives.doors import Open, Shut
from web.escalation.overlapping import overlapping
from web.escalation.reading import rule_in_short, rule_in_words
from web.history.naming import told_by_name
from web.identity import current_actor
from web.refusals import sentence
from web.speech import gettext as _
from web.wiring import office, reading_unit
from workflow.accounts.records import AGENCY_ROLES, PROVINCE_ROLES, Actor
from workflow.errors import NotFound, Refused
from workflow.escalation.rules import (
    raise_if_not_approvable,
    raise_if_not_changeable,
    raise_if_not_rejectable,
    raise_if_not_retirable,
    raise_if_not_submittable,
    require_drafter,
)
from workflow.escalation.versions import RuleState, StoredVersion
from workflow.history.records import SealedEntry, Subject

CASE_READERS = AGENCY_ROLES | PROVINCE_ROLES
SUBMITTED = "submit_rule"
CHANGING = frozenset({SUBMITTED, "draft_rule", "change_rule"})
MAIN = frozenset({"approve", "submit"})
JUDGE_OR_MAY = frozenset({RuleState.DRAFT, RuleState.APPROVED})
Check = Callable[[StoredVersion, Actor, date], None]


def list_page() -> dict[str, Any]:
    """Return what the list of rules reads."""
    unit, today = reading_unit(), office().today()
    found, waiting = rules(unit.connection, today), request.args.get("waiting") == "yes"
    if waiting:
        codes = codes_waiting(unit.connection, current_actor(), today)
        found = [one for one in found if one.code in codes]
    return {
        "waiting": waiting,
        "rules": [{"of": one, "words": rule_in_short(_foremost(one).rule)} for one in found],
        "may_draft": may_draft(),
        "reads_cases": current_actor().role in CASE_READERS,
    }


def _foremost(listed: Any) -> StoredVersion:
    found: StoredVersion = listed.in_force or listed.coming or listed.draft or listed.last
    return found


def may_draft() -> bool:
    """Whether who acts drafts rules."""
    try:
        require_drafter(current_actor(), office().today())
    except Refused:
        return False
    return True


def version_of(code: str, number: int) -> StoredVersion:
    """Return a version; NotFound when there is none."""
    found = versions_of(reading_unit().connection, code)
    chosen = next((one for one in found if one.number == number), None)
    if chosen is None:
        raise NotFound
    return chosen


def rule_page(code: str, number: int | None) -> dict[str, Any]:
    """Return what a rule's page reads: one version, by default what waits or judges today."""
    unit, today = reading_unit(), office().today()
    versions = versions_of(unit.connection, code)
    if not versions:
        raise NotFound
    in_force = in_force_on(versions, today)
    draft = next((one for one in versions if one.state is RuleState.DRAFT), None)
    shown = next((one for one in versions if one.number == number), None)
    if number is not None and shown is None:
        raise NotFound
    shown = shown or draft or in_force or versions[0]
    people = {key for one in versions for key in (one.drafted_by, one.approved_by) if key}
    entries = entries_about(unit.connection, Subject.RULE, shown.name)
    return {
        "code": code,
        "versions": versions,
        "shown": shown,
        "in_force": in_force,
        "words": rule_in_words(shown.rule),
        "people": account_names(unit.connection, people),
        "entries": told_by_name(entries),
        "submitted": shown.state is RuleState.DRAFT and is_submitted(entries),
        "sees_all": current_actor().role in PROVINCE_ROLES,
        "may_draft_next": draft is None and may_draft(),
        "overlapping": overlapping(shown) if shown.state in JUDGE_OR_MAY else None,
        **doors_of(shown),
    }


def is_submitted(entries: Sequence[SealedEntry]) -> bool:
    """Whether a draft was put before the leader as it stands: nobody changed it since."""
    last = max(
        (one for one in entries if one.entry.action in CHANGING), key=lambda one: one.serial,
        default=None,
    )  # fmt: skip
    return last is not None and last.entry.action == SUBMITTED


def doors_of(version: StoredVersion) -> dict[str, Any]:
    """Return what who acts may do with a version, and what not, and why."""
    opened, shut = [], []
    for name, words, check in _doors(version):
        try:
            check(version, current_actor(), office().today())
        except Refused as why:
            if why.code not in {"not_yours", "not_a_draft", "not_in_force"}:
                reason = sentence(why.code, why.params)
                shut.append(Shut(code=name, label=words, reason=reason, reason_code=why.code))
            continue
        url = url_for(f"escalation.{name}", code=version.code, number=version.number)
        opened.append(
            Open(code=name, label=words, url=url, one_click=name == "submit", primary=name in MAIN)
        )
    if any(one.code == "approve" for one in opened):
        opened = [one for one in opened if one.code != "submit"]
    return {"open": opened, "closed": shut}


def reject_words(*, own: bool) -> str:
    """Return what putting a draft aside is called: for its drafter, taking it back."""
    return _("Rút dự thảo") if own else _("Không phê duyệt")


def _doors(version: StoredVersion) -> Iterator[tuple[str, str, Check]]:
    yield "approve", _("Phê duyệt"), raise_if_not_approvable
    own = version.drafted_by in current_actor().hands
    yield "submit", _("Trình phê duyệt"), raise_if_not_submittable
    yield "edit", _("Sửa dự thảo"), raise_if_not_changeable
    yield "reject", reject_words(own=own), raise_if_not_rejectable
    if version.state is RuleState.APPROVED:
        yield "retire", _("Ngừng áp dụng"), raise_if_not_retirable
