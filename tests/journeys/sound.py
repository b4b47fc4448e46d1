"""Whether a page is sound: axe finds nothing, it has one heading, nothing sticks out of it."""

from __future__ import annotations

from collections import defaultdict
from html.parser import HTMLParser

from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from someone import Someone

AXE = Axe()
WIDE, NARROW, HEIGHT = 1280, 390, 900
STICKS_OUT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
KINDS = """
[...new Set([...document.querySelectorAll('body *')].map(e => [
    e.tagName, e.getAttribute('role'), e.type, [...e.classList].sort().join('.'),
    ...[...e.attributes].map(a => a.name).filter(n => n.startsWith('aria-')).sort(),
].join(' ')))]
"""
"""The kinds of elements a page is made of: rules of soundness speak of kinds, not of rows."""
COLOURS = """
[...new Set([...document.querySelectorAll('body, body *')].filter(
    e => e.placeholder || [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
).map(e => {
    const own = getComputedStyle(e), seen = [own.color, own.fontSize, own.fontWeight, own.textShadow];
    for (let at = e; at; at = at.parentElement) {
        const ground = getComputedStyle(at);
        seen.push(ground.opacity, ground.backgroundImage, ground.backgroundColor);
        if (/^rgb\\(/.test(ground.backgroundColor)) break;
    }
    return seen.join(' ');
}))]
"""
"""The colours, sizes and grounds that words are written in, down to the first full ground."""
NOT_THERE = 404


class Looks:
    """Looks at pages as several people.

    What is not there for somebody, and what is made of no kind of element that the same address
    did not show to somebody before, is asked of the application alone: a browser takes fifty
    times as long. Axe looks at each page once, and again where somebody's holds a kind of element
    that no page had; at its colours only where words are written in colours that no page had.
    """

    def __init__(self) -> None:
        self._written: defaultdict[str, set[tuple[str | None, ...]]] = defaultdict(set)
        self._ever: set[str] = set()
        self._colours: set[str] = set()

    def troubles(self, someone: Someone, known: FlaskClient, address: str) -> list[str]:
        """Return what is wrong with a page for somebody, who is signed in on both clients."""
        with known.get(address) as answer:
            status, kinds = answer.status_code, kinds_written(answer.text)
        seen = self._written[address]
        if status == NOT_THERE or kinds <= seen:
            return []
        is_first = not seen
        seen |= kinds
        someone.go(address)
        return self.troubles_before(someone, is_first=is_first)

    def troubles_before(self, someone: Someone, *, is_first: bool = True) -> list[str]:
        """Return what is wrong with the page that stands before somebody, wide and narrow."""
        page = someone.page
        kinds, colours = set(page.evaluate(KINDS)), set(page.evaluate(COLOURS))
        is_new, is_colourful = bool(kinds - self._ever), bool(colours - self._colours)
        found = []
        if is_first or is_new or is_colourful:
            found = violations_of(page, with_colours=is_colourful)
        self._ever |= kinds
        self._colours |= colours
        found += shape_of(page)
        page.set_viewport_size({"width": NARROW, "height": HEIGHT})
        found += [f"narrow: {one}" for one in shape_of(page)]
        page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        return found


class _Written(HTMLParser):
    """The kinds of elements in a page as it is sent, with what scripts go by."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: set[tuple[str | None, ...]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        names = sorted(name for name in given if name.startswith(("aria-", "data-")))
        self.kinds.add((tag, given.get("role"), given.get("type"), given.get("class"), *names))


def kinds_written(page: str) -> set[tuple[str | None, ...]]:
    """Return the kinds of elements that a page is sent with."""
    written = _Written()
    written.feed(page)
    return written.kinds


def shape_of(page) -> list[str]:
    """Return what sticks out of a page, and a missing or second heading."""
    wide = page.evaluate(STICKS_OUT)
    heads = page.locator("h1").count()
    return [f"sticks out by {wide} px"] * (wide > 0) + [f"{heads} h1"] * (heads != 1)


def violations_of(page, *, with_colours: bool = True) -> list[str]:
    """Return what axe finds."""
    options = {
        "resultTypes": ["violations"],
        "rules": {"color-contrast": {"enabled": with_colours}},
    }
    found = AXE.run(page, options=options).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:140]}" for v in found]
