"""What was known on an earlier day beside what is known of it now."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workflow.escalation.known import Turn, paired, versions_known
from workflow.escalation.records import Episode, Raise, Rule, Window
from workflow.escalation.rules import RuleState
from workflow.escalation.versions import StoredVersion

DAY = date(2021, 6, 30)
AT = datetime(2021, 6, 30, 16, 59, tzinfo=UTC)
RULE = Rule(code="A", group_by=(), window=Window(days=9), levels=(2, 3))


def version(number, begins, approved, ends=None):
    return StoredVersion(
        id=number, number=number, rule=RULE, state=RuleState.APPROVED, version=1,
        from_on=date(2021, *begins), to_on=ends and date(2021, *ends),
        approved_at=datetime(2021, *approved, tzinfo=UTC),
    )  # fmt: skip


def spans(versions, ends=()):
    known = versions_known(versions, dict(ends), AT)
    return [(one.number, one.from_on.month, one.to_on) for one in known]


def test_a_version_approved_since_was_not_known_and_took_nothing_over_yet():
    first, second = version(1, (1, 1), (1, 1), ends=(4, 30)), version(2, (5, 1), (7, 1))
    assert spans([first, second]) == [(1, 1, None)]


def test_what_acts_had_ended_by_then_was_ended():
    first, second = version(1, (1, 1), (1, 1), ends=(3, 31)), version(2, (5, 1), (2, 1))
    eve = date(2021, 4, 30)
    assert spans([second, first]) == [(1, 1, eve), (2, 5, None)]
    last = date(2021, 3, 31)
    assert spans([first, second], {"A v1": last}.items()) == [(1, 1, last), (2, 5, None)]
    assert spans([version(3, (5, 1), (2, 1))], {"A v3": eve}.items()) == []


def episode(*ids, level=1, opened=DAY, closed=None):
    return Episode("A", (), opened, closed, level, (Raise(level, opened, len(ids), ids),))


@pytest.mark.parametrize(
    ("then", "now", "turns"),
    [
        ([episode("a", "b")], [episode("a", "b")], [Turn.SAME]),
        ([episode("a", "b")], [], [Turn.GONE]),
        ([], [episode("a", "b")], [Turn.LATER_KNOWN]),
        ([episode("a", "b", level=2)], [episode("a", "b")], [Turn.LOWER]),
        ([episode("a", "b")], [episode("b", "c", level=2)], [Turn.HIGHER]),
        ([episode("a", "b")], [episode("b", "c")], [Turn.OTHER_BASIS]),
        ([episode("a", "b")], [episode("c", "d")], [Turn.OTHER_BASIS]),
        (
            [episode("a", "b", closed=DAY + timedelta(days=1))],
            [episode("c", "d", opened=DAY + timedelta(days=1))],
            [Turn.GONE, Turn.LATER_KNOWN],
        ),
    ],
)
def test_each_case_says_how_it_differs_the_gravest_first(then, now, turns):
    assert [pair.turn for pair in paired(then, now)] == turns
