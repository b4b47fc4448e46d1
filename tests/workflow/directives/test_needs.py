"""What an act must be given: every kind of need, and nothing beside the form."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

import pytest
from cases import DAY, LEAD, PEER, STRANGER, agency, file
from hypothesis import given as with_values
from hypothesis import strategies as st

from models.types import Exact
from workflow.agencies.records import Division
from workflow.directives.matters import Colleague
from workflow.directives.needs import Given, Kind, Need, choice_of
from workflow.directives.reading import FULL, LINE, MOST, TEXT, check_needs, read_needs
from workflow.directives.records import Verdict
from workflow.directives.table import TABLE
from workflow.errors import Invalid
from workflow.history.rules import plain

GOOD = {
    Kind.LINE: ("12/STNMT", "x" * LINE),
    Kind.TEXT: ("Đã làm", "a\nb", "x" * TEXT),
    Kind.DAY: (DAY,),
    Kind.AGENCY: (agency(LEAD),),
    Kind.AGENCIES: ((agency(PEER), agency(LEAD)),),
    Kind.UNITS_BELOW: (agency(LEAD), (agency(PEER), agency(LEAD))),
    Kind.CHOICE: ("met", Verdict.PARTLY_MET),
    Kind.FILES: ((file(),), [file(), file("b.pdf")], file()),
    Kind.NUMBER: ("91.25", Decimal(0), 3, "-1", Decimal("1E+6")),
    Kind.PERCENT: (0, 1, FULL),
    Kind.EVIDENCE: (1, 70),
    Kind.YES_NO: (True, False),
    Kind.COUNT: (1, 5, MOST),
    Kind.PERSON: (1, 70),
    Kind.COLLEAGUE: (Colleague(id=9, name="Đặng Chuyên Viên"),),
    Kind.DIVISION: (Division(id=9, name="Phòng Đất đai", valid_from=DAY),),
    Kind.BESIDE: ((agency(PEER), agency(STRANGER)), (agency(PEER),)),
    Kind.ITEM: (1, 70),
    Kind.PIECES: ((1,), (1, 70)),
    Kind.PREPARED: ((file(),),),
    Kind.UNIT_DAYS: (((1, DAY),), ((1, DAY), (70, DAY))),
}
BAD = {
    Kind.LINE: ((1, "not_text"), ("x" * (LINE + 1), "line_too_long")),
    Kind.TEXT: ((DAY, "not_text"), ("x" * (TEXT + 1), "text_too_long")),
    Kind.DAY: (("31/02/2021", "not_a_date"), (datetime(2021, 9, 6, tzinfo=UTC), "not_a_date")),
    Kind.AGENCY: ((LEAD, "not_an_agency"), ("H32", "not_an_agency")),
    Kind.AGENCIES: ((LEAD, "not_an_agency"),),
    Kind.UNITS_BELOW: ((LEAD, "not_an_agency"),),
    Kind.CHOICE: (("MET", "not_a_choice"), ("met ', --", "not_a_choice"), (1, "not_a_choice")),
    Kind.FILES: (("a.pdf", "not_a_file"), ((file(), "b"), "not_a_file")),
    Kind.NUMBER: (
        ("mười", "not_a_number"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        (float("nan"), "not_a_number"),
        ([1], "not_a_number"),
        ("1" * 29, "number_too_long"),
        ("1e999999999", "number_too_long"),
        ("1e-999999999", "number_too_long"),
        ("1e9999999999999999999", "not_a_number"),
    ),
    Kind.PERCENT: (
        (-1, "not_a_percent"),
        (FULL + 1, "not_a_percent"),
        (True, "not_a_percent"),
        ("50", "not_a_percent"),
        (0.5, "not_a_percent"),
    ),
    Kind.EVIDENCE: ((True, "not_evidence"), ("1", "not_evidence")),
    Kind.YES_NO: ((1, "not_yes_or_no"), ("yes", "not_yes_or_no")),
    Kind.COUNT: ((0, "not_a_count"), (MOST + 1, "not_a_count"), (True, "not_a_count")),
    Kind.PERSON: ((True, "not_a_person"), ("clerk", "not_a_person")),
    Kind.COLLEAGUE: ((9, "not_a_colleague"), ("clerk", "not_a_colleague")),
    Kind.DIVISION: ((9, "not_a_division"), ("Phòng", "not_a_division")),
    Kind.BESIDE: ((9, "not_an_agency"), ((agency(PEER), 9), "not_an_agency")),
    Kind.PIECES: ((True, "not_evidence"), ((1, "x"), "not_evidence")),
    Kind.PREPARED: (("khac", "not_a_file"),),
    Kind.UNIT_DAYS: (("mai", "not_a_date"), (((1, "mai"),), "not_a_date")),
    Kind.ITEM: ((True, "not_an_item"), ("1", "not_an_item")),
}


def need(kind, **more):
    choices = choice_of(Verdict) if kind is Kind.CHOICE else ()
    return Need(name="it", kind=kind, choices=choices, **more)


def refused(kind, value, **more):
    try:
        check_needs((need(kind, **more),), {"it": value})
    except Invalid as error:
        return error.errors
    return {}


def test_every_kind_has_good_and_bad_values_here():
    assert set(GOOD) == set(BAD) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_a_good_value_passes(kind):
    for value in GOOD[kind]:
        assert refused(kind, value) == {}, value
        assert check_needs((need(kind),), {"it": value}).has("it")


@pytest.mark.parametrize("kind", Kind)
def test_a_bad_value_is_refused_with_its_code(kind):
    for value, code in BAD[kind]:
        assert refused(kind, value) == {"it": code}, value


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("nothing", [None, "", "   ", "\u200b", "\x00", "\n\n", (), []])
def test_nothing_is_asked_for_where_it_is_required_and_forgiven_where_it_is_not(kind, nothing):
    assert refused(kind, nothing) == {"it": "required"}
    assert refused(kind, nothing, required=False) == {}
    given = check_needs((need(kind, required=False),), {"it": nothing})
    assert not given.has("it")
    assert given.for_history() == {}


def test_a_name_that_was_not_asked_for_is_refused():
    with pytest.raises(Invalid) as caught:
        check_needs((need(Kind.LINE),), {"it": "x", "state": "verified", "version": 9})
    assert caught.value.errors == {"state": "unknown_field", "version": "unknown_field"}


def test_every_wrong_field_is_named_at_once():
    needs = (
        Need(name="a", kind=Kind.LINE),
        Need(name="b", kind=Kind.DAY),
        Need(name="c", kind=Kind.PERCENT),
    )
    with pytest.raises(Invalid) as caught:
        check_needs(needs, {"b": "x", "c": 200})
    assert caught.value.errors == {"a": "required", "b": "not_a_date", "c": "not_a_percent"}


def test_lines_are_cleaned_to_one_line_and_texts_keep_their_lines():
    given = check_needs(
        (Need(name="line", kind=Kind.LINE), Need(name="text", kind=Kind.TEXT)),
        {"line": " Sơ\u0309\r\n\x00 TN ", "text": "một \r\n\r\n hai\u200b"},
    )
    assert given.text("line") == "Sở TN"
    assert given.text("text") == "một\nhai"


def test_values_are_read_by_their_kind_and_by_no_other():
    given = Given(
        {"flag": True, "number": Decimal(1), "day": DAY, "words": "x", "files": (file(), 1)}
    )
    assert given.whole("flag") is None
    assert given.yes("flag") is True
    assert given.yes("words") is False
    assert given.number("words") is None
    assert given.day("words") is None
    assert given.agency("words") is None
    assert given.text("day") == ""
    assert given.files() == (file(),)
    assert given.files("words") == ()


def test_the_history_keeps_what_was_said_in_plain_words():
    told = Given(
        {"agency": agency(LEAD), "files": (file(),), "figure": Decimal("1.50"), "empty": ""}
    ).for_history()
    assert told == {
        "agency": {"id": LEAD, "name": "Sở Tài nguyên và Môi trường"},
        "files": [{"name": "bao-cao.pdf", "sha256": "ab" * 32, "size": 9}],
        "figure": "1.50",
    }


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.text(),
    st.from_regex(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE]-?[0-9]{1,12})?", fullmatch=True),
    st.dates(),
    st.datetimes(),
    st.binary(),
    st.lists(st.integers(), max_size=3),
    st.sampled_from([agency(LEAD), file(), (file(),), Verdict.MET]),
)


@with_values(st.sampled_from(TABLE), st.data())
def test_whatever_comes_from_outside_is_checked_or_refused_and_can_be_kept(row, data):
    """No value makes it fall over; what passes fits the history and the columns."""
    raw = {item.name: data.draw(ANYTHING, label=item.name) for item in row.needs}
    try:
        given = check_needs(row.needs, raw)
    except Invalid as error:
        refusals = error.errors
    else:
        refusals = {}
        _can_be_kept(row, given)
    assert set(refusals) <= set(raw)
    assert all(isinstance(code, str) and code for code in refusals.values())


def _can_be_kept(row, given):
    body = json.dumps(plain(given.for_history()), ensure_ascii=False)
    body.encode()
    assert "\x00" not in body
    assert "\\u0000" not in body
    for item in row.needs:
        if item.kind is Kind.NUMBER and given.has(item.name):
            number = given.number(item.name)
            kept = Exact().process_bind_param(number, None)
            assert len(kept) <= 40
            assert Decimal(kept) == number


def test_needs_of_the_table_are_named_once_and_their_choices_are_codes():
    for row in TABLE:
        names = [item.name for item in row.needs]
        assert len(names) == len(set(names))
        for item in row.needs:
            assert bool(item.choices) is (item.kind is Kind.CHOICE)
            assert not any(isinstance(choice, Enum) for choice in item.choices)


def test_a_day_is_a_day_and_no_instant():
    assert refused(Kind.DAY, date(2021, 9, 6)) == {}


EITHER = (
    Need(name="letter", kind=Kind.LINE, required=False, unless="draft"),
    Need(name="draft", kind=Kind.DAY, required=False),
)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {"letter": "required"}),
        ({"letter": " "}, {"letter": "required"}),
        ({"letter": "x"}, {}),
        ({"draft": date(2021, 9, 1)}, {}),
        ({"draft": "no day"}, {"draft": "not_a_date"}),
    ],
)
def test_one_need_may_stand_for_another(given, wrong):
    assert read_needs(EITHER, given)[1] == wrong
