"""Which encoding a file is in, by real bytes of each."""

import unicodedata

import pytest

from web.uploads.encodings import LOOKED_AT, encoding_of

TEXTS = (
    "Mã hồ sơ;Cơ quan giải quyết;Lĩnh vực;Ngày tiếp nhận\nH32-1;Sở Tư pháp;Đất đai;01/09/2021\n",
    "mã số,đơn vị,tình trạng\n1,Phòng Tài nguyên và Môi trường,đang xử lý\n2,Thuế,quá hạn\n",
    "Nguyễn Thị Hằng; thường trú tại phường Phước Long, thành phố Nha Trang\n",
)


def in_1258(text):
    out = []
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        tones = "".join(m for m in marks if m in "\u0300\u0301\u0303\u0309\u0323")
        rest = unicodedata.normalize("NFC", base + "".join(m for m in marks if m not in tones))
        out.append((rest + tones).encode("cp1258"))
    return b"".join(out)


WAYS = {
    "windows-1258": in_1258,
    "tcvn3": lambda text: text.replace("Ở", "ở").encode("tcvn3"),
    "utf-8": lambda text: text.encode(),
    "utf-16": lambda text: text.encode("utf-16-le"),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", WAYS)
def test_the_encoding_is_told_by_the_bytes(tmp_path, text, name):
    path = tmp_path / "x.csv"
    path.write_bytes(WAYS[name](text))
    assert encoding_of(path) == name


@pytest.mark.parametrize("body", [b"a,b\n1,2\n", "a,ê".encode("utf-8-sig"), "a,ê".encode("utf-16")])
def test_a_mark_or_plain_letters_need_no_telling(tmp_path, body):
    path = tmp_path / "x.csv"
    path.write_bytes(body)
    assert encoding_of(path) is None


def test_a_letter_cut_by_the_end_of_what_is_looked_at_is_no_fault(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"x" * (LOOKED_AT - 1) + "ế".encode() * 9)
    assert encoding_of(path) == "utf-8"


def test_tcvn3_has_the_table_of_its_norm():
    """As iconv knows it (TCVN5712-1), for the letters that VN3 has."""
    assert bytes([0xD0, 0xB5, 0xAE, 0xFE, 0xA7, 0x41]).decode("tcvn3") == "éàđỵĐA"
    with pytest.raises(UnicodeDecodeError):
        bytes([0x80]).decode("tcvn3")
    with pytest.raises(UnicodeEncodeError):
        "Ế".encode("tcvn3")
