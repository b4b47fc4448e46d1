"""Whatever happens to standing work in a year, its periods are what a plain reading of it says."""

from datetime import date, timedelta

import pytest
import standing
from hypothesis import given, settings
from hypothesis import strategies as st
from standing import act, file, go_to, periods, record
from violating import kept
from world import World

from models.directives.filters import Looker
from models.directives.page import history_of
from models.periods.queries import periods_due
from workflow.days import local_day
from workflow.directives.records import Action
from workflow.directives.rules import snapshot
from workflow.errors import WorkflowError
from workflow.periods.planning import plan_of, spans_of
from workflow.periods.records import Outcome, PeriodAction
from workflow.periods.timing import outcome_of
from workflow.summaries.owing import is_owed_after, outcome_in
from workflow.summaries.records import Span

START = date(2021, 8, 23)
DUE = {n: date(2021, n + 8, 19) for n in (1, 2, 3, 4)}
DAY = timedelta(days=1)
NEXT = st.tuples(
    st.integers(0, 25),
    st.sampled_from(
        ["file", "file", "record", "confirm", "confirm", "return", "recall", "suspend", "resume",
         "reassign", "withdraw", "verify", "reopen", "night", "night"]
    ),
    st.integers(1, 4),
)  # fmt: skip


def do(world, number, what, serial, day):
    """Try one act; what is refused changes nothing."""
    lead = world.directive(number).lead_agency_id
    who = "clerk" if lead == world.agencies["H32.03"].id else "other_clerk"
    other = world.agencies["H32.04" if who == "clerk" else "H32.03"].id
    acts = {
        "file": lambda: file(world, number, serial, who),
        "record": lambda: record(world, number, serial, day - DAY),
        "confirm": lambda: standing.confirm(world, number, serial, "inspector"),
        "return": lambda: act(world, "inspector", number, serial, PeriodAction.RETURN, reason="x"),
        "recall": lambda: act(world, who, number, serial, PeriodAction.RECALL, reason="x"),
        "suspend": lambda: world.act("office", number, Action.SUSPEND, paper="1/UBND"),
        "resume": lambda: world.act("office", number, Action.RESUME, paper="2/UBND"),
        "reassign": lambda: world.act("office", number, Action.REASSIGN, agency=other, reason="x"),
        "withdraw": lambda: world.act("office", number, Action.WITHDRAW, paper="3", reason="x"),
        "verify": lambda: (
            world.report(number, who),
            world.act("inspector", number, Action.VERIFY, verdict="met"),
        ),
        "reopen": lambda: world.act("inspector", number, Action.REOPEN, reason="x"),
    }
    try:
        acts[what]()
    except WorkflowError:
        return


def read_again(world, number):
    """Say from the history alone where each period stands, and whom it is charged to."""
    with world.office.reading() as unit:
        entries = [link.entry for link in history_of(unit.connection, number)]
    state = dict.fromkeys(DUE, "open")
    charged = dict.fromkeys(DUE, entries[0].after["lead_agency_id"])
    lead = entries[0].after["lead_agency_id"]
    for entry in entries[1:]:
        day = local_day(entry.at)
        ahead = {n for n in DUE if DUE[n] >= day}
        lead = entry.after.get("lead_agency_id", lead)
        if "period" in entry.given:
            n = entry.given["period"]
            state[n] = entry.given["period_after"]["period_state"]
            if n in ahead and state[n] != "confirmed":
                charged[n] = lead
        if entry.before.get("suspended_since") and entry.after["suspended_since"] is None:
            since = date.fromisoformat(entry.before["suspended_since"])
            state |= {n: "ended" for n in DUE if since <= DUE[n] < day and state[n] == "open"}
        if entry.action in {"withdraw", "verify"}:
            state |= {n: "ended" for n in ahead if state[n] == "open"}
        if entry.action == "reopen":
            state |= {n: "open" for n in ahead if state[n] == "ended"}
        if entry.action == "reassign":
            charged |= {n: lead for n in ahead if state[n] == "open"}
    return state, charged


@pytest.fixture
def number_of(world):
    def make():
        go_to(world, START)
        return standing.standing(world)

    return make


def test_the_periods_are_what_the_history_and_the_rule_say(world: World, number_of):
    @settings(max_examples=25 if world.office.engine.dialect.name == "sqlite" else 6)
    @given(st.lists(NEXT, min_size=3, max_size=14))
    def check(life):
        number, day, late = number_of(), START, set()
        for passed, what, serial in life:
            day += passed * DAY
            go_to(world, day)
            if what == "night":
                late |= swept(world, number, day)
            else:
                do(world, number, what, serial, day)
        state, charged = read_again(world, number)
        found = periods(world, number)
        plan = plan_of(world.clause(deadline=standing.MONTHLY).deadline, START, day=25)
        assert tuple(period.span for period in found) == spans_of(plan)
        assert {p.serial: p.state.value for p in found} == state
        assert {p.serial: p.agency_id for p in found} == charged
        key = world.directive(number).id
        assert {v.occurred_on - DAY for v in kept(world, directive_id=key)} == late
        sums_up(world, number, found, day)
        for span in reports_up_to(found, day):
            tells_of_all_that_is_owed(world, number, found, span)

    check()
    with world.office.reading() as unit:
        assert unit.history.verify().ok


def swept(world, number, day):
    """Sweep a night; return the due days that are late by a plain look at the directive."""
    since = world.directive(number).suspended_since
    found = {
        period.due_on
        for period in periods(world, number)
        if period.state.value in {"open", "reported"}
        and outcome_of(period, day, suspended_since=since) in {Outcome.MISSING, Outcome.LATE}
    }
    standing.look_for_late(world, day)
    return found


def sums_up(world, number, found, day):
    """The read for reports holds each period that is owed once; the history folds to the row."""
    directive = world.directive(number)
    with world.office.reading() as unit:
        lines = periods_due(
            unit.connection, Looker(actor=world.actor("office"), day=day), START,
            date(2021, 12, 31), documents=[directive.document_id],
        )  # fmt: skip
        after = {}
        for link in history_of(unit.connection, number):
            after |= link.entry.after
    owed = [outcome_of(p, day, suspended_since=directive.suspended_since) for p in found]
    assert sorted(line.outcome for line in lines) == sorted(one for one in owed if one)
    assert snapshot(directive) == after


def reports_up_to(found, day):
    """Reports that end today, on a day on which something came, and on the eve of one."""
    came = {period.completed_on for period in found if period.completed_on}
    ends = sorted({day} | came | {one - DAY for one in came})
    begins = (START, DUE[2], *(due + DAY for due in DUE.values()))
    return [Span(first=first, last=last) for first in begins for last in ends if first <= last]


def tells_of_all_that_is_owed(world, number, found, span):
    """A report reads what the rule tells of its days, and nothing else but what still has a day."""
    directive = world.directive(number)
    since = directive.suspended_since
    owed = [p for p in found if outcome_of(p, span.last, suspended_since=since)]
    ruled = {p.serial for p in owed if outcome_in(p, span) or is_owed_after(p, span)}
    has_the_day = {p.serial for p in owed if p.due_on == span.last} - ruled
    with world.office.reading() as unit:
        looker = Looker(actor=world.actor("office"), day=span.last)
        read = periods_due(
            unit.connection, looker, span.first, span.last,
            documents=[directive.document_id], with_owed=True,
        )  # fmt: skip
    assert {line.period.serial for line in read} == ruled | has_the_day
