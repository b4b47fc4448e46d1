"""The big list of naughty strings, into every field of every form and after every address.

On PostgreSQL only: it refuses what SQLite lets pass.
"""

from __future__ import annotations

import itertools
import json
import re
from contextlib import contextmanager
from urllib.parse import parse_qsl

import pytest
from corpora import naughty
from flask import request
from flask_wtf import FlaskForm
from places import addresses
from reflecting import Page
from sqlalchemy import event
from werkzeug.datastructures import MultiDict
from werkzeug.test import encode_multipart
from wtforms import FieldList, FormField, StringField

from web.checked import Day
from web.directives.fields import AmountField, DayField, WholeField
from workflow.directives.records import Action
from workflow.review.records import ReviewAction
from workflow.text import clean, clean_lines

ON_THE_STRICTER = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
WHO = ("office", "clerk", "admin", "other_clerk", "inspector", "leader", "head", "officer")
TURNS = 3
"""How often a form that takes what it is given is given something else."""
UNSENT = {"/sign-out", "/acting", "/language", "/account/password"}
"""Forms that would end the session they are sent in, or change who acts in it."""
ROWS_OF_WORDS = {"/papers/list/new"}
"""Forms whose words are taken for rows: other words make other rows of the page."""
SAID_ELSEWHERE = {
    ("/papers/N-N/record_report", "result"),
    ("/papers/N-N/judge", "remark"),
    ("/papers/N-N/judge", "2021-0001-01-due_on"),
    ("/papers/N-N/judge", "2021-0001-02-due_on"),
    ("/escalation/rules/MC-N/N/backtest", "first"),
    ("/escalation/rules/MC-N/N/backtest", "last"),
}
"""Not kept and rightly so: words for the lines that say nothing of their own, a new day where
nothing is returned, days that are refused in words on the next page."""
FIGURES = re.compile(r"\d+")
PLAIN = {Day: "23/08/2021", DayField: "23/08/2021", AmountField: "1", WholeField: "1"}
"""What is typed where only a day or a figure goes, so that the rest may be kept."""
ASKED = frozenset({"q", "page", "sort", "next", "back", "after"})


def in_general(address):
    return FIGURES.sub("N", address.partition("?")[0])


class Found:
    """What there is to attack: every page that opens, and every form that is posted from one."""

    def __init__(self, world):
        self.world, self.clients = world, {}
        self.pages, self.forms = [], {}
        for address in dict.fromkeys(address for _, address in addresses(world).values()):
            self._open(address, WHO)
        for act in (*Action, *ReviewAction):
            is_review = isinstance(act, ReviewAction)
            numbers = ("case",) if is_review else ("own", "beside")
            for number in (world.made[name] for name in numbers):
                place = f"/{'review' if is_review else 'directives'}/{number}/{act.value}"
                if in_general(place) not in self.forms:
                    self._open(place, ("clerk", "office", "other_clerk", "inspector"))

    def client(self, who):
        if who not in self.clients:
            self.clients[who] = self.world.sign_in(who)
        return self.clients[who]

    def _open(self, address, people):
        for who in people:
            with self.client(who).get(address) as answer:
                if answer.status_code != 200:
                    continue
                page = Page(answer.text) if answer.mimetype == "text/html" else Page("")
            self.pages.append((who, address, page))
            for form in page.forms:
                key = in_general(form.action or address)
                if form.method == "post" and form.typed and key[:1] == "/" and key not in UNSENT:
                    self.forms.setdefault(key, (who, address, form))
            return

    def as_it_stands(self, key):
        """Return a form again as its page has it now, None where that is over."""
        who, address, _ = self.forms[key]
        with self.client(who).get(address) as answer:
            forms = Page(answer.text).forms
        return next((f for f in forms if in_general(f.action or address) == key and f.typed), None)

    def post(self, key, data):
        """Send a form; what is said after it on the next page is read too."""
        who, address, form = self.forms[key]
        kind = None
        if form.files:
            # what the test client writes down by itself it puts into a file, and leaves that open
            boundary, data = encode_multipart(data)
            kind = f"multipart/form-data; boundary={boundary}"
        with self.client(who).post(form.action or address, data=data, content_type=kind) as answer:
            page = Page(answer.text if answer.mimetype == "text/html" else "")
        if answer.status_code == 303:
            with self.client(who).get(answer.location) as told:
                page.runs += Page(told.text).runs
        return answer.status_code, page


def harmless(text):
    """Return words of the same length and lines that mean nothing."""
    return re.sub(r"\S", "a", text)


def sendable(form):
    """Return what the form sends with everything chosen that can be."""
    sent = dict(form.sent)
    for name, offered in form.offered.items():
        real = [one for one in offered if one]
        if real and not any(sent.get(name, ())):
            sent[name] = real[:1]
    return sent


def text_fields(form):
    for one in form:
        if isinstance(one, FormField):
            yield from text_fields(one.form)
        elif isinstance(one, FieldList):
            for entry in one.entries:
                yield from text_fields(entry.form) if isinstance(entry, FormField) else (entry,)
        elif isinstance(one, StringField) and one.name != "csrf_token":
            yield one


