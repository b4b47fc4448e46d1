"""Every page is sound HTML: parsed without an error, no id twice, nothing points nowhere."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

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


class Part(NamedTuple):
    """What was found in a part of a page: its ids, and what it points to outside of itself."""

    ids: frozenset[str]
    outward: tuple[tuple[str, str], ...]
    troubles: tuple[str, ...]


def part_of(text):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    every = list(elements(parser.parse(text)))
    ids = Counter(one.get("id") for one in every if one.get("id") is not None)
    found = [f"{code} at {place}" for place, code, _ in parser.errors]
    found += [f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1]
    outward = []
    for one in every:
        found += [f"{named(one)} has {name}" for name in one.attrib if not OWN.fullmatch(str(name))]
        found += [f"{named(one)}: {words}" for words in unlike_html(one)]
        aims = [(name, key) for name in POINTERS for key in (one.get(name) or "").split()]
        if (aim := one.get("data-hx-target") or "").startswith("#"):
            aims.append(("data-hx-target", aim[1:]))
        outward += [(key, f"{named(one)}'s {name}") for name, key in aims if key not in ids]
    return Part(frozenset(map(lasting, ids)), tuple(outward), tuple(found))


PASSING = re.compile(
    r'(?:value|content)="[^"]{30,}"|value="/[^"]*"|<title>[^<]*| aria-current="page"|[0-9]+'
)
"""Figures, tokens, where a page is and what it is called: what differs in these alone is what was
looked at."""
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
BARE = '<!doctype html><html lang="vi"><head><title>x</title></head><body>%s</body></html>'
_LOOKED_AT: dict[str, Part] = {}


def lasting(text):
    return PASSING.sub("", text)


def looked_at(text):
    """Return what is found in a part; one that differs in passing things alone is parsed once."""
    key = lasting(text)
    if key not in _LOOKED_AT:
        _LOOKED_AT[key] = part_of(text)
    return _LOOKED_AT[key]


def troubles_in(text):
    """Return what is wrong with a page: with its main part, with its frame, and between them."""
    main = MAIN.search(text)
    alone = [BARE % main[0], MAIN.sub("<main></main>", text)] if main else [text]
    parts = list(map(looked_at, alone))
    every = frozenset().union(*(part.ids for part in parts))
    found = [words for part in parts for words in part.troubles]
    if sum(len(part.ids) for part in parts) > len(every):
        found.append("an id stands in the frame and in the main part")
    return found + [
        f"{words} points to no {key!r}"
        for part in parts
        for key, words in part.outward
        if lasting(key) not in every
    ]


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
    assert troubles_in(BARE % "<p>x</p>") == []
    assert troubles_in(BARE % UNSOUND[what]) != []
    assert troubles_in(BARE % f"<nav></nav><main>{UNSOUND[what]}</main>") != []
    assert troubles_in(BARE % f"{UNSOUND[what]}<main></main>") != []


def test_the_look_sees_from_the_frame_into_the_main_part():
    assert (
        troubles_in(BARE % '<a id="b">x</a><main><p id="a" aria-labelledby="b"></p></main>') == []
    )
    assert troubles_in(BARE % '<a aria-controls="a">x</a><main><p id="a"></p></main>') == []
    assert troubles_in(BARE % '<a aria-controls="c">x</a><main><p id="a"></p></main>') != []
    assert troubles_in(BARE % '<a id="a">x</a><main><p id="a"></p></main>') != []


def places_of(world):
    yield from (address for _, address in addresses(world).values())
    for name in ("own", "district", "part"):
        yield from (f"/directives/{world.made[name]}/{action.value}" for action in Action)
    yield "/no-such-page"


@ON_ONE_DATABASE
@pytest.mark.parametrize("who", ROLES)
def test_every_page_is_sound_html(world, who):
    staged(world, "furnished", furnish)
    client = world.sign_in(who) if who else world.app.test_client()
    found = {}
    for address in places_of(world):
        with client.get(address, follow_redirects=False) as answer:
            whole = answer.content_type == PAGE and answer.text.lstrip()[:9] == "<!doctype"
            if whole and (troubles := troubles_in(answer.text)):
                found[address] = troubles[:3]
    assert found == {}
