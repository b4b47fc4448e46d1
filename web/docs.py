"""Write the generated parts of the documents; `make docs` runs it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from workflow.describing import table_text
from workflow.directives.rules import LIFECYCLE
from workflow.directives.table import TABLE
from workflow.review.rules import LIFECYCLE as REVIEW
from workflow.review.table import TABLE as REVIEW_TABLE

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES: dict[Path, Callable[[], str]] = {
    DOCS / "lifecycle.md": lambda: table_text(LIFECYCLE, TABLE),
    DOCS / "review.md": lambda: table_text(REVIEW, REVIEW_TABLE),
}
"""Each page with what its generated part is made by."""
BEGIN, END = "<!-- made from the table -->\n", "<!-- end of what is made -->\n"


def written(page: str, made: str) -> str:
    """Return a page with its generated part made anew."""
    head, _, rest = page.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{made}\n{END}{tail}"


def main() -> int:
    """Write the pages."""
    for path, make in PAGES.items():
        page = path.read_text(encoding="utf-8")
        path.write_text(written(page, make()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
