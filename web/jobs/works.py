"""Every kind of background work; each owner adds its own here."""

from __future__ import annotations

from datetime import timedelta

from web.dossiers.counting import COUNTING, count_months
from web.imports.working import TRIAL, run_trial
from web.jobs.held import Work
from web.jobs.importing import IMPORT, bury_import, import_file
from web.jobs.nightly import run_night
from web.jobs.sweeping import NIGHT
from web.jobs.ticking import act_once_a_minute
from web.messages.mailing import bury_letter, send_letter
from web.review.nightly import PLACE, place_cases
from workflow.jobs.records import TICK
from workflow.jobs.rules import Patience
from workflow.messages.mailing import SEND

AT_NIGHT = Patience(attempts=8, waits=(timedelta(minutes=1), timedelta(minutes=10)))
BY_MAIL = Patience(
    attempts=8,
    waits=(
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=1),
        timedelta(hours=3),
        timedelta(hours=6),
    ),
)
ONCE = Patience(attempts=1)
FEW = Patience(attempts=3)

WORKS: dict[str, Work] = {
    work.name: work
    for work in (
        Work(name=TICK, run=act_once_a_minute, patience=ONCE, in_ledger=False),
        Work(name=NIGHT, run=run_night, patience=AT_NIGHT, is_long=True, in_ledger=False),
        Work(name=IMPORT, run=import_file, patience=FEW, is_long=True, buried=bury_import),
        Work(name=COUNTING, run=count_months, patience=AT_NIGHT, is_long=True),
        Work(name=PLACE, run=place_cases, patience=AT_NIGHT),
        Work(name=TRIAL, run=run_trial, patience=FEW, is_long=True),
        Work(name=SEND, run=send_letter, patience=BY_MAIL, in_ledger=False, buried=bury_letter),
    )
}
