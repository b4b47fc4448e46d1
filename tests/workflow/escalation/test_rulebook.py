"""Rules as data and as TOML: what is read, what is refused, and where it stands."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streams import random_rule

from workflow.errors import Invalid
from workflow.escalation.lines import BadLine
from workflow.escalation.records import GroupKey, Period, Rule, Window
from workflow.escalation.rulebook import rule_as_data, rule_as_toml, rule_from, rules_from_toml

BOOK = """\
[[rule]]
code = "MC-01"
title = "Trễ hạn lặp lại"
violation_types = ["V16"]             # or ["*"]
group_by = ["agency", "field"]        # of agency, field, procedure, officer, type
window = { days = 30 }                # or { calendar = "month" | "quarter" | "year" }
levels = [3, 5, 8]                    # scores that make level 1, 2, 3
weights = { V01 = 3 }                 # optional; 1 where not named
repeat_within_days = 180              # optional

[[rule]]
code = "MC-02"
violation_types = ["*"]
group_by = ["officer"]
window = { calendar = "quarter" }
levels = [2]
"""
GOOD = {
    "code": "R",
    "violation_types": ["V16"],
    "group_by": ["agency"],
    "window": {"days": 30},
    "levels": [3, 5],
}


def test_the_form_of_the_product_s_page_is_read():
    assert rules_from_toml(BOOK) == (
        Rule(
            code="MC-01",
            title="Trễ hạn lặp lại",
            violation_types=("V16",),
            group_by=(GroupKey.AGENCY, GroupKey.FIELD),
            window=Window(days=30),
            levels=(3, 5, 8),
            weights={"V01": 3},
            repeat_within_days=180,
        ),
        Rule(
            code="MC-02",
            group_by=(GroupKey.OFFICER,),
            window=Window(calendar=Period.QUARTER),
            levels=(2,),
        ),
    )


def test_a_book_without_rules_is_empty():
    assert rules_from_toml("") == ()
    assert rules_from_toml("# nothing yet\n") == ()
    assert rules_from_toml("rule = []\n") == ()


def test_all_types_among_others_are_all_types():
    assert rule_from(GOOD | {"violation_types": ["V16", "*"]}).violation_types == ("*",)
    assert rule_from(GOOD | {"violation_types": ["b", "a", "b"]}).violation_types == ("b", "a")


def test_a_rule_may_gather_by_nothing_and_weigh_nothing():
    rule = rule_from(GOOD | {"group_by": [], "weights": {"V01": 0}, "repeat_within_days": 0})
    assert (rule.group_by, rule.weights, rule.repeat_within_days) == ((), {"V01": 0}, 0)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("code", None, "required"),
        ("code", " ", "required"),
        ("code", 3, "not_text"),
        ("code", "x" * 65, "too_long"),
        ("title", ["x"], "not_text"),
        ("violation_types", None, "required"),
        ("violation_types", [], "required"),
        ("violation_types", "V16", "not_a_list"),
        ("violation_types", [16], "not_text"),
        ("violation_types", [""], "not_text"),
        ("group_by", None, "required"),
        ("group_by", "agency", "not_a_list"),
        ("group_by", ["dossier"], "not_a_choice"),
        ("group_by", [1], "not_a_choice"),
        ("group_by", ["field", "field"], "given_twice"),
        ("window", None, "required"),
        ("window", 30, "window_form"),
        ("window", {}, "window_form"),
        ("window", {"days": 30, "calendar": "month"}, "window_form"),
        ("window", {"weeks": 3}, "window_form"),
        ("window", {"days": 0}, "below_one"),
        ("window", {"days": 1.5}, "not_whole"),
        ("window", {"days": True}, "not_whole"),
        ("window", {"calendar": "week"}, "window_form"),
        ("window", {"calendar": 1}, "window_form"),
        ("levels", None, "required"),
        ("levels", [], "required"),
        ("levels", 3, "not_a_list"),
        ("levels", [3, 3], "not_rising"),
        ("levels", [5, 3], "not_rising"),
        ("levels", [0, 3], "below_one"),
        ("levels", [1, "3"], "not_whole"),
        ("levels", [1.0], "not_whole"),
        ("levels", [True, 3], "not_whole"),
        ("weights", [3], "not_weights"),
        ("weights", {"V01": -1}, "negative"),
        ("weights", {"V01": 0.5}, "not_whole"),
        ("weights", {"V01": 10**10}, "too_large"),
        ("repeat_within_days", -1, "negative"),
        ("repeat_within_days", "180", "not_whole"),
        ("severity", 3, "unknown_key"),
    ],
)
def test_each_wrong_field_is_named_with_its_reason(field, value, code):
    data = {name: given for name, given in (GOOD | {field: value}).items() if given is not None}
    with pytest.raises(Invalid) as refused:
        rule_from(data)
    assert refused.value.errors == {field: code}


def test_all_wrong_fields_are_named_at_once():
    with pytest.raises(Invalid) as refused:
        rule_from(GOOD | {"levels": [2, 1], "window": {"days": 0}, "code": ""})
    assert refused.value.errors == {
        "levels": "not_rising",
        "window": "below_one",
        "code": "required",
    }


@pytest.mark.parametrize(
    ("book", "line", "field", "reason"),
    [
        (BOOK.replace("[3, 5, 8]", "[3, 3, 8]"), 7, "levels", "not_rising"),
        (BOOK.replace("levels = [2]", ""), 11, "levels", "required"),
        (BOOK.replace('["officer"]', '["staff"]'), 14, "group_by", "not_a_choice"),
        (BOOK.replace("MC-02", "MC-01"), 12, "code", "rule_twice"),
        (BOOK + "level = [3]\n", 17, "level", "unknown_key"),
        (BOOK + "[setting]\nx = 1\n", 17, "setting", "unknown_key"),
        (BOOK.replace("days = 30", "days = "), 6, "rule", "not_toml"),
        ("[[rule]]\ncode = 'x", 2, "rule", "not_toml"),
        ("[rule]\ncode = 'x'\n", 1, "rule", "not_rules"),
        ("\nrule = [1]\n", 2, "rule", "not_rules"),
        ("rule = [{}]\n", 1, "code", "required"),
        ("x = " + "[" * 100_000, 1, "rule", "not_toml"),
        (BOOK.replace("window = { days = 30 }", "window.days = 0"), 6, "window", "below_one"),
        (BOOK + "[rule.weights]\nV01 = -1\n", 17, "weights", "negative"),
    ],
)
def test_a_wrong_book_is_told_by_line_and_field(book, line, field, reason):
    with pytest.raises(BadLine) as refused:
        rules_from_toml(book)
    assert (refused.value.line, refused.value.field, refused.value.reason) == (line, field, reason)
    assert refused.value.code == "bad_line"


@given(st.integers(0, 2**40).map(Random), st.text(max_size=300), st.text(min_size=1))
def test_a_rule_written_down_is_read_as_the_same_rule(chance, title, word):
    made = random_rule(chance)
    types = made.violation_types if "*" in made.violation_types else ("x" + word,)
    rule = replace(made, title=title, violation_types=types, weights=made.weights | {word: 2})
    assert rule_from(rule_as_data(rule)) == rule
    assert rules_from_toml(rule_as_toml(rule)) == (rule,)
