"""Two workers collect the same tests under the same names, or neither runs one."""

import re

import pytest

MEMBER = r"(?:'[^']*'|<[^<>]*>|[\w.]+)"
UNSETTLED = re.compile(rf"\{{{MEMBER}(?:, {MEMBER})+\}}| at 0x[0-9a-f]+")
"""A set's members stand in the order that they came in by: one worker compiled the file, the
other read what it compiled. An address is each process's own."""


@pytest.mark.parametrize(
    ("name", "settled"),
    [
        ("test_a[{'q': '2847'}-{'land', 'done'}]", False),
        ("test_a[frozenset({1, 2})]", False),
        ("test_a[{<State.VERIFIED: 'verified'>, <State.ASSIGNED: 'assigned'>}]", False),
        ("test_a[{{ _('%(day)s.', day='today') }}-Today.]", True),
        ("test_a[<object object at 0x7f12ab>]", False),
        ("test_a[{'q': '2847', 'year': '2021'}-['done', 'land']]", True),
    ],
)
def test_a_name_that_may_differ_between_workers_is_known(name, settled):
    assert bool(UNSETTLED.search(name)) is not settled


def test_no_test_is_named_by_what_differs_between_workers(request):
    others = [one.nodeid for one in request.session.items if one.path != request.node.path]
    assert [name for name in others if UNSETTLED.search(name)] == []
