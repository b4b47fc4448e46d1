"""One box: an exact number goes straight there, words find what one may read."""

from __future__ import annotations

import pytest
from sqlalchemy import event


@pytest.fixture
def known(world):
    (land,) = world.issue(
        world.clause(content="Giảm hồ sơ trễ hạn đất đai", coordinating=()),
        reference="2847/UBND-KSTTHC", subject="Nâng cao Chỉ số cải cách hành chính",
    )  # fmt: skip
    (other,) = world.issue(
        world.clause(lead="H32.11", coordinating=(), content="Hồ sơ đất đai của Vạn Ninh"),
        reference="3001/QĐ-UBND",
    )
    return land.number, other.number


def search(world, who, words):
    return world.sign_in(who).get("/search", query_string={"q": words})


@pytest.mark.parametrize("typed", ["{}", "  {} ", "{}\u200b"])
def test_an_exact_number_goes_straight_to_its_page(world, known, typed):
    answer = search(world, "office", typed.format(known[0]))
    assert answer.status_code == 302
    assert answer.location.endswith(f"/directives/{known[0]}")


def test_an_exact_key_goes_straight_to_its_document(world, known):
    answer = search(world, "office", "2021-0001")
    assert answer.status_code == 302
    assert answer.location.endswith("/documents/2021-0001")


def test_a_number_outside_the_scope_leads_nowhere(world, known):
    answer = search(world, "clerk", known[1])
    assert answer.status_code == 200
    assert f'href="/directives/{known[1]}"' not in answer.text
    assert "Không tìm thấy gì" in answer.text


@pytest.mark.parametrize("words", ["dat dai", "ĐẤT ĐAI", "ho so tre han", "2847", "so tai nguyen"])
def test_words_without_marks_find_directives(world, known, words):
    answer = search(world, "office", words)
    assert answer.status_code == 200
    assert known[0] in answer.text


def test_directives_are_found_within_the_scope_only(world, known):
    assert known[1] in search(world, "office", "dat dai").text
    text = search(world, "clerk", "dat dai").text
    assert known[0] in text
    assert known[1] not in text


def test_documents_are_found_by_number_and_subject(world, known):
    assert "/documents/2021-0001" in search(world, "office", "chi so cai cach").text
    assert "/documents/2021-0001" in search(world, "office", "2847 kstthc").text
    assert "/documents/2021-0002" not in search(world, "clerk", "3001").text


def test_agencies_are_found_by_name_code_and_alias(world, known):
    with world.unit() as unit:
        unit.agencies.add_alias(world.agencies["H32.03"].id, "Sở TN&MT", "entered", world.clock())
    for words in ("tai nguyen va moi truong", "h32.03", "so tnmt"):
        assert "/agencies/H32.03" in search(world, "foreign", words).text


def test_nothing_found_says_what_to_try(world, known):
    text = search(world, "office", "không có gì như thế").text
    assert "Không tìm thấy gì" in text


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "%",
        "_",
        "'",
        '"',
        "<script>alert(1)</script>",
        "a" * 5000,
        "2021-99999999999-1",
        "9999-999999",
    ],
)
def test_odd_words_are_only_words(world, known, words):
    answer = search(world, "office", words)
    assert answer.status_code == 200
    assert "<script>alert(1)" not in answer.text


def test_the_search_asks_at_most_eight_things(world, known):
    client = world.sign_in("office")
    engine, said = world.office.engine, []

    @event.listens_for(engine, "before_cursor_execute")
    def note(conn, cursor, statement, *rest):
        said.append(statement)

    try:
        assert client.get("/search?q=dat").status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([s for s in said if not s.startswith("BEGIN")]) <= 8


def test_a_report_is_found_by_its_number_within_the_scope(world, known):
    world.report(known[0], report_number="45/BC-STNMT")
    assert known[0] in search(world, "clerk", "45/bc-stnmt").text
    assert known[0] not in search(world, "foreign", "45/BC-STNMT").text
