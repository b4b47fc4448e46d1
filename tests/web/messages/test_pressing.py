"""What is marked as urgent, and how a notice of one task names it."""

from datetime import date
from types import SimpleNamespace

import pytest

from web.messages.pressing import is_pressing
from web.messages.words import link_of, sentence_of

DAY = date(2021, 11, 22)
ONE = {"count": 1, "soon_days": 7, "very_soon_days": 3}


def told(kind, params, subject="directives", key="2021-11-22"):
    return SimpleNamespace(kind=kind, subject=subject, subject_key=key, params=params)


@pytest.mark.parametrize(
    ("kind", "params", "wanted"),
    [
        ("directive.verify", {"due_on": "2021-01-01"}, False),
        ("directive.route", {"internal_due_on": "2021-11-23", "due_on": "2021-12-31"}, True),
        ("directive.route", {"internal_due_on": "2021-11-24", "due_on": "2021-11-22"}, False),
        ("directive.return", {"due_on": "2021-11-20"}, True),
        ("directive.return", {}, False),
        ("document.issued", {"urgent": True}, True),
        ("document.issued", {"reference": "1/CV"}, False),
        ("directives.due", {"counts": {"overdue": 1}}, True),
        ("directives.due", {"counts": {"overdue": 0, "soon": 3}}, False),
        ("review_climbed", {"answer_by": "2021-11-23"}, True),
        ("review_climbed", {"answer_by": "2021-11-30"}, False),
        ("escalation.raised", {}, False),
    ],
)
def test_urgent_is_what_is_overdue_urgent_or_in_its_last_day(kind, params, wanted):
    assert is_pressing(kind, params, DAY) is wanted


def test_one_task_alone_is_named_and_opened(app):
    fallen = {"overdue": ["2021-0003-01"], "soon": []}
    notice = told("directives.due", {**ONE, "counts": {"overdue": 1}, "numbers": fallen})
    with app.test_request_context():
        assert sentence_of(notice) == "Nhiệm vụ 2021-0003-01 quá hạn."
        assert link_of(notice) == "/directives/2021-0003-01"
        waits = {**ONE, "counts": {"decline": 1}, "numbers": {"decline": ["2021-0003-02"]}}
        assert "2021-0003-02: đề nghị giao lại" in sentence_of(told("directives.unanswered", waits))


def test_a_clock_that_has_run_out_is_told_so(world):
    today = world.office.today()
    for day, words in ((today, "trả lời đến"), (date(2021, 1, 4), "đã hết ngày 04/01/2021")):
        notice = told("review_climbed", {"level": 2, "answer_by": day.isoformat()}, key="VPNL-1")
        with world.app.test_request_context():
            assert words in sentence_of(notice)
