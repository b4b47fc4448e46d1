"""A whole installation into a folder, and back: the database, its files, its anchors."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from models.backups.database import NAMES, copy_database, end_sessions, is_empty, put_back
from models.files import FileStore
from models.history.anchors import AnchorFile
from models.history.proving import prove
from web.imports.keeping import folder_of
from web.installation import bring_up_to_date, known_revisions, standing_revision
from web.wiring import Office
from workflow.backups.manifest import NAME, Manifest, manifest_from, require_fitting
from workflow.errors import Refused
from workflow.history.records import ChainReport

FILES, IMPORTS, ANCHORS = "files", "imports", "anchors.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a backup holds; `damaged` are files whose content had left their hash."""

    manifest: Manifest
    damaged: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What came back, how its history stands, and how many sessions were ended."""

    manifest: Manifest
    chain: ChainReport
    sessions: int


def back_up(office: Office, folder: Path) -> Kept:
    """Write an installation into a new or empty folder, which nobody else may read.

    The database comes first: a file is on the disk before the row that names it, so every
    file of that moment is there afterwards. The manifest comes last. Refused `folder_taken`,
    `not_set_up`, and as `copy_database` does.
    """
    revision = standing_revision()
    if revision is None:
        raise Refused("not_set_up")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused("folder_taken", folder=str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made_at = office.clock()
    dump, head = copy_database(office.engine, folder)
    files, damaged = _copied(office.files, FileStore(folder / FILES))
    for source, name in ((folder_of(office), IMPORTS), (office.settings.anchors, ANCHORS)):
        _copy_beside(source, folder / name)
    manifest = Manifest(
        database=office.engine.dialect.name,
        revision=revision,
        sha256=_hash_of(dump),
        entries=head.entries,
        digest=head.digest,
        files=files,
        made_at=made_at,
    )
    _write_whole(folder / NAME, manifest.text())
    return Kept(manifest=manifest, damaged=tuple(damaged))


def restore(office: Office, folder: Path) -> Returned:
    """Put a backup back on an installation that was never set up, and bring it up to date.

    Its history is proved against the manifest; everybody signs in anew. Nothing is written
    where the backup does not fit: Refused `not_a_backup`, `backup_damaged`, `not_empty`, and
    as `require_fitting` does. One that was cut off can be run again.
    """
    manifest = _fitting(office, folder)
    if not is_empty(office.engine):
        raise Refused("not_empty")
    _, damaged = _copied(FileStore(folder / FILES), office.files)
    if damaged:
        raise Refused("backup_damaged", file=damaged[0])
    for target, name in ((folder_of(office), IMPORTS), (office.settings.anchors, ANCHORS)):
        _copy_beside(folder / name, target)
    put_back(office.engine, folder)
    chain, head = prove(office.engine, AnchorFile(office.settings.anchors))
    if (head.entries, head.digest) != (manifest.entries, manifest.digest):
        raise Refused("backup_damaged", file=NAMES[office.engine.dialect.name])
    bring_up_to_date()
    sessions = end_sessions(office.engine, office.clock())
    return Returned(manifest=manifest, chain=chain, sessions=sessions)


def _fitting(office: Office, folder: Path) -> Manifest:
    try:
        manifest = manifest_from((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise Refused("not_a_backup") from None
    kind = office.engine.dialect.name
    require_fitting(manifest, database=kind, revisions=known_revisions())
    dump = folder / NAMES[kind]
    if not dump.is_file() or _hash_of(dump) != manifest.sha256:
        raise Refused("backup_damaged", file=dump.name)
    if len(FileStore(folder / FILES).hashes()) != manifest.files:
        raise Refused("backup_damaged", file=FILES)
    return manifest


def _copied(source: FileStore, target: FileStore) -> tuple[int, list[str]]:
    """Copy every file that is whole; return how many, and the hashes of those that are not."""
    count, damaged = 0, []
    for sha256 in source.hashes():
        if not source.is_whole(sha256):
            damaged.append(sha256)
            continue
        with source.path(sha256).open("rb") as content:
            target.keep(sha256, content)
        count += 1
    return count, damaged


def _copy_beside(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)
    elif source.is_file():
        shutil.copyfile(source, target)


def _hash_of(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _write_whole(file: Path, text: str) -> None:
    """Write a file that stands on the disk whole, or is not there."""
    part = file.with_name(f"{file.name}.part")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)
