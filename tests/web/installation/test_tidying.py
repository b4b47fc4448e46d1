"""A serving process leaves what stands at its start out of the search for rubbish."""

from __future__ import annotations

import subprocess
import sys

SAID = """
import gc
from web.tidying import THRESHOLDS, tidy_seldom
stands = [[n] for n in range(5000)]
tidy_seldom()
print(gc.get_freeze_count() >= len(stands), gc.get_threshold() == THRESHOLDS, gc.isenabled())
"""


def test_what_stands_is_left_alone_and_rubbish_is_still_looked_for():
    ran = subprocess.run([sys.executable, "-c", SAID], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["True", "True", "True"]
