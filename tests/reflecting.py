"""A page as a browser takes it apart: its elements, its forms, and what in it could run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = frozenset({"text", "search", "email", "tel", "url", "password"})
OUTSIDE = ("javascript:", "data:", "vbscript:", "http:", "https:", "//")
LEADING = frozenset({"href", "src", "action", "formaction", "data-hx-get", "data-hx-post"})
UNSENT = frozenset({"submit", "button", "image", "reset"})


@dataclass
class Form:
    """What a form would send as it stands, and what of it a person types."""

    action: str
    method: str
    sent: dict[str, list[str]] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    lines: set[str] = field(default_factory=set)
    files: list[str] = field(default_factory=list)
    offered: dict[str, list[str]] = field(default_factory=dict)


class Page(HTMLParser):
    """Taken apart on the way; `runs` names what only a page that was broken into holds."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shape: Counter[tuple[str, ...]] = Counter()
        self.forms: list[Form] = []
        self.values: dict[str, list[str]] = {}
        self.runs: list[str] = []
        self._form: Form | None = None
        self._area = self._select = ""
        self._templates = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.shape[tag, *sorted(known)] += 1
        self._judge(tag, known)
        self._templates += tag == "template"
        if self._templates:
            return
        if tag == "form":
            method = known.get("method", "get").lower()
            self._form = Form(known.get("action", ""), method)
            self.forms.append(self._form)
        elif self._form is not None:
            self._field(self._form, tag, known)

    def _judge(self, tag: str, known: dict[str, str]) -> None:
        if tag in {"iframe", "object", "embed", "base", "frame", "applet", "math"}:
            self.runs.append(tag)
        if tag == "script" and not known.get("src", "").startswith("/static/"):
            self.runs.append("script")
        for name, value in known.items():
            leads = name in LEADING and value.strip().casefold().startswith(OUTSIDE)
            if name.startswith("on") or name == "style" or leads:
                self.runs.append(f"{tag} {name}={value[:40]}")

    def _field(self, form: Form, tag: str, known: dict[str, str]) -> None:
        name, kind = known.get("name", ""), known.get("type", "text")
        if tag == "option" and self._select:
            form.offered[self._select].append(known.get("value", ""))
            if "selected" in known:
                form.sent.setdefault(self._select, []).append(known.get("value", ""))
        if not name or tag not in {"input", "select", "textarea"}:
            return
        if tag == "select":
            self._select = name
            form.offered.setdefault(name, [])
        elif tag == "textarea":
            self._area = name
            self.values.setdefault(name, []).append("")
            form.typed.append(name)
            form.lines.add(name)
        elif kind == "file":
            form.files.append(name)
        elif kind in {"checkbox", "radio"}:
            form.offered.setdefault(name, []).append(known.get("value", "on"))
            if "checked" in known:
                form.sent.setdefault(name, []).append(known.get("value", "on"))
        elif kind not in UNSENT:
            self.values.setdefault(name, []).append(known.get("value", ""))
            form.sent.setdefault(name, []).append(known.get("value", ""))
            (form.hidden if kind == "hidden" else form.typed).append(name)

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._templates -= tag == "template"
        if tag == "textarea" and self._area:
            whole = self.values[self._area][-1].removeprefix("\r\n").removeprefix("\n")
            self.values[self._area][-1] = whole
            if self._form is not None:
                self._form.sent.setdefault(self._area, []).append(whole)
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = None
