"""Cases on the inspectors' desk for tests of memory and of pages: laid down, then acted on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select, update

from models.escalation.rows import EscalationRaiseRow, EscalationRow, RuleVersionRow
from models.review.rows import ReviewPaperCaseRow, ReviewPaperRow
from models.violations.rows import ViolationRow
from workflow.accounts.records import Actor, Membership, Role
from workflow.accounts.usecases import system_actor
from workflow.escalation.versions import RuleState
from workflow.review.issuing import issue_directive
from workflow.review.records import Escalation, EscalationState, ReviewAction
from workflow.review.sweeping import Climbed, climb
from workflow.review.usecases import take_action
from workflow.violations.records import Severity, ViolationSource, ViolationState

SINCE = date(2020, 1, 1)
RULE = "MC-01"
BODY = {
    "code": RULE,
    "title": "Hồ sơ trễ hạn lặp lại",
    "violation_types": ["V16"],
    "group_by": ["agency", "field"],
    "window": {"days": 30},
    "levels": [3, 5, 8],
    "weights": {},
    "repeat_within_days": 180,
}


def furnish_desk(world: Any) -> None:
    """Add what the desk needs: inspectors of Sở Nội vụ, an office there, units, a rule."""
    with world.unit() as unit:
        for code, name, parent in (
            ("H32.01.1", "Trung tâm Phục vụ hành chính công", "H32.01"),
            ("H32.03.1", "Chi nhánh VPĐKĐĐ Cam Lâm", "H32.03"),
        ):
            world.agencies[code] = unit.agencies.add_agency(
                code=code,
                name=name,
                tier=world.agencies["H32.03"].tier,
                parent=world.agencies[parent],
                valid_from=SINCE,
            )
        unit.connection.execute(
            insert(RuleVersionRow),
            {
                "code": RULE,
                "number": 1,
                "state": RuleState.APPROVED,
                "body": BODY,
                "from_on": SINCE,
                "act": "01/QĐ-UBND",
                "drafted_by": world.accounts["inspector"],
                "drafted_at": world.clock(),
                "approved_by": world.accounts["leader"],
                "approved_at": world.clock(),
            },
        )
    for key, name, role, code in (
        ("inspector2", "Cao Nội Vụ", Role.INSPECTOR, "H32.02"),
        ("inspector3", "Phan Nội Vụ", Role.INSPECTOR, "H32.02"),
        ("office3", "Tạ Nội Vụ", Role.OFFICE, "H32.02"),
        ("unit_head", "Mạc Giám Đốc", Role.AGENCY_HEAD, "H32.03.1"),
        ("deputy", "Lâm Phó Chủ Tịch", Role.LEADER, "H32"),
    ):
        add_person(world, key, name, role, code)


def add_person(world: Any, key: str, name: str, role: Role, code: str) -> int:
    from world import PASSWORD

    from models.accounts.passwords import hash_for_tests

    with world.unit() as unit:
        account = unit.accounts.add_account(
            login=key,
            name=name,
            password_hash=hash_for_tests(PASSWORD),
            at=world.clock(),
            must_change_password=False,
        )
        unit.accounts.add_membership(
            account, Membership(role=role, agency_id=world.agencies[code].id, valid_from=SINCE)
        )
    world.accounts[key] = account
    return int(account)


def add_violations(
    world: Any,
    count: int,
    *,
    agency: str | None = "H32.03.1",
    state: ViolationState = ViolationState.CONFIRMED,
    **more: Any,
) -> list[int]:
    """Lay violations of an agency into the table, one a day up to today; return their ids."""
    now = world.clock()
    values: dict[str, Any] = {
        "type": "V16",
        "agency_id": world.agencies[agency].id if agency else None,
        "agency_text": "" if agency else "Đơn vị lạ",
        "field_text": "Đất đai",
        "recorded_at": now,
        "source": ViolationSource.DETECTED,
        "severity": Severity.SERIOUS,
        "state": state,
        "known_from": now,
    }
    ids = []
    with world.unit() as unit:
        for days in range(count, 0, -1):
            at = now - timedelta(days=days)
            when = {"occurred_at": at, "occurred_on": at.date()}
            ids.append(
                unit.connection.execute(
                    insert(ViolationRow).returning(ViolationRow.id), values | when | more
                ).scalar_one()
            )
    return ids


def add_case(
    world: Any,
    *,
    agency: str | None = "H32.03.1",
    level: int = 1,
    violations: list[int] | None = None,
    holder: str | None = None,
    **more: Any,
) -> str:
    """Lay a case into the table, just raised, with the violations behind it; return its number."""
    basis = add_violations(world, 3, agency=agency) if violations is None else violations
    today = world.office.today()
    serial = next(world.serial)
    group = {"agency": agency or "Đơn vị lạ", "field": "Đất đai"}
    values: dict[str, Any] = {
        "number": f"VPNL-{today.year}-{serial:04d}",
        "year": today.year,
        "serial": serial,
        "rule_code": RULE,
        "rule_number": 1,
        "group_json": group,
        "group_key": f"{serial:064d}",
        "agency_id": world.agencies[agency].id if agency else None,
        "opened_on": today,
        "level": level,
        "raised_on": today,
        "state": EscalationState.RAISED,
        "raised_at": world.clock(),
        "holder_id": world.accounts[holder] if holder else None,
        "holder_since": world.clock() if holder else None,
    }
    with world.unit() as unit:
        key = unit.connection.execute(
            insert(EscalationRow).returning(EscalationRow.id), values | more
        ).scalar_one()
        unit.connection.execute(
            insert(EscalationRaiseRow),
            {
                "escalation_id": key,
                "serial": 1,
                "level": level,
                "on": today,
                "score": len(basis),
                "violations": basis,
                "rule_number": 1,
                "standing": True,
                "known_at": world.clock(),
            },
        )
    return str(values["number"])


def raise_again(world: Any, number: str, level: int, basis: list[int]) -> None:
    """Put a case back to `raised` as a new raise does."""
    with world.unit() as unit:
        row = unit.connection.execute(
            select(EscalationRow.id, EscalationRow.version).where(EscalationRow.number == number)
        ).one()
        unit.connection.execute(
            insert(EscalationRaiseRow),
            {
                "escalation_id": row.id,
                "serial": 2,
                "level": level,
                "on": world.office.today(),
                "score": len(basis),
                "violations": basis,
                "rule_number": 1,
                "standing": True,
                "known_at": world.clock(),
            },
        )
        unit.connection.execute(
            update(EscalationRow)
            .where(EscalationRow.id == row.id)
            .values(
                state=EscalationState.RAISED,
                level=level,
                version=row.version + 1,
                raised_at=world.clock(),
                holder_id=None,
                holder_since=None,
                answer_by=None,
            )
        )


def put(world: Any, number: str, **values: Any) -> None:
    """Change a case's row as nobody could by an act."""
    with world.unit() as unit:
        unit.connection.execute(
            update(EscalationRow).where(EscalationRow.number == number).values(values)
        )


