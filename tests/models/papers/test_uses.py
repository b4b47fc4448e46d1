"""What a paper of the list served: its number, day and issuer say so before its file does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from doings_of_papers import PAPER

from models.papers.lists import ListView, papers_page
from models.papers.uses import counted_uses, used_for
from workflow.directives.records import Action
from workflow.papers.keeping import attach_file, keep_papers

DAY = date(2021, 8, 20)


def listed(world, number, file=None, **more):
    """Keep a paper in the list, with a file where one is named; return it."""
    paper = replace(PAPER, number=number, dated=DAY, **more)
    with world.unit() as unit:
        keep_papers(unit.papers, world.actor("office"), [paper], source="x", at=world.clock())
    found = next(one for one in papers_of(world) if
                 (one.listed.number, one.listed.counterpart) == (number, paper.counterpart))  # fmt: skip
    if file is not None:
        with world.unit() as unit:
            attach_file(unit.papers, world.actor("office"), found.id, file, at=world.clock())
    return found.id


def papers_of(world):
    with world.office.reading() as unit:
        return papers_page(unit.connection, ListView()).rows


def served(world):
    """Return by the number and issuer of each paper which directives it served, both readings."""
    found = {}
    with world.office.reading() as unit:
        papers = papers_of(world)
        counts = counted_uses(unit.connection, papers)
        for paper in papers:
            uses = used_for(unit.connection, world.actor("office"), paper, DAY, limit=9)
            assert counts.get(paper.id, 0) == len(uses), "the list and the paper's page agree"
            found[paper.listed.number, paper.listed.counterpart] = [one.number for one in uses]
    return found


@pytest.fixture
def numbers(world):
    made = [one.number for _ in range(2) for one in world.issue(world.clause(coordinating=()))]
    for number in made:
        world.act("clerk", number, Action.ACCEPT)
    return made


def recorded(world, number, report, files=()):
    world.act("office", number, Action.RECORD_REPORT, result="Xong", report_number=report,
              report_date=DAY, received_on=world.office.today(), signer="Võ Đình Khôi", files=files)  # fmt: skip


def test_one_annex_with_two_reports_leaves_each_paper_its_own_work(world, numbers):
    annex = world.file("phụ lục chung", "phu-luc.pdf")
    for number, report in zip(numbers, ("12/BC-STNMT", "15/BC-STNMT"), strict=True):
        recorded(world, number, report, (annex,))
    found = served(world)
    lead = "Sở Tài nguyên và Môi trường"
    assert found == {("12/BC-STNMT", lead): numbers[:1], ("15/BC-STNMT", lead): numbers[1:]}


def test_an_annex_of_another_report_makes_a_paper_serve_nothing_more(world, numbers):
    annex = world.file("phụ lục chung", "phu-luc.pdf")
    listed(world, "99/BC-STNMT", annex)
    recorded(world, numbers[0], "12/BC-STNMT", (annex,))
    assert served(world)["99/BC-STNMT", PAPER.counterpart] == []


def test_the_same_number_and_day_of_two_agencies_are_two_papers(world, numbers):
    other = world.agencies["H32.04"]
    listed(world, "12/BC", counterpart=other.name, agency_id=other.id)
    recorded(world, numbers[0], "12/BC", (world.file(),))
    found = served(world)
    assert found["12/BC", other.name] == []
    assert found["12/BC", "Sở Tài nguyên và Môi trường"] == numbers[:1]


def test_a_file_says_which_paper_it_is_where_nothing_else_does(world, numbers):
    letter = world.file("công văn", "cong-van.pdf")
    listed(world, "77/STNMT-VP", letter)
    world.act("clerk", numbers[0], Action.UPDATE, done="Đã rà soát", files=(letter,))
    assert served(world)["77/STNMT-VP", PAPER.counterpart] == numbers[:1]


@pytest.mark.parametrize(("named", "is_it"), [("77/STNMT-VP", True), ("78/STNMT-VP", False)])
def test_an_act_that_names_its_paper_says_which_one_its_file_is(world, numbers, named, is_it):
    letter = world.file("công văn", "cong-van.pdf")
    listed(world, "77/STNMT-VP", letter)
    world.act("clerk", numbers[0], Action.REQUEST_EXTENSION, due_on=date(2021, 10, 20),
              reason="Chờ số liệu", paper=named, files=(letter,))  # fmt: skip
    assert served(world)["77/STNMT-VP", PAPER.counterpart] == (numbers[:1] if is_it else [])
