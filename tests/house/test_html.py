"""Every page is sound HTML: parsed without an error, no id twice, nothing points nowhere."""

from __future__ import annotations

import re
from collections import Counter

import html5lib
import pytest
from backends import ON_ONE_DATABASE
from places import addresses, furnish
from world import staged

from workflow.directives.records import Action

POINTERS = (
    "for",
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "list",
    "form",
    "headers",
)
OWN = re.compile(
    r"(?:data-|aria-)[a-z-]+|accept|action|alt|autocomplete|charset|checked|class|colspan|content|"
    r"datetime|disabled|download|enctype|for|form|formaction|headers|height|hidden|href|id|inputmode|label|lang|list|"
    r"loading|max|maxlength|media|method|min|minlength|multiple|name|novalidate|open|pattern|"
    r"placeholder|readonly|rel|required|role|rows|rowspan|scope|selected|size|sizes|spellcheck|"
    r"abbr|autocapitalize|formnovalidate|src|start|step|tabindex|target|title|type|value|width|wrap|autofocus|defer|reversed|cite|span"
)
"""Attributes that HTML knows; `style` and `on…` are none of ours."""
DRAWN = "{http://www.w3.org/2000/svg}"
PAGE = "text/html; charset=utf-8"
ROLES = (None, "office", "leader", "inspector", "admin", "clerk", "district")


def named(element):
    return str(element.tag).rpartition("}")[2]


def elements(tree):
    """All elements but those of a drawing, and what rows to come are made of."""
    if not isinstance(tree.tag, str) or tree.tag.startswith(DRAWN) or named(tree) == "template":
        return
    yield tree
    for child in tree:
        yield from elements(child)


MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?([+-]\d\d:\d\d|Z)?)?")


def unlike_html(one):
    """What the standard's own checker (vnu) finds and a parser does not."""
    if named(one) == "time" and not MOMENT.fullmatch(one.get("datetime", "")):
        yield f"{one.get('datetime')} is no moment"
    if named(one) == "select" and {"required"} == {"required", "multiple"} & set(one.attrib):
        first = one.find(".//option")
        if first is None or first.get("value", first.text):
            yield "a required list begins with a value"


def troubles_in(text):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    found = [f"{code} at {place}" for place, code, _ in parser.errors]
    every = list(elements(tree))
    ids = Counter(one.get("id") for one in every if one.get("id") is not None)
    found += [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    for one in every:
        found += [f"{named(one)} has {name}" for name in one.attrib if not OWN.fullmatch(str(name))]
        for name in POINTERS:
            for key in (one.get(name) or "").split():
                found += [] if key in ids else [f"{named(one)}'s {name} points to no {key!r}"]
        found += [f"{named(one)}: {words}" for words in unlike_html(one)]
        aim = one.get("data-hx-target") or ""
        if aim.startswith("#") and aim[1:] not in ids:
            found.append(f"{named(one)} is to fill no {aim!r}")
    return found


UNSOUND = {
    "an id twice": '<p id="a"></p><p id="a"></p>',
    "a label of nothing": '<label for="b">x</label>',
    "an own attribute": '<p hx-get="/">x</p>',
    "a style": '<p style="color:red">x</p>',
    "a handler": '<p onclick="x()">x</p>',
    "a crossed end": "<p><b>x</p></b>",
    "a moment too fine": '<time datetime="2021-09-30T10:00:00.123456+07:00">x</time>',
    "a needed list": '<select required><option value="1">x</option></select>',
}


@pytest.mark.parametrize("what", UNSOUND)
def test_the_look_finds_what_is_unsound(what):
    page = '<!doctype html><html lang="vi"><head><title>x</title></head><body>%s</body></html>'
    assert troubles_in(page % "<p>x</p>") == []
    assert troubles_in(page % UNSOUND[what]) != []


def places_of(world):
    yield from (address for _, address in addresses(world).values())
    for name in ("own", "district", "part"):
        yield from (f"/directives/{world.made[name]}/{action.value}" for action in Action)
    yield "/no-such-page"


PASSING = re.compile(r'value="[^"]{30,}"|[0-9]+')
"""Figures and tokens: a page that differs in these alone is the page that was looked at."""


@ON_ONE_DATABASE
@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_sound_html(world, who):
    staged(world, "furnished", furnish)
    client = world.sign_in(who) if who else world.app.test_client()
    found, seen = {}, set()
    for address in places_of(world):
        with client.get(address, follow_redirects=False) as answer:
            whole = answer.content_type == PAGE and answer.text.lstrip()[:9] == "<!doctype"
            page = PASSING.sub("", answer.text) if whole else ""
            if whole and page not in seen and (troubles := troubles_in(answer.text)):
                found[address] = troubles[:3]
            seen.add(page)
    assert found == {}
