"""A mark stands by one of its words, or from its number on."""

import pytest

from workflow.dossiers.cells import marks
from workflow.dossiers.profile import Mark


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("1", False),
        ("2", True),
        ("3", True),
        (" 2 ", True),
        ("2,0", False),
        ("", False),
        ("x", False),
    ],
)
def test_a_number_marks_from_the_least_one_on(text, stands):
    read = marks(Mark(names=("a",), at="received_at", at_least=2), lambda _: False)
    assert read[text] is stands
