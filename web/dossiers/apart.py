"""Reads a large file in a process of its own, a chunk ahead of the one that writes.

Reading costs Python as much as writing costs the database; on two processors they go side by
side. The process is ours alone: it is started, asked and ended by `FileApart`, and ends by
itself when whoever asked is gone.
"""

from __future__ import annotations

import gc
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from web.dossiers.source import FileHere, Ground, Place
from workflow.dossiers.raw import Chunk
from workflow.errors import Refused

ROOT = Path(__file__).resolve().parents[2]
LEAST_BYTES = 4 * 1024 * 1024
"""A smaller file is read before another Python has started."""

_PROTOCOL, _LENGTH = 5, 8
_REFUSED = "refused"


class ReaderLost(Exception):
    """The process that reads ended before the file did; the import can be taken up again."""


class FileApart:
    """A file of dossiers that another process reads; used as `FileHere` is."""

    def __init__(self, place: Place) -> None:
        """Start reading; Refused as `FileHere` is."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "web.dossiers.apart"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        self.reads_ahead = False
        try:
            self.opened, self.rows, self.rejected = self._ask(place)
        except BaseException:
            self.close()
            raise

    def chunks(self, ground: Ground, size: int, *, after: str = "") -> Iterator[Chunk]:
        """Yield the file's chunks, the next one under way while the caller works on the last.

        A chunk is let go before the next one is heard: two would take twice the room.
        """
        self._say((ground, size, after))
        self._say(self.reads_ahead)
        while (chunk := self._hear()) is not None:
            self._say(self.reads_ahead)
            yield chunk
            del chunk

    def _ask(self, question: object) -> Any:
        self._say(question)
        return self._hear()

    def _say(self, words: object) -> None:
        try:
            pickle.dump(words, self._pipe(self._process.stdin), _PROTOCOL)
            self._pipe(self._process.stdin).flush()
        except OSError as error:
            raise ReaderLost from error

    def _hear(self) -> Any:
        pipe = self._pipe(self._process.stdout)
        body = pipe.read(int.from_bytes(pipe.read(_LENGTH), "big"))
        try:
            words = pickle.loads(body)  # noqa: S301 - our own process
        except (EOFError, pickle.UnpicklingError) as error:
            raise ReaderLost from error
        if isinstance(words, tuple) and words[:1] == (_REFUSED,):
            raise Refused(words[1], **words[2])
        return words

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None  # noqa: S101 - both were asked for
        return pipe

    def close(self) -> None:
        """End the reading, done or not."""
        for pipe in (self._process.stdin, self._process.stdout):
            try:
                self._pipe(pipe).close()
            except OSError:
                continue
        self._process.kill()
        self._process.wait()


def main() -> None:
    """Answer what is asked on standard input, until it ends."""
    gc.disable()
    asked, answers = sys.stdin.buffer, sys.stdout.buffer

    def hear() -> Any:
        return pickle.load(asked)  # noqa: S301 - from whoever started us

    def answer(words: object) -> None:
        """Write down the whole of it first: whoever listens then waits for the pipe alone."""
        body = pickle.dumps(words, _PROTOCOL)
        answers.write(len(body).to_bytes(_LENGTH, "big"))
        answers.write(body)
        answers.flush()

    try:
        file = FileHere(hear())
        answer((file.opened, file.rows, file.rejected))
        ground, size, after = hear()
        file.reads_ahead = hear()
        for chunk in file.chunks(ground, size, after=after):
            answer(chunk)
            file.reads_ahead = hear()
        answer(None)
    except Refused as error:
        answer((_REFUSED, error.code, error.params))
    except (EOFError, BrokenPipeError):
        return


if __name__ == "__main__":
    main()