class EachAlone:
    """Gives each field of each form that is made every string alone, then what came with it."""

    def __init__(self, monkeypatch):
        self.kinds = {}
        make = FlaskForm.__init__

        def made(form, *args, **more):
            make(form, *args, **more)
            if request.method == "POST":
                for one in text_fields(form):
                    self._feed(form, one)

        monkeypatch.setattr(FlaskForm, "__init__", made)

    def _feed(self, form, one):
        key = (in_general(request.path), one.name)
        if key in self.kinds:
            return
        self.kinds[key] = type(one)
        before = one.data, one.raw_data, one.errors, one.process_errors
        for text in naughty():
            one.process(MultiDict([(one.name, text)]))
            one._value()
            hash(getattr(one, "value", None))
            if one.validate(form):
                assert one.data is None or same(one.data, text), (key, text, one.data)
            else:
                assert all(str(error).strip() for error in one.errors), (key, text)
        one.data, one.raw_data, one.errors, one.process_errors = before


def same(kept, given):
    kept, given = str(kept), given.replace("\r\n", "\n")
    return kept.replace("\r\n", "\n") in {
        given, given.strip(), clean(given), clean_lines(given), "",
    }  # fmt: skip


@contextmanager
def written(engine):
    """Collect every text that is written to the database."""
    kept = []

    def leaves(value):
        value = getattr(value, "obj", value)
        if isinstance(value, str):
            kept.append(value)
            if value[:1] in "{[":
                try:
                    leaves(json.loads(value))
                except ValueError:
                    return
        elif isinstance(value, dict):
            for one in value.values():
                leaves(one)
        elif isinstance(value, list | tuple):
            for one in value:
                leaves(one)

    def note(_c, _u, statement, parameters, *_more):
        if not statement.lstrip().startswith("SELECT"):
            leaves(parameters)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield kept
    finally:
        event.remove(engine, "before_cursor_execute", note)


def all_at_once(found, troubles):
    """Every field holds all strings: too long for most, so that the page comes back with them."""
    reflected = set()
    for key, (_, _, form) in found.forms.items():
        shapes = []
        for turn in (harmless, str):
            data = sendable(form)
            for name in form.typed:
                data[name] = [turn(("\n" if name in form.lines else " ").join(naughty()))]
            status, page = found.post(key, data)
            shapes.append((status, page.shape))
            if status >= 500 or page.runs:
                troubles.append((key, status, page.runs))
        if shapes[0] != shapes[1] and key not in ROWS_OF_WORDS:
            troubles.append((key, "other elements", shapes[0][0], shapes[1][0]))
        for name in form.typed:
            came_back = [value for value in page.values.get(name, ()) if value]
            reflected |= {(key, name) for _ in came_back}
            if not all(same(value, data[name][0]) for value in came_back):
                troubles.append((key, name, "comes back as something else"))
        data |= {name: ["".join(naughty())] for name in form.hidden if name != "csrf_token"}
        status, page = found.post(key, data)
        if status >= 500 or page.runs:
            troubles.append((key, "what is hidden", status, page.runs))
    return reflected


def kept_as_given(found, kinds, troubles):
    """Each field holds one string, whatever it does not refuse is kept as it came, in NFC."""
    strings, kept, shut = itertools.cycle(naughty()), set(), set()
    for turn, key in itertools.product(range(TURNS), found.forms):
        form = None if key in shut else found.as_it_stands(key)
        if form is None:
            continue
        given, data = {}, sendable(form)
        for name in form.typed:
            kind = kinds.get((key, name))
            if kind in PLAIN:
                data[name] = data[name] if any(data[name]) else [PLAIN[kind]]
            elif turn or not any(data[name]):
                given[name] = next(strings)
        with written(found.world.office.engine) as texts:
            status, page = found.post(key, data | {name: [one] for name, one in given.items()})
        if status >= 500 or page.runs:
            troubles.append((key, status, page.runs, given))
        if status != 303:
            shut.add(key)
        else:
            for name, text in given.items():
                wanted = {clean(text), clean_lines(text)}
                if any(words in one for words in wanted for one in texts):
                    kept.add((key, name))
                elif (key, name) not in SAID_ELSEWHERE:
                    troubles.append((key, name, "not kept as given", text))
    return kept


def asked_for(found, troubles):
    """All strings at once after every address, shared out to the names its page asks about."""
    for who, address, page in found.pages:
        path, _, query = address.partition("?")
        asking = [form for form in page.forms if form.method == "get"]
        names = {name for form in asking for name in (*form.typed, *form.hidden, *form.offered)}
        names = sorted(names | ASKED | {name for name, _ in parse_qsl(query)})
        shared = {name: " ".join(naughty()[at :: len(names)]) for at, name in enumerate(names)}
        with found.client(who).get(path, query_string=shared) as answer:
            answered = Page(answer.text if answer.mimetype == "text/html" else "")
        if answer.status_code >= 500 or answered.runs:
            troubles.append((path, answer.status_code, answered.runs))


@ON_THE_STRICTER
def test_every_string_into_every_field_and_after_every_address(furnished, monkeypatch):
    found, troubles = Found(furnished), []
    asked_for(found, troubles)
    alone = EachAlone(monkeypatch)
    reflected = all_at_once(found, troubles)
    monkeypatch.undo()
    kept = kept_as_given(found, alone.kinds, troubles)
    assert troubles == []
    assert len(found.pages) > 180
    assert len(found.forms) > 60
    assert len(alone.kinds) > 300
    assert len(reflected) > 240
    assert len(kept) > 30
    with furnished.office.reading() as unit:
        assert unit.history.verify().ok
