"""Four eyes while somebody stands in: both are judged as one, then and only then."""

from __future__ import annotations

from datetime import timedelta

from cases import DAY, LEAD, OFFICE, PEER, SINCE, STRANGER, actor, case, directive, member
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.accounts.records import Role, Tie
from workflow.directives.guards import independent
from workflow.directives.records import State

ME, OTHER, THIRD = 500, 501, 502
people = st.sampled_from([ME, OTHER, THIRD])
agencies = st.sampled_from([OFFICE, PEER, STRANGER, LEAD])
spans = st.integers(-3, 3)


def tie(account, first, last, where):
    return Tie(
        account_id=account, name="Người kia", valid_from=DAY + timedelta(days=first),
        valid_to=DAY + timedelta(days=last), memberships=(member(Role.AGENCY_CLERK, where),),
    )  # fmt: skip


ties = st.builds(tie, st.sampled_from([OTHER, THIRD]), spans, st.integers(0, 3), agencies)


@settings(max_examples=200)
@given(st.lists(ties, max_size=2), st.sets(people), people, st.booleans(), agencies)
def test_nobody_judges_what_somebody_judged_as_one_with_them_had_a_hand_in(
    tied, touched, reporter, recorded, own
):
    beside = member(Role.AGENCY_OFFICER, own)
    judge = actor(Role.OFFICE, OFFICE, beside, account=ME, ties=tuple(tied))
    one = directive(
        state=State.REPORTED, touched_by=frozenset(touched), reported_by=reporter,
        report_recorded=recorded,
    )  # fmt: skip
    standing = [t for t in tied if t.valid_from <= DAY <= t.valid_to]
    as_one = {ME} | {t.account_id for t in standing}
    places = {OFFICE, own} | {m.agency_id for t in standing for m in t.memberships}
    hands = touched | (set() if recorded else {reporter})
    free = not (hands & as_one) and LEAD not in places
    assert (independent(case(one, judge)) is None) is free


def test_a_lent_role_is_held_while_both_the_days_and_the_role_last():
    lent = tie(OTHER, -1, 1, OFFICE)
    one = actor(
        Role.AGENCY_CLERK, OFFICE, account=ME, memberships=(), ties=(lent,), stands_for=lent
    )
    assert [one.holds_role_on(DAY + timedelta(days=n)) for n in (-2, -1, 1, 2)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not one.holds_role_on(SINCE - timedelta(days=1))
    assert (one.principal_id, one.hands) == (OTHER, {ME, OTHER})
