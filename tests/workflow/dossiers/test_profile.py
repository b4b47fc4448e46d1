"""A profile says what it means, or is refused by the path of what is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from web.dossiers.shipped import FOLDER, profile_from, shipped_profiles
from workflow.dossiers.profile import Rows, Supplement
from workflow.dossiers.profile_text import ProfileInvalid, read_profile
from workflow.dossiers.records import Channel, Status
from workflow.errors import Refused

ROOT = Path(__file__).parents[3]
LEAST = """
name = "x"
source = "one-stop"
time_zone = "Asia/Ho_Chi_Minh"
promised_includes_waits = false
[columns]
code = "Mã"
received_at = "Ngày nhận"
"""


def test_a_name_of_a_hundred_signs_is_not_too_long():
    assert read_profile(changed(swap=('name = "x"', f'name = "{"x" * 100}"'))).name == "x" * 100


def test_the_least_profile_names_itself_its_source_its_zone_and_two_columns():
    profile = read_profile(LEAST)
    assert (profile.name, profile.source, profile.zone.key) == (
        "x", "one-stop", "Asia/Ho_Chi_Minh",
    )  # fmt: skip
    assert (profile.rows, profile.promised_includes_waits) == (Rows.DOSSIER, False)
    assert profile.columns == {"code": ("Mã",), "received_at": ("Ngày nhận",)}


def changed(**changes):
    """The least profile with lines put before its tables, or tables after it."""
    return (
        changes.get("before", "")
        + LEAST.replace(*changes.get("swap", ("", "")))
        + changes.get("after", "")
    )


WRONG = [
    # what is changed, path, code
    ({"swap": ('name = "x"', "")}, "name", "required"),
    ({"swap": ('name = "x"', "name = 5")}, "name", "not_text"),
    ({"swap": ('name = "x"', f'name = "{"x" * 101}"')}, "name", "too_long"),
    ({"swap": ('source = "one-stop"', "")}, "source", "required"),
    ({"swap": ("Asia/Ho_Chi_Minh", "Asia/Nha_Trang")}, "time_zone", "unknown_zone"),
    ({"swap": ("Asia/Ho_Chi_Minh", "../etc/passwd")}, "time_zone", "unknown_zone"),
    ({"swap": ("promised_includes_waits = false", "")}, "promised_includes_waits", "required"),
    (
        {"swap": ("waits = false", 'waits = "no"')},
        "promised_includes_waits", "not_yes_or_no",
    ),
    ({"before": 'rows = "steps"\n'}, "rows", "not_a_choice"),
    ({"before": 'rows = "step"\n'}, "steps", "needs_steps"),
    ({"after": '[steps]\nname = "b"'}, "steps", "needs_steps"),
    ({"before": 'tytle = "x"\n'}, "tytle", "unknown_key"),
    ({"swap": ('code = "Mã"', "")}, "columns.code", "required"),
    ({"swap": ('code = "Mã"', "code = 3")}, "columns.code", "not_text"),
    ({"swap": ('code = "Mã"', "code = []")}, "columns.code", "not_text"),
    ({"swap": ('code = "Mã"', 'code = ["Mã", 3]')}, "columns.code", "not_text"),
    ({"swap": ('code = "Mã"', 'code = "Mã"\nagensy = "x"')}, "columns.agensy", "unknown_key"),
    ({"swap": ('code = "Mã"', 'code = "Mã"\nagency = "MÃ"')}, "columns.agency", "column_twice"),
    ({"before": 'optional = ["agency"]\n'}, "optional", "unknown_key"),
    ({"before": 'optional = ["code"]\n'}, "optional", "unknown_key"),
    ({"before": 'optional = "code"\n'}, "optional", "not_a_list"),
    ({"before": 'columns = "x"\n', "swap": ("[columns]", "[other]")}, "columns", "not_a_table"),
    ({"before": 'code_pattern = "("\n'}, "code_pattern", "bad_pattern"),
    ({"after": '[dates]\nformats = ["%d/%m"]'}, "dates.formats", "unknown_format"),
    ({"after": '[dates]\nformats = ["%d/%m/%Y %q"]'}, "dates.formats", "unknown_format"),
    ({"after": '[dates]\nformats = ["%d/%d/%m/%Y"]'}, "dates.formats", "unknown_format"),
    ({"after": '[dates]\nformats = ["%d/%m/%Y%"]'}, "dates.formats", "unknown_format"),
    ({"after": '[dates]\nformat = ["%d/%m/%Y"]'}, "dates.format", "unknown_key"),
    ({"after": '[words.status]\n"Xong" = 11'}, "words.status.Xong", "not_a_choice"),
    ({"after": '[words.status]\n"Xong" = 9\n"xong" = 10'}, "words.status.xong", "word_twice"),
    ({"after": '[words.channel]\n"Mạng" = "net"'}, "words.channel.Mạng", "not_a_choice"),
    ({"after": '[words.online_level]\n"x" = true'}, "words.online_level.x", "not_a_choice"),
    ({"after": '[words.colour]\n"x" = 1'}, "words.colour", "unknown_key"),
    ({"after": "[constants]\ncode = '1'"}, "constants.code", "unknown_key"),
    ({"after": "[constants]\nchannel = 'net'"}, "constants.channel", "not_a_choice"),
    ({"after": "[constants]\nfield = ' '"}, "constants.field", "required"),
    ({"after": "[marks.apology_on]\ncolumn = 'a'\nyes = ['x']"}, "marks.apology_on.at",
     "needs_moment"),
    ({"after": "[marks.apology_on]\ncolumn = 'a'\nat = 'received_at'"}, "marks.apology_on.yes",
     "required"),
    ({"after": "[marks.apology_on]\nyes = ['x']\nat = 'received_at'"}, "marks.apology_on.column",
     "not_text"),
    ({"after": "[marks.no_slip_at]\ncolumn = 'a'\nat_least = 0\nat = 'received_at'"},
     "marks.no_slip_at.at_least", "not_whole"),
    ({"after": "[marks.officer]\ncolumn = 'a'"}, "marks.officer", "unknown_key"),
    ({"after": "[[waits]]\nanswered = 'a'"}, "waits.1.asked", "not_text"),
    ({"after": "[[waits]]\nasked = 'a'\nkind = 'tax'"}, "waits.1.kind", "not_a_choice"),
    ({"after": "[waits]\nasked = 'a'"}, "waits", "not_a_list"),
    ({"after": "[file]\nencoding = 'vni'"}, "file.encoding", "not_a_choice"),
    ({"after": "[file]\ndelimiter = ':'"}, "file.delimiter", "not_a_choice"),
    ({"after": "[file]\nsheets = 'x'"}, "file.sheets", "unknown_key"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "path", "code"), WRONG)
def test_what_is_wrong_is_named_by_its_path(changes, path, code):
    with pytest.raises(ProfileInvalid) as told:
        read_profile(changed(**changes))
    assert told.value.errors.get(path) == code, told.value.errors


def test_everything_that_is_wrong_is_told_at_once():
    text = changed(swap=('name = "x"', "")) + '[file]\nencoding = "x"\n[words]\nx = 1\n'
    with pytest.raises(ProfileInvalid) as told:
        read_profile(text)
    assert set(told.value.errors) == {"name", "file.encoding", "words.x"}


def test_a_slip_of_the_pen_is_answered_with_what_may_have_been_meant():
    with pytest.raises(ProfileInvalid) as told:
        read_profile(changed(swap=("received_at", "recieved_at")))
    assert told.value.near["columns.recieved_at"][0] == "received_at"


def test_a_text_that_is_no_toml_names_the_line():
    with pytest.raises(ProfileInvalid) as told:
        read_profile('name = "x"\nsource = \n')
    assert told.value.errors == {"line 2": "not_toml"}
    with pytest.raises(ProfileInvalid) as told:
        read_profile("#" * 100_001)
    assert told.value.errors == {"": "too_long"}


def test_words_are_known_without_regard_to_case_and_diacritics():
    words = read_profile(
        changed(after='[words.status]\n"Đã trả kết quả" = 10\n[words.channel]\n"*" = "other"')
    ).words
    assert words.status == {"da tra ket qua": Status.RETURNED}
    assert words.channel == {"*": Channel.OTHER}


# --- those that are shipped -------------------------------------------------------------


@pytest.mark.parametrize("name", ["one_stop", "one_stop_steps", "permit_receipt"])
def test_a_shipped_profile_is_found_by_its_name_and_by_its_file(name):
    assert profile_from(name).name == name
    assert profile_from(str(FOLDER / f"{name}.toml")).digest == profile_from(name).digest
    assert name in shipped_profiles()


@pytest.mark.parametrize("name", ["nobody", "../one_stop", "/etc/passwd.toml"])
def test_a_profile_that_is_not_there_is_refused_with_those_that_are(name):
    with pytest.raises(Refused) as told:
        profile_from(name)
    assert told.value.code == "profile_missing"
    assert "one_stop" in told.value.params["found"]


def test_the_one_stop_profile_knows_the_ten_codes_and_every_detection():
    profile = profile_from("one_stop")
    assert set(profile.words.status.values()) == set(Status)
    assert profile.words.supplement["hoan thanh bo sung"] is Supplement.ANSWERED
    assert len(profile.waits) == 2


def test_a_profile_has_the_same_digest_in_every_process():
    told = {
        subprocess.run(
            [sys.executable, "-c",
             "from web.dossiers.shipped import profile_from; print(profile_from('one_stop').digest)"],
            cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert told == {f"{profile_from('one_stop').digest}\n"}


@pytest.mark.parametrize(
    ("swap", "same"),
    [
        (('name = "x"', 'name = "y"'), True),
        (("false", "true"), False),
        (("Asia/Ho_Chi_Minh", "UTC"), False),
        (('"Ngày nhận"', '"Ngày vào"'), False),
    ],
)
def test_the_digest_changes_with_what_changes_the_reading(swap, same):
    assert (read_profile(changed(swap=swap)).digest == read_profile(LEAST).digest) is same
