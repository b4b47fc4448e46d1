"""`dondoc escalation`: what rules make of violations."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TextIO

import click

from web.refusals import field_error
from web.terminal import IsoDay, Told, refusals_told, say
from workflow.escalation.columns import Columns
from workflow.escalation.engine import replay as replayed
from workflow.escalation.lines import BadLine
from workflow.escalation.records import Episode, GroupKey, Rule
from workflow.escalation.rulebook import rules_from_toml
from workflow.escalation.sheet import read_violations

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """Open a file to be read; tell what is wrong with it in one line: line, field, reason."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield lines
    except BadLine as why:
        field = f" {why.field}:" if why.field else ""
        raise Told(f"{path}:{why.line}:{field} {field_error(why.reason)}") from why
    except UnicodeDecodeError as why:
        words = field_error("not_utf8")
        raise Told(f"{path}:{undecoded(path)}: {words}") from why
    except OSError as why:
        raise Told(f"{path}: {why.strerror}") from why


def undecoded(path: Path) -> int:
    """Return the first line of a file that is not UTF-8."""
    with path.open("rb") as lines:
        return next(number for number, line in enumerate(lines, 1) if not _is_decoded(line))


def _is_decoded(line: bytes) -> bool:
    try:
        return line.decode() is not None
    except UnicodeDecodeError:
        return False


class Escalation(click.Group):
    """The commands; those that ask the database are imported when one of them is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *_stored()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or _stored().get(cmd_name)


def _stored() -> Mapping[str, click.Command]:
    commands: Mapping[str, click.Command] = import_module("web.escalation.running").COMMANDS
    return commands


@click.group(cls=Escalation)
def escalation() -> None:
    """Follow violations that are repeated."""


@escalation.command("replay")
@click.option("--rules", required=True, type=FILE, help="A rule book (TOML).")
@click.option("--violations", required=True, type=FILE, help="Violations (CSV).")
@click.option("--as-of", required=True, type=IsoDay(), help="The day asked, at its end.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines; it prints nothing else anyway.")
@refusals_told
def replay(rules: Path, violations: Path, as_of: date, *, as_json: bool) -> None:
    """Print the episodes that rules make of violations, as JSON lines; needs no database."""
    del as_json
    with opened(rules) as lines:
        book = rules_from_toml(lines.read())
    with opened(violations) as lines:
        columns = read_violations(lines)
    for rule, keys in without_values(book, columns):
        say(f"{rule}: no violation has a value for {', '.join(keys)}, so the rule counts none")
    episodes = replayed(book, columns, as_of)
    sys.stdout.writelines(
        json.dumps(episode_as_json(episode), ensure_ascii=False) + "\n" for episode in episodes
    )


def without_values(book: Iterable[Rule], columns: Columns) -> Iterator[tuple[str, list[str]]]:
    """Yield the rules that count nothing for want of a key, each with the keys that are missing."""
    if not len(columns):
        return
    filled = {key for key, coded in columns.keys.items() if coded.codes.any()} | {GroupKey.TYPE}
    for rule in book:
        if missing := [key.value for key in rule.group_by if key not in filled]:
            yield rule.code, missing


def episode_as_json(episode: Episode) -> dict[str, object]:
    """Return an episode in the keys of product.md §9, in their order."""
    return {
        "rule": episode.rule,
        "group": dict(episode.group),
        "opened_on": episode.opened_on.isoformat(),
        "closed_on": episode.closed_on.isoformat() if episode.closed_on else None,
        "level": episode.level,
        "raises": [
            {
                "level": raised.level,
                "on": raised.on.isoformat(),
                "score": raised.score,
                "violations": raised.violations,
            }
            for raised in episode.raises
        ],
    }
