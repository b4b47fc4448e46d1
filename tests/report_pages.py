"""The pages of the Friday report read back as figures, and its draft as words."""

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

DAYS = "from=2021-09-01&to=2021-09-30"
ONCE = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
"""For what does not ask the database anything of its own."""
BECAME = ("done_on_time", "done_late", "open_in_time", "open_late", "suspended")


def page(client, query=DAYS, path="/summaries/"):
    answer = client.get(f"{path}?{query}", follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def figures(text):
    """Return the figures of the table, row by row, with the addresses of their rows."""
    body = text.partition('id="summary"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    found = {}
    for row in body.split("</tr>")[:-1]:
        cells = re.findall(r'data-col="(\w+)"[^>]*><div>(.*?)</div></td>', row, re.DOTALL)
        told = {key: re.sub(r"<[^>]+>", "", cell).strip() for key, cell in cells}
        links = {key: re.findall(r'href="([^"]+)"', cell) for key, cell in cells}
        found[told.pop("agency")] = (told, links)
    return found


def draft(client, more="", days=DAYS):
    body = client.get(f"/summaries/export.docx?{days}{more}").data
    return docx.Document(io.BytesIO(body))


def words_of(paper):
    """Return every word of a draft, those in tables too."""
    return "\n".join(part.text or "" for part in paper.element.body.iter(qn("w:t")))
