"""A person at the page of one directive, and the sheets of a page."""

from __future__ import annotations

import re

from world import csrf_of


class Desk:
    """A signed-in person at one directive."""

    def __init__(self, world, who, number):
        self.world, self.number = world, number
        self.client = world.sign_in(who)

    def page(self):
        return self.client.get(f"/directives/{self.number}").text

    def form(self, action, **query):
        return self.client.get(f"/directives/{self.number}/{action}", query_string=query)

    def post(self, action, **data):
        token = csrf_of(self.form(action).text)
        seen = self.world.directive(self.number).version
        return self.client.post(
            f"/directives/{self.number}/{action}",
            data={"csrf_token": token, "version": str(seen), **data},
            content_type="multipart/form-data",
        )


def sheet(page, name):
    found = re.search(rf'<section[^>]*id="{name}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""
