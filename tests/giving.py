"""What people give with an act, by chance: careful hands, for whom an open door leads on, and others."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from workflow.accounts.records import AGENCY_ROLES, Actor
from workflow.directives.records import Action, Directive
from workflow.evidence.records import EvidenceState

if TYPE_CHECKING:
    from life import Province


def fitting(
    province: Province,
    of: Directive,
    action: Action,
    dice: random.Random,
    actor: Actor | None = None,
) -> dict[str, Any]:
    """Return what a careful person gives with an action that is open."""
    if action is Action.ROUTE:
        return _route(province, dice, actor)
    if action is Action.GIVE_INPUT:
        return _give(province, of, dice, actor)
    return _GIVEN[action](province, of, dice)


def _words(province: Province, dice: random.Random) -> str:
    return f"{dice.choice(['Rà soát', 'Đã xử lý', 'Bổ sung'])} {next(province.names)}"


def _files(province: Province, dice: random.Random, least: int = 0) -> tuple[Any, ...]:
    count = max(least, dice.choice([0, 0, 1, 2]))
    return tuple(
        province.world.file(f"{next(province.names)}", dice.choice(["a.pdf", "b.pdf", "c.pdf"]))
        for _ in range(count)
    )


def _update(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    more: dict[str, Any] = {"progress": d.randrange(101)} if d.random() < 0.5 else {}
    if d.random() < 0.4:
        more["proposal"] = _words(p, d)
    return {"done": _words(p, d), "files": _files(p, d), **more}


def _direct(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    given: dict[str, Any] = {"text": _words(p, d), "reference": "12/TB"}
    if of.parent_id is None and d.random() < 0.3:
        given["new_content"] = _words(p, d)
        if d.random() < 0.5:
            given["new_due_on"] = p.today + timedelta(days=d.randrange(40))
    return given


def _report(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    needs_file = bool(of.expected_output and not of.standing_evidence)
    given = {"result": _words(p, d), "files": _files(p, d, int(needs_file))}
    given |= {"report_number": "88/BC", "report_date": of.assigned_on, "signer": _words(p, d)}
    if of.open_parts:
        given["open_parts_reason"] = _words(p, d)
    return given


def _decline(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    return {
        "paper": "1/A",
        "ask": d.choice(["other_lead", "swap_roles", "part"]),
        "reason": _words(p, d),
        "files": _files(p, d, 1),
    }


def _latest(p: Province, due_on: date | None) -> date | None:
    if due_on is None:
        return None
    with p.world.office.reading() as unit:
        ground = p.world.office.ground(unit)
    if not ground.calendar.first_day <= due_on <= ground.calendar.last_day:
        return due_on
    return ground.calendar.subtract_working_days(due_on, ground.limits.part_buffer_working_days)


def _later(p: Province, of: Directive, d: random.Random) -> date | None:
    """A date of today or later that fits inside the parent's, or none while the work is paused."""
    if of.is_suspended:
        return None
    day = max(p.today, of.due_on or p.today) + timedelta(days=d.randrange(1, 40))
    latest = _latest(p, of.parent_due_on)
    return day if latest is None or day <= latest else None


def _takers(p: Province, of: Directive) -> list[Any]:
    below = of.handed_by_path if of.parent_id else ""
    return [
        a
        for a in p.world.agencies.values()
        if a.tier.value not in {"province", "vertical"}
        and a.id != of.lead_agency_id
        and (not below or (a.path.startswith(below) and a.path != below))
    ]