def case_of(world: Any, number: str) -> Escalation:
    with world.office.reading() as unit:
        found = unit.review.escalation(number)
    assert found is not None
    return found


def papers_of(world: Any, number: str) -> list[Any]:
    with world.office.reading() as unit:
        return list(
            unit.connection.execute(
                select(ReviewPaperRow.__table__, ReviewPaperCaseRow.level)
                .join(ReviewPaperCaseRow, ReviewPaperCaseRow.paper_id == ReviewPaperRow.id)
                .join(EscalationRow, EscalationRow.id == ReviewPaperCaseRow.escalation_id)
                .where(EscalationRow.number == number)
                .order_by(ReviewPaperRow.id)
            )
        )


def act(
    world: Any,
    who: str | Actor,
    number: str,
    action: ReviewAction,
    *,
    version: int | None = None,
    also: dict[str, int] | None = None,
    **given: Any,
) -> Escalation:
    """Carry out one act on a case in its own transaction."""
    actor = world.actor(who) if isinstance(who, str) else who
    with world.unit() as unit:
        ground = world.office.desk_ground(unit)
        if action is ReviewAction.ISSUE_DIRECTIVE:
            issue_directive(
                unit.review, unit.documents, actor, number, given, ground=ground, version=version
            )
            return case_of_unit(unit, number)
        return take_action(
            unit.review, actor, number, action, given, ground=ground, version=version, also=also
        )


