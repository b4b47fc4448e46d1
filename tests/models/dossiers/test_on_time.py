"""The query judges dossiers as the law does, whatever the dates, on any day asked."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from intake import plain_profile, row, take, write
from sqlalchemy import delete, select

from models.dossiers.queries import standing_is, timeliness
from models.dossiers.rows import DossierImportRow, DossierRow
from models.dossiers.timing import Judging
from workflow.calendar.vietnam import vietnam_calendar
from workflow.dossiers.records import Dossier, Wait
from workflow.dossiers.timing import Promise, Verdict, judged, rate

START = date(2021, 8, 23)
CALENDAR = vietnam_calendar(())
day = st.integers(0, 40).map(lambda n: START + timedelta(days=n))
maybe = st.none() | day


@st.composite
def wait(draw):
    asked = draw(day)
    length = draw(st.none() | st.integers(0, 25))
    return Wait(asked, None if length is None else asked + timedelta(days=length))


@st.composite
def dossier(draw):
    """A dossier whose promised days are not before its receipt: others are turned away."""
    received = draw(day)
    promised = st.none() | st.dates(received, START + timedelta(days=40))
    return Dossier(
        source="one-stop",
        code="",
        received_on=received,
        promised_on=draw(promised),
        promised_last_on=draw(promised),
        ended_on=draw(maybe),
        waits=tuple(draw(st.lists(wait(), max_size=2))),
    )


def line(number, one):
    waits = [*one.waits, None, None]
    first, second = waits[:2]
    return row(
        f"D{number}",
        received=one.received_on,
        promised=one.promised_on,
        promised_again=one.promised_last_on,
        processed=one.ended_on,
        asked=first and first.asked_on,
        answered=first and first.answered_on,
        billed=second and second.asked_on,
        paid=second and second.answered_on,
    )


def as_the_file_says(one, *, included):
    """The first promised day is the last where the file has only that one, and the other way."""
    return Dossier(
        source=one.source,
        code=one.code,
        received_on=one.received_on,
        promised_on=one.promised_on or one.promised_last_on,
        promised_last_on=one.promised_last_on or one.promised_on,
        ended_on=one.ended_on,
        waits=one.waits,
        waits_included=included,
    )


def test_the_query_and_the_law_agree_on_who_is_late(world, tmp_path):
    engine = world.office.engine

    @settings(max_examples=25)
    @given(several=st.lists(dossier(), min_size=15, max_size=40), on=day, included=st.booleans())
    def agree(several, on, included):
        with engine.begin() as connection:
            connection.execute(delete(DossierRow))
            connection.execute(delete(DossierImportRow))
        path = write(tmp_path / "x.csv", [line(n, one) for n, one in enumerate(several)])
        take(world, path, plain_profile(included=included))
        for by in Promise:
            law = {
                f"D{n}": judged(as_the_file_says(one, included=included), on, CALENDAR, by)
                for n, one in enumerate(several)
            }
            with engine.connect() as connection:
                judging = Judging(on, CALENDAR, by)
                found = connection.execute(select(DossierRow.code, judging.verdict())).all()
                late = connection.execute(
                    select(DossierRow.code).where(
                        standing_is({Verdict.LATE, Verdict.OPEN_LATE}, on, CALENDAR, by)
                    )
                ).scalars().all()  # fmt: skip
                totals = timeliness(connection, on, CALENDAR, by=by)
            assert {code: verdict and Verdict(verdict) for code, verdict in found} == law
            assert set(late) == {c for c, v in law.items() if v in {"late", "open_late"}}
            verdicts = list(law.values())
            if any(verdicts):
                [total] = totals
                assert total.received == sum(v is not None for v in verdicts)
                for name in (Verdict.ON_TIME, Verdict.LATE, Verdict.OPEN_LATE):
                    assert getattr(total, name) == verdicts.count(name)
                assert total.rate == rate(total.on_time, total.late, total.open_late)
            else:
                assert totals == []

    agree()
