"""A backup says what it is; whatever says something else is none."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from workflow.backups.manifest import Manifest, manifest_from, require_fitting
from workflow.errors import Refused

MANIFEST = Manifest(
    database="sqlite",
    revision="0030",
    sha256="a" * 64,
    entries=833,
    digest="b" * 64,
    files=181,
    made_at=datetime(2021, 11, 22, 1, 2, 3, tzinfo=UTC),
)


def test_what_it_says_is_read_as_it_was_written():
    assert manifest_from(MANIFEST.text()) == MANIFEST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"made_at": "2021-11-22T01:02:03+00:00"}',
        MANIFEST.text().replace("833", '"833"'),
        MANIFEST.text().replace("833", "true"),
        MANIFEST.text().replace('"0030"', "30"),
        MANIFEST.text().replace("2021-11-22T", "hôm qua "),
        MANIFEST.text().replace('"files"', '"filles"'),
        MANIFEST.text()[:-20],
    ],
)
def test_whatever_says_something_else_is_no_backup(text):
    with pytest.raises(Refused, match="not_a_backup"):
        manifest_from(text)


@pytest.mark.parametrize(
    ("there", "refusal"),
    [
        ({"database": "sqlite", "revisions": {"0029", "0030"}}, ""),
        ({"database": "sqlite", "revisions": {"0029"}}, "newer_backup"),
        ({"database": "postgresql", "revisions": {"0030"}}, "other_database"),
    ],
)
def test_it_fits_the_same_kind_of_database_and_a_version_as_new(there, refusal):
    found = ""
    try:
        require_fitting(replace(MANIFEST), **there)
    except Refused as error:
        found = error.code
    assert found == refusal
