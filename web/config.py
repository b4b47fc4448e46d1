"""Settings, read once from the environment; the only place that looks there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from limits import parse_many

from web import background
from web.background import Background, WrongSettingError, background_from
from web.causes import settings as study
from web.causes.settings import Analysis, WrongAnalysisError, analysis_from
from web.secret import kept_secret, make_secret
from workflow.directives.limits import Limits
from workflow.evidence.rules import EVIDENCE_LIMITS, UploadLimits
from workflow.messages.bundling import HANDFUL
from workflow.review.records import ReviewLimits

MIB = 1024 * 1024
FILES_AT_ONCE = 4
"""How many of the largest files fit into one request."""
PREFIX = "DONDOC_"


class SettingsError(Exception):
    """A setting is missing or cannot be read; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything a run can be told. Each is documented in docs/operations.md."""

    database_url: str
    secret_key: str
    instance: Path
    anchor_file: Path | None = None
    environment: str = "development"
    sqlite_synchronous: str = "full"
    upload_bytes: int = 25 * MIB
    sheet_bytes: int = 10 * MIB
    session_idle_minutes: int = 60
    session_absolute_hours: int = 12
    trusted_proxies: int = 0
    sign_in_failures_per_address: int = 30
    notices_one_by_one: int = HANDFUL
    rate_limit: str = "600 per minute"
    rate_storage: str = "here://"
    before_is_strict: bool = True
    clock_offset: int = 0
    limits: Limits = field(default_factory=Limits)
    review: ReviewLimits = field(default_factory=ReviewLimits)
    background: Background = field(default_factory=Background)
    analysis: Analysis = field(default_factory=Analysis)
    unknown: tuple[str, ...] = ()
    testing: bool = False

    @property
    def is_production(self) -> bool:
        """Whether cookies must be secure and a secret must be given."""
        return self.environment == "production"

    @property
    def file_limits(self) -> UploadLimits:
        """How much of one uploaded file is ever read."""
        return replace(EVIDENCE_LIMITS, max_bytes=self.upload_bytes)

    @property
    def request_bytes(self) -> int:
        """How much may come in one request: several files, and the words beside them."""
        return FILES_AT_ONCE * self.upload_bytes + 2 * MIB

    @property
    def files(self) -> Path:
        """Where uploaded files are kept, outside anything that is served."""
        return self.instance / "files"

    @property
    def anchors(self) -> Path:
        """Where heads of the history are written down outside the database."""
        return self.anchor_file or self.instance / "anchors.jsonl"


NUMBERS = {
    "UPLOAD_BYTES": "upload_bytes",
    "SHEET_BYTES": "sheet_bytes",
    "SESSION_IDLE_MINUTES": "session_idle_minutes",
    "SESSION_ABSOLUTE_HOURS": "session_absolute_hours",
    "TRUSTED_PROXIES": "trusted_proxies",
    "SIGN_IN_FAILURES_PER_ADDRESS": "sign_in_failures_per_address",
    "NOTICES_ONE_BY_ONE": "notices_one_by_one",
}
LEAST = dict.fromkeys(
    (
        "UPLOAD_BYTES",
        "SHEET_BYTES",
        "SESSION_IDLE_MINUTES",
        "SESSION_ABSOLUTE_HOURS",
        "SIGN_IN_FAILURES_PER_ADDRESS",
        "PERIOD_DUE_DAY",
    ),
    1,
)
ENVIRONMENTS = ("development", "production")
LEAST_SECRET = 32
"""Letters of a secret in production; a guessed one signs anybody's session."""
TEXTS = {
    "ENVIRONMENT": "environment",
    "SQLITE_SYNCHRONOUS": "sqlite_synchronous",
    "RATE_LIMIT": "rate_limit",
    "RATE_STORAGE": "rate_storage",
}
LIMITS = {
    "DECLINE_WORKING_DAYS": "decline_within_working_days",
    "REOPEN_DAYS": "reopen_within_days",
    "EXTENSIONS_ALLOWED": "extensions_allowed",
    "EXTENSION_LEAD_DAYS": "extension_lead_days",
    "PART_BUFFER_WORKING_DAYS": "part_buffer_working_days",
    "ANSWER_WORKING_DAYS": "answer_within_working_days",
    "ANSWER_REPORT_WORKING_DAYS": "report_answer_working_days",
    "ANSWER_DECLINE_WORKING_DAYS": "decline_answer_working_days",
    "ANSWER_EXTENSION_WORKING_DAYS": "extension_answer_working_days",
    "ANSWER_PROPOSAL_WORKING_DAYS": "proposal_answer_working_days",
    "PERIOD_DUE_DAY": "period_due_day",
}
REVIEW = {
    "REVIEW_DAYS_LEVEL_1": "level_1_days",
    "REVIEW_DAYS_LEVEL_2": "level_2_days",
    "REVIEW_DAYS_LEVEL_3": "level_3_days",
    "EXPLANATION_DAYS": "explanation_days",
    "REVIEW_COOL_DOWN_MONTHS": "cool_down_months",
    "REVIEW_MINUTES_PER_CASE": "minutes_per_case",
}
MOST = {"UPLOAD_BYTES": 1 << 40, "SHEET_BYTES": 1 << 40, "PERIOD_DUE_DAY": 31}
MOST |= dict.fromkeys((n for n in (*LIMITS, *REVIEW) if "DAYS" in n and n != "REOPEN_DAYS"), 366)
USUAL_MOST = 10_000
"""No day or hour that follows from a setting lies beyond what a calendar can hold."""
HOME_AFFAIRS = "DONDOC_HOME_AFFAIRS"
OWN_WORDS = ("ANCHORS", "INSTANCE", "SECRET_KEY", "BEFORE_IS_STRICT", "HOME_AFFAIRS")
KNOWN = {*NUMBERS, *TEXTS, *LIMITS, *REVIEW, *OWN_WORDS, *background.NAMES, *study.NAMES}
"""What settings are called, without what they all begin with."""
NOT_OURS = ("TEST_", "PICTURES", "PEERS_PYTHON", "YARDSTICKS")
"""Begin what tests and benchmarks are told beside the product."""
YES_NO = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


