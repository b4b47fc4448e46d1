"""No GET changes anything, and no link leads nowhere."""

import re
from collections import Counter
from html import unescape

import pytest
from backends import ON_ONE_DATABASE
from digest import digest_of
from doors import client_of, open_page, told
from places import addresses

LINK = re.compile(r'(?:href|src|data-hx-get)="(/[^"#]*)"')
MOST_PAGES = 150
VARIANTS = 2
"""How often one path is looked at with other questions after it."""


@ON_ONE_DATABASE
@pytest.mark.parametrize("who", [None, "office", "leader", "admin", "clerk", "foreign"])
def test_nothing_is_changed_by_looking_at_every_page_and_every_link_on_it(furnished, who):
    """Crawled from every address through every link that stands on a page."""
    client = client_of(furnished, who)
    before = digest_of(furnished.office.engine)
    todo = [address for _, address in addresses(furnished).values()]
    seen, looked_at = set(), Counter()
    while todo and len(seen) < MOST_PAGES:
        address = todo.pop(0)
        path = address.partition("?")[0]
        if address in seen or looked_at[path] > VARIANTS:
            continue
        seen.add(address)
        looked_at[path] += 1
        with client.get(address) as answer:
            page = answer.get_data()
        assert answer.status_code < 500, address
        if answer.mimetype == "text/html" and who:
            todo += sorted({unescape(link) for link in LINK.findall(page.decode())} - seen)
    assert digest_of(furnished.office.engine) == before
    assert len(seen) > 60


@ON_ONE_DATABASE
def test_no_link_of_any_page_leads_nowhere(furnished):
    """Whatever a page offers to somebody opens to them, or says in words why not now."""
    for who in ("office", "clerk", "admin"):
        client, seen = client_of(furnished, who), set()
        for place, (_, address) in addresses(furnished).items():
            page = open_page(client, address)
            if told(page) != "open" or page.mimetype != "text/html":
                continue
            links = {unescape(found) for found in LINK.findall(page.get_data(as_text=True))}
            for link in sorted(links - seen):
                path = link.partition("?")[0]
                if path not in seen:
                    assert open_page(client, link).status_code not in {404, 500}, (who, place, link)
                seen |= {link, path}
