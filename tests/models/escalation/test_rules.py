"""A rule's life through its use cases, and what its approval derives anew."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from escalating import Truth, near_told, stored, stored_episodes

from models.escalation.backtests import try_rule
from workflow.errors import Forbidden, Invalid, Refused, Stale
from workflow.escalation.evaluating import evaluate_touched
from workflow.escalation.records import GroupKey, Occurrence, Rule, Version, Window
from workflow.escalation.rules import Approval
from workflow.escalation.sweeping import sweep
from workflow.escalation.usecases import (
    approve_rule,
    attach_backtest,
    change_draft,
    draft_proposals,
    draft_rule,
    reject_rule,
    retire_rule,
)
from workflow.escalation.versions import RuleState

TODAY = date(2021, 8, 23)
AT = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)
RULE = Rule(
    code="MC-01", title="Trễ hạn lặp lại", violation_types=("V16",),
    group_by=(GroupKey.AGENCY, GroupKey.FIELD), window=Window(days=30), levels=(3, 5, 8),
    repeat_within_days=180,
)  # fmt: skip
STRICTER = Rule(
    code="MC-01", title="Trễ hạn lặp lại", violation_types=("V16",),
    group_by=(GroupKey.AGENCY, GroupKey.FIELD), window=Window(days=30), levels=(2, 3),
)  # fmt: skip


def late(day, agency="H32.03", field="đất đai", **more):
    at = datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)
    return Occurrence(id="", type="V16", agency=agency, field=field, occurred_at=at, **more)


def truth_of(world, unit):
    ids = {agency.code: agency.id for agency in world.agencies.values()}
    by = (world.accounts["inspector"], world.accounts["leader"])
    return Truth(connection=unit.connection, agencies=ids, by=by, at=AT)


def happen(world, *occurrences, as_of=TODAY):
    """Violations come, each evaluated as it comes; return the truth kept beside them."""
    with world.unit() as unit:
        truth = truth_of(world, unit)
        for one in occurrences:
            evaluate_touched(
                unit.escalation, truth.add(one), as_of=as_of, at=AT, actor=world.actor("office")
            )
        return truth


def draft(world, rule=RULE, who="inspector", **more):
    with world.unit() as unit:
        return draft_rule(unit.rules, world.actor(who), rule, reason="Siết lại", at=AT, **more)


def ready(world, rule=RULE, who="inspector"):
    """A draft with its backtest."""
    made = draft(world, rule, who)
    with world.unit() as unit:
        found = try_rule(unit.connection, rule, None, date(2021, 1, 1), TODAY)
        return attach_backtest(
            unit.rules, world.actor(who), made.id, found.summary(), seen=made.version, at=AT
        )


def approve(world, made, who="leader", at=AT, seen=None, **more):
    values = {"act": "15/QĐ-UBND", "from_on": TODAY} | more
    with world.unit() as unit:
        return approve_rule(
            unit.rules, world.actor(who), made.id, Approval(**values),
            seen=made.version if seen is None else seen, at=at,
        )  # fmt: skip


def enacted(world, rule=RULE, **more):
    made = ready(world, rule)
    approve(world, made, **more)
    return version(world, made.id)


def version(world, version_id):
    with world.unit() as unit:
        return unit.rules.version(version_id)


def episodes(world):
    with world.office.reading() as unit:
        return stored_episodes(unit.connection)


# --- who may, and what is needed -------------------------------------------------------


@pytest.mark.parametrize("who", ["leader", "head", "clerk", "admin"])
def test_only_inspector_or_office_drafts(world, who):
    with pytest.raises(Forbidden):
        draft(world, who=who)


@pytest.mark.parametrize("who", ["inspector", "head", "admin"])
def test_only_a_leader_approves_or_the_office_records_it(world, who):
    made = ready(world, who="office")
    with pytest.raises(Forbidden) as refused:
        approve(world, made, who)
    assert refused.value.code == "not_yours"


def test_nobody_approves_what_they_drafted(world):
    made = ready(world, who="office")
    with pytest.raises(Forbidden, match="own_draft"):
        approve(world, made, "office", signer="Nguyễn Hữu Thành")
    approve(world, made, "office2", signer="Nguyễn Hữu Thành")
    assert version(world, made.id).approved_by == world.accounts["office2"]


def test_a_paper_that_the_office_records_names_its_signer(world):
    made = ready(world)
    with pytest.raises(Invalid) as refused:
        approve(world, made, "office")
    assert refused.value.errors == {"signer": "required"}


def test_without_a_backtest_nothing_is_approved(world):
    with pytest.raises(Refused, match="backtest_missing"):
        approve(world, draft(world))


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({"act": " "}, {"act": "required"}),
        ({"from_on": TODAY - timedelta(days=1)}, {"from_on": "date_past"}),
        ({"from_on": TODAY, "retroactive": True, "retroactive_reason": "x"},
         {"from_on": "not_retroactive"}),
        ({"from_on": TODAY - timedelta(days=1), "retroactive": True},
         {"retroactive_reason": "required"}),
    ],
)  # fmt: skip
def test_a_rule_never_looks_back_unless_it_says_so(world, given, errors):
    with pytest.raises(Invalid) as refused:
        approve(world, ready(world), **given)
    assert refused.value.errors == errors


def test_one_draft_of_a_rule_at_a_time(world):
    draft(world)
    with pytest.raises(Refused, match="draft_exists"):
        draft(world, STRICTER)


def test_a_changed_draft_loses_its_backtest(world):
    made = ready(world)
    with world.unit() as unit:
        changed = change_draft(
            unit.rules, world.actor("office"), made.id, STRICTER, reason="x",
            seen=made.version, at=AT,
        )  # fmt: skip
    assert changed.backtest is None
    assert version(world, made.id).rule == STRICTER
    assert version(world, made.id).drafted_by == world.accounts["office"]


def test_whoever_had_a_hand_in_a_draft_does_not_approve_it_after_anothers_touch(world):
    made = draft(world, who="office")
    for who in ("inspector", "office2"):
        with world.unit() as unit:
            seen = unit.rules.version(made.id).version
            change_draft(
                unit.rules, world.actor(who), made.id, STRICTER, reason="x", seen=seen, at=AT
            )
            tried = attach_backtest(
                unit.rules, world.actor(who), made.id, {"from": "2021-01-01"}, seen=seen + 1, at=AT
            )
    with pytest.raises(Forbidden, match="own_draft"):
        approve(world, tried, "office", signer="Nguyễn Hữu Thành")
    approve(world, tried)


def test_the_second_of_two_people_learns_that_another_state_stands(world):
    made = ready(world)
    with pytest.raises(Stale):
        approve(world, made, seen=made.version - 1)


def test_a_rejected_draft_stays_rejected_and_the_next_one_has_the_next_number(world):
    made = ready(world)
    with world.unit() as unit:
        reject_rule(
            unit.rules, world.actor("leader"), made.id, reason="Quá chặt", seen=made.version, at=AT
        )
    with pytest.raises(Refused, match="not_a_draft"):
        approve(world, made, seen=made.version + 1)
    assert draft(world, STRICTER).number == 2


@pytest.mark.parametrize("who", ["inspector", "office"])
def test_who_drafted_a_rule_puts_it_aside_without_being_an_approver(world, who):
    made = draft(world, who=who)
    with world.unit() as unit:
        reject_rule(unit.rules, world.actor(who), made.id, reason="Thôi", seen=made.version, at=AT)
    assert version(world, made.id).state is RuleState.REJECTED


def test_who_is_no_approver_does_not_put_aside_what_another_drafted(world):
    made = draft(world, who="office")
    with pytest.raises(Forbidden, match="not_yours"), world.unit() as unit:
        reject_rule(
            unit.rules, world.actor("inspector"), made.id, reason="x", seen=made.version, at=AT
        )


# --- what an approval derives ----------------------------------------------------------


def test_approval_finds_what_stands_in_the_window_on_its_first_day(world):
    happen(world, *(late(TODAY - timedelta(days=n)) for n in (20, 10, 2)))
    assert episodes(world) == []
    done = approve(world, ready(world))
    assert (done.raised, done.groups) == (1, 1)
    [found] = episodes(world)
    assert (found.opened_on, found.level) == (TODAY, 1)
    assert len(found.raises[0].violations) == 3


def test_a_retroactive_rule_finds_the_past_and_says_why(world):
    happen(world, *(late(date(2021, 3, day)) for day in (1, 5, 9)))
    made = ready(world)
    approve(
        world, made, from_on=date(2021, 1, 1), retroactive=True, retroactive_reason="Kiểm tra lại"
    )
    [found] = episodes(world)
    assert (found.opened_on, found.closed_on) == (date(2021, 3, 9), date(2021, 3, 31))
    assert version(world, made.id).retroactive_reason == "Kiểm tra lại"


def test_a_new_version_ends_the_old_one_on_the_eve_and_an_episode_goes_on(world):
    first = enacted(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    later = TODAY + timedelta(days=7)
    second = enacted(world, STRICTER, from_on=later)
    assert version(world, first.id).to_on == later - timedelta(days=1)
    assert second.from_on == later
    assert [one.level for one in episodes(world)] == [1]
    with world.unit() as unit:
        sweep(unit.escalation, world.actor("admin"), as_of=later, at=AT)
        [case] = stored(unit.connection)
    assert (case.level, case.rule_number) == (2, 2)
    assert case.opened_on == TODAY


def test_a_version_that_takes_over_before_the_other_began_leaves_it_no_day(world):
    first = enacted(world, from_on=TODAY + timedelta(days=10))
    enacted(world, STRICTER, from_on=TODAY + timedelta(days=5))
    assert not version(world, first.id).judges
    happen(world, late(TODAY), late(TODAY), as_of=TODAY)
    with world.unit() as unit:
        sweep(unit.escalation, world.actor("admin"), as_of=TODAY + timedelta(days=20), at=AT)
        [case] = stored(unit.connection)
    assert (case.opened_on, case.rule_number) == (TODAY + timedelta(days=5), 2)


def test_a_laxer_version_closes_what_its_first_level_no_longer_reaches(world):
    enacted(world, STRICTER)
    happen(world, late(TODAY), late(TODAY))
    assert len(episodes(world)) == 1
    later = TODAY + timedelta(days=3)
    enacted(world, RULE, from_on=later)
    with world.unit() as unit:
        sweep(unit.escalation, world.actor("admin"), as_of=later, at=AT)
    [found] = episodes(world)
    assert found.closed_on == later


def test_another_way_to_gather_on_the_same_day_retracts_what_the_first_one_raised(world):
    by_agency = Rule(
        code="MC-01", violation_types=("V16",), group_by=(GroupKey.AGENCY,),
        window=Window(days=30), levels=(3,),
    )  # fmt: skip
    enacted(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    enacted(world, by_agency)
    with world.unit() as unit:
        [stands], [gone] = stored(unit.connection), stored(unit.connection, retracted=True)
    assert dict(stands.group) == {"agency": "H32.03"}
    assert dict(gone.group) == {"agency": "H32.03", "field": "đất đai"}
    assert stands.number == "VPNL-2021-0002" or gone.number == "VPNL-2021-0001"


@pytest.mark.parametrize(
    "then", [{"group_by": (GroupKey.AGENCY,)}, {"violation_types": ("V05",)}], ids=["keys", "types"]
)
def test_what_a_version_by_type_raised_falls_when_another_takes_all_its_days_over(world, then):
    by_type = replace(RULE, group_by=(GroupKey.AGENCY, GroupKey.TYPE))
    enacted(world, by_type)
    happen(world, *(late(TODAY) for _ in range(3)))
    enacted(world, replace(by_type, levels=(9,), **then))
    with world.unit() as unit:
        assert [one.level for one in stored(unit.connection, retracted=True)] == [1]
        assert stored_episodes(unit.connection) == []


def test_a_near_miss_goes_with_the_version_that_told_it(world):
    enacted(world)
    happen(world, *(late(TODAY - timedelta(days=3)) for _ in range(2)))
    with world.unit() as unit:
        assert [told[2:] for told in near_told(unit.connection, TODAY)] == [(2, 3, 0)]
    enacted(world, replace(RULE, group_by=(GroupKey.OFFICER,)))
    with world.unit() as unit:
        assert near_told(unit.connection, TODAY) == []


def test_a_retired_rule_judges_through_its_last_day(world):
    made = enacted(world)
    happen(world, *(late(TODAY) for _ in range(3)))
    with world.unit() as unit:
        retire_rule(
            unit.rules, world.actor("leader"), made.id, last_day=TODAY + timedelta(days=4),
            act="16/QĐ-UBND", seen=made.version, at=AT,
        )  # fmt: skip
    with world.unit() as unit:
        sweep(unit.escalation, world.actor("admin"), as_of=TODAY + timedelta(days=9), at=AT)
    [found] = episodes(world)
    assert found.closed_on == TODAY + timedelta(days=5)


def test_a_rule_may_judge_today_for_the_last_time(world):
    made = enacted(world)
    with world.unit() as unit:
        ended = retire_rule(
            unit.rules, world.actor("leader"), made.id, last_day=TODAY, act="16/QĐ-UBND",
            seen=made.version, at=AT,
        )  # fmt: skip
    assert [ended.is_in_force(TODAY + timedelta(days=n)) for n in (0, 1)] == [True, False]


def test_a_rule_is_not_retired_back_in_time(world):
    made = enacted(world)
    with world.unit() as unit, pytest.raises(Invalid) as refused:
        retire_rule(
            unit.rules, world.actor("leader"), made.id, last_day=TODAY - timedelta(days=1),
            act="", seen=made.version, at=AT,
        )  # fmt: skip
    assert refused.value.errors == {"last_day": "period_reversed", "act": "required"}


# --- the rules to start from -----------------------------------------------------------


def test_the_rules_to_start_from_are_proposals_drafted_once(world):
    with world.unit() as unit:
        made = draft_proposals(unit.rules, world.actor("office"), at=AT)
        assert draft_proposals(unit.rules, world.actor("office"), at=AT) == []
    assert {one.code for one in made} >= {"MC-01", "LT-01", "TT-01"}
    assert all(one.is_proposal and one.state is RuleState.DRAFT for one in made)
    assert all("chưa có văn bản" in one.reason for one in made)


def test_every_step_of_a_rule_is_told_and_folds_to_what_stands(world):
    made = enacted(world)
    with world.office.reading() as unit:
        told = [link.entry for link in unit.history.walk() if link.entry.subject_key == "MC-01 v1"]
        assert unit.history.verify().ok
    assert [one.action for one in told] == ["draft_rule", "attach_backtest", "approve_rule"]
    row = {}
    for one in told:
        row.update(one.after)
    assert row["rule_state"] == made.state == "approved"
    assert row["from_on"] == made.from_on.isoformat()


# --- a backtest is the live engine over the past ---------------------------------------


def test_a_year_replayed_day_by_day_and_a_backtest_in_one_go_agree_row_for_row(world):
    days = [TODAY + timedelta(days=n * n % 40) for n in range(18)]
    enacted(world)
    with world.unit() as unit:
        truth = truth_of(world, unit)
        for day in sorted(set(days)):
            touched = [
                one
                for other in days
                if other == day
                for one in truth.add(late(day, field="đất đai" if day.day % 2 else "hộ tịch"))
            ]
            sweep(unit.escalation, world.actor("admin"), as_of=day, at=AT)
            evaluate_touched(
                unit.escalation, touched, as_of=day, at=AT, actor=world.actor("office")
            )
        last = max(days) + timedelta(days=60)
        sweep(unit.escalation, world.actor("admin"), as_of=last, at=AT)
        live = stored_episodes(unit.connection)
        tried = try_rule(unit.connection, RULE, None, TODAY, last)
    assert live == tried.trial.episodes()
    assert live
    assert sum(tried.trial.by_month.values()) == len(live)
    assert tried.trial.load.raises == sum(len(one.raises) for one in live)


def test_a_backtest_says_who_would_be_caught_and_who_freed(world):
    with world.unit() as unit:
        truth = truth_of(world, unit)
        for n in range(2):
            truth.add(late(date(2021, 3, 1 + n), "H32.04"))
        for n in range(3):
            truth.add(late(date(2021, 3, 1) + timedelta(days=20 * n)))
        narrow = Rule(
            code="MC-01", violation_types=("V16",), group_by=(GroupKey.AGENCY,),
            window=Window(days=3), levels=(2,),
        )  # fmt: skip
        wide = Rule(
            code="MC-01", violation_types=("V16",), group_by=(GroupKey.AGENCY,),
            window=Window(days=60), levels=(3,),
        )  # fmt: skip
        found = try_rule(unit.connection, narrow, wide, date(2021, 1, 1), TODAY)
    assert found.caught == ((("agency", "H32.04"),),)
    assert found.freed == ((("agency", "H32.03"),),)
    assert found.trial.by_agency == {"H32.04": 1}


def test_versions_put_by_hand_judge_as_approved_ones_do(world):
    with world.unit() as unit:
        truth = truth_of(world, unit)
        truth.enact(Version(rule=RULE, from_on=TODAY))
        touched = [one for _ in range(3) for one in truth.add(late(TODAY))]
        evaluate_touched(unit.escalation, touched, as_of=TODAY, at=AT, actor=world.actor("office"))
        assert stored_episodes(unit.connection) == truth.expected(TODAY)
