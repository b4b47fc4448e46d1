"""Forms as a browser would send them: found on a page, changed field by field."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

Data = dict[str, list[str]]
SENT_BY_BUTTON = frozenset({"submit", "button", "file", "image", "reset"})


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, Data]] = []
        self.data: Data | None = None
        self.select: tuple[str, bool, list[str], list[str]] | None = None
        self.area: list[str] | None = None
        self.templates = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {key: value or "" for key, value in attrs}
        if tag == "template":
            self.templates += 1
        elif not self.templates:
            self._tag(tag, a)

    def _tag(self, tag: str, a: dict[str, str]) -> None:
        if tag == "form":
            self.data = {}
            self.found.append((a.get("action", ""), self.data))
        elif self.data is None or (tag in {"input", "select", "textarea"} and not a.get("name")):
            return
        elif tag == "input":
            self._input(a)
        elif tag == "select":
            self.select = (a["name"], "multiple" in a, [], [])
        elif tag == "option" and self.select:
            self.select[3].append(a.get("value", ""))
            if "selected" in a:
                self.select[2].append(a.get("value", ""))
        elif tag == "textarea":
            self.area = [a["name"], ""]

    def _input(self, a: dict[str, str]) -> None:
        kind = a.get("type", "text")
        ticked = kind not in {"checkbox", "radio"} or "checked" in a
        if kind not in SENT_BY_BUTTON and ticked and self.data is not None:
            self.data.setdefault(a["name"], []).append(a.get("value", "on"))

    def handle_data(self, data: str) -> None:
        if self.area:
            self.area[1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.templates -= 1
        if self.templates or self.data is None:
            return
        if tag == "form":
            self.data = None
        elif tag == "select" and self.select:
            name, several, chosen, offered = self.select
            self.data.setdefault(name, []).extend(chosen or ([] if several else offered[:1]))
            self.select = None
        elif tag == "textarea" and self.area:
            self.data.setdefault(self.area[0], []).append(self.area[1].lstrip("\r\n"))
            self.area = None


def form_on(page: str, action: str = "") -> Data:
    """Return what the form whose address ends with `action` would send as it stands."""
    parser = _Forms()
    parser.feed(page)
    found = [data for where, data in parser.found if where.split("?")[0].endswith(action)]
    assert found, [where for where, _ in parser.found]
    return found[-1]


def filled(data: Data, **fields: Any) -> Data:
    """Return the form with fields typed anew; a list for several choices."""
    typed = {k: v if isinstance(v, list) else [v] for k, v in fields.items()}
    return data | typed
