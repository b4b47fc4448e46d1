"""What a person does to the clauses of a draft, and what still waits afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.records import DeadlineKind
from workflow.documents.clauses import (
    Choice,
    add_note,
    fingerprint,
    kept,
    noted_beside,
    read_anew,
    row_of,
    rows_by_words,
    settled,
    with_row,
    with_words_chosen,
    with_words_noted,
    with_words_settled,
    with_year,
    without,
    year_of,
)
from workflow.documents.records import (
    CarriedState,
    Clause,
    DocumentHead,
    Party,
    PartyRole,
    Problem,
)
from workflow.documents.rules import waiting
from workflow.errors import NotFound

LEAD, COORDINATING = PartyRole.LEAD, PartyRole.COORDINATING


def problem(field="lead", text="Vụ GDĐH", reason="unknown_agency", **more):
    return Problem(field=field, text=text, reason=reason, **more)


def clause(position=1, *problems, text="Thường xuyên", led=(), **more):
    parties = tuple(Party(role=LEAD, agency_id=key, words=f"a{key}") for key in led)
    return Clause(
        **{
            "id": position * 10, "position": position, "content": f"Việc {position}",
            "deadline": read_deadline(text, year=2021), "parties": parties, "problems": problems,
        } | more
    )  # fmt: skip


def reasons(one):
    return [(p.field, p.reason) for p in waiting(one)]


WAITS = [
    (clause(led=(1,)), []),
    (clause(), [("lead", "required")]),
    (clause(content=""), [("content", "required"), ("lead", "required")]),
    (clause(1, problem(), led=(1,)), [("lead", "unknown_agency")]),
    (clause(led=(1,), text="sớm"), [("deadline", "vague")]),
    (clause(led=(1,), text="31/02/2021"), [("deadline", "impossible_date")]),
    (
        clause(led=(1,), text="sớm", due_set_on=date(2021, 9, 1), due_set_reason="theo họp"),
        [],
    ),
    (clause(led=(1,), text="Trong 5 ngày làm việc kể từ ngày nhận được"), [("deadline", "start_not_known")]),
    (clause(led=(1,), text="Trong 5 ngày làm việc kể từ ngày ký"), []),
    (clause(1, problem("source_date", "31/02", "impossible_date"), led=(1,)), [("source_date", "impossible_date")]),
    (
        clause(1, problem("source_date", "31/02", "impossible_date"), led=(1,), source_date=date(2021, 3, 1)),
        [],
    ),
    (clause(1, problem("state", "lửng", "unreadable_state"), led=(1,)), [("state", "unreadable_state")]),
    (
        clause(1, problem("state", "x", "unreadable_state"), led=(1,), carried_state=CarriedState.DONE),
        [],
    ),
    (clause(1, problem("row", "Việc 1", "duplicate_row"), led=(1,)), [("row", "duplicate_row")]),
    (clause(1, problem("content", "Việc 1 dài", "too_long"), led=(1,)), [("content", "too_long")]),
    (clause(1, problem("content", "#REF!", "error_cell"), led=(1,)), []),
]  # fmt: skip


@pytest.mark.parametrize(("one", "expected"), WAITS)
def test_what_waits_for_a_person(one, expected):
    assert reasons(one) == expected


def test_words_are_chosen_for_every_row_that_waits_for_them():
    rows = (
        clause(1, problem(text="Vụ GDĐH")),
        clause(2, problem(text="Vụ GD ĐH"), problem("coordinating", "Vụ GDĐH")),
        clause(3, problem(text="Vụ KHTC")),
        clause(4, led=(7,)),
    )
    assert rows_by_words(rows) == {"vugddh": 2, "vukhtc": 1}
    chosen = with_words_chosen(rows, 10, "Vụ GDĐH", Choice(agency_ids=(5,)))
    assert [reasons(one) for one in chosen[:2]] == [[], []]
    assert chosen[1].of(COORDINATING)[0].agency_id == 5
    assert chosen[2:] == rows[2:]


def test_a_group_is_chosen_with_its_exceptions():
    (row,) = with_words_chosen(
        (clause(1, problem(text="các huyện (trừ đảo)")),), 10, "các huyện (trừ đảo)",
        Choice(group_codes=("districts",), without=frozenset({9})),
    )  # fmt: skip
    (party,) = row.of(LEAD)
    assert (party.group_code, party.without, party.how) == ("districts", {9}, "picked")
    assert waiting(row) == ()


def test_where_nothing_is_written_only_the_one_row_is_chosen_for():
    rows = (clause(1), clause(2))
    first, second = with_words_chosen(rows, 20, "", Choice(agency_ids=(5,)))
    assert first == rows[0]
    assert waiting(second) == ()


def test_coordinating_words_that_name_nobody_go_into_the_note():
    rows = (
        clause(1, problem("coordinating", "các đơn vị", "vague_agency"), led=(1,)),
        clause(2, problem("lead", "các đơn vị", "vague_agency")),
        clause(3, led=(1,)),
    )
    noted = with_words_noted(rows, "Các đơn vị")
    assert noted_beside(noted[0].note) == ("các đơn vị",)
    assert noted[0].note == "Phối hợp: các đơn vị"
    assert waiting(noted[0]) == ()
    assert noted[1:] == rows[1:]


def test_a_group_with_nobody_in_it_can_be_noted_too():
    party = Party(role=COORDINATING, group_code="communes", words="UBND cấp xã")
    row = clause(1, led=(1,))
    (noted,) = with_words_noted((replace(row, parties=(*row.parties, party)),), "UBND cấp xã")
    assert noted.of(COORDINATING) == ()
    assert noted.note == "Phối hợp: UBND cấp xã"


def test_a_row_is_kept_though_it_says_what_another_says():
    again = problem("row", "Việc 1", "duplicate_row")
    one = clause(1, again, problem("state", "x", "unreadable_state"), led=(1,))
    assert reasons(kept(one, again)) == [("state", "unreadable_state")]


def test_settling_a_row_keeps_its_unresolved_words_in_the_note():
    one = clause(
        1, problem(text="Tổ công tác"), problem("coordinating", "các đơn vị", "vague_agency"),
        led=(1,), note="Có sẵn",
    )  # fmt: skip
    done = settled(one)
    assert waiting(done) == ()
    assert done.note == (
        "Có sẵn\nChủ trì (theo văn bản): Tổ công tác\nPhối hợp (theo văn bản): các đơn vị"
    )


def test_settling_does_not_settle_what_the_row_lacks():
    assert reasons(settled(clause(1, problem(), text="sớm"))) == [
        ("lead", "required"), ("deadline", "vague")
    ]  # fmt: skip


def test_a_dropped_row_is_listed_and_the_others_close_up():
    rows = (
        clause(1, led=(1,)),
        clause(2, led=(1,), sheet_row=7, lead_words="Sở A"),
        clause(3, led=(1,)),
    )
    left, out = without(rows, 20)
    assert [(c.id, c.position) for c in left] == [(10, 1), (30, 2)]
    assert (out.row, out.reason, out.text) == (7, "dropped", "Việc 2 | Sở A | Thường xuyên")


def test_a_row_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        row_of((clause(1),), 99)


def test_a_changed_row_stays_at_the_place_it_has_now():
    rows = (clause(1), clause(2))
    changed = replace(rows[1], content="Khác", position=9)
    assert [c.position for c in with_row(rows, changed)] == [1, 2]
    assert with_row(rows, changed)[1].content == "Khác"


def test_deadlines_that_lacked_a_year_are_read_when_the_document_names_one():
    row = read_anew(clause(1, led=(1,)), "Trước ngày 30-9", year=None)
    other = clause(2, led=(1,), text="Thường xuyên")
    assert row.deadline.kind is DeadlineKind.UNKNOWN
    head = DocumentHead(issued_on=date(2021, 8, 20))
    read = with_year((row, other), head)
    assert read[0].deadline.due_on == date(2021, 9, 29)
    assert read[1] == other
    assert with_year((row,), DocumentHead()) == (row,)


def test_the_year_of_a_row_is_its_own_source_s_first():
    head = DocumentHead(issued_on=date(2021, 8, 20))
    assert year_of(clause(1, source_date=date(2017, 1, 20)), head) == 2017
    assert year_of(clause(1), head) == 2021
    assert year_of(clause(1), DocumentHead()) is None


def test_a_note_says_each_thing_once_and_stays_within_its_limit():
    assert add_note("a", "b", "b", "a", "") == "a\nb"
    assert len(add_note("x" * 4990, "y" * 100)) == 5000


CHANGES = [
    {"content": "khác"}, {"note": "x"}, {"due_set_on": date(2021, 9, 1)},
    {"parties": (Party(role=LEAD, agency_id=2),)}, {"problems": (problem(),)},
    {"deadline": read_deadline("30/9/2021", year=2021)}, {"monitor_id": 3},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_fingerprint_changes_with_anything_seen(change):
    one = clause(1, led=(1,))
    assert fingerprint(replace(one, **change)) != fingerprint(one)
    assert fingerprint(replace(one, id=77, position=5)) == fingerprint(one)


def test_agencies_named_for_a_row_settle_the_words_that_waited_there():
    words = problem(text="Sở A"), problem(text="Sở B", suggestions=(7,))
    standing = clause(1, *words)
    one = replace(standing, parties=(Party(role=LEAD, agency_id=7),))
    assert [p.text for p in waiting(with_words_settled(standing, one))] == ["Sở A"]
    both = replace(one, parties=(*one.parties, Party(role=LEAD, agency_id=8)))
    assert not waiting(with_words_settled(standing, both))
    led = clause(1, problem(), led=(7,))
    assert waiting(with_words_settled(led, led)) == (problem(),)
