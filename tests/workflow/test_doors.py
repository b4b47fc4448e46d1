"""Every table of acts is judged alike: what a shut door raises, and which word of a check stands."""

import pytest

from workflow.doors import Door, Refusal, first_refusal, raise_shut, raise_wrong
from workflow.errors import Forbidden, Invalid, Refused


def test_a_door_without_a_refusal_is_open():
    assert Door(action="report").is_open
    assert not Door(action="report", refusal=Refusal(code="wrong_state")).is_open


def test_the_first_guard_that_objects_speaks():
    asked = []

    def guard(code):
        return lambda _: asked.append(code) or (code and Refusal(code=code))

    found = first_refusal([guard(""), guard("suspended"), guard("late")], "case")
    assert found == Refusal(code="suspended")
    assert asked == ["", "suspended"]


@pytest.mark.parametrize(
    ("code", "kind"),
    [("not_yours", Forbidden), ("role_not_held", Forbidden), ("wrong_state", Refused)],
)
def test_what_no_day_would_change_is_forbidden_and_the_rest_refused(code, kind):
    with pytest.raises(kind) as told:
        raise_shut(Refusal(code=code, params={"number": "2"}), action="report", number="1")
    assert type(told.value) is kind
    assert told.value.params == {"action": "report", "number": "2"}


def test_an_open_door_raises_nothing_and_a_feature_may_forbid_more():
    raise_shut(None, action="report")
    with pytest.raises(Forbidden):
        raise_shut(Refusal(code="conflict"), not_theirs=frozenset({"conflict"}))


def test_each_wrong_field_is_told_with_the_word_of_the_first_check():
    checks = [lambda *_: {"a": "empty"}, lambda *_: {"a": "too_long", "b": "no_date"}]
    with pytest.raises(Invalid) as told:
        raise_wrong(checks, "case", "given")
    assert told.value.errors == {"a": "empty", "b": "no_date"}
    raise_wrong([lambda *_: {}], "case", "given")
