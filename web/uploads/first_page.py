"""Prints the words of a PDF's first page: a program of its own, for files nobody vouches for.

It is run beside the server (`web.uploads.printed`), reads the file from its input, and may die of
it: what it may use of the machine is bounded before the file is opened.
"""

from __future__ import annotations

import resource
import sys

MOST_MEMORY = 768 * 1024 * 1024
MOST_SECONDS = 8
MOST_LETTERS = 20_000


def main() -> None:
    """Read a PDF from the input and write what its first page says, as UTF-8."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    from pypdfium2 import PdfDocument  # noqa: PLC0415 - loaded within the bounds

    held = PdfDocument(sys.stdin.buffer.read())
    words = held[0].get_textpage().get_text_bounded(errors="ignore")
    sys.stdout.buffer.write(words[:MOST_LETTERS].encode("utf-8", "ignore"))


if __name__ == "__main__":
    main()
