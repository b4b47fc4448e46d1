"""The list's filter takes a document by its number, with or without its symbol."""

from urllib.parse import quote

import pytest


@pytest.fixture
def office(world):
    world.issue(world.clause())
    return world.sign_in("office")


def reference(world):
    with world.unit() as unit:
        return unit.documents.document(1).head.reference


def test_a_number_whole_or_without_its_symbol_finds_its_document(world, office):
    whole = reference(world)
    for typed in (whole, whole.partition("/")[0], whole.lower()):
        answer = office.get(f"/directives/?state=open&document={quote(typed)}")
        assert answer.status_code == 302, typed
        assert "document=2021-0001" in answer.location
        assert "state=open" in answer.location


def test_a_number_nobody_bears_is_said_and_left_out(office):
    answer = office.get("/directives/?document=999999/UBND", follow_redirects=True)
    assert "Không tìm thấy văn bản “999999/UBND”." in answer.text


def test_more_conditions_stay_shut_and_several_states_are_told(office):
    text = office.get("/directives/?state=assigned,in_progress&year=2021").text
    assert '<details class="dd-more">' in text
    assert '<details class="dd-more" open' not in text
    assert "selected>Chờ tiếp nhận, Đang thực hiện</option>" in text
