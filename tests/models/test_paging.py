"""A page is cut at its edges, and counts are exact up to ten thousand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, select, text
from sqlalchemy import literal_column as column

from models.paging import COUNTED, counted, told, turned


@pytest.mark.parametrize(
    ("found", "backward", "begun", "rows", "ahead", "behind"),
    [
        ([], False, False, (), False, False),
        ([], False, True, (), False, False),
        ([], True, True, (), False, False),
        ([1, 2], False, False, (1, 2), False, False),
        ([1, 2, 3], False, False, (1, 2), True, False),
        ([3, 4], False, True, (3, 4), False, True),
        ([3, 4, 5], False, True, (3, 4), True, True),
        ([2, 1], True, False, (1, 2), True, False),
        ([2, 1, 0], True, False, (2, 1)[::-1], True, True),
    ],
)
def test_a_page_of_two_rows_knows_what_lies_on_either_side(
    found, backward, begun, rows, ahead, behind
):
    assert turned(found, 2, backward=backward, begun=begun) == (rows, ahead, behind)


def beyond(rows, most, edge, *, backward):
    """Return what a database finds: one more than a page, from the edge on or back."""
    if backward:
        return [row for row in reversed(rows) if row < edge][: most + 1]
    return [row for row in rows if edge is None or row > edge][: most + 1]


@given(st.integers(0, 40), st.integers(1, 9))
def test_pages_walked_to_the_end_and_back_are_the_same_pages(count, most):
    rows, edge, there = list(range(count)), None, []
    while True:
        found = beyond(rows, most, edge, backward=False)
        page = turned(found, most, backward=False, begun=edge is not None)
        there.append(page)
        if not page.ahead:
            break
        edge = page.rows[-1]
    assert [row for page in there for row in page.rows] == rows
    back = [there[-1]]
    while back[-1].behind:
        found = beyond(rows, most, back[-1].rows[0], backward=True)
        back.append(turned(found, most, backward=True, begun=False))
    assert back[::-1] == there


@pytest.mark.parametrize(
    ("rows", "says"),
    [(0, (0, True)), (COUNTED, (COUNTED, True)), (COUNTED + 1, (COUNTED, False))],
)
def test_counts_are_exact_up_to_ten_thousand(rows, says):
    numbers = text(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows}) "
        f"SELECT i FROM n WHERE {rows} > 0"
    )
    with create_engine("sqlite://").connect() as connection:
        keys = select(column("i")).select_from(numbers.columns(column("i")).subquery())
        assert counted(connection, keys.order_by(column("i"))) == says
    assert told(rows) == says
