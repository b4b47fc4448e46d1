"""Where a file that was brought lies until it was taken in: under its hash, in one folder."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO

from werkzeug.datastructures import FileStorage

from models.imports.queries import needed_files
from models.unit import Unit
from web.dossiers.rejected import by_command
from web.jobs.held import Figures
from web.jobs.steps import Night
from web.wiring import Office
from workflow.errors import NotFound, Refused, WorkflowError

HASH = re.compile(r"[0-9a-f]{64}")
PIECE = 1024 * 1024
LONGEST_NAME = 500
KEPT_FOR = timedelta(days=14)
"""How long a file that nobody took in is kept: it holds personal data."""


def folder_of(office: Office) -> Path:
    """Return the folder of files that were brought."""
    return office.settings.instance / "imports"


@contextmanager
def brought(office: Office, stream: IO[bytes]) -> Iterator[tuple[Path, int]]:
    """Keep a file and give it with its size to a block that may refuse it.

    Of a file that was refused nothing is kept. Refused `empty_file`.
    """
    digest, size = _keep(office, stream)
    path = folder_of(office) / digest
    try:
        yield path, size
    except WorkflowError:
        forget_file(office, digest)
        raise


def name_of(file: FileStorage) -> str:
    """Return a file's own name without the folders it came from."""
    return (file.filename or "").replace("\\", "/").rsplit("/", 1)[-1][:LONGEST_NAME]


def _keep(office: Office, stream: IO[bytes]) -> tuple[str, int]:
    folder = folder_of(office)
    folder.mkdir(parents=True, exist_ok=True)
    seen, size = sha256(), 0
    part = folder / f"part-{secrets.token_hex(8)}"
    try:
        with part.open("wb") as file:
            while piece := stream.read(PIECE):
                seen.update(piece)
                size += len(piece)
                file.write(piece)
        if not size:
            raise Refused("empty_file")
        part.replace(folder / seen.hexdigest())
    finally:
        part.unlink(missing_ok=True)
    return seen.hexdigest(), size


def kept_file(office: Office, digest: str) -> Path:
    """Return where a file lies; NotFound when it was never brought or is forgotten."""
    path = folder_of(office) / digest
    if not HASH.fullmatch(digest) or not path.is_file():
        raise NotFound("upload")
    return path


def file_of(office: Office, digest: str) -> Path:
    """Return where a file to be taken in lies: among those that were brought, else of evidence."""
    path = folder_of(office) / digest
    return path if HASH.fullmatch(digest) and path.is_file() else office.files.path(digest)


def rejected_of(office: Office, import_id: int) -> Path:
    """Return where the rows lie that an import did not take in, as long as they are kept."""
    return folder_of(office) / f"rejected-import-{import_id}.csv"


def forget_file(office: Office, digest: str) -> None:
    """Forget a file that no upload needs any more."""
    with office.reading() as unit:
        needed = needed_files(unit.connection)
    if HASH.fullmatch(digest) and digest not in needed:
        (folder_of(office) / digest).unlink(missing_ok=True)


def forget_old_files(office: Office, _: Unit, night: Night) -> Figures:
    """Forget files that lie there longer than two weeks: a step of the night."""
    before = (night.at - KEPT_FOR).timestamp()
    gone = 0
    for folder in (folder_of(office), by_command(office)):
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)
                gone += 1
    return {"forgotten": gone}
