"""The documents say what the code says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import click
import pytest

from web.commands import COMMANDS, command_named
from web.config import KNOWN, NUMBERS, PREFIX, TEXTS, Settings
from web.docs import PAGES, written

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_with_a_table_of_acts_is_made_from_the_table(page):
    text = page.read_text(encoding="utf-8")
    assert text == written(text, PAGES[page]()), "run `make docs`"


def test_every_setting_is_documented():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = {PREFIX + name for name in KNOWN}
    assert set(re.findall(rf"`({PREFIX}[A-Z0-9_]+)`", text)) == names
    assert "`DATABASE_URL`" in text


def test_every_setting_can_be_told_or_is_worked_out():
    told = {*TEXTS.values(), *NUMBERS.values(), "before_is_strict", "limits", "review"}
    told |= {"background", "analysis"}
    worked_out = {"database_url", "secret_key", "instance", "clock_offset", "testing", "unknown"}
    worked_out |= {"anchor_file"}
    assert {f.name for f in dataclasses.fields(Settings)} == told | worked_out


def test_the_readme_names_targets_that_exist():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)", readme)) <= targets


def test_every_decision_has_its_number_and_status():
    pages = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [p.name[:4] for p in pages] == [f"{n:04d}" for n in range(1, len(pages) + 1)]
    assert all("Status:" in p.read_text(encoding="utf-8") for p in pages)


TOLD = re.compile(r"(?:dondoc|flask --app wsgi) ([a-z]+)(?: ([a-z-]+))?")


def test_the_documents_name_commands_that_exist():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    told = {said for page in pages for said in TOLD.findall(page.read_text(encoding="utf-8"))}
    assert ("db", "migrate") in told
    assert [said for said in sorted(told) if not is_command(*said)] == []


def is_command(name, part):
    """Whether the words name a command; a group may stand alone."""
    if name not in COMMANDS:
        return False
    command = command_named(name)
    if not part or not isinstance(command, click.Group):
        return True
    return part in command.list_commands(click.Context(command))
