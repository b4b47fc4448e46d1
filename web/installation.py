"""Commands that set up, check and serve an installation."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app, g
from flask.cli import with_appcontext
from flask_migrate import upgrade as run_migrations
from flask_migrate.cli import db as library
from sqlalchemy.exc import SQLAlchemyError

from web.assets import missing_assets
from web.config import Settings, settle
from web.extensions import MIGRATIONS
from web.jobs.checkup import background_findings
from web.terminal import Told, answer, print_json, refusals_told, say
from web.wiring import office
from workflow.agencies.standard import STANDARD_GROUPS

DEFAULT_PORT = 8000
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at."""

    name: str
    ok: bool
    says: str


def newest_revision() -> str:
    """Return the revision that this version of the product needs."""
    return _migrations().get_current_head() or ""


def known_revisions() -> frozenset[str]:
    """Return every revision that this version of the product can bring up to date."""
    return frozenset(step.revision for step in _migrations().walk_revisions())


def _migrations() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(config)


def standing_revision() -> str | None:
    """Return the revision the database stands at, or None when it was never set up."""
    with office().engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def bring_up_to_date() -> None:
    """Bring the database to the shape this version needs; nothing to do is no error.

    A new one begins with the groups that documents name everywhere, a new installation with
    its folder and a secret.
    """
    settle(office().settings)
    run_migrations(directory=str(MIGRATIONS))
    with office().writing() as unit:
        unit.agencies.install_groups(STANDARD_GROUPS)


@click.group("db")
@with_appcontext
def database() -> None:
    """Set up the database, or take steps of its shape forth and back."""
    g.directory, g.x_arg = str(MIGRATIONS), ()


@database.command("upgrade")
@with_appcontext
@refusals_told
def upgrade() -> None:
    """Bring the database to the shape this version needs."""
    before = standing_revision()
    bring_up_to_date()
    after = standing_revision()
    place = office().engine.url.render_as_string(hide_password=True)
    told = f"{place}: {before or '-'} -> {after}"
    say(told)


for step in ("migrate", "downgrade", "current", "history", "check"):
    database.add_command(library.commands[step])


def findings() -> list[Finding]:
    """Look at what an installation stands on; nothing is made or changed by looking."""
    settings = office().settings
    missing = missing_assets(current_app.static_folder)
    writable = _is_writable(settings.files)
    return [
        *_database_findings(),
        Finding("front_end", not missing, ", ".join(missing) or "in place"),
        Finding("files", writable, str(settings.files)),
        _private_finding(settings),
        _anchors_finding(settings.anchor_file),
        Finding("environment", ok=True, says=settings.environment),
        Finding("settings", not settings.unknown, _settings_say(settings.unknown)),
        Finding("secret_key", bool(settings.secret_key), _secret_says()),
        Finding("clock", settings.clock_offset == 0 or not settings.is_production, _clock_says()),
    ]


def _private_finding(settings: Settings) -> Finding:
    """Whether other accounts of the machine can walk to where files and the database lie."""
    lies = [settings.instance]
    if office().engine.dialect.name == "sqlite":
        lies.append(Path(str(office().engine.url.database)).resolve().parent)
    found = sorted({str(place) for place in lies if _is_open_to_others(place)})
    says = f"other accounts of this machine can read {', '.join(found)} (chmod 700)"
    return Finding("private", not (found and settings.is_production), says if found else "yes")


def _is_open_to_others(folder: Path) -> bool:
    way = (folder, *folder.parents)
    return folder.exists() and all(place.stat().st_mode & stat.S_IXOTH for place in way)


def _anchors_finding(file: Path | None) -> Finding:
    if file is None:
        return Finding("anchors", ok=True, says="not written each night: DONDOC_ANCHORS is not set")
    return Finding("anchors", _is_writable(file) and file.parent.is_dir(), str(file))


def _secret_says() -> str:
    return "set" if office().settings.secret_key else "none yet: `dondoc db upgrade` makes one"


def _settings_say(unknown: tuple[str, ...]) -> str:
    return f"nothing reads {', '.join(unknown)}" if unknown else "all known"


def _clock_says() -> str:
    shifted = " (shifted for the demo)" if office().settings.clock_offset else ""
    return office().clock().isoformat(timespec="seconds") + shifted


def _database_findings() -> list[Finding]:
    engine = office().engine
    address = engine.url.render_as_string(hide_password=True)
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        return [Finding("database", ok=False, says=f"{address}: never set up")]
    try:
        standing = standing_revision()
    except SQLAlchemyError as error:
        return [Finding("database", ok=False, says=f"{address}: {type(error).__name__}")]
    newest = newest_revision()
    behind = "up to date" if standing == newest else f"at {standing or 'nothing'}, needs {newest}"
    return [
        Finding("database", ok=True, says=address),
        Finding("migrations", standing == newest, behind),
        *_history_findings(up_to_date=standing == newest),
    ]


def _history_findings(*, up_to_date: bool) -> list[Finding]:
    if not up_to_date:
        return []
    with office().reading() as unit:
        head = unit.history.head()
    history = Finding("history", ok=True, says=f"{head.entries} entries, head {head.digest[:12]}")
    return [history, *(Finding(*said) for said in background_findings())]


def _is_writable(folder: Path) -> bool:
    """Whether a folder or a file can be written, or made in the next folder above that stands."""
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    return os.access(standing, os.W_OK | os.X_OK if standing.is_dir() else os.W_OK)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@with_appcontext
@refusals_told
def doctor(*, as_json: bool) -> None:
    """Say what is configured, reachable, behind; status 1 when something is not right."""
    found = findings()
    if as_json:
        print_json([{"name": f.name, "ok": f.ok, "says": f.says} for f in found])
    else:
        for finding in found:
            click.echo(f"{'ok  ' if finding.ok else 'BAD '} {finding.name}: {finding.says}")
    bad = [finding.name for finding in found if not finding.ok]
    if bad:
        raise Told("not right: " + ", ".join(bad))


def listening(command: Command) -> Command:
    """Give a command that serves the options of where it listens."""
    return _HOST(_PORT(command))


_HOST = click.option("--host", default="127.0.0.1", show_default=True, help="Where it listens.")
_PORT = click.option(
    "--port",
    default=DEFAULT_PORT,
    show_default=True,
    type=click.IntRange(1, 65_535),
    help="The port it listens on.",
)


@click.command()
@listening
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many processes answer.",
)
@with_appcontext
@refusals_told
def serve(host: str, port: int, workers: int) -> None:
    """Serve the pages; the database must be up to date."""
    settle(office().settings)
    if standing_revision() != newest_revision():
        raise Told("the database is behind: run `dondoc db upgrade`")
    answer(f"http://{host}:{port}/")
    run_server(host, port, workers)


def run_server(host: str, port: int, workers: int) -> None:
    """Run the application server until it is stopped; Told when the port is taken."""
    import socket  # noqa: PLC0415 - only here

    from granian import Granian  # noqa: PLC0415 - slow to import, only here
    from granian.constants import Interfaces  # noqa: PLC0415

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Told(f"port {port} is taken: choose another with --port") from error
    office().engine.dispose()  # the server forks: its children open connections of their own
    Granian(
        "web.served:app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
    ).serve()
