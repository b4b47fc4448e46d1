"""Which passwords are good enough, and what the others are told."""

from __future__ import annotations

import unicodedata

import pytest

from workflow.accounts.strength import check_password, surprises
from workflow.errors import Invalid

LOGIN, NAME = "hovanthu", "Hồ Văn Thư"


def fault(password, *, login=LOGIN, name=NAME):
    try:
        check_password(password, login=login, name=name)
    except Invalid as error:
        return error.errors["new_password"]
    return None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"),
        ("a" * 9, "password_short"),
        ("H0ng#82xk", "password_short"),
        ("từ " * 67, "password_long"),
        ("1234567890", "password_digits"),
        ("01/01/1990 0", "password_digits"),
        ("0905 123 456", "password_digits"),
        ("aaaaaaaaaaaa", "password_pattern"),
        ("abcabcabcabc", "password_pattern"),
        ("hoa mai hoa mai ho", "password_pattern"),
        ("qwertyuiop", "password_pattern"),
        ("QWERTYUIOPasdfgh", "password_pattern"),
        ("1q2w3e4r5t6y", "password_pattern"),
        ("1qaz2wsx3edc", "password_pattern"),
        ("abcdefghijkl", "password_pattern"),
        ("q1w2e3r4t5", "password_pattern"),
        ("a1b2c3d4e5", "password_pattern"),
        ("123qweasdzxc", "password_pattern"),
        ("zyxwvutsrqpo", "password_pattern"),
        ("hovanthu2021", "password_own_name"),
        ("HồVănThư@2021", "password_own_name"),
        ("Thư Văn Hồ 99", "password_own_name"),
        ("matkhau2021!", "password_common"),
        ("Mật khẩu 2021", "password_common"),
        ("P@ssw0rd123", "password_common"),
        ("Admin@123!9x", "password_common"),
        ("khanhhoa@2021", "password_common"),
        ("basketball1", "password_common"),
        ("christopher", "password_common"),
    ],
)
def test_what_a_guesser_tries_first_is_refused(password, code):
    assert fault(password) == code


@pytest.mark.parametrize(
    "password",
    [
        "con mèo ngủ trên mái nhà",
        "đúng là mật khẩu 9",
        "ghế xanh bảy cửa sổ",
        "correct horse battery staple",
        "Tr0ub4dor&3",
        "H0ngGai#82xk",
        "k7mxw-9qpth-h3wdr",
        "ba con ngỗng " * 2 + "và một con vịt",
        "密码很长而且没有人知道的那种",
    ],
)
def test_a_phrase_nobody_foresees_is_taken_without_asking_for_signs(password):
    assert fault(password) is None


@pytest.mark.parametrize("length", [10, 64, 128, 200])
def test_ten_to_two_hundred_characters_are_taken(length):
    words = "mười hai con ngựa vằn chạy qua cầu gỗ cũ lúc trời mưa to nhất "
    assert fault((words * 4)[:length].rstrip().ljust(length, "x")) is None


def test_one_password_in_two_unicode_forms_is_judged_alike():
    password = "mây trắng bay"
    decomposed = unicodedata.normalize("NFD", password)
    assert decomposed != password
    assert fault(decomposed) is fault(password) is None
    almost = unicodedata.normalize("NFD", "mây trắng")
    assert len(almost) > 10
    assert fault(almost) == "password_short"


@pytest.mark.parametrize(
    ("typed", "count"),
    [("abcd", 2), ("aaaa", 2), ("abc", 3), ("qwerty", 2), ("mèo", 3), ("1234xy9", 5), ("", 0)],
)
def test_a_run_of_neighbours_surprises_as_little_as_two_letters(typed, count):
    assert surprises(typed) == count


def test_the_error_stands_at_the_field_that_asked():
    with pytest.raises(Invalid) as refusal:
        check_password("ngắn", login="mai", name="Mai", field="password")
    assert refusal.value.errors == {"password": "password_short"}


def test_none_of_the_three_thousand_most_stolen_passwords_is_taken():
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    stolen = list(FREQUENCY_LISTS["passwords"])[:3000]
    assert len(stolen) == 3000
    assert [password for password in stolen if fault(password) is None] == []
