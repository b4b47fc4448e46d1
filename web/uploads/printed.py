"""What a PDF says on its first page, read by a program that may die of the file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO

_READER = Path(__file__).with_name("first_page.py")
_PRINTS = (b"/Font", b"/ObjStm")
"""Without letters, lying open or packed, a PDF is pictures alone."""
_PATIENCE = 15


def first_page(stream: IO[bytes]) -> str:
    """Return the words of a PDF's first page, a line for each of its lines.

    Empty where it is a picture of a page, or cannot be read within the bounds: no text is no sign.
    """
    stream.seek(0)
    body = stream.read()
    if not any(sign in body for sign in _PRINTS):
        return ""
    try:
        # Isolated (-I): the file decides nothing but what stands on the output.
        done = subprocess.run(  # noqa: S603 - our own program, no words of anybody in the call
            [sys.executable, "-I", str(_READER)],
            input=body,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "ignore") if done.returncode == 0 else ""
