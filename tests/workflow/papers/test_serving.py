"""Which directives a paper served: number, day and issuer say so before its file does."""

from datetime import date

import pytest

from workflow.evidence.records import StoredFile
from workflow.papers.records import Direction, KnownPaper, ListedPaper
from workflow.papers.serving import Issued, Piece, Reported, Traces, served_by

DAY, NEXT_DAY = date(2021, 8, 20), date(2021, 8, 21)
OURS, OTHERS = 3, 4
FILE = StoredFile(name="bao-cao.pdf", media_type="application/pdf", size=9, sha256="ab")


def paper(agency=OURS, file=FILE, number="12/BC-STNMT"):
    listed = ListedPaper(direction=Direction.INCOMING, number=number, dated=DAY,
                         counterpart="Sở Tài nguyên và Môi trường", agency_id=agency)  # fmt: skip
    return KnownPaper(id=1, listed=listed, file=file)


def reported(number="12/BC-STNMT", dated=DAY, lead=OURS):
    return Reported(directive=7, number=number, dated=dated, lead=lead)


def issued(agency, number="12/BC-STNMT", dated=DAY):
    return Issued(number=number, dated=dated, agency=agency)


@pytest.mark.parametrize(
    ("report", "alike", "by", "is_it"),
    [
        pytest.param(reported(), (), OURS, True, id="number and day"),
        pytest.param(reported(number="13/BC-STNMT"), (), OURS, False, id="another number"),
        pytest.param(reported(dated=NEXT_DAY), (), OURS, False, id="another day"),
        pytest.param(reported(dated=None), (), OURS, False, id="no day"),
        pytest.param(reported(lead=OTHERS), (), OURS, True, id="the work went on to another lead"),
        pytest.param(
            reported(lead=OTHERS), (issued(OURS), issued(OTHERS)), OURS, False, id="the lead's own is there"
        ),
        pytest.param(
            reported(), (issued(OURS), issued(OTHERS)), OURS, True, id="ours, though another looks alike"
        ),
        pytest.param(
            reported(lead=OTHERS), (issued(OURS), issued(OTHERS, dated=NEXT_DAY)), OURS, True,
            id="the lead's is of another day",
        ),
        pytest.param(
            reported(lead=OTHERS), (issued(OURS), issued(OTHERS, number="13/BC-STNMT")), OURS, True,
            id="the lead's has another number",
        ),
        pytest.param(reported(), (), None, True, id="an issuer nobody knows"),
        pytest.param(
            reported(), (issued(OURS),), None, False, id="an issuer nobody knows, and the lead's is there"
        ),
    ],
)  # fmt: skip
def test_a_report_is_the_paper_of_its_number_day_and_issuer(report, alike, by, is_it):
    traces = Traces(reported=(report,), issued=alike)
    assert served_by(paper(by, file=None), traces) == ({7} if is_it else set())


@pytest.mark.parametrize(
    ("given", "is_it"),
    [
        ({}, True),
        ({"done": "Đã rà soát"}, True),
        ({"paper_date": "2021-08-21"}, True),
        ({"report_number": "12/BC-STNMT"}, True),
        ({"report_number": "12 / bc-stnmt"}, True),
        ({"report_number": "", "paper": "12/BC-STNMT"}, True),
        ({"report_number": "13/BC-STNMT", "paper": "12/BC-STNMT"}, False),
        ({"paper": "12/BC-STNMT", "paper_date": "2021-08-20"}, True),
        ({"paper": "12/BC-STNMT", "paper_date": "2021-08-21"}, False),
        ({"report_number": "12/BC-STNMT", "report_date": "2021-08-21"}, False),
        ({"paper": "13/BC-STNMT", "paper_date": "2021-08-20"}, False),
    ],
)
def test_a_file_is_the_paper_unless_its_act_names_another(given, is_it):
    traces = Traces(pieces=(Piece(directive=8, sha256="ab", given=given),))
    assert served_by(paper(), traces) == ({8} if is_it else set())


@pytest.mark.parametrize("file", [None, StoredFile(name="x", media_type="", size=1, sha256="cd")])
def test_a_paper_of_no_file_or_another_serves_nothing_by_a_file(file):
    assert not served_by(paper(file=file), Traces(pieces=(Piece(directive=8, sha256="ab"),)))


def test_a_directive_that_shows_a_paper_twice_is_served_once():
    twice = Piece(directive=7, sha256="ab", given={"report_number": "12/BC-STNMT"})
    once_more = Piece(directive=9, sha256="ab")
    traces = Traces(reported=(reported(), reported()), pieces=(twice, once_more))
    assert served_by(paper(), traces) == {7, 9}
    assert not served_by(paper(), Traces())
