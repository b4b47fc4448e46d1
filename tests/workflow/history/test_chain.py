"""The chain: what was written is proved, and what was falsified is named."""

import random
from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum

import pytest
import tampering
from hypothesis import given
from hypothesis import strategies as st

from workflow.directives.records import State
from workflow.history.records import ChainReport, Entry, Head, Subject
from workflow.history.rules import (
    EMPTY,
    GENESIS,
    digest_of,
    fold,
    plain,
    seal,
    unreadable,
    verify_chain,
)

AT = datetime(2021, 9, 6, 2, 30, 15, 123456, tzinfo=UTC)


def entry(number=1, **more):
    values = {
        "at": AT + timedelta(minutes=number),
        "actor_id": 7 + number % 5,
        "actor_name": "Hồ Văn Thư",
        "role": "agency_clerk",
        "agency_id": 4,
        "agency_name": "Sở Tài nguyên và Môi trường",
        "subject": Subject.DIRECTIVE,
        "subject_key": f"2021-0001-{number % 9:02d}",
        "action": "update",
        "before": {"state": "assigned", "progress": None, "n": number},
        "after": {"state": "in_progress", "progress": number, "touched_by": [1, number]},
        "given": {"done": f"việc {number}"},
        "reason": f"lý do {number}",
        "evidence": (f"{number:064x}",) if number % 2 else (),
    }
    return Entry(**(values | more))


ROWS, HEAD = tampering.sealed(entry(number) for number in range(40))


def verify(rows, head=HEAD, anchors=None):
    return verify_chain(rows, head, anchors)


def test_a_whole_chain_is_whole():
    assert verify(ROWS) == ChainReport(entries=40, ok=True, first_broken=None)
    assert verify(ROWS).as_json() == {"entries": 40, "ok": True, "first_broken": None}
    assert verify(ROWS, anchors={row.serial: row.digest for row in ROWS}).ok


def test_an_empty_history_is_whole():
    assert verify([], EMPTY).as_json() == {"entries": 0, "ok": True, "first_broken": None}


def test_the_first_entry_stands_on_the_agreed_beginning():
    first = seal(EMPTY, entry())
    assert (first.serial, first.previous) == (1, GENESIS)
    second = seal(Head(entries=1, digest=first.digest), entry(2))
    assert (second.serial, second.previous) == (2, first.digest)


@pytest.mark.parametrize("seed", range(20))
def test_a_thousand_falsifications_are_found_and_the_first_broken_entry_is_named(seed):
    """Fifty for each of twenty seeds."""
    dice = random.Random(seed)
    for _ in range(50):
        forgery = dice.choice(tampering.FORGERIES)(ROWS, dice)
        assert not tampering.same(forgery.rows, ROWS), forgery.what
        report = verify(forgery.rows)
        assert (report.ok, report.first_broken) == (False, forgery.named), forgery.what
        assert report.reason, forgery.what


def test_the_thousand_hold_every_kind_of_falsification_and_every_column():
    kinds = Counter()
    for seed in range(20):
        dice = random.Random(seed)
        for _ in range(50):
            kinds[dice.choice(tampering.FORGERIES)(ROWS, dice).what] += 1
    assert sum(kinds.values()) == 1000
    assert {f"edit {item.name}" for item in fields(Entry)} <= set(kinds)
    others = {
        "edit digest", "edit previous", "delete", "delete and close up", "insert", "append", "swap",
        "swap words", "cut tail", "cut the beginning", "renumber", "move",
    }  # fmt: skip
    assert others <= set(kinds)


def test_every_column_of_an_entry_is_sealed():
    assert set(tampering.EDITS) == {item.name for item in fields(Entry)}
    for name, other in tampering.EDITS.items():
        changed = replace(ROWS[3].entry, **{name: other(ROWS[3].entry, random.Random(1))})
        assert digest_of(4, ROWS[3].previous, changed) != ROWS[3].digest, name


def test_a_chain_forged_to_its_end_is_found_by_the_head_outside_it():
    rows, _ = tampering.sealed(
        replace(row.entry, reason="khác") if row.serial == 11 else row.entry for row in ROWS
    )
    report = verify(rows)
    assert (report.ok, report.reason) == (False, "head_differs")


def test_a_chain_forged_with_its_head_is_found_by_an_anchor_kept_elsewhere():
    rows, forged_head = tampering.sealed(
        replace(row.entry, reason="khác") if row.serial == 11 else row.entry for row in ROWS
    )
    assert verify(rows, forged_head).ok
    anchors = {row.serial: row.digest for row in ROWS if row.serial % 7 == 0}
    report = verify(rows, forged_head, anchors)
    assert (report.first_broken, report.reason) == (14, "anchor_differs")
    earlier = {7: ROWS[6].digest}
    assert verify(rows, forged_head, earlier).ok


@pytest.mark.parametrize("left", [0, 1, 20, 39])
def test_a_tail_cut_with_the_head_is_found_by_an_anchor_kept_elsewhere(left):
    head = Head(entries=left, digest=ROWS[left - 1].digest if left else GENESIS)
    assert verify(ROWS[:left], head).ok
    report = verify(ROWS[:left], head, {40: ROWS[-1].digest})
    assert (report.ok, report.first_broken, report.reason) == (False, left + 1, "tail_missing")