def _reassign(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    may = _takers(p, of)
    agency = d.choice(may).id if may else 0
    given = {"agency": agency, "reason": _words(p, d), "due_on": _later(p, of, d)}
    return given | _joining(p, of, d, agency)


def _joining(p: Province, of: Directive, d: random.Random, lead: int) -> dict[str, Any]:
    """Now and then one that may begins to coordinate, and one that does ceases to."""
    given: dict[str, Any] = {}
    may = [a.id for a in _takers(p, of) if a.id not in of.coordinating | {lead}]
    if may and d.random() < 0.3:
        given["coordinating"] = (d.choice(may),)
    if of.coordinating and d.random() < 0.2:
        given["no_longer"] = (d.choice(sorted(of.coordinating)),)
    return given


def _hand_down(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    units = [
        a
        for a in p.world.agencies.values()
        if a.path.startswith(of.lead_path) and a.path != of.lead_path
    ]
    latest = _latest(p, of.due_on)
    due = p.today if latest else None
    return {"agency": d.choice(units).id if units else 0, "content": _words(p, d), "due_on": due}


def _rewrite(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    given: dict[str, Any] = {"content": _words(p, d)}
    if d.random() < 0.5:
        given["due_on"] = _later(p, of, d)
    if d.random() < 0.2:
        given["expected_output"] = _words(p, d)
    return given | _joining(p, of, d, of.lead_agency_id)


def _decide(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    asked, latest = of.extension_asked_to, _latest(p, of.parent_due_on)
    late = of.due_on is None or (asked is not None and asked > of.due_on)
    if d.random() < 0.6 and late and (latest is None or (asked and asked <= latest)):
        return {"decision": "granted", "paper": "5/UBND"}
    return {"decision": "refused", "reason": _words(p, d), "paper": "5/UBND"}


def _piece(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    pending = [e.id for e in of.result_evidence if e.state is EvidenceState.PENDING]
    return {"evidence": d.choice(pending) if pending else 0}


def _extension(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    due = (of.due_on or p.today) + timedelta(days=d.randrange(1, 60))
    return {"due_on": due, "reason": _words(p, d)}


def _recorded(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    return _report(p, of, d) | {"received_on": p.today}


def _reason(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    return {"reason": _words(p, d)}


def _verdict(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    return {"verdict": d.choice(["met", "partly_met"])}


def _route(p: Province, d: random.Random, actor: Actor | None) -> dict[str, Any]:
    of_us = p.members_of(actor.agency_id) if actor and actor.agency_id else []
    serving = [
        account
        for account in of_us
        if any(
            m.agency_id == actor.agency_id and m.role in AGENCY_ROLES and m.stands_on(p.today)  # type: ignore[union-attr]
            for m in p.roles[account]
        )
    ]
    return {"person": d.choice(serving) if serving else 0, "note": _words(p, d)}


def _ask(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    beside = sorted(of.coordinating)
    some = tuple(d.sample(beside, d.randrange(1, len(beside) + 1))) if beside else ()
    day = p.today + timedelta(days=d.randrange(0, 15))
    return {"agencies": some, "what": _words(p, d), "needed_on": day}


def _give(p: Province, of: Directive, d: random.Random, actor: Actor | None) -> dict[str, Any]:
    mine = [one.id for one in of.open_inputs if actor and one.agency_id == actor.agency_id]
    key = d.choice(mine) if mine else 0
    return {"request": key, "answer": _words(p, d), "files": _files(p, d)}


def _answer(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    waits = [one.id for one in of.open_proposals]
    return {"proposed": d.choice(waits) if waits else 0, "answer": _words(p, d)}


def _resume(p: Province, of: Directive, d: random.Random) -> dict[str, Any]:
    named = _must_be_named(p, of) or (d.random() < 0.3 and not of.parent_due_on)
    return {"paper": "10/UBND"} | ({"due_on": p.today} if named else {})


def _must_be_named(p: Province, of: Directive) -> bool:
    """Whether a date that nobody counted passed during the pause."""
    since, due = of.suspended_since, of.due_on
    return bool(since and due and not of.counts_days and since <= due < p.today)


_GIVEN = {
    Action.ACCEPT: lambda *_: {},
    Action.UPDATE: _update,
    Action.REPORT: _report,
    Action.RECORD_REPORT: _recorded,
    Action.REMIND: lambda p, _of, d: {"text": _words(p, d)},
    Action.DIRECT: _direct,
    Action.DECLINE: _decline,
    Action.INSIST: _reason,
    Action.REASSIGN: _reassign,
    Action.HAND_DOWN: _hand_down,
    Action.REQUEST_EXTENSION: _extension,
    Action.DECIDE_EXTENSION: _decide,
    Action.RECALL: _reason,
    Action.RETURN: lambda p, of, d: _reason(p, of, d) | {"due_on": _later(p, of, d)},
    Action.VERIFY: _verdict,
    Action.REOPEN: _reason,
    Action.ACCEPT_EVIDENCE: _piece,
    Action.REJECT_EVIDENCE: lambda p, of, d: _piece(p, of, d) | _reason(p, of, d),
    Action.CORRECT: lambda p, of, d: _rewrite(p, of, d) | _reason(p, of, d),
    Action.AMEND: lambda p, of, d: _rewrite(p, of, d) | {"paper": "9/UBND"},
    Action.WITHDRAW: lambda p, of, d: _reason(p, of, d) | {"paper": "9/UBND"},
    Action.PREPARE: lambda p, of, d: _report(p, of, d) | {"files": _files(p, d)},
    Action.GIVE_BACK: lambda p, _of, d: {"note": _words(p, d)},
    Action.HAND_BACK: lambda p, _of, d: {"note": _words(p, d)},
    Action.TAKE_BACK: lambda p, of, d: {
        "taken_back": "decline" if of.decline_standing else "extension",
        "reason": _words(p, d),
    },
    Action.TAKE_BACK_INPUT: lambda p, of, d: {
        "asked_input": of.open_inputs[0].id if of.open_inputs else 0,
        "reason": _words(p, d),
    },
    Action.REQUEST_INPUT: _ask,
    Action.ANSWER: _answer,
    Action.SUSPEND: lambda *_: {"paper": "9/UBND"},
    Action.RESUME: _resume,
}


def cannot_be_given(province: Province, of: Directive, action: Action) -> bool:
    """Whether an open action has nothing that would fit it now (no unit below, no day left)."""
    if action is Action.REASSIGN:
        return not _takers(province, of)
    if action is Action.RESUME:
        latest = _latest(province, of.parent_due_on)
        return latest is not None and latest < province.today and _must_be_named(province, of)
    if action is Action.HAND_DOWN:
        units = [
            a
            for a in province.world.agencies.values()
            if a.path.startswith(of.lead_path) and a.path != of.lead_path
        ]
        latest = _latest(province, of.due_on)
        return not units or (latest is not None and latest < province.today)
    return False


def hostile(
    province: Province,
    of: Directive,
    action: Action,
    dice: random.Random,
    actor: Actor | None = None,
) -> dict[str, Any]:
    """Return what a careless or ill-meaning person gives."""
    given = fitting(province, of, action, dice, actor)
    kind = dice.randrange(5)
    if kind == 0 and given:
        given.pop(dice.choice(sorted(given)))
    elif kind == 1:
        given["state"] = "verified"
    elif kind == 2 and given:
        given[dice.choice(sorted(given))] = dice.choice(
            ["", "x" * 9000, -1, None, date(1900, 1, 1), "'; --"]
        )
    elif kind == 3:
        given = {}
    return given