def from_env(environ: Mapping[str, str]) -> Settings:
    """Read the settings and change nothing; SettingsError names the first that is wrong.

    Production refuses to start without `DONDOC_SECRET_KEY`; elsewhere it is the one that
    `settle` kept in the instance folder, empty before.
    """
    instance = Path(environ.get("DONDOC_INSTANCE") or "instance").resolve()
    values: dict[str, Any] = {
        TEXTS[name]: environ[PREFIX + name] for name in TEXTS if environ.get(PREFIX + name)
    }
    values |= {NUMBERS[n]: _number(environ, n) for n in NUMBERS if environ.get(PREFIX + n)}
    limits: dict[str, Any] = {
        LIMITS[n]: _number(environ, n) for n in LIMITS if environ.get(PREFIX + n)
    }
    review: dict[str, Any] = {
        REVIEW[n]: _number(environ, n) for n in REVIEW if environ.get(PREFIX + n)
    }
    _check_texts(values)
    if environ.get("DONDOC_BEFORE_IS_STRICT"):
        values["before_is_strict"] = _yes_no(environ, "BEFORE_IS_STRICT")
    if environ.get("DONDOC_ANCHORS"):
        values["anchor_file"] = Path(environ["DONDOC_ANCHORS"]).resolve()
    production = values.get("environment") == "production"
    return Settings(
        database_url=database_url(environ.get("DATABASE_URL", ""), instance),
        secret_key=_secret(environ, instance, production=production),
        instance=instance,
        limits=Limits(**limits),
        review=ReviewLimits(**review, home_affairs=environ.get(HOME_AFFAIRS, "")),
        background=_background(environ),
        analysis=_analysis(environ),
        clock_offset=0 if production else _clock_offset(instance),
        unknown=unknown_names(environ),
        **values,
    )


