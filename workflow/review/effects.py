"""What each act of the desk changes. Pure: a case and what was given go in, a change comes out."""

from __future__ import annotations

from workflow.accounts.records import Role
from workflow.directives.needs import Given
from workflow.review.clocks import answer_by
from workflow.review.guards import Case
from workflow.review.records import Change, Measure, PaperKind


def _next_clock(case: Case) -> dict[str, object]:
    """The clock of the next step begins today."""
    level = case.escalation.level
    return {"answer_by": answer_by(case.calendar, case.limits, level, case.day)}


def _mine(case: Case) -> dict[str, object]:
    """Whoever acts first on a case that nobody holds, or a colleague holds, gets it."""
    if case.escalation.holder_id in case.actor.hands:
        return {}
    return {"holder_id": case.actor.account_id, "holder_since": case.at}


def acknowledge(case: Case, given: Given) -> Change:
    """The first clock stops; the next step has its own."""
    del given
    return Change(fields=_mine(case) | _next_clock(case))


def request_explanation(case: Case, given: Given) -> Change:
    """A letter asks; the inspector's clock begins when its answer day is over."""
    days = given.whole("working_days")
    assert days is not None  # noqa: S101 - the need is required
    due_on = case.calendar.due_on(case.day, days)
    clock = answer_by(case.calendar, case.limits, case.escalation.level, due_on)
    return Change(
        fields=_mine(case) | {"answer_by": clock}, paper=PaperKind.LETTER, answer_on=due_on
    )


def explain(case: Case, given: Given) -> Change:
    """The agency says how it came about; the inspector has the next word."""
    del given
    return Change(fields=_next_clock(case), paper=PaperKind.EXPLANATION)


def note_no_explanation(case: Case, given: Given) -> Change:
    """No explanation came by its day; the case goes on."""
    del given
    return Change(fields=_mine(case) | _next_clock(case), paper=PaperKind.SILENCE)


def propose(case: Case, given: Given) -> Change:
    """The inspector proposes a measure; whoever has authority for it decides."""
    measure = Measure(given.text("measure"))
    return Change(fields=_mine(case) | _next_clock(case), paper=PaperKind.PROPOSAL, measure=measure)


def send_back(case: Case, given: Given) -> Change:
    """The proposal needs more; it goes back to who holds the case."""
    del given
    return Change(fields=_next_clock(case), paper=PaperKind.SENT_BACK)


def decide(case: Case, given: Given) -> Change:
    """A decision ends the clock; what follows from it has clocks of its own."""
    del case
    measure = Measure(given.text("measure"))
    return Change(fields={"answer_by": None}, paper=PaperKind.DECISION, measure=measure)


def issue_directive(case: Case, given: Given) -> Change:
    """The directive is a document of its own; the case stays decided."""
    del case, given
    return Change()


def close(case: Case, given: Given) -> Change:
    """The result stands in the file; nothing waits any more."""
    del case, given
    return Change(fields={"answer_by": None}, paper=PaperKind.CLOSING)


def hand_on(case: Case, given: Given) -> Change:
    """Another inspector has the case. The clock runs on, unless the leader starts it anew."""
    fields: dict[str, object] = {
        "holder_id": given.whole("colleague"),
        "holder_since": case.at,
    }
    if case.actor.role is Role.LEADER and case.escalation.answer_by is not None:
        fields |= _next_clock(case)
    return Change(fields=fields)
