"""Settings of background work: the engine of jobs, the night, office hours, letters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any
from urllib.parse import urlsplit

from workflow.errors import Invalid
from workflow.messages.hours import OfficeHours

PREFIX = "DONDOC_"
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class WrongSettingError(ValueError):
    """A setting of background work cannot be read; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailSettings:
    """How letters leave: `none` (nobody gets any), `console` (printed), or `smtp`."""

    by: str = "none"
    host: str = "localhost"
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"
    sender: str = "dondoc@localhost"
    timeout: float = 20.0

    @property
    def leaves(self) -> bool:
        """Whether letters leave at all."""
        return self.by != "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSettings:
    """What runs jobs, and when the night is swept.

    `engine` is where workers are called from: `instance` (a file in the instance folder),
    `database`, an address of Redis, or `off`. `lease` is how long a worker that went
    silent keeps its job.
    """

    engine: str = "instance"
    threads: int = 3
    lease: timedelta = timedelta(seconds=60)
    sweep_at: time = time(0, 30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """Everything background work can be told."""

    mail: MailSettings = field(default_factory=MailSettings)
    jobs: JobSettings = field(default_factory=JobSettings)
    hours: OfficeHours = field(default_factory=OfficeHours)
    public_url: str = "http://localhost:8000/"


def background_from(environ: Mapping[str, str]) -> Background:
    """Read the settings; WrongSettingError names the first that is wrong."""
    mail = MailSettings(**_given(environ, MAIL))
    more = _given(environ, MORE)
    if mail.by == "smtp" and not more:
        raise WrongSettingError("DONDOC_PUBLIC_URL must be set where letters leave by smtp")
    jobs = JobSettings(**_given(environ, JOBS))
    return Background(mail=mail, jobs=jobs, hours=_hours(environ), **more)


def _hours(environ: Mapping[str, str]) -> OfficeHours:
    try:
        return OfficeHours(**_given(environ, HOURS))
    except Invalid:
        raise WrongSettingError("DONDOC_OFFICE_CLOSES must be later than opening") from None


def _given(environ: Mapping[str, str], wanted: Wanted) -> dict[str, Any]:
    found = {}
    for name, (key, read) in wanted.items():
        text = environ.get(PREFIX + key, "")
        if text:
            try:
                found[name] = read(text)
            except ValueError as error:
                # never the value itself: it may be a password or an address with one
                raise WrongSettingError(f"{PREFIX}{key} must be {error}") from None
    return found


def _text(text: str) -> str:
    return text


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError("one of " + ", ".join(words))
        return text

    return read


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            raise ValueError(f"a whole number from {least} to {most}")
        return int(text)

    return read


def _seconds(text: str) -> timedelta:
    return timedelta(seconds=_number(5, 3600)(text))


def _clock(text: str) -> time:
    found = CLOCK.fullmatch(text)
    if not found:
        raise ValueError("a time of day like 07:30")
    return time(int(found[1]), int(found[2]))


def _engine(text: str) -> str:
    if text in {"instance", "database", "off"} or text.startswith(("redis://", "rediss://")):
        return text
    raise ValueError("instance, database, off or an address redis://…")


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("an address like https://dondoc.khanhhoa.gov.vn/")
    return text if text.endswith("/") else text + "/"


Wanted = Mapping[str, tuple[str, Callable[[str], Any]]]
MAIL: Wanted = {
    "by": ("MAIL", _one_of("none", "console", "smtp")),
    "host": ("SMTP_HOST", _text),
    "port": ("SMTP_PORT", _number(1, 65_535)),
    "user": ("SMTP_USER", _text),
    "password": ("SMTP_PASSWORD", _text),
    "security": ("SMTP_SECURITY", _one_of("starttls", "tls", "none")),
    "sender": ("MAIL_FROM", _text),
}
JOBS: Wanted = {
    "engine": ("JOBS", _engine),
    "threads": ("JOB_THREADS", _number(0, 64)),
    "lease": ("JOB_LEASE_SECONDS", _seconds),
    "sweep_at": ("SWEEP_AT", _clock),
}
HOURS: Wanted = {
    "opens": ("OFFICE_OPENS", _clock),
    "closes": ("OFFICE_CLOSES", _clock),
    "digest_hour": ("DIGEST_HOUR", _number(0, 23)),
}
MORE: Wanted = {"public_url": ("PUBLIC_URL", _address)}
NAMES = tuple(key for wanted in (MAIL, JOBS, HOURS, MORE) for key, _ in wanted.values())
"""What the settings are called, without what they all begin with."""
