"""The job that tries a file, where that is too long for a request; nothing of it is kept."""

from __future__ import annotations

from models.imports.queries import upload_of
from models.unit import Unit
from web.imports.trying import try_file
from web.jobs.held import Figures, Held, Hopeless
from web.jobs.importing import importer
from workflow.accounts.records import Actor
from workflow.imports.records import Upload

TRIAL = "dossiers.trial"


def leave_trial(unit: Unit, upload: Upload) -> None:
    """Leave the trial of a file to a worker."""
    unit.jobs.add(TRIAL, key_of(upload), {"upload": upload.id}, account_id=upload.account_id)


def key_of(upload: Upload) -> str:
    """Return the key of an upload's trial: each is tried once."""
    return f"{TRIAL}:{upload.id}"


def run_trial(held: Held) -> Figures:
    """Try a file that was brought; a trial that was killed begins anew."""
    with held.office.reading() as unit:
        upload = upload_of(unit.connection, int(str(held.job.payload["upload"])))
    if upload is None:
        raise Hopeless("upload_gone")
    account = upload.account_id

    def acting(unit: Unit) -> Actor:
        return importer(unit, account, held.at)

    try_file(held.office, upload, acting, held.progress)
    return {"upload": upload.id}
