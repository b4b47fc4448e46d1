"""The office's list: the same list twice changes nothing, more is added, nothing is lost."""

from dataclasses import replace
from datetime import timedelta

import pytest
from doings_of_papers import PAPER

from models.papers.lists import PAGE, ListView, papers_numbered, papers_page
from workflow.directives.records import Action
from workflow.errors import Forbidden, Invalid, NotFound, Refused
from workflow.papers.keeping import attach_file, change_paper, keep_papers, remove_paper
from workflow.papers.records import Direction
from workflow.papers.undoing import undo_import


def keep(world, *papers, who="office"):
    actor = world.actor(who)
    with world.unit() as unit:
        kept = keep_papers(unit.papers, actor, papers, source="x", at=world.clock())
    return kept.added, kept.changed, kept.same


def rows(world, **view):
    with world.office.reading() as unit:
        return papers_page(unit.connection, ListView(**view)).rows


def entries(world):
    with world.office.reading() as unit:
        return [link.entry.action for link in unit.history.walk() if link.entry.subject == "paper"]


def test_the_same_list_twice_adds_nothing_and_leaves_no_entry(world):
    assert keep(world, PAPER) == (1, 0, 0)
    assert keep(world, PAPER) == (0, 0, 1)
    assert len(rows(world)) == 1
    assert entries(world) == ["keep_papers"]


def test_the_same_paper_in_another_spelling_is_the_same(world):
    keep(world, PAPER)
    again = replace(PAPER, number="45 / BC-stnmt", counterpart="SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG")
    assert keep(world, again) == (0, 0, 1)


def test_one_paper_twice_in_a_list_is_one(world):
    assert keep(world, PAPER, PAPER) == (1, 0, 0)


@pytest.mark.parametrize(
    "change",
    [{"number": "46/BC"}, {"counterpart": "Sở Xây dựng"}, {"direction": Direction.OUTGOING}],
)
def test_another_number_counterpart_or_direction_is_another_paper(world, change):
    keep(world, PAPER)
    assert keep(world, replace(PAPER, **change)) == (1, 0, 0)


def test_what_a_later_list_says_anew_is_kept_and_empty_cells_take_nothing(world):
    keep(world, replace(PAPER, signer=""))
    agency = world.agencies["H32.03"].id
    assert keep(world, replace(PAPER, subject="", agency_id=agency)) == (0, 1, 0)
    [known] = rows(world)
    assert known.listed == replace(PAPER, agency_id=agency)


def undo(world, key, who="office"):
    actor = world.actor(who)
    with world.unit() as unit:
        done = undo_import(unit.papers, actor, key, at=world.clock())
    return done.removed, done.restored, done.left


def test_number_and_day_make_it_the_same_unless_it_is_of_another_agency(world):
    """What was taken in with agency and subject crossed is mended, not doubled."""
    crossed = replace(PAPER, counterpart=PAPER.subject, subject=PAPER.counterpart)
    keep(world, crossed)
    ours, theirs = (world.agencies[code].id for code in ("H32.03", "H32.04"))
    right = replace(PAPER, agency_id=ours)
    assert keep(world, right) == (0, 1, 0)
    assert [one.listed for one in rows(world)] == [right]
    other = replace(PAPER, counterpart="Sở Nội vụ", agency_id=theirs)
    assert keep(world, other) == (1, 0, 0)
    assert undo(world, 3) == (1, 0, 0)
    assert undo(world, 2) == (0, 1, 0)
    assert [one.listed for one in rows(world)] == [crossed]
    assert undo(world, 1) == (1, 0, 0)
    assert rows(world) == ()


def test_undoing_an_import_leaves_what_was_worked_with_since_and_is_done_once(world):
    keep(world, PAPER, replace(PAPER, number="46/BC"), replace(PAPER, number="47/BC"))
    [directive] = world.issue(world.clause())
    record(world, directive.number)
    [one] = rows(world, words="46/BC")
    mend(world, one.id, replace(one.listed, subject="Sửa"))
    with pytest.raises(Forbidden):
        undo(world, 1, who="clerk")
    assert undo(world, 1) == (1, 0, 2)
    assert sorted(one.listed.number for one in rows(world)) == ["45/BC-STNMT", "46/BC"]
    with pytest.raises(Refused) as error:
        undo(world, 1)
    assert error.value.code == "import_undone"
    keep(world, replace(PAPER, number="48/BC"))
    world.clock.at += timedelta(days=8)
    with pytest.raises(Refused) as error:
        undo(world, 2)
    assert error.value.code == "import_too_old"
    with pytest.raises(NotFound):
        undo(world, 3)


@pytest.mark.parametrize("who", ["leader", "clerk", "inspector", "admin"])
def test_the_list_is_the_offices(world, who):
    with pytest.raises(Forbidden):
        keep(world, PAPER, who=who)
    assert rows(world) == ()


def test_an_empty_list_is_none(world):
    with pytest.raises(Invalid):
        keep(world)


def test_a_file_stays_with_its_paper_when_the_list_comes_again(world):
    keep(world, PAPER)
    [known] = rows(world)
    mai, file = world.actor("office"), world.file()
    with world.unit() as unit:
        attach_file(unit.papers, mai, known.id, file, at=world.clock())
    keep(world, replace(PAPER, subject="Khác"))
    [known] = rows(world)
    assert known.file == file
    assert entries(world) == ["keep_papers", "attach_paper_file", "keep_papers"]


def test_a_file_needs_its_paper(world):
    mai, file = world.actor("office"), world.file()
    with world.unit() as unit, pytest.raises(NotFound):
        attach_file(unit.papers, mai, 99, file, at=world.clock())


