"""A profile written as TOML is read back as what was written."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from web.dossiers.shipped import shipped_profiles
from web.imports.writing import toml_text
from workflow.dossiers.profile_text import read_profile

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
plain = texts | st.integers(-(10**9), 10**9) | st.booleans() | st.lists(texts, max_size=3)
tables = st.dictionaries(texts.filter(bool), plain, max_size=4)
bodies = st.dictionaries(
    texts.filter(bool),
    plain | tables | st.lists(tables.filter(bool), min_size=1, max_size=2)
    | st.dictionaries(texts.filter(bool), tables, max_size=2),
    max_size=5,
)  # fmt: skip


@given(bodies)
def test_what_is_written_is_read_back(body):
    assert tomllib.loads(toml_text(body)) == body


def test_shipped_profiles_survive_being_written_anew():
    for toml in shipped_profiles().values():
        again = toml_text(tomllib.loads(toml))
        assert read_profile(again) == read_profile(toml)


def test_what_is_not_there_is_left_out():
    assert toml_text({"a": None, "b": "x", "c": {"d": None, "e": 1}}) == 'b = "x"\n\n[c]\ne = 1\n'
