"""A file of dossiers in an empty folder."""

import pytest
from intake import COLUMNS, write


@pytest.fixture
def file(tmp_path):
    """Write rows as a file, each time under a new name."""
    names = iter(range(100))

    def made(*rows, columns=COLUMNS):
        return write(tmp_path / f"{next(names)}.csv", rows, columns)

    return made
