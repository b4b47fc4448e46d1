"""Importing dossiers in the background: left by a page, done by a worker, told at the end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from models.accounts.queries import person
from models.imports.queries import taken_in_since
from models.unit import Unit
from web.dossiers.following import detection
from web.dossiers.intake import Order, take_in_file
from web.imports.keeping import file_of, forget_file
from web.imports.trying import keep_rejected
from web.jobs.held import Figures, Held, Hopeless, PutOff
from workflow.accounts.records import Actor, Role
from workflow.days import local_day
from workflow.dossiers.ports import AfterChunk
from workflow.dossiers.profile_text import read_profile
from workflow.dossiers.records import DossierImport
from workflow.errors import NotFound, WorkflowError
from workflow.evidence.records import StoredFile
from workflow.history.records import Plain
from workflow.jobs.records import Job
from workflow.messages.records import Notice

IMPORT = "dossiers.import"
LOOK_AGAIN = timedelta(seconds=30)
"""After so long a job looks again whether another one has taken in its file."""


def leave_import(
    unit: Unit, actor: Actor, file: StoredFile, profile_text: str, *, as_of: date, at: datetime
) -> str:
    """Leave the import of a file to a worker and return the key of its job.

    The file is kept already (`web.imports.keeping`); the profile goes along as its text, so that
    what is imported later is read as it was agreed now. Who asks for it is who does it, in
    the role they hold on the day.
    """
    key = import_key(file.sha256, at)
    payload: dict[str, Plain] = {
        "sha256": file.sha256,
        "name": file.name,
        "profile": profile_text,
        "as_of": as_of.isoformat(),
        "account": actor.account_id,
        "asked_at": at.astimezone(UTC).isoformat(),
    }
    unit.jobs.add(IMPORT, key, payload, account_id=actor.account_id)
    return key


def import_key(sha256: str, at: datetime) -> str:
    """Return the key of the job that imports a file as it was asked for at an instant."""
    return f"{IMPORT}:{sha256[:16]}:{at.astimezone(UTC).isoformat()}"


def import_file(held: Held) -> Figures:
    """Import the file that a job names; one that was killed goes on where it stood.

    Each chunk holds the job in its own transaction, so two workers never take in one file; where
    another job takes in the very same, this one waits, and counts as done once that one is.
    A file or profile that is refused is given up at once with its reason. The rows that cannot
    be read are kept before the file is forgotten.
    """
    payload = held.job.payload
    office, name = held.office, str(payload["name"])
    try:
        order = Order(
            path=file_of(office, str(payload["sha256"])),
            profile=read_profile(str(payload["profile"])),
            as_of=date.fromisoformat(str(payload["as_of"])),
            acting=lambda unit: importer(unit, _account(held.job), held.at),
            name=name,
        )
        done = _done_before(held, order) or _taken_in(held, order)
    except WorkflowError as error:
        if error.code == "import_taken_over":
            raise PutOff(office.clock() + LOOK_AGAIN) from error
        raise Hopeless(error.code) from error
    if order.path.is_file():
        keep_rejected(office, order, done)
    counts = done.counts
    figures: dict[str, Plain] = {
        "rows": counts.rows,
        "created": counts.created,
        "updated": counts.updated,
        "unchanged": counts.unchanged,
        "rejected": counts.rejected,
    }
    with office.writing() as unit:
        unit.messages.post(_told(held, "dossiers.imported", figures))
    forget_file(office, str(payload["sha256"]))
    return figures


def _done_before(held: Held, order: Order) -> DossierImport | None:
    """Return the import that took the file in since it was asked for, or None.

    Its worker was killed after it and before the job's end, or somebody else brought the same.
    """
    asked = held.job.payload.get("asked_at")
    if asked is None:
        return None
    since, sha256 = datetime.fromisoformat(str(asked)), str(held.job.payload["sha256"])
    with held.office.reading() as unit:
        return taken_in_since(unit.connection, sha256, order.profile.digest, order.as_of, since)


def _taken_in(held: Held, order: Order) -> DossierImport:
    return take_in_file(
        held.office,
        order,
        following=lambda unit, actor: (_holding(held, unit), *detection(unit, actor)),
        progress=held.progress,
    ).done


def _holding(held: Held, unit: Unit) -> AfterChunk:
    def hold(_done: object) -> dict[str, int]:
        held.hold(unit)
        return {}

    return hold


def importer(unit: Unit, account: int, at: datetime) -> Actor:
    """Return who asked, as the admin they are on the day; NotFound when they are none any more."""
    found = person(unit.connection, account)
    seats = found.seats_on(local_day(at)) if found and found.is_active else ()
    for seat in seats:
        if found is not None and seat.membership.role is Role.ADMIN:
            return found.acting(seat)
    raise NotFound("importer")


def bury_import(unit: Unit, job: Job) -> None:
    """Tell whoever asked that their import was given up."""
    unit.messages.post(
        Notice(
            key=f"{job.key}:failed:{job.attempts}",
            kind="dossiers.import_failed",
            to_account=_account(job),
            subject="job",
            subject_key=str(job.id),
            params={"file": str(job.payload["name"])},
            at=unit.now,
        )
    )


def _account(job: Job) -> int:
    account = job.payload["account"]
    assert isinstance(account, int)  # noqa: S101 - written by `leave_import`
    return account


def _told(held: Held, kind: str, figures: dict[str, Plain]) -> Notice:
    return Notice(
        key=f"{held.job.key}:done",
        kind=kind,
        to_account=_account(held.job),
        subject="job",
        subject_key=str(held.job.id),
        params=figures | {"file": str(held.job.payload["name"])},
        at=held.at,
    )