def unknown_names(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names that look like settings and are none: a slip of the pen, most likely."""
    ours = (name.removeprefix(PREFIX) for name in environ if name.startswith(PREFIX))
    return tuple(
        sorted(PREFIX + one for one in ours if one not in KNOWN and not one.startswith(NOT_OURS))
    )


def _check_texts(values: dict[str, Any]) -> None:
    """Refuse words that would be taken for something weaker than was meant."""
    if "environment" in values:
        values["environment"] = values["environment"].lower()
    _check_one_of(values, "ENVIRONMENT", ENVIRONMENTS)
    _check_one_of(values, "SQLITE_SYNCHRONOUS", ("full", "normal"))
    try:
        parse_many(values.get("rate_limit", "1 per minute"))
    except ValueError:
        raise SettingsError(f"{PREFIX}RATE_LIMIT must be like: 600 per minute") from None


def _check_one_of(values: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> None:
    given = values.get(TEXTS[name], allowed[0])
    if given not in allowed:
        raise SettingsError(f"{PREFIX}{name} must be {' or '.join(allowed)}, not {given!r}")


def _background(environ: Mapping[str, str]) -> Background:
    try:
        return background_from(environ)
    except WrongSettingError as error:
        raise SettingsError(str(error)) from None


def _analysis(environ: Mapping[str, str]) -> Analysis:
    try:
        return analysis_from(environ)
    except WrongAnalysisError as error:
        raise SettingsError(str(error)) from None


def database_url(given: str, instance: Path) -> str:
    """Return the address of the database: SQLite in the instance folder unless one is given.

    SettingsError for a database that this program does not speak to.
    """
    if not given:
        return f"sqlite:///{instance / 'dondoc.sqlite3'}"
    for scheme in ("postgres://", "postgresql://"):
        if given.startswith(scheme):
            return "postgresql+psycopg://" + given.removeprefix(scheme)
    if not given.startswith(("sqlite:", "postgresql+psycopg:")):
        kind = given.partition(":")[0]
        raise SettingsError(f"DATABASE_URL must begin with sqlite: or postgresql:, not {kind!r}")
    return given


def _number(environ: Mapping[str, str], name: str) -> int:
    text = environ[PREFIX + name]
    least, most = LEAST.get(name, 0), MOST.get(name, USUAL_MOST)
    is_number = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if not is_number or not least <= int(text) <= most:
        wanted = f"a whole number from {least} to {most}"
        raise SettingsError(f"{PREFIX}{name} must be {wanted}, not {text[:40]!r}")
    return int(text)


def _yes_no(environ: Mapping[str, str], name: str) -> bool:
    text = environ[PREFIX + name].lower()
    if text not in YES_NO:
        raise SettingsError(f"{PREFIX}{name} must be yes or no, not {text!r}")
    return YES_NO[text]


def clock_file(instance: Path) -> Path:
    """Return the file in which a demo keeps how far its clock is shifted, in seconds."""
    return instance / "clock_offset"


def _clock_offset(instance: Path) -> int:
    kept = clock_file(instance)
    if not kept.exists():
        return 0
    text = kept.read_text(encoding="ascii").strip()
    if not text.lstrip("-").isdigit():
        raise SettingsError(f"{kept} must hold a whole number of seconds")
    return int(text)


def _secret(environ: Mapping[str, str], instance: Path, *, production: bool) -> str:
    given = environ.get("DONDOC_SECRET_KEY", "")
    if production and 0 < len(given) < LEAST_SECRET:
        wanted = f"at least {LEAST_SECRET} letters long in production"
        raise SettingsError(f"DONDOC_SECRET_KEY must be {wanted}")
    if given:
        return given
    if production:
        raise SettingsError("DONDOC_SECRET_KEY must be set in production")
    return kept_secret(instance)


def settle(settings: Settings) -> Settings:
    """Make what an installation stands on where it is missing: its folder, and a secret in it.

    The secret is kept so that sessions outlive a restart. A new folder is its owner's alone:
    reports, evidence and personal data lie in it.
    """
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.secret_key:
        return settings
    return replace(settings, secret_key=make_secret(settings.instance))