@pytest.mark.parametrize(
    ("head", "named"),
    [
        (EMPTY, 1),
        (Head(entries=39, digest=ROWS[38].digest), 40),
        (Head(entries=41, digest=ROWS[39].digest), 41),
        (Head(entries=40, digest="0" * 64), 40),
        (Head(entries=10, digest=ROWS[9].digest), 11),
    ],
)
def test_a_falsified_head_is_found(head, named):
    report = verify(ROWS, head)
    assert (report.ok, report.first_broken) == (False, named)


def test_the_walk_stops_at_the_first_broken_entry():
    """A later falsification does not hide an earlier one."""
    rows = list(ROWS)
    for place in (30, 12, 21):
        rows[place] = replace(rows[place], entry=replace(rows[place].entry, action="verify"))
    assert verify(rows).first_broken == 13
    assert verify(rows).entries == 12


WORDS = st.text(max_size=20)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
ENTRIES = st.builds(
    Entry,
    at=st.datetimes(timezones=st.just(UTC)),
    actor_id=st.integers(min_value=0),
    actor_name=WORDS,
    role=st.none() | WORDS,
    agency_id=st.none() | st.integers(min_value=0),
    agency_name=WORDS,
    subject=st.sampled_from(Subject),
    subject_key=WORDS,
    action=WORDS,
    before=st.dictionaries(WORDS, PLAIN, max_size=3),
    after=st.dictionaries(WORDS, PLAIN, max_size=3),
    given=st.dictionaries(WORDS, PLAIN, max_size=3),
    reason=WORDS,
    evidence=st.lists(WORDS, max_size=2).map(tuple),
)


@given(st.lists(ENTRIES, min_size=1, max_size=6), st.data())
def test_whatever_is_written_is_whole_and_any_other_entry_in_its_place_is_not(entries, data):
    rows, head = tampering.sealed(entries)
    assert verify(rows, head).ok
    place = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(ENTRIES)
    forged = [*rows]
    forged[place] = replace(rows[place], entry=other)
    same = digest_of(place + 1, rows[place].previous, other) == rows[place].digest
    assert verify(forged, head).ok is same
    assert same is (_canonical(other) == _canonical(entries[place]))


def _canonical(one):
    return [repr(plain(getattr(one, item.name))) for item in fields(Entry)]


def test_the_digest_does_not_depend_on_the_order_of_keys_or_the_zone_of_the_instant():
    turned = replace(
        ROWS[0].entry,
        after=dict(reversed(list(ROWS[0].entry.after.items()))),
        at=ROWS[0].entry.at.astimezone(timezone(timedelta(hours=7))),
    )
    assert digest_of(1, GENESIS, turned) == ROWS[0].digest


def test_a_digest_is_kept_for_ever():
    """Any change of how an entry is sealed would break every chain that stands."""
    one = entry(3, role=None, agency_id=None)
    assert digest_of(5, "ab" * 32, one) == (
        "50eaa9dec461d319fa2f34312e16a0307cbf0309a3343d5a724f11f0f86a83ca"
    )


# --- plain values ----------------------------------------------------------------------


class Colour(Enum):
    RED = 1


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, None),
        (True, True),
        (0, 0),
        (1.5, 1.5),
        ("Đ", "Đ"),
        (State.ASSIGNED, "assigned"),
        (Colour.RED, 1),
        (date(2021, 9, 6), "2021-09-06"),
        (AT, "2021-09-06T02:30:15.123456+00:00"),
        (
            datetime(2021, 9, 6, 9, 30, tzinfo=timezone(timedelta(hours=7))),
            "2021-09-06T02:30:00.000000+00:00",
        ),
        (Decimal("91.50"), "91.5"),
        (Decimal("1E+2"), "1E+2"),
        (frozenset({3, 1, 2}), [1, 2, 3]),
        ((1, State.VERIFIED), [1, "verified"]),
        ({"a": {1: date(2021, 9, 6)}}, {"a": {"1": "2021-09-06"}}),
    ],
)
def test_a_value_of_the_domain_has_one_plain_form(value, wanted):
    assert plain(value) == wanted
    assert type(plain(value)) is type(wanted)


@pytest.mark.parametrize("value", [object(), b"x", 1j, {1: object()}, [b"x"]])
def test_what_has_no_plain_form_is_an_error_of_the_program(value):
    with pytest.raises(TypeError):
        plain(value)


# --- folding ---------------------------------------------------------------------------


def test_folding_replays_the_changes_in_order():
    entries = [
        entry(after={"state": "assigned", "due_on": "2021-09-29", "progress": None}),
        entry(after={"state": "in_progress"}),
        entry(after={"progress": 40, "due_on": None}),
        entry(after={}),
    ]
    assert fold(entries) == {"state": "in_progress", "due_on": None, "progress": 40}
    assert fold([]) == {}


# --- what no entry could hold --------------------------------------------------------------


def test_a_row_that_could_not_be_read_is_broken_where_it_stands():
    rows = [*ROWS[:16], unreadable(17), *ROWS[17:]]
    report = verify(rows)
    assert (report.entries, report.first_broken, report.reason) == (16, 17, "unreadable")


def test_an_entry_with_values_that_cannot_be_sealed_is_broken():
    odd = replace(ROWS[4], entry=replace(ROWS[4].entry, after={"state": b"verified"}))
    report = verify([*ROWS[:4], odd, *ROWS[5:]])
    assert (report.first_broken, report.reason) == (5, "content_differs")
