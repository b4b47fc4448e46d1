"""Which agency some prose speaks of."""

from __future__ import annotations

import pytest

from workflow.agencies.mentions import only_mentioned

NAMES = (
    ("1", "Sở Xây dựng"),
    ("2", "Sở Nội vụ"),
    ("3", "UBND huyện Cam Lâm"),
    ("4", "Văn phòng UBND huyện Cam Lâm"),
    ("5", ""),
)


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Đề nghị giao Sở Xây dựng chủ trì", "1"),
        ("de nghi giao SO XAY DUNG", "1"),
        ("Việc của Sở Xây dựng, không phải của Sở Nội vụ", ""),
        ("Việc của Văn phòng UBND huyện Cam Lâm", "4"),
        ("Sở Xây dựng; Sở Xây dựng đã nhận", "1"),
        ("Cơ sở xây dựngx khác, nhưng giao Sở Xây dựng", "1"),
        ("Cơ sở xây dựng vật liệu", "1"),
        ("Việc của ngành khác", ""),
        ("", ""),
    ],
)
def test_only_one_whole_name_is_taken(words: str, key: str) -> None:
    assert only_mentioned(words, NAMES) == key
