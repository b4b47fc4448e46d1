"""What the doctor says of background work: the same as the status page, in a line each."""

from __future__ import annotations

from models.jobs.queries import last_tick
from models.jobs.status import dead_total, night_status
from web.background import MailSettings
from web.messages.transport import reachable
from web.wiring import office
from workflow.jobs.records import TICK
from workflow.jobs.rules import SILENT_AFTER, night_due

Said = tuple[str, bool, str]
"""What was looked at, whether it is right, and what it says."""


def background_findings() -> list[Said]:
    """Look at the night, the workers, what was given up, and the mail server.

    Before the first night and the first worker nothing is wrong yet; it only says so.
    """
    background, now = office().settings.background, office().clock()
    with office().reading() as unit:
        night = night_status(unit.connection, night_due(now, background.jobs.sweep_at))
        tick = last_tick(unit.connection, TICK)
        dead = dead_total(unit.connection)
    swept = f"swept for {night.last}" if night.last else "never swept yet"
    late = night.last is not None and night.is_missing
    silent = tick is not None and now - tick > SILENT_AFTER
    seen = f"last seen {tick.isoformat(timespec='seconds')}" if tick else "none was ever seen"
    return [
        ("night", not late, f"NOT RUN since {night.last}" if late else swept),
        ("worker", not silent, seen),
        ("given_up", not dead, f"{dead} jobs"),
        ("mail", *_mail_says(background.mail)),
    ]


def _mail_says(mail: MailSettings) -> tuple[bool, str]:
    trouble = reachable(mail)
    where = f"smtp {mail.host}:{mail.port}" if mail.by == "smtp" else mail.by
    return not trouble, f"{where}: {trouble}" if trouble else where
