"""Many notices at once: a handful one by one, beyond it one for each who is told."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from workflow.accounts.records import Role
from workflow.messages.bundling import bundle, sent_from
from workflow.messages.records import Notice, Urgency

AT = datetime(2021, 8, 23, 2, tzinfo=UTC)


def told(number, kind="escalation_raised", level=1, **more):
    to = more or {"to_role": Role.INSPECTOR}
    return Notice(
        key=f"{number}:1:{kind}", kind=kind, subject="escalation", subject_key=f"VP-{number:03d}",
        at=AT, params={"level": level}, urgency=Urgency.URGENT, **to,
    )  # fmt: skip


class Outbox:
    """Keys and params, as memory keeps them."""

    def __init__(self):
        self.rows = {}
        self.archived = set()

    def post(self, notices, source="import 14", handful=3):
        found = bundle(
            notices, sent_from((k, n.params) for k, n in self.rows.items()),
            source=source, handful=handful, kind="escalations_told",
        )  # fmt: skip
        for notice in (*found.notices, *found.merged.values()):
            assert notice.key not in self.rows
            self.rows[notice.key] = notice
        self.archived |= set(found.merged)

    def standing(self):
        return [n for key, n in self.rows.items() if key not in self.archived]


def test_a_handful_is_told_one_by_one():
    outbox = Outbox()
    outbox.post([told(1), told(2), told(3)])
    assert [n.subject_key for n in outbox.standing()] == ["VP-001", "VP-002", "VP-003"]


def test_more_than_a_handful_is_told_once_with_the_gravest_named():
    outbox = Outbox()
    outbox.post(
        [told(n, level=1 + (n == 7) * 2) for n in range(1, 9)] + [told(9, "escalation_lifted", 2)]
    )
    (one,) = outbox.standing()
    assert one.kind == "escalations_told"
    assert one.params["counts"] == {"escalation_raised": 8, "escalation_lifted": 1}
    assert one.params["worst"] == [["VP-007", 3], ["VP-009", 2], ["VP-001", 1]]
    assert (one.subject, one.urgency) == ("escalations", Urgency.URGENT)


def test_each_who_is_told_has_a_handful_of_their_own():
    outbox = Outbox()
    outbox.post([told(n) for n in range(4)] + [told(9, to_agency=7)])
    kinds = {(n.to_agency, n.kind) for n in outbox.standing()}
    assert kinds == {(None, "escalations_told"), (7, "escalation_raised")}


@given(parts=st.lists(st.integers(0, 6), max_size=8), handful=st.integers(0, 4))
def test_however_an_import_is_cut_a_person_has_a_handful_and_one_summary_that_counts_the_rest(
    parts, handful
):
    outbox, number = Outbox(), 0
    for size in parts:
        outbox.post([told(number + n) for n in range(size)], handful=handful)
        number += size
    standing = outbox.standing()
    singles = [n for n in standing if n.kind == "escalation_raised"]
    summaries = [n for n in standing if n.kind == "escalations_told"]
    assert len(singles) <= handful
    assert len(summaries) <= 1
    counted = sum(n.params["counts"]["escalation_raised"] for n in summaries)
    assert len(singles) + counted == number
