"""Write the generated part of docs/lifecycle.md; `make docs` runs it."""

from __future__ import annotations

import sys
from pathlib import Path

from workflow.directives.describing import lifecycle_text

PAGE = Path(__file__).resolve().parent.parent / "docs" / "lifecycle.md"
BEGIN, END = "<!-- made from the table -->\n", "<!-- end of what is made -->\n"


def written(page: str) -> str:
    """Return the page with its generated part made anew."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{lifecycle_text()}\n{END}{tail}"


def main() -> int:
    """Write the page."""
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
