"""Only files that a verifier can open are evidence, under names that harm nobody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.evidence.rules import (
    ALLOWED_TYPES,
    LONGEST_FILENAME,
    FileKind,
    clean_filename,
    type_named,
)


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("báo cáo.pdf", "báo cáo.pdf"),
        ("C:\\Users\\an\\báo cáo.pdf", "báo cáo.pdf"),
        ("../../etc/passwd", "passwd"),
        ("báo\u202efdp.exe", "báofdp.exe"),
        ("a.pdf\x00.exe", "a.pdf.exe"),
        ("a\r\nb.pdf", "a b.pdf"),
        ('a<b>:"c|d?*.pdf', "a_b___c_d__.pdf"),
        ("con.pdf", "_con.pdf"),
        ("NUL", "_NUL"),
        ("lpt1.tar.gz", "_lpt1.tar.gz"),
        (" . .pdf. ", "pdf"),
        (".pdf", "pdf"),
        ("", "tep"),
        ("///", "tep"),
        ("\u200b\u202e", "tep"),
        ("a" * 500 + ".pdf", "a" * (LONGEST_FILENAME - 4) + ".pdf"),
        ("b" * 500, "b" * LONGEST_FILENAME),
        ("x." + "y" * 300, ("x." + "y" * 300)[:LONGEST_FILENAME]),
    ],
)
def test_a_file_name_is_made_safe(name, cleaned):
    assert clean_filename(name) == cleaned


@settings(deadline=None)
@given(st.text(max_size=600))
def test_any_name_becomes_one_short_safe_name(name):
    safe = clean_filename(name)
    assert 0 < len(safe) <= LONGEST_FILENAME + 1
    assert not set(safe) & set('/\\<>:"|?*\x00\n\u202e')
    assert clean_filename(safe) == safe


@pytest.mark.parametrize("allowed", ALLOWED_TYPES, ids=lambda one: one.extension)
def test_an_ending_promises_its_content_in_any_case(allowed):
    assert type_named(f"Tệp số 1.{allowed.extension.upper()}") == allowed


@pytest.mark.parametrize(
    "name", ["a.exe", "a.docm", "a.xlsm", "a.html", "a.svg", "a", "pdf", "a.pdf.js", "a.xls"]
)
def test_other_endings_promise_nothing(name):
    assert type_named(name) is None


def test_every_kind_has_an_ending():
    assert {one.kind for one in ALLOWED_TYPES} == set(FileKind)
