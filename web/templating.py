"""How templates look things up: quick paths for what a page does a thousand times."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import urlencode

from babel.support import NullTranslations
from flask import Flask, g, has_request_context, request
from flask.templating import Environment
from flask_babel import get_translations
from jinja2 import pass_context, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from markupsafe import Markup

from web import icons, keeping
from web.formats import vn_number
from web.speech import spoken
from workflow.evidence.rules import ALLOWED_TYPES

AS_THEY_ARE = "!$'()*,/:;?@"
"""What stands unchanged in the query of an address, as Werkzeug writes it."""


KEPT_ENDINGS = ",".join(f".{one.extension}" for one in ALLOWED_TYPES)
"""Endings of files that may be kept, as a file field names them."""


class QuickEnvironment(Environment):
    """Looks into plain dictionaries by their keys first.

    Jinja asks for the attribute, catches the error, then asks for the key: most of the time
    of a long table.
    """

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return a dictionary's value under `attribute`, or what Jinja finds."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template finds everywhere: the one dictionary, where it has no own.

        Jinja lays a chain over it, which each import of a macro walks link by link.
        """
        return super().make_globals(d) if d else self.globals


class Application(Flask):
    """Flask with templates that look things up quickly, and with addresses built once."""

    jinja_environment = QuickEnvironment

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._addresses: dict[tuple[str, str], str] = {}
        self._plain: dict[str, bool] = {}

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """Return an address; that of a page without arguments is built once for each root.

        There are as many of these as there are pages, so they are all kept; what a page is
        asked with stands behind its address.
        """
        if endpoint.startswith(".") or not has_request_context() or not self._only_asks(values):
            return super().url_for(endpoint, **values)
        if values and not self._has_no_arguments(endpoint):
            return super().url_for(endpoint, **values)
        key = (request.script_root, endpoint)
        if key not in self._addresses:
            self._addresses[key] = super().url_for(endpoint)
        plain = self._addresses[key]
        return f"{plain}?{urlencode(values, safe=AS_THEY_ARE)}" if values else plain

    @staticmethod
    def _only_asks(values: Mapping[str, object]) -> bool:
        """Whether all values are plain words for the page, and none tells how to build."""
        return all(type(v) is str and not name.startswith("_") for name, v in values.items())

    def _has_no_arguments(self, endpoint: str) -> bool:
        if endpoint not in self._plain:
            try:
                rules = list(self.url_map.iter_rules(endpoint))
            except KeyError:
                return False
            self._plain[endpoint] = not any(rule.arguments or rule.defaults for rule in rules)
        return self._plain[endpoint]


class Words(dict[str, Markup]):
    """The sentences of one language as markup, each looked up once."""

    def __init__(self, translations: NullTranslations) -> None:
        super().__init__()
        self.translations: Any = translations

    def __missing__(self, words: str) -> Markup:
        found = self[words] = Markup(self.translations.ugettext(words))  # noqa: S704 - our own words
        return found


def register(app: Flask) -> None:
    """Let templates find the words of a request's language once, not for each word."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda words: _translations().ugettext(words),
        ngettext=lambda one, many, number: _translations().ungettext(one, many, number),
        pgettext=lambda place, words: _translations().upgettext(place, words),
        npgettext=lambda place, one, many, n: _translations().unpgettext(place, one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = _said
    app.jinja_env.globals["ngettext"] = _counting(app.jinja_env.globals["ngettext"])
    app.jinja_env.globals["kept_endings"] = KEPT_ENDINGS
    icons.register(app)
    keeping.register(app)


def _counting(plain: Any) -> Any:
    """Return `ngettext` for templates that writes its number as readers do: 1.095, not 1095."""

    @pass_context
    def told(context: Context, one: str, many: str, number: int, **params: Any) -> Any:
        params.setdefault("num", vn_number(number))
        return plain(context, one, many, number, **params)

    return told


@pass_eval_context
def _said(context: EvalContext, words: str, /, **given: object) -> str:
    """Return `words` in the reader's language, what is given filled in and escaped.

    Without anything given they are a pattern all the same, as in every other call for words:
    a sign of percent is written twice.
    """
    found = _words()[words]
    if not context.autoescape:
        return str(found) % given
    return found % given if given or "%" in found else found


def _translations() -> Any:
    return _words().translations


_KNOWN: dict[int, Words] = {}


def _words() -> Words:
    locale = spoken()
    known: tuple[object, Words] | None = g.get("words")
    if known is None or known[0] is not locale:
        translations = get_translations()
        words = _KNOWN.get(id(translations))
        if words is None or words.translations is not translations:
            words = _KNOWN[id(translations)] = Words(translations)
        known = g.words = (locale, words)
    return known[1]
