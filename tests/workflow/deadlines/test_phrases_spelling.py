"""Spelling never changes a meaning, and no text at all makes the reader fail."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.deadlines.phrases import read_deadline
from workflow.deadlines.reading.vocabulary import KNOWN_WORDS
from workflow.deadlines.records import DeadlineKind
from workflow.text import fold

PHRASES = [
    "Trước ngày 30-9",
    "Chậm nhất ngày 30/9",
    "đến hết ngày 30/9",
    "30/9/2021",
    "2021-09-30",
    "ngày 30 tháng 9 năm 2021",
    "tháng 10/2018",
    "tháng 7, 8, 9",
    "Quý I/2017",
    "Trong năm 2021",
    "2021",
    "Từ tháng 2/2017 đến tháng 9/2018",
    "tháng 1 đến tháng 12 năm 2017",
    "Quý I đến tháng 9/2017",
    "quý II - quý IV",
    "Từ tháng 3 đến tháng 11/2017 và thường xuyên",
    "Từ tháng 3 năm 2017 và thường xuyên",
    "Thường xuyên",
    "Trong 10 ngày làm việc kể từ ngày ký",
    "trong vòng 15 ngày làm việc kể từ ngày nhận được văn bản",
    "Hằng tháng, trước ngày 20",
    "hằng quý, trước ngày 15 của tháng cuối quý",
    "thứ sáu hằng tuần",
    "trước ngày 1/3 hằng năm",
    "6 tháng đầu năm 2021",
    "trước 17 giờ ngày 30/9/2021",
    "Trong Quý I và trước ngày 30/4/2017",
    "từ tháng 11 đến tháng 2/2018",
    "cuối năm 2021",
    "31/02",
]
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))
SPACES = st.sampled_from([" ", "  ", "\t", "\n", "\u00a0", "\u2009", " \u200b", "\u3000"])
WRAPPINGS = ["{}.", "{};", " {} ", "({})", "“{}”", "- {}", "{}!", "+ {}", "[{}]", "• {}", "{} ,"]
SAID = ["tháng", "ngày", "quý", "năm", "từ", "đến", "và", "hằng", "trước"]
PIECES = [*sorted(KNOWN_WORDS), *SAID]
MARKS = [*"/-.,:;()?…_~", "..", "--", "//", "I", "IV", "0", "1", "31", "2021", "99999", "½", "٣"]
GARBAGE = st.text(max_size=80) | st.lists(
    st.sampled_from(PIECES + MARKS) | st.integers(0, 40).map(str), max_size=40
).map(" ".join)


def meaning(deadline):
    facts = deadline.as_json() | {"other": deadline.other_due_on, "reason": deadline.reason}
    return {key: value for key, value in facts.items() if key != "text"}


def read(text):
    return meaning(read_deadline(text, year=2021))


@st.composite
def respaced(draw):
    text = draw(st.sampled_from(PHRASES))
    return text, "".join(draw(SPACES) if letter == " " else letter for letter in text)


@given(respaced())
def test_any_space_is_a_space(pair):
    text, spaced = pair
    assert read(spaced) == read(text)


@pytest.mark.parametrize("text", PHRASES)
def test_case_does_not_matter(text):
    for change in (str.upper, str.lower, str.title, str.swapcase):
        assert read(change(text)) == read(text), change


@pytest.mark.parametrize("text", PHRASES)
def test_composed_and_decomposed_letters_are_one(text):
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert read(unicodedata.normalize(form, text)) == read(text), form


@pytest.mark.parametrize("text", PHRASES)
def test_missing_diacritics_do_not_matter(text):
    assert read(fold(text)) == read(text)


@pytest.mark.parametrize("text", PHRASES)
def test_full_width_letters_are_letters(text):
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)
    assert read(wide) == read(text)


@pytest.mark.parametrize("text", PHRASES)
def test_marks_around_a_phrase_do_not_matter(text):
    for wrapping in WRAPPINGS:
        assert read(wrapping.format(text)) == read(text), wrapping


@pytest.mark.parametrize("text", PHRASES)
def test_any_dash_is_a_dash(text):
    for dash in "‐‑‒–—−－":
        assert read(text.replace("-", dash)) == read(text), dash


@pytest.mark.parametrize("text", PHRASES)
def test_spaces_around_marks_do_not_matter(text):
    apart = text
    for mark in "/-,":
        apart = apart.replace(mark, f" {mark} ")
    assert read(apart) == read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Trước ngày 30-9",
        "tháng 10/2018",
        "Quý III/2017",
        "Quý I đến tháng 9/2017",
        "Từ tháng 2/2017 đến tháng 9/2018",
        "Hằng tháng, trước ngày 20",
        "Thường xuyên",
        "Trong 10 ngày làm việc kể từ ngày ký",
    ],
)
def test_words_run_together_are_told_apart(text):
    assert read(text.replace(" ", "")) == read(text)


FORMATS = [
    "{d:%d/%m/%Y}",
    "{d:%d-%m-%Y}",
    "{d:%d.%m.%Y}",
    "{d:%Y-%m-%d}",
    "{d.day}/{d.month}/{d.year}",
    "{d.day} / {d.month} / {d.year}",
    "ngày {d.day} tháng {d.month} năm {d.year}",
    "Ngày {d:%d} tháng {d:%m} năm {d.year}",
    "{d.day} tháng {d.month} năm {d.year}",
    "đến hết ngày {d.day}/{d.month}/{d.year}",
]


@pytest.mark.parametrize("form", FORMATS)
@given(day=DAYS)
def test_a_date_that_was_written_comes_back(form, day):
    deadline = read_deadline(form.format(d=day), year=None)
    assert (deadline.kind, deadline.due_on) == (DeadlineKind.FIXED, day)


@given(DAYS)
def test_before_a_written_date_is_the_day_before(day):
    deadline = read_deadline(f"Trước ngày {day:%d/%m}", year=day.year)
    assert (deadline.due_on, deadline.other_due_on) == (day - timedelta(days=1), day)


@given(DAYS, DAYS)
def test_a_range_of_written_dates_comes_back_or_is_reversed(first, last):
    deadline = read_deadline(f"Từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}", year=None)
    if first <= last:
        assert (deadline.starts_on, deadline.due_on) == (first, last)
    else:
        assert deadline.kind is DeadlineKind.UNKNOWN


@given(GARBAGE, st.none() | st.integers(), st.booleans())
def test_no_text_makes_the_reader_fail_or_contradict_itself(text, year, strict):
    deadline = read_deadline(text, year=year, before_is_strict=strict)
    assert deadline.text == text
    assert (deadline.reason is not None) is (deadline.kind is DeadlineKind.UNKNOWN)
    assert (deadline.due_on is not None) is (deadline.kind is DeadlineKind.FIXED)
    assert (deadline.recurs is not None) is (deadline.kind is DeadlineKind.RECURRING)
    assert (deadline.working_days is not None) is (deadline.kind is DeadlineKind.RELATIVE)
    if deadline.due_on and deadline.starts_on:
        assert deadline.starts_on <= deadline.due_on
    assert set(deadline.as_json()) == {
        "text", "kind", "starts_on", "due_on", "ongoing", "working_days", "recurs",
    }  # fmt: skip


@given(GARBAGE)
def test_a_phrase_is_read_the_same_twice(text):
    assert read_deadline(text, year=2021) == read_deadline(text, year=2021)


@given(GARBAGE)
def test_garbage_reads_alike_in_every_case_and_form(text):
    plain = "".join(letter for letter in text if letter.isascii())
    assert read(plain.upper()) == read(plain.lower())
