"""What was found stands by the words as they were typed: the phrase before its words apart."""

import pytest

from web.home.ranking import AS_TYPED, PHRASE, SCATTERED, rank_of, ranked


@pytest.mark.parametrize(
    ("typed", "text", "rank"),
    [
        ("số hóa", "Đẩy mạnh số hóa hồ sơ", AS_TYPED),
        ("Số Hóa", "đẩy mạnh SỐ HÓA, hồ sơ", AS_TYPED),
        ("so hoa", "Đẩy mạnh số hóa hồ sơ", AS_TYPED),
        ("số hòa", "Đẩy mạnh số hóa hồ sơ", PHRASE),
        ("so hoa", "Hồ sơ hoạt động", SCATTERED),
        ("so hoa", "Sở Tài chính, Ninh Hòa", SCATTERED),
    ],
)
def test_a_phrase_is_known_by_whole_words_and_by_the_diacritics_typed(typed, text, rank):
    assert rank_of(typed, text) == rank


def test_what_bears_the_phrase_comes_first_and_the_rest_keeps_its_order():
    names = ["UBND xã Diên Khánh, Diên", "UBND xã Điền Diên", "UBND xã Diên Điền"]
    found, is_there = ranked("dien dien", names, str)
    assert found == ["UBND xã Điền Diên", "UBND xã Diên Điền", "UBND xã Diên Khánh, Diên"]
    assert is_there
    assert not ranked("dien dien", names[:1], str)[1]
