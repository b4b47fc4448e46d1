"""Bringing a file of dossiers, trying it, taking it in; keeping profiles. The admin's alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from workflow.accounts.records import Actor
from workflow.accounts.rules import require_admin
from workflow.days import local_day
from workflow.dossiers.profile_text import read_profile
from workflow.errors import Invalid, NotFound, Refused
from workflow.history.records import Plain, Subject
from workflow.history.rules import entry_by
from workflow.imports.ports import ImportMemory
from workflow.imports.records import KeptProfile, NewUpload, Upload

NAME = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?")


def bring_file(memory: ImportMemory, actor: Actor, new: NewUpload, *, at: datetime) -> int:
    """Keep that a file was brought and return its id; nothing of it is taken in yet.

    ProfileInvalid when the profile's text cannot be read.
    """
    require_admin(actor, local_day(at))
    read_profile(new.toml)
    return memory.add_upload(new, actor.account_id, at)


def keep_trial(
    memory: ImportMemory, actor: Actor, upload_id: int, trial: Mapping[str, Plain], *, at: datetime
) -> None:
    """Keep what a dry run found; a file that was taken in meanwhile keeps what it had."""
    require_admin(actor, local_day(at))
    if _upload(memory, upload_id).import_id is None:
        memory.save_trial(upload_id, trial)


def keep_trouble(
    memory: ImportMemory,
    actor: Actor,
    upload_id: int,
    code: str,
    params: Mapping[str, Plain],
    *,
    at: datetime,
) -> None:
    """Keep why a trial or an import of a file was refused."""
    require_admin(actor, local_day(at))
    _upload(memory, upload_id)
    memory.save_trouble(upload_id, code, params)


def ask_to_take_in(memory: ImportMemory, actor: Actor, upload_id: int, *, at: datetime) -> Upload:
    """Ask to take a file in after its trial and return it as asked; asked twice it is once.

    Refused `not_tried` before a trial ended, `already_taken_in` after an import.
    """
    require_admin(actor, local_day(at))
    upload = _upload(memory, upload_id)
    if upload.import_id is not None:
        raise Refused("already_taken_in")
    if upload.trial is None:
        raise Refused("not_tried")
    if upload.asked_at is None or upload.trouble:
        memory.save_asked(upload_id, at)
        return replace(upload, asked_at=at, trouble="")
    return upload


def note_taken_in(
    memory: ImportMemory, actor: Actor, upload_id: int, import_id: int, *, at: datetime
) -> None:
    """Keep which import took a file in."""
    require_admin(actor, local_day(at))
    _upload(memory, upload_id)
    memory.save_import(upload_id, import_id)


def save_profile(
    memory: ImportMemory,
    actor: Actor,
    toml: str,
    *,
    shipped: Collection[str] = (),
    at: datetime,
) -> KeptProfile:
    """Keep a profile's text as its next version, under the name it bears, and return it.

    The same text again is the version that stands. ProfileInvalid when it cannot be read;
    Invalid (`name`): no name for a profile, or one of the shipped ones.
    """
    require_admin(actor, local_day(at))
    profile = read_profile(toml)
    if not NAME.fullmatch(profile.name):
        raise Invalid({"name": "profile_name"})
    if profile.name in shipped:
        raise Invalid({"name": "profile_shipped"})
    before = memory.latest_profile(profile.name)
    if before is not None and before.toml == toml:
        return before
    kept = KeptProfile(name=profile.name, version=before.version + 1 if before else 1, toml=toml)
    memory.add_profile(kept, actor.account_id, at)
    memory.append(
        entry_by(
            actor,
            at,
            Subject.PROFILE,
            kept.name,
            "save_profile",
            before={"version": before.version} if before else {},
            after={"version": kept.version, "digest": profile.digest},
        )
    )
    return kept


def _upload(memory: ImportMemory, upload_id: int) -> Upload:
    upload = memory.upload(upload_id)
    if upload is None:
        raise NotFound("upload")
    return upload