def case_of_unit(unit: Any, number: str) -> Escalation:
    found = unit.review.escalation(number)
    assert found is not None
    return found


def letter(world: Any, **more: Any) -> dict[str, Any]:
    today = world.office.today()
    values = {"paper": "15/VP-KSTTHC", "paper_on": today, "text": "Đề nghị giải trình"}
    return values | {"working_days": 3} | more


def signed(world: Any, **more: Any) -> dict[str, Any]:
    values = {"paper": "99/QĐ-UBND", "paper_on": world.office.today(), "signer": "Chủ tịch"}
    return values | {"measure": "criticism", "files": (world.file("quyết định", "qd.pdf"),)} | more


def order(world: Any, **more: Any) -> dict[str, Any]:
    values = {
        "paper": f"{next(world.serial)}/UBND-NC",
        "paper_on": world.office.today(),
        "issuer": "UBND tỉnh Khánh Hòa",
        "signer": "Chủ tịch",
        "subject": "Chấn chỉnh việc giải quyết hồ sơ đất đai",
        "agency": world.agencies["H32.03"].id,
        "content": "Khắc phục dứt điểm hồ sơ đất đai trễ hạn",
        "deadline_text": "30/9/2021",
    }
    return values | more


def bring_to(world: Any, state: EscalationState, **more: Any) -> str:
    """Return a case that people brought to a state, held by the inspector."""
    number = add_case(world, holder="inspector", **more)
    bring_on(world, number, state, "inspector")
    return number


def bring_on(world: Any, number: str, state: EscalationState, inspector: str) -> None:
    """Take a case that was raised on to a state, by the people whose acts those are."""
    measure = "criticism" if case_of(world, number).level > 1 else "admonition"
    steps: list[tuple[EscalationState, str, ReviewAction, dict[str, Any]]] = [
        (EscalationState.ACKNOWLEDGED, inspector, ReviewAction.ACKNOWLEDGE, {}),
        (
            EscalationState.EXPLANATION_REQUESTED,
            inspector,
            ReviewAction.REQUEST_EXPLANATION,
            letter(world),
        ),
        (EscalationState.EXPLAINED, "head", ReviewAction.EXPLAIN, {"text": "Thiếu người"}),
        (
            EscalationState.PROPOSED,
            inspector,
            ReviewAction.PROPOSE,
            {"measure": measure, "reason": "Lặp lại"},
        ),
        (
            EscalationState.DECIDED,
            "leader",
            ReviewAction.DECIDE,
            {"measure": measure, "reason": "Đồng ý"},
        ),
        (EscalationState.CLOSED, "leader", ReviewAction.CLOSE, {"result": "Đã chấn chỉnh"}),
    ]
    for reached, who, action, given in steps:
        if case_of(world, number).state is state:
            return
        done = act(world, who, number, action, **given)
        assert done.state is reached


def climb_now(world: Any) -> Climbed:
    """Carry out the night's step until nothing more waits; return the sum of its counts."""
    total, after = Climbed(), 0
    while True:
        with world.unit() as unit:
            step = climb(
                unit.review,
                system_actor(unit.accounts, at=world.clock()),
                ground=world.office.desk_ground(unit),
                day=world.office.today(),
                after=after,
            )
        total = replace(
            total,
            **{
                name: getattr(total, name) + getattr(step, name)
                for name in ("seen", "placed", "climbed", "to_leader", "unheld")
            },
        )
        if step.is_last:
            return total
        after = step.last_id
