"""What a backup says of itself: written last, so that one that was cut off says nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from workflow.errors import Refused

NAME = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One moment of an installation.

    `database` is the kind of database and `revision` its shape; `sha256` is of the file that
    holds it. `entries` and `digest` are the head of its history at that moment, `files` how
    many uploaded files lie beside it.
    """

    database: str
    revision: str
    sha256: str
    entries: int
    digest: str
    files: int
    made_at: datetime

    def text(self) -> str:
        """Return it as the file of a backup holds it."""
        values = asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(values, indent=1) + "\n"


def manifest_from(text: str) -> Manifest:
    """Return what the file of a backup says; Refused `not_a_backup` else."""
    try:
        values = json.loads(text)
        made_at = datetime.fromisoformat(values.pop("made_at"))
        found = Manifest(**values, made_at=made_at)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused("not_a_backup") from None
    numbers = (found.entries, found.files)
    words = (found.database, found.revision, found.sha256, found.digest)
    if not all(type(one) is int for one in numbers) or not all(isinstance(w, str) for w in words):
        raise Refused("not_a_backup")
    return found


def require_fitting(manifest: Manifest, *, database: str, revisions: Collection[str]) -> None:
    """Refuse a backup of another kind of database, or of a newer version of the product.

    `revisions` are the shapes that this version knows.
    """
    if manifest.database != database:
        raise Refused("other_database", made=manifest.database, here=database)
    if manifest.revision not in revisions:
        raise Refused("newer_backup", revision=manifest.revision)
