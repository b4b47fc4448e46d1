"""What the pages of reporting periods say, and the due days of a first autumn."""

import re
from datetime import date, timedelta

SEP, OCT, NOV = (date(2021, month, 19) for month in (9, 10, 11))
DAY = timedelta(days=1)


def words(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def sheet(text, key):
    """Return the words of one sheet of a page."""
    found = re.search(rf'<section class="dd-sheet[^"]*" id="{key}".*?</section>', text, re.DOTALL)
    return words(found.group(0)) if found else ""
