"""Files kept under their SHA-256, outside anything that is served."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO


class FileStore:
    """A folder of files named by their hash; the same content is kept once.

    A file is on the disk before the row that names it commits, so a killed process may
    leave a file that no row names, never a row without its file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Return where a file lies; a name that is no hash is a ValueError."""
        if len(sha256) != 64 or not all(c in "0123456789abcdef" for c in sha256):  # noqa: PLR2004
            message = "not a SHA-256"
            raise ValueError(message)
        return self.folder / sha256[:2] / sha256

    def hashes(self) -> tuple[str, ...]:
        """Return the hash of every file that is kept, in order."""
        return tuple(sorted(one.name for one in self.folder.glob("??/" + "[0-9a-f]" * 64)))

    def is_whole(self, sha256: str) -> bool:
        """Tell whether the file is there and its content still has this hash."""
        path = self.path(sha256)
        if not path.is_file():
            return False
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == sha256

    def keep(self, sha256: str, content: IO[bytes]) -> Path:
        """Keep a file whole or not at all; its hash was computed by whoever checked it.

        One that lies there and was changed since is put right.
        """
        target = self.path(sha256)
        if self.is_whole(sha256):
            return target
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as part:
            content.seek(0)
            while chunk := content.read(1024 * 1024):
                part.write(chunk)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(target)
        return target
