"""One letter for each agency with all its late work: counted, told, found again by whom it is for."""

import pytest
from sqlalchemy import select

from models.messages.rows import MessageRow
from models.papers.lists import letter_of, letters_of
from workflow.directives.records import Action
from workflow.errors import Invalid, NotFound, Stale
from workflow.papers.numbering import number_letter
from workflow.papers.records import LetterDraft, Line
from workflow.papers.reminding import send_letters


@pytest.fixture
def numbers(world):
    """Two clauses of one agency, one of another."""
    made = world.issue(world.clause(1), world.clause(2), world.clause(3, lead="H32.11"))
    return [one.number for one in made]


def draft(world, code, numbers, **more):
    lines = tuple(
        Line(number=n, action=Action.REMIND, given={"text": "Khẩn trương"}) for n in numbers
    )
    values = {"text": "Kính gửi", "number": "12/VP", "lines": lines} | more
    return LetterDraft(agency_id=world.agencies[code].id, **values)


def send(world, *drafts, who="office"):
    actor = world.actor(who)
    with world.unit() as unit:
        return send_letters(unit.papers, actor, drafts, ground=world.office.ground(unit))


def letters(world, who):
    with world.office.reading() as unit:
        found, _ = letters_of(unit.connection, world.actor(who), world.office.today())
    return found


def notices(world):
    with world.office.reading() as unit:
        rows = unit.connection.execute(select(MessageRow.kind, MessageRow.to_agency))
        return [tuple(row) for row in rows if row.kind in {"letter.reminded", "directive.remind"}]


def test_each_agency_gets_one_letter_and_every_line_is_counted(world, numbers):
    other = draft(world, "H32.11", numbers[2:], number="13/VP")
    sent = send(world, draft(world, "H32.03", numbers[:2]), other)
    assert [len(one.outcomes) for one in sent] == [2, 1]
    assert all(one.id for one in sent)
    assert [world.directive(n).reminders for n in numbers] == [1, 1, 1]
    found = letters(world, "office")
    assert sorted(one.count for one in found) == [1, 2]
    assert {one.number for one in found} == {"12/VP", "13/VP"}


def test_a_letter_has_its_own_entry_beside_those_of_its_lines_and_one_notice_for_all(
    world, numbers
):
    [sent] = send(world, draft(world, "H32.03", numbers[:2]))
    with world.office.reading() as unit:
        entries = [link.entry for link in unit.history.walk()]
    told = [(e.subject.value, e.subject_key, e.action) for e in entries[-3:]]
    assert told == [
        ("directive", numbers[0], "remind"), ("directive", numbers[1], "remind"),
        ("letter", str(sent.id), "remind_letter"),
    ]  # fmt: skip
    assert entries[-1].given["lines"] == numbers[:2]
    assert {e.given["paper"] for e in entries[-3:]} == {"12/VP"}
    agency = world.agencies["H32.03"].id
    assert notices(world) == [("letter.reminded", agency)]


def test_a_line_that_is_done_is_told_and_the_letter_goes_without_it(world, numbers):
    world.report(numbers[0])
    [sent] = send(world, draft(world, "H32.03", numbers[:2]))
    assert [one.is_done for one in sent.outcomes] == [False, True]
    with world.office.reading() as unit:
        letter = letter_of(unit.connection, world.actor("office"), sent.id, world.office.today())
    assert [line.number for line in letter.lines] == numbers[1:2]


def test_no_letter_goes_where_no_line_can_be_urged(world, numbers):
    world.report(numbers[0])
    [sent] = send(world, draft(world, "H32.03", numbers[:1]))
    assert sent.id is None
    assert letters(world, "office") == ()


def test_a_line_of_another_agency_sends_nothing(world, numbers):
    with pytest.raises(Stale):
        send(world, draft(world, "H32.03", numbers))
    assert letters(world, "office") == ()
    assert [world.directive(n).reminders for n in numbers] == [0, 0, 0]


@pytest.mark.parametrize(
    ("more", "name", "code"),
    [
        ({"text": " "}, "text", "required"),
        ({"text": "x" * 100_001}, "text", "too_long"),
        ({"number": "x" * 201}, "number", "too_long"),
    ],
)
def test_a_letter_that_is_not_whole_sends_nothing(world, numbers, more, name, code):
    with pytest.raises(Invalid) as error:
        send(world, draft(world, "H32.03", numbers[:2], **more))
    assert error.value.errors == {f"{world.agencies['H32.03'].id} {name}": code}


def test_a_letter_is_not_dated_tomorrow(world, numbers):
    tomorrow = world.office.today().replace(day=24)
    with pytest.raises(Invalid):
        send(world, draft(world, "H32.03", numbers[:2], dated=tomorrow))


