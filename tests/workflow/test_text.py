"""Words typed in haste, pasted or without diacritics are still the same words."""

import string
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.text import _fold, _folded_letters, clean, clean_lines, fold, sort_key, squeeze

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Sở\u00a0 Nội  vụ ", "Sở Nội vụ"),
        ("Sở\u200b Nội\ufeff vụ\u00ad", "Sở Nội vụ"),
        ("bao\u202egnp.cáo", "baognp.cáo"),
        ("a\x00b\x07c", "abc"),
        ("hai\r\ndòng\tmột", "hai dòng một"),
        (unicodedata.normalize("NFD", "Đề án"), "Đề án"),
        ("lẻ \ud800 loi", "lẻ loi"),
        ("", ""),
    ],
)
def test_cleaning_keeps_the_words_and_nothing_invisible(typed, cleaned):
    assert clean(typed) == cleaned


def test_cleaning_lines_keeps_the_lines_that_say_something():
    assert clean_lines(" - một\u00a0 \r\n\n\t\r - hai\u2028- ba ") == "- một\n- hai\n- ba"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở Nội vụ", "so noi vu"),
        ("ĐỨC PHỔ", "duc pho"),
        (unicodedata.normalize("NFD", "Hội đồng"), "Hội đồng"),
        ("Lao động – Thương binh", "lao dong - thuong binh"),
        ("Đề án “Số hóa”", 'de an "so hoa"'),
        ("Ｓở  Y\u00a0tế", "sở y tế"),
    ],
)
def test_folding_makes_spellings_meet(one, other):
    assert fold(one) == fold(other)


def test_folding_keeps_signs_and_squeezing_drops_them():
    assert fold("Vụ GD-ĐH") == "vu gd-dh"
    assert squeeze("Vụ GD ĐH") == squeeze("Vụ GDĐH") == squeeze("vụ gd-đh") == "vugddh"


@settings(deadline=None)
@given(st.text())
def test_folding_and_cleaning_twice_change_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    assert squeeze(squeeze(text)) == squeeze(text)


EVERYDAY = st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " .,;-–“”'(¨½²ﬁß…№ｆ\u00ad\u0301")


@settings(deadline=None)
@given(EVERYDAY)
def test_the_short_way_for_common_letters_folds_as_the_long_one(text):
    assert fold(text) == _fold(text)
    assert clean(text) == clean("\u200b" + text)
    assert clean_lines(text) == clean_lines("\u200b" + text)


def test_every_common_letter_folds_alike_both_ways():
    for code, folded in _folded_letters().items():
        assert " ".join(folded.split()) == _fold(chr(code))


@settings(deadline=None)
@given(st.text())
def test_composed_and_decomposed_text_is_the_same_text(text):
    composed, taken_apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fold(composed) == fold(taken_apart)
    assert clean(composed) == clean(taken_apart)
    assert sort_key(composed) == sort_key(taken_apart)


@settings(deadline=None)
@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper() + " "))
def test_folded_vietnamese_is_plain_ascii(text):
    assert set(fold(text)) <= set(string.ascii_lowercase + " ")


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m", "n", "o", "ô"],
        ["o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y"],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ", "me"],
        ["Dân", "Đan", "Em"],
        ["hoa", "hòa", "hỏa", "hóa", "họa", "hoan"],
        ["Sở Du lịch", "Sở Tài chính", "Sở Tư pháp", "Sở Văn hóa", "Sở Xây dựng", "Sở Y tế"],
        ["Huyện 2", "Huyện A"],
        ["Cam", "Cam Lâm", "Camera"],
        ["Zalo", "я"],
    ],
)
def test_names_stand_in_vietnamese_order(ordered):
    backwards = ordered[::-1]
    assert sorted(backwards, key=sort_key) == ordered


def test_tone_placement_and_case_do_not_change_the_order():
    assert sort_key("Khánh Hòa") == sort_key("KHÁNH HOÀ")


def test_the_key_of_the_longest_name_fits_its_column():
    assert len(sort_key("Ằ" * 500)) == len(sort_key("я-" * 500)) == 1000


@settings(deadline=None)
@given(st.text(max_size=40))
def test_the_key_is_digits_only_so_every_collation_agrees(text):
    assert set(sort_key(text)) <= set(string.digits)
