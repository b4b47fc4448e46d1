"""Rules at work in the small province: one in force, one draft that waits, violations, a mark."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from escalating import Truth
from world import World

from models.escalation.backtests import try_rule
from workflow.escalation.evaluating import evaluate_touched
from workflow.escalation.records import GroupKey, Occurrence, Rule, Window
from workflow.escalation.rules import Approval
from workflow.escalation.suppressing import Scope, suppress
from workflow.escalation.usecases import approve_rule, attach_backtest, draft_rule
from workflow.escalation.versions import StoredVersion

TODAY = date(2021, 8, 23)
RULE = Rule(
    code="MC-01", title="Trễ hạn lặp lại", violation_types=("V16",),
    group_by=(GroupKey.AGENCY, GroupKey.FIELD), window=Window(days=30), levels=(3, 5, 8),
    weights={}, repeat_within_days=180,
)  # fmt: skip
STRICTER = Rule(
    code="MC-01", title="Trễ hạn lặp lại", violation_types=("V16",),
    group_by=(GroupKey.AGENCY, GroupKey.FIELD), window=Window(days=30), levels=(2, 3),
)  # fmt: skip


def late(day: date, agency: str = "H32.03", field: str = "đất đai", **more: Any) -> Occurrence:
    at = datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)
    values = {"id": "", "type": "V16", "agency": agency, "field": field, "occurred_at": at}
    return Occurrence(**(values | more))


def truth_of(world: World, unit: Any) -> Truth:
    ids = {agency.code: agency.id for agency in world.agencies.values()}
    by = (world.accounts["inspector"], world.accounts["leader"])
    return Truth(connection=unit.connection, agencies=ids, by=by, at=world.clock())


def happen(world: World, *occurrences: Occurrence, as_of: date = TODAY) -> Truth:
    """Violations come, each evaluated as it comes; return the truth kept beside them."""
    with world.unit() as unit:
        truth = truth_of(world, unit)
        for one in occurrences:
            evaluate_touched(
                unit.escalation, truth.add(one),
                as_of=as_of, at=world.clock(), actor=world.actor("office"),
            )  # fmt: skip
        return truth


def draft(
    world: World, rule: Rule = RULE, who: str = "inspector", *, tried: bool = True
) -> StoredVersion:
    """Draft a rule, with its backtest unless told otherwise."""
    at, actor = world.clock(), world.actor(who)
    with world.unit() as unit:
        made = draft_rule(unit.rules, actor, rule, reason="Để thử", at=at)
        if not tried:
            return made
        found = try_rule(unit.connection, rule, None, TODAY - timedelta(days=200), TODAY)
        return attach_backtest(
            unit.rules, actor, made.id, found.summary(), seen=made.version, at=at
        )


def enact(world: World, rule: Rule = RULE, **more: Any) -> StoredVersion:
    """Let a leader approve a rule from today on."""
    made = draft(world, rule)
    values = {"act": "15/QĐ-UBND", "from_on": TODAY} | more
    with world.unit() as unit:
        approve_rule(
            unit.rules, world.actor("leader"), made.id, Approval(**values),
            seen=made.version, at=world.clock(),
        )  # fmt: skip
        found = unit.rules.version(made.id)
    assert found is not None
    return found


def mark(world: World, **more: Any) -> int:
    """Mark what a portal that was down explains."""
    values: dict[str, Any] = {"from_on": TODAY, "to_on": TODAY, "rule": "MC-01"}
    with world.unit() as unit:
        made = suppress(
            unit.suppressions, world.actor("inspector"), Scope(**(values | more)),
            reason="Cổng dịch vụ công ngừng hoạt động", expires_on=TODAY + timedelta(days=30),
            at=world.clock(),
        )  # fmt: skip
        return made.id


# --- the map ---------------------------------------------------------------------------

ONE = "/escalation/rules/<code>/<int(max=2147483647):number>"
MARK = "/escalation/suppressed/<int(max=2147483647):mark>/end"
DRAFTERS, APPROVERS = {"office", "inspector"}, {"office", "leader"}
POSTS = {
    # rule: who may post there; the draft is the inspector's
    "/escalation/rules/new": DRAFTERS,
    "/escalation/rules/proposals": DRAFTERS,
    f"{ONE}/edit": DRAFTERS,
    f"{ONE}/backtest": DRAFTERS,
    f"{ONE}/submit": DRAFTERS,
    f"{ONE}/approve": APPROVERS,
    f"{ONE}/reject": APPROVERS | {"inspector"},
    f"{ONE}/retire": APPROVERS,
    "/escalation/suppressed/new": DRAFTERS,
    MARK: DRAFTERS,
}


def furnish(world: World) -> dict[str, Any]:
    """Keep a rule in force, a draft that waits, a mark, and violations one short of a case."""
    enact(world)
    draft(world, STRICTER)
    happen(world, late(TODAY, field="hộ tịch"), late(TODAY, field="hộ tịch"))
    return {"mark": mark(world)}


def places(world: World) -> dict[str, tuple[str, str]]:
    """Return every place by name: the rule it stands for, and its address."""
    group = "agency=H32.03&field=hộ tịch"
    base = "/escalation"
    return {
        "rules": (f"{base}/rules", f"{base}/rules"),
        "new rule": (f"{base}/rules/new", f"{base}/rules/new"),
        "rule": (f"{base}/rules/<code>", f"{base}/rules/MC-01"),
        "rule, draft": (f"{ONE}/edit", f"{base}/rules/MC-01/2/edit"),
        "rule, approval": (f"{ONE}/approve", f"{base}/rules/MC-01/2/approve"),
        "rule, no approval": (f"{ONE}/reject", f"{base}/rules/MC-01/2/reject"),
        "rule, end": (f"{ONE}/retire", f"{base}/rules/MC-01/1/retire"),
        "rule read": (f"{base}/reading", f"{base}/reading?levels=3&violation_types=V16"),
        "rule tried": (f"{base}/backtest", f"{base}/backtest?levels=3&all_types=y&window_days=9"),
        "heat map": (f"{base}/heat", f"{base}/heat"),
        "known": (f"{base}/known", f"{base}/known?day=23/08/2021"),
        "silence": (f"{base}/silence", f"{base}/silence?rule=MC-01&{group}"),
        "marks": (f"{base}/suppressed", f"{base}/suppressed"),
        "new mark": (f"{base}/suppressed/new", f"{base}/suppressed/new"),
        "mark, end": (MARK, f"{base}/suppressed/{_made(world)['mark']}/end"),
    }


def address(world: World, rule: str) -> str:
    """Return an address of a rule that takes posts, leading to something that is there."""
    number = 1 if rule.endswith("/retire") else 2
    rule = rule.replace(ONE, f"/escalation/rules/MC-01/{number}")
    return rule.replace("<int(max=2147483647):mark>", str(_made(world)["mark"]))


def _made(world: World) -> dict[str, Any]:
    made: dict[str, Any] = world.made  # type: ignore[attr-defined]
    return made