@pytest.mark.parametrize(
    ("who", "sees"),
    [("office", True), ("leader", True), ("clerk", True), ("other_clerk", False),
     ("foreign", False), ("admin", False)],
)  # fmt: skip
def test_a_letter_is_read_by_whom_it_is_for_and_by_the_province(world, numbers, who, sees):
    [sent] = send(world, draft(world, "H32.03", numbers[:2]))
    assert bool(letters(world, who)) is sees
    with world.office.reading() as unit:
        actor, day = world.actor(who), world.office.today()
        if sees:
            assert letter_of(unit.connection, actor, sent.id, day).count == 2
        else:
            with pytest.raises(NotFound):
                letter_of(unit.connection, actor, sent.id, day)


def give(world, key, number="12/VP", who="office", dated=None):
    actor = world.actor(who)
    with world.unit() as unit:
        return number_letter(unit.papers, actor, key, number, dated, at=world.clock())


def test_a_letter_gets_its_number_later_and_the_history_says_so(world, numbers):
    [sent] = send(world, draft(world, "H32.03", numbers[:2], number=""))
    assert [one.number for one in letters(world, "office")] == [""]
    give(world, sent.id)
    assert [one.number for one in letters(world, "office")] == ["12/VP"]
    with world.office.reading() as unit:
        last = list(unit.history.walk())[-1].entry
    assert (last.action, last.before["number"], last.after["number"]) == (
        "number_letter", "", "12/VP",
    )  # fmt: skip


def test_a_number_is_given_by_the_office_or_who_sent_the_letter(world, numbers):
    [sent] = send(world, draft(world, "H32.03", numbers[:2], number=""))
    for who in ("clerk", "leader", "inspector", "admin"):
        with pytest.raises(NotFound):
            give(world, sent.id, who=who)
    give(world, sent.id, who="office2")
    with pytest.raises(NotFound):
        give(world, sent.id + 1)


@pytest.mark.parametrize(
    ("number", "day", "errors"),
    [
        (" ", None, {"number": "required"}),
        ("x" * 201, None, {"number": "too_long"}),
        ("1", 24, {"dated": "date_future"}),
    ],
)
def test_a_number_that_is_none_is_refused_at_its_field(world, numbers, number, day, errors):
    [sent] = send(world, draft(world, "H32.03", numbers[:1]))
    dated = world.office.today().replace(day=day) if day else None
    with pytest.raises(Invalid) as error:
        give(world, sent.id, number, dated=dated)
    assert error.value.errors == errors


def listed(world, number):
    with world.unit() as unit:
        return [one.listed for one in unit.papers.papers_bearing(number)]


def test_no_two_letters_of_an_agency_bear_one_number_in_a_year(world, numbers):
    both = draft(world, "H32.03", numbers[:2]), draft(world, "H32.11", numbers[2:])
    with pytest.raises(Invalid) as error:
        send(world, *both)
    taken = {f"{world.agencies['H32.11'].id} number": "letter_number_taken"}
    assert error.value.errors == taken
    assert letters(world, "office") == ()
    send(world, both[0])
    with pytest.raises(Invalid):
        send(world, draft(world, "H32.11", numbers[2:], number="12 / vp"))
    [other] = send(world, draft(world, "H32.11", numbers[2:], number=""))
    with pytest.raises(Invalid) as error:
        give(world, other.id)
    assert error.value.errors == {"number": "letter_number_taken"}
    give(world, other.id, "13/VP")
    give(world, other.id, "13/VP")


def test_a_numbered_letter_stands_among_outgoing_papers_once(world, numbers):
    [sent] = send(world, draft(world, "H32.03", numbers[:2]))
    [paper] = listed(world, "12/VP")
    agency = world.agencies["H32.03"]
    assert (paper.direction, paper.counterpart, paper.agency_id) == (
        "outgoing", agency.name, agency.id,
    )  # fmt: skip
    give(world, sent.id)
    assert len(listed(world, "12/VP")) == 1
    give(world, sent.id, "14/VP")
    assert (listed(world, "12/VP"), len(listed(world, "14/VP"))) == ([], 1)


def test_a_number_given_later_stands_in_the_history_of_each_directive(world, numbers):
    [sent] = send(world, draft(world, "H32.03", numbers[:2], number=""))
    give(world, sent.id)
    with world.office.reading() as unit:
        entries = [link.entry for link in unit.history.walk()]
    told = [(e.subject_key, e.given["paper"]) for e in entries[-3:-1]]
    assert told == [(numbers[0], "12/VP"), (numbers[1], "12/VP")]
