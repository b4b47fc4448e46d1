"""Every word of the interface can be read in English too."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask_babel import LazyString

from web import labels, refusals
from web.calendar import words as days
from web.documents import words
from web.uploads.refusals import FILE_SENTENCES
from workflow.calendar.vietnam import vietnam_calendar
from workflow.calendar.words import FIRST_DAY, reason_of

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "web" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PLACE = re.compile(r"%(?:\(\w+\))?[sd%]")
MARKED = re.compile(
    r"[àáảãạăắằẳẵặâấầẩẫậđèéẻẽẹêếềểễệìíỉĩịòóỏõọôốồổỗộơớờởỡợùúủũụưứừửữựỳýỷỹỵ]", re.IGNORECASE
)
QUOTED = re.compile(r"“[^”]*”")
PROPER_NAMES = ("Đôn Đốc", "Khánh Hòa")
ALIAS = re.compile(r"import \w*gettext as (\w+)")
USUAL = ("_", "gettext", "ngettext:1,2", "pgettext:1c,2", "npgettext:1c,2,3")
RECIPE = re.compile(r"^WORDS := (.+)$", re.MULTILINE)


def keywords() -> dict[str, object]:
    """The names `make words` takes words from, beside the usual ones."""
    recipe = RECIPE.search((ROOT / "Makefile").read_text(encoding="utf-8"))
    return parse_keywords([*USUAL, *re.findall(r"-k (\S+)", recipe[1])])


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="en")


@pytest.fixture(scope="module")
def spoken() -> set[tuple[str | None, object]]:
    """Every word in the code as it stands now, with its context."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as source:
        methods, options = parse_mapping_cfg(source)
    found = extract_from_dir(ROOT / "web", methods, options, keywords=keywords())
    return {(context, words) for _, _, words, _, context in found if words}


def translations(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def sources(message: Message) -> tuple[str, ...]:
    return message.id if isinstance(message.id, tuple) else (message.id,)


def forms(message: Message) -> Iterator[str]:
    """What each translation translates: one thing its own words, many things theirs."""
    own = sources(message)
    return itertools.chain(own, itertools.repeat(own[-1]))


def each(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    for message in catalogue:
        if message.id:
            yield from zip(forms(message), translations(message), strict=False)


def english(catalogue: Catalog, words: object, context: str | None = None) -> tuple[str, ...]:
    """What the catalogue says for a source text; nothing when it does not know it."""
    message = catalogue.get(words[0] if isinstance(words, tuple) else words, context)
    return translations(message) if message else ()


def test_every_word_in_the_code_is_in_the_catalogue(catalogue, spoken):
    missing = {
        (context, words)
        for context, words in spoken
        if not (told := english(catalogue, words, context)) or not all(told)
    }
    assert missing == set(), "run `make words`, then translate"


def test_the_catalogue_holds_nothing_the_code_no_longer_says(catalogue, spoken):
    held = {(m.context, m.id) for m in catalogue if m.id}
    assert held - spoken == set(), "run `make words`"


def test_every_name_for_translation_is_one_that_words_are_taken_from():
    taken = set(keywords())
    used = {
        name
        for source in (ROOT / "web").rglob("*.py")
        for name in ALIAS.findall(source.read_text(encoding="utf-8"))
    }
    assert used - {"_gettext", "_ngettext"} <= taken


def test_no_translation_is_a_guess(catalogue):
    assert [m.id for m in catalogue if m.id and m.fuzzy] == []


def test_translations_keep_the_placeholders(catalogue):
    wrong = [
        (source, said)
        for source, said in each(catalogue)
        if sorted(PLACE.findall(source)) != sorted(PLACE.findall(said))
    ]
    assert wrong == []


def test_counted_words_have_both_english_forms(catalogue):
    assert catalogue.num_plurals == 2
    wrong = [m.id for m in catalogue if m.pluralizable and len(translations(m)) != 2]
    assert wrong == []


def without_quotes(source: str, said: str) -> str:
    """An English sentence may quote a document's Vietnamese words as its source does."""
    for quote in QUOTED.findall(said):
        if quote.strip("“”") in source:
            said = said.replace(quote, "")
    for name in PROPER_NAMES:
        said = said.replace(name, "")
    return said


def test_english_has_no_vietnamese_left_in_it(catalogue):
    left = [
        (source, said)
        for source, said in each(catalogue)
        if MARKED.search(without_quotes(source, said))
    ]
    assert left == []


def test_sentences_end_as_their_source_does(catalogue):
    wrong = [
        (source, said)
        for source, said in each(catalogue)
        if source[-1] in ".:?…" and said[-1] != source[-1]
    ]
    assert wrong == []


def lazy_words() -> Iterator[tuple[str, str]]:
    tables = {f"labels {name}": table for name, table in labels.GROUPS.items()}
    tables |= {"sentences": refusals.SENTENCES, "field errors": refusals.FIELD_ERRORS}
    tables |= {"file sentences": FILE_SENTENCES, "waiting": words.WAITING}
    tables |= {"left out": words.LEFT_OUT, "how": words.HOW, "columns": words.FIELDS}
    for name, table in tables.items():
        for code, said in table.items():
            assert isinstance(said, LazyString), f"{name} {code}: words are translated when shown"
            yield f"{name} {code}", said._args[-1]


def test_every_label_and_every_refusal_is_translated(catalogue):
    known = {source for source, said in each(catalogue) if said}
    assert [name for name, source in lazy_words() if source not in known] == []


def test_every_day_of_the_calendar_is_told_in_english(catalogue, monkeypatch):
    def gettext(text: str, **holes: object) -> str:
        said = english(catalogue, text)[0]
        return said % holes if holes else said

    monkeypatch.setattr(days, "_is_vietnamese", lambda: False)
    monkeypatch.setattr(days, "gettext", gettext)
    monkeypatch.setattr(days, "vn_date", str)
    calendar = vietnam_calendar()
    span = range(calendar.first_day.toordinal(), calendar.last_day.toordinal() + 1)
    reasons = {reason_of(calendar.mark(date.fromordinal(day))) for day in span}
    reasons.add(FIRST_DAY)
    assert len(reasons) > 50
    assert [reason for reason in reasons if MARKED.search(days.day_told(reason))] == []


def test_a_day_told_in_vietnamese_is_as_the_ledger_says_it(monkeypatch):
    monkeypatch.setattr(days, "_is_vietnamese", lambda: True)
    assert days.day_told("Thứ Bảy, nghỉ hằng tuần") == "Thứ Bảy, nghỉ hằng tuần"


def test_the_catalogue_compiles(catalogue):
    target = io.BytesIO()
    write_mo(target, catalogue)
    assert [str(e) for m in catalogue for e in m.check(catalogue)] == []
    assert target.tell() > 10_000