def test_a_number_finds_its_papers_those_of_the_agency_first(world):
    agency = world.agencies["H32.03"].id
    keep(
        world, PAPER, replace(PAPER, counterpart="Sở Tài nguyên", agency_id=agency),
        replace(PAPER, number="451/BC-STNMT"), replace(PAPER, direction=Direction.OUTGOING),
    )  # fmt: skip
    with world.office.reading() as unit:
        found = papers_numbered(
            unit.connection, "45/bc-stnmt", direction=Direction.INCOMING, lead_id=agency
        )
        assert [one.listed.agency_id for one in found] == [agency, None]
        found = papers_numbered(unit.connection, "45", direction=Direction.INCOMING, lead_id=None)
        assert len(found) == 3
        assert papers_numbered(unit.connection, " / ", direction=None, lead_id=None) == ()


def test_pages_turn_both_ways_without_loss(world):
    keep(world, *(replace(PAPER, number=f"{n}/BC") for n in range(PAGE + 7)))
    with world.office.reading() as unit:
        first = papers_page(unit.connection, ListView())
        second = papers_page(unit.connection, ListView(after=first.after))
        back = papers_page(unit.connection, ListView(before=second.before))
    assert (first.total, len(first.rows), len(second.rows)) == (PAGE + 7, PAGE, 7)
    assert (first.before, second.after) == (None, None)
    assert back.rows == first.rows


def test_words_are_found_without_diacritics(world):
    keep(world, PAPER, replace(PAPER, number="9/X", counterpart="Sở Xây dựng", subject="Khác"))
    assert [one.listed.number for one in rows(world, words="xay dung")] == ["9/X"]
    assert rows(world, direction=Direction.OUTGOING) == ()


def mend(world, key, paper, who="office"):
    actor = world.actor(who)
    with world.unit() as unit:
        return change_paper(unit.papers, actor, key, paper, at=world.clock())


def remove(world, key, who="office"):
    actor = world.actor(who)
    with world.unit() as unit:
        return remove_paper(unit.papers, actor, key, at=world.clock())


def record(world, number, **given):
    day = world.office.today()
    values = {
        "result": "Xong", "report_number": "45/bc-STNMT", "report_date": PAPER.dated,
        "received_on": day, "signer": "Võ Thủ Trưởng",
    }  # fmt: skip
    return world.act("office", number, Action.RECORD_REPORT, **(values | given))


def test_a_paper_is_mended_found_by_its_new_number_and_told_in_the_history(world):
    keep(world, PAPER)
    [one] = rows(world)
    mend(world, one.id, replace(PAPER, number="54/BC", subject="Sửa"))
    [after] = rows(world, words="54/BC sua")
    assert (after.listed.number, after.listed.subject) == ("54/BC", "Sửa")
    assert entries(world) == ["keep_papers", "change_paper"]
    mend(world, one.id, after.listed)
    assert entries(world) == ["keep_papers", "change_paper"]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"number": ""}, {"number": "required"}),
        ({"counterpart": "x" * 501}, {"counterpart": "too_long"}),
        ({"dated": PAPER.dated.replace(year=2030)}, {"dated": "date_future"}),
        ({"number": "46/BC"}, {"number": "paper_exists"}),
    ],
)
def test_what_cannot_be_mended_so_is_refused_at_its_field(world, change, errors):
    keep(world, PAPER, replace(PAPER, number="46/BC"))
    one = next(row for row in rows(world) if row.listed.number == PAPER.number)
    with pytest.raises(Invalid) as error:
        mend(world, one.id, replace(PAPER, **change))
    assert error.value.errors == errors


def test_only_the_office_mends_and_removes(world):
    keep(world, PAPER)
    [one] = rows(world)
    for who in ("clerk", "leader", "admin"):
        with pytest.raises(Forbidden):
            mend(world, one.id, PAPER, who=who)
        with pytest.raises(Forbidden):
            remove(world, one.id, who=who)
    with pytest.raises(NotFound):
        mend(world, one.id + 1, PAPER)
    with pytest.raises(NotFound):
        remove(world, one.id + 1)


def test_a_paper_nothing_refers_to_is_taken_off_and_the_history_keeps_its_words(world):
    keep(world, PAPER)
    [one] = rows(world)
    remove(world, one.id)
    assert rows(world) == ()
    with world.office.reading() as unit:
        last = [link.entry for link in unit.history.walk()][-1]
    assert (last.action, last.before["number"]) == ("remove_paper", PAPER.number)


def test_a_paper_that_a_report_bears_stays_until_the_report_is_taken_back(world):
    keep(world, PAPER)
    [one] = rows(world)
    [directive] = world.issue(world.clause())
    record(world, directive.number)
    with pytest.raises(Refused) as error:
        remove(world, one.id)
    assert error.value.code == "paper_in_use"
    world.act("office", directive.number, Action.RECALL, reason="Ghi nhầm")
    remove(world, one.id)


def test_a_recorded_report_stands_in_the_list_once_with_its_file(world):
    made = world.issue(world.clause(1), world.clause(2))
    file = world.file()
    record(world, made[0].number, files=(file,))
    record(world, made[1].number)
    [one] = rows(world)
    assert (one.listed.number, one.listed.agency_id, one.listed.received_on) == (
        "45/bc-STNMT", world.agencies["H32.03"].id, world.office.today(),
    )  # fmt: skip
    assert one.file is not None
    assert one.file.sha256 == file.sha256


def test_a_recorded_paper_that_is_known_is_not_listed_again(world):
    keep(world, replace(PAPER, counterpart="Sở TN&MT"))
    [directive] = world.issue(world.clause())
    record(world, directive.number)
    assert len(rows(world)) == 1
