"""`dondoc escalation run`, `backtest` and what else asks the database."""

from __future__ import annotations

from datetime import date
from typing import Any

import click
from flask.cli import with_appcontext

from models.escalation.backtests import try_rule
from models.escalation.book import version_to_try
from web.terminal import IsoDay, print_json, refusals_told, say
from web.wiring import office
from workflow.accounts.usecases import system_actor
from workflow.agencies.successors import Merging
from workflow.errors import NotFound
from workflow.escalation.backtesting import Backtest
from workflow.escalation.evaluating import Evaluated
from workflow.escalation.records import Group
from workflow.escalation.stored import Change, ChangeKind
from workflow.escalation.succeeding import set_merging
from workflow.escalation.sweeping import rederive, sweep
from workflow.escalation.usecases import draft_proposals

LISTS = {
    ChangeKind.RAISE: "raised",
    ChangeKind.LIFT: "lifted",
    ChangeKind.LOWER: "lowered",
    ChangeKind.RETRACT: "retracted",
    ChangeKind.REINSTATE: "reinstated",
}


@click.command("run")
@click.option("--as-of", type=IsoDay(), help="The day judged by, at its end (default: today).")
@click.option("--whole", is_flag=True, help="Derive everything anew, not only what is due.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
@refusals_told
def run(as_of: date | None, *, whole: bool, as_json: bool) -> None:
    """Bring every escalation to a day, and say what was raised, lifted, retracted."""
    day, at = as_of or office().today(), office().clock()
    with office().writing() as unit:
        actor = system_actor(unit.accounts, at=at)
        work = rederive if whole else sweep
        done = work(unit.escalation, actor, as_of=day, at=at)
    if done.as_of != day:
        say(f"judged as of {done.as_of.isoformat()}: an evaluation never goes back")
    told = as_told(done)
    if as_json:
        print_json(told)
        return
    click.echo(f"{done.as_of:%d/%m/%Y}: {done.rules} rules, {done.groups} groups looked at")
    for name in LISTS.values():
        click.echo(f"{name}: {len(told[name])}")
        for one in told[name]:
            group = ", ".join(f"{key} {value}" for key, value in one["group"].items())
            click.echo(f"  {one['number']}  {one['rule']}  level {one['level']}  {group}")


def as_told(done: Evaluated) -> dict[str, Any]:
    """Return the keys that `dondoc escalation run --json` prints."""
    lists: dict[str, list[dict[str, Any]]] = {name: [] for name in LISTS.values()}
    for number, change in done.changes:
        if change.kind in LISTS:
            lists[LISTS[change.kind]].append(_change_told(number, change))
    return {
        "as_of": done.as_of.isoformat(),
        "rules": done.rules,
        "groups": done.groups,
        **lists,
    }


def _change_told(number: str, change: Change) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": number,
        "rule": change.rule,
        "group": dict(change.group),
        "level": change.level,
    }
    if change.episode is not None:
        closed = change.episode.closed_on
        told |= {
            "opened_on": change.episode.opened_on.isoformat(),
            "closed_on": closed.isoformat() if closed else None,
        }
    if change.reason is not None:
        told["reason"] = change.reason.value
    return told


@click.command("backtest")
@click.argument("code")
@click.option("--from", "first", required=True, type=IsoDay(), help="The first day judged.")
@click.option("--to", "last", required=True, type=IsoDay(), help="The last day judged.")
@click.option("--number", type=int, help="Which version (default: the draft, else in force).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@with_appcontext
@refusals_told
def backtest(code: str, first: date, last: date, number: int | None, *, as_json: bool) -> None:
    """Say what a rule would have done between two days, beside the one in force."""
    with office().reading() as unit:
        version, in_force = version_to_try(unit.connection, code, number, office().today())
        if version is None:
            raise NotFound
        beside = in_force if in_force is None or in_force.id != version.id else None
        rule = beside.rule if beside else None
        found = try_rule(unit.connection, version.rule, rule, first, last)
    if as_json:
        print_json({"rule": code, "number": version.number, **backtest_told(found)})
        return
    click.echo(f"{version.name}, {first:%d/%m/%Y} to {last:%d/%m/%Y}")
    _say_trial(found)


def backtest_told(found: Backtest) -> dict[str, Any]:
    """Return the keys that `dondoc escalation backtest --json` prints."""
    return {
        **found.summary(),
        "caught_groups": [dict(group) for group in found.caught],
        "freed_groups": [dict(group) for group in found.freed],
        "near_misses": [
            {
                "group": dict(one.group),
                "score": one.score,
                "need": one.need,
                "until": one.until.isoformat() if one.until else None,
            }
            for one in found.near
        ],
        "episodes": [
            {
                "group": dict(episode.group),
                "opened_on": episode.opened_on.isoformat(),
                "closed_on": episode.closed_on.isoformat() if episode.closed_on else None,
                "level": episode.level,
                "raises": [
                    {"level": one.level, "on": one.on.isoformat(), "score": one.score}
                    for one in episode.raises
                ],
            }
            for episode in found.trial.episodes()
        ],
    }


def _say_trial(found: Backtest) -> None:
    trial = found.trial
    click.echo(f"escalations: {trial.escalations}")
    click.echo(f"cases a week: {trial.load.per_week:.1f}, busiest {trial.load.busiest}")
    for month, count in trial.by_month.items():
        click.echo(f"  {month:%m/%Y}  {count}")
    if found.in_force is not None:
        click.echo(f"in force: {found.in_force.escalations}")
        _say_groups("caught", found.caught)
        _say_groups("freed", found.freed)
    click.echo(f"near misses on the last day: {len(found.near)}")


def _say_groups(name: str, groups: tuple[Group, ...]) -> None:
    click.echo(f"{name}: {len(groups)}")
    for group in groups:
        click.echo("  " + ", ".join(f"{key} {value}" for key, value in group))


@click.command("propose")
@with_appcontext
@refusals_told
def propose() -> None:
    """Draft the proposed rules that are not there yet; a leader approves each."""
    at = office().clock()
    with office().writing() as unit:
        made = draft_proposals(unit.rules, system_actor(unit.accounts, at=at), at=at)
    click.echo(f"{len(made)} drafted: {', '.join(one.code for one in made)}" if made else "0")


@click.command("merging")
@click.argument("merging", type=click.Choice([one.value for one in Merging]))
@with_appcontext
@refusals_told
def merging(merging: str) -> None:
    """Say what a merged agency's count begins with: the sum of its predecessors', or nothing."""
    at = office().clock()
    with office().writing() as unit:
        actor = system_actor(unit.accounts, at=at)
        set_merging(unit.escalation, actor, Merging(merging), at=at)
    click.echo(merging)


COMMANDS = {one.name: one for one in (run, backtest, propose, merging)}
