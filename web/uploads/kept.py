"""Files that come with an act: looked into, then kept under their hash, for a second try too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import FileStorage

from web.identity import current_actor
from web.refusals import in_words
from web.uploads.content import inspect_upload
from web.wiring import office
from workflow.documents.secrecy import refuse_secret
from workflow.errors import Refused
from workflow.evidence.records import StoredFile

FIELD = "kept_files"
SALT = "file kept for the second try"
SECONDS = 24 * 60 * 60
MOST = 50


class UnfitFile(Exception):
    """A file that may not be kept; the words say which, and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(why)
        self.name = name
        self.words = f"{name}: {why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What came with a form: files that are kept, and those that may not be, each with why."""

    kept: tuple[StoredFile, ...] = ()
    unfit: tuple[UnfitFile, ...] = ()
    of: str = ""

    @property
    def given(self) -> tuple[object, ...]:
        """What an act is given: with a file that may not be kept it is refused at its field."""
        return (*self.kept, *(one.name for one in self.unfit))

    @property
    def words(self) -> list[str]:
        """Why files may not be kept."""
        return [one.words for one in self.unfit]

    @property
    def lost(self) -> list[str]:
        """The names of what has to be chosen anew."""
        return [one.name for one in self.unfit]

    @property
    def references(self) -> list[dict[str, object]]:
        """The files kept, each with a reference that this person can send again for this."""
        who = current_actor().account_id
        return [
            {
                "name": file.name,
                "size": file.size,
                "sign": _signer().dumps({**asdict(file), "who": who, "of": self.of}),
            }
            for file in self.kept
        ]


def bring(files: Iterable[FileStorage], *, of: str) -> Brought:
    """Return the files of a form, those kept by an earlier try among them.

    Every good one is kept, whatever is wrong beside it, so that it need not be chosen again.
    `of` names what the act is done to: a reference is good for it and for this person alone,
    for a day.
    """
    kept, unfit = list(_kept_before(of)), []
    for file in files:
        try:
            [stored] = keep_uploads([file])
        except UnfitFile as error:
            unfit.append(error)
        else:
            kept.append(stored)
    once = {(file.name, file.sha256): file for file in kept}
    return Brought(kept=tuple(once.values()), unfit=tuple(unfit), of=of)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=SALT)


def _kept_before(of: str) -> Iterable[StoredFile]:
    """Yield what the signed references name; one that is another's, or old, names nothing."""
    mine = {"who": current_actor().account_id, "of": of}
    for sign in request.form.getlist(FIELD)[:MOST]:
        try:
            told = _signer().loads(sign, max_age=SECONDS)
        except BadData:
            continue
        bound = {name: told.pop(name, None) for name in mine}
        if bound == mine and office().files.path(told["sha256"]).exists():
            yield StoredFile(**told)


def keep_uploads(files: Iterable[FileStorage]) -> tuple[StoredFile, ...]:
    """Return the files as checked and kept; UnfitFile, and nothing kept, if one may not be.

    Nor is any kept (`secret_document`) where the form beside them says that it is secret.
    """
    refuse_secret(request.form.values())
    chosen = list(files)
    checked = [_checked(file) for file in chosen]
    for file, stored in zip(chosen, checked, strict=True):
        office().files.keep(stored.sha256, file.stream)
    return tuple(checked)


def _checked(file: FileStorage) -> StoredFile:
    try:
        limits = office().settings.file_limits
        found = inspect_upload(file.stream, file.filename, limits)
    except Refused as error:
        raise UnfitFile(file.filename or "", in_words(error)) from error
    return StoredFile(
        name=found.filename, media_type=found.media_type, size=found.size, sha256=found.sha256
    )
