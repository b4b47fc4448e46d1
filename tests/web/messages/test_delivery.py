"""The outbox reaches people as they stand on the day: in the inbox at once, by letter in hours."""

from datetime import UTC, date, datetime, timedelta

import post
import pytest
from sqlalchemy import select, update

from models.accounts.rows import AccountRow
from models.messages.rows import InboxRow, MailAttemptRow, MailRow, MessageRow, NoticeChoiceRow
from models.once import insert_once
from web.jobs.running import run_due
from workflow.accounts.records import Membership, Role
from workflow.agencies.records import SuccessionKind
from workflow.directives.records import Action
from workflow.errors import Invalid
from workflow.messages.records import Delivery, MailState, Notice, Urgency

MONDAY_9 = datetime(2021, 8, 23, 2, 0, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def notice(key="n1", at=MONDAY_9, **more):
    values = {
        "kind": "job.dead",
        "subject": "status",
        "subject_key": "",
        "params": {"name": key},
    }
    if not {"to_account", "to_agency", "to_role"} & set(more):
        more["to_role"] = Role.INSPECTOR
    return Notice(key=key, at=at, **(values | more))


class Post:
    """Posting, running and reading back."""

    def __init__(self, world):
        self.world = world

    def say(self, *notices):
        with self.world.unit() as unit:
            return unit.messages.post_all(notices)

    def run(self, at=MONDAY_9):
        self.world.clock.at = at
        with self.world.app.app_context():
            return run_due(self.world.office, at)

    def rows(self, row, *where):
        with self.world.office.reading() as unit:
            table = row.__table__
            order = list(table.primary_key.columns)
            return unit.connection.execute(select(table).where(*where).order_by(*order)).all()

    def inbox(self, who):
        return self.rows(InboxRow, InboxRow.account_id == self.world.accounts[who])

    def getters(self):
        names = {key: name for name, key in self.world.accounts.items()}
        return sorted(names[row.account_id] for row in self.rows(InboxRow))

    def email(self, *people):
        with self.world.unit() as unit:
            for who in people:
                unit.connection.execute(
                    update(AccountRow)
                    .where(AccountRow.id == self.world.accounts[who])
                    .values(email=f"{who}@khanhhoa.gov.vn")
                )

    def choose(self, who, **choices):
        with self.world.unit() as unit:
            row = {"account_id": self.world.accounts[who], "by_email": True, "digest_hour": None}
            insert_once(
                unit.connection, NoticeChoiceRow.__table__, [row | choices], key="account_id"
            )


@pytest.fixture
def mail(world):
    return Post(world)


@pytest.fixture
def mailbox(world, mail):
    mail.email("inspector", "head", "clerk")
    with post.mail_server() as (box, port), post.letters_leave(world, post.to_server(port)):
        yield box


def agency(world, code):
    return world.agencies[code].id


# who gets it


def test_a_notice_to_an_account_reaches_it_alone(world, mail):
    mail.say(notice(to_account=world.accounts["officer"]))
    mail.run()
    assert mail.getters() == ["officer"]


def test_a_notice_to_an_agency_reaches_its_head_and_clerks(world, mail):
    mail.say(notice(to_agency=agency(world, "H32.03")))
    mail.run()
    assert mail.getters() == ["clerk", "head"]


def test_a_notice_to_a_role_reaches_whoever_holds_it(world, mail):
    mail.say(notice(to_role=Role.OFFICE))
    mail.run()
    assert mail.getters() == ["office", "office2"]


def test_a_role_named_with_an_agency_is_that_role_in_it(world, mail):
    mail.say(notice(to_role=Role.AGENCY_CLERK, to_agency=agency(world, "H32.10")))
    mail.run()
    assert mail.getters() == ["district"]


def test_the_offices_own_mail_goes_to_the_office(world, mail):
    mail.say(notice(to_agency=agency(world, "H32.01")))
    mail.run()
    assert mail.getters() == ["office", "office2"]


def test_people_are_those_of_the_day_of_delivery(world, mail):
    """Posted today, delivered tomorrow: who left yesterday gets nothing, who came does."""
    mail.say(notice(to_agency=agency(world, "H32.04")))
    tomorrow = MONDAY_9 + DAY
    with world.unit() as unit:
        clerk = Membership(
            role=Role.AGENCY_CLERK, agency_id=agency(world, "H32.04"), valid_from=date(2020, 1, 1)
        )
        unit.accounts.end_membership(world.accounts["other_clerk"], clerk, MONDAY_9.date())
        unit.accounts.add_membership(
            world.accounts["officer"],
            Membership(
                role=Role.AGENCY_HEAD,
                agency_id=agency(world, "H32.04"),
                valid_from=tomorrow.date(),
            ),
        )
    mail.run(tomorrow)
    assert mail.getters() == ["officer"]


def test_a_closed_account_gets_nothing(world, mail):
    with world.unit() as unit:
        unit.connection.execute(
            update(AccountRow)
            .where(AccountRow.id == world.accounts["head"])
            .values(is_active=False)
        )
    mail.say(notice(to_agency=agency(world, "H32.03")))
    mail.run()
    assert mail.getters() == ["clerk"]


def test_the_mail_of_a_merged_agency_goes_to_its_successor(world, mail):
    old, new = agency(world, "H32.11"), agency(world, "H32.10")
    with world.unit() as unit:
        unit.agencies.change_agency(old, {"valid_to": MONDAY_9.date()})
        unit.agencies.add_succession(
            old, new, SuccessionKind.MERGE, "1/NQ", MONDAY_9.date() + DAY, takes_over=""
        )
    mail.say(notice(to_agency=old))
    mail.run(MONDAY_9 + DAY)
    assert mail.getters() == ["district", "district_head"]


def test_a_notice_nobody_can_get_is_stranded_in_the_open_and_tried_again(world, mail):
    mail.say(notice(to_agency=agency(world, "H32.90")))
    mail.run()
    assert [row.delivery for row in mail.rows(MessageRow)] == [Delivery.STRANDED]
    with world.unit() as unit:
        unit.accounts.add_membership(
            world.accounts["officer"],
            Membership(
                role=Role.AGENCY_CLERK,
                agency_id=agency(world, "H32.90"),
                valid_from=date(2021, 8, 1),
            ),
        )
        assert unit.delivery.free_stranded(MONDAY_9 - DAY) == 1
    mail.run(MONDAY_9 + DAY)
    assert mail.getters() == ["officer"]


def test_a_notice_to_nobody_cannot_be_written():
    with pytest.raises(Invalid):
        Notice(key="x", kind="x", subject="x", subject_key="x", at=MONDAY_9)


def test_the_same_key_twice_is_one_notice(world, mail):
    assert mail.say(notice(), notice("n2")) == 2
    assert mail.say(notice(), notice("n3")) == 1
    mail.run()
    mail.run()
    assert len(mail.inbox("inspector")) == 3


def test_a_notice_goes_with_the_transaction_that_caused_it(world, mail):
    with pytest.raises(RuntimeError), world.unit() as unit:
        unit.messages.post(notice())
        raise RuntimeError
    mail.run()
    assert mail.rows(MessageRow) == []


def test_thousands_of_notices_are_delivered_in_one_run(world, mail):
    mail.say(*(notice(f"n{n}") for n in range(1201)))
    assert mail.run().notices == 1201
    assert len(mail.inbox("inspector")) == 1201


# letters


def test_the_inbox_row_appears_at_night_and_its_letter_in_the_morning(mail, mailbox):
    night = datetime(2021, 8, 23, 17, 30, tzinfo=UTC)  # 00:30 on Tuesday
    mail.say(notice(at=night, urgency=Urgency.URGENT))
    mail.run(night)
    assert len(mail.inbox("inspector")) == 1
    assert mailbox.letters == []
    mail.run(night + 7 * HOUR)
    assert len(mailbox.letters) == 1


def test_nothing_leaves_over_tet(mail, mailbox):
    eve = datetime(2022, 1, 28, 11, 0, tzinfo=UTC)  # Friday 18:00, the last working day
    mail.say(notice(at=eve, urgency=Urgency.URGENT), notice("n2", at=eve))
    mail.run(eve)
    for days in range(1, 10):
        mail.run(eve + days * DAY - 8 * HOUR)
    assert mailbox.letters == []
    mail.run(datetime(2022, 2, 7, 1, 30, tzinfo=UTC))
    assert len(mailbox.letters) == 1


def test_a_digest_of_three_lists_three(mail, mailbox):
    mail.say(*(notice(f"việc {n}") for n in (1, 2, 3)))
    mail.run()
    mail.run(MONDAY_9 + DAY)
    [letter] = mailbox.letters
    assert "3 thông báo" in letter["Subject"]
    assert all(f"việc {n}" in letter.get_content() for n in (1, 2, 3))


def test_a_digest_counts_what_it_cannot_list(mail, mailbox):
    mail.say(*(notice(f"n{n:04}") for n in range(250)))
    mail.run()
    mail.run(MONDAY_9 + DAY)
    [letter] = mailbox.letters
    assert "250" in letter["Subject"]
    assert "50 thông báo khác" in letter.get_content()


def test_an_urgent_letter_does_not_take_the_digest_along(mail, mailbox):
    mail.say(notice("gấp", urgency=Urgency.URGENT), notice("thường"))
    mail.run()
    [letter] = mailbox.letters
    assert "gấp" in letter["Subject"]
    mail.run(MONDAY_9 + DAY)
    assert ["thường" in text for text in mailbox.texts()] == [False, True]


def test_each_person_gets_one_letter_in_their_language_with_links(world, mail, mailbox):
    with world.unit() as unit:
        unit.connection.execute(
            update(AccountRow).where(AccountRow.id == world.accounts["clerk"]).values(locale="en")
        )
    mail.say(notice(to_agency=agency(world, "H32.03"), urgency=Urgency.URGENT))
    mail.run()
    letters = {letter["To"].addresses[0].addr_spec: letter for letter in mailbox.letters}
    assert set(letters) == {"head@khanhhoa.gov.vn", "clerk@khanhhoa.gov.vn"}
    assert "Kính gửi Võ Thủ Trưởng" in letters["head@khanhhoa.gov.vn"].get_content()
    assert "Kính gửi" not in letters["clerk@khanhhoa.gov.vn"].get_content()
    assert "https://dondoc.khanhhoa.gov.vn/status" in letters["head@khanhhoa.gov.vn"].get_content()


def test_a_letter_says_whose_work_it_is_and_which(world, mail, mailbox):
    [made] = world.issue(world.clause(content="Giảm hồ sơ trễ hạn"))
    world.act("office", made.number, Action.REMIND, text="Báo cáo ngay")
    mail.run()
    [mine] = [one for one in mailbox.letters if "clerk@" in one["To"]]
    assert f"{made.lead_name}: Giảm hồ sơ trễ hạn" in mine.get_content()


def test_a_letter_tells_what_is_urgent_first_and_how_much_of_it_there_is(mail, mailbox):
    waits = {"count": 2, "counts": {"report": 2, "extension": 0, "decline": 0}}
    mail.say(
        notice("sớm"),
        notice("sau", kind="directives.unanswered", subject="directives", params=waits),
    )
    mail.run()
    mail.run(MONDAY_9 + DAY)
    [letter] = mailbox.letters
    assert "2 thông báo mới, 1 gấp" in letter["Subject"]
    body = letter.get_content()
    assert "1. Gấp: 2 việc chờ trả lời đã quá thời gian" in body
    assert body.index("2 việc chờ") < body.index("sớm")


def test_who_chose_no_letters_gets_none_but_the_inbox(mail, mailbox):
    mail.choose("inspector", by_email=False)
    mail.say(notice(urgency=Urgency.URGENT))
    mail.run()
    mail.run(MONDAY_9 + DAY)
    assert len(mail.inbox("inspector")) == 1
    assert mail.rows(MailRow) == []


def test_who_chose_an_hour_gets_the_digest_then(mail, mailbox):
    mail.choose("inspector", digest_hour=14)
    mail.say(notice())
    mail.run(MONDAY_9 + 4 * HOUR)
    assert mailbox.letters == []
    mail.run(MONDAY_9 + 5 * HOUR)
    assert len(mailbox.letters) == 1


def test_where_no_letters_leave_none_wait_for_the_day_they_do(world, mail):
    mail.email("inspector")
    mail.say(notice(urgency=Urgency.URGENT))
    mail.run()
    assert [row.mail_at for row in mail.inbox("inspector")] == [None]


# the ledger of attempts


def attempts(mail):
    return [(row.serial, row.sent, row.answer) for row in mail.rows(MailAttemptRow)]


def test_a_letter_has_its_name_before_it_is_sent_and_keeps_it(mail, mailbox):
    mailbox.answer = "451 try later"
    mail.say(notice(urgency=Urgency.URGENT))
    mail.run()
    [row] = mail.rows(MailRow)
    assert (row.state, mailbox.letters) == (MailState.READY, [])
    assert attempts(mail) == [(1, False, "451")]
    mailbox.answer = "250 OK"
    mail.run(MONDAY_9 + timedelta(minutes=1))
    [letter] = mailbox.letters
    assert letter["Message-ID"] == row.message_id
    assert attempts(mail) == [(1, False, "451"), (2, True, "250")]
    assert mail.rows(MailRow)[0].state is MailState.SENT


def test_a_server_that_is_down_for_hours_delays_the_letter_and_loses_nothing(world, mail):
    mail.email("inspector")
    port = post.free_port()
    with post.letters_leave(world, post.to_server(port)):
        mail.say(notice(urgency=Urgency.URGENT))
        for minutes in (0, 1, 6, 36):
            mail.run(MONDAY_9 + timedelta(minutes=minutes))
        assert [sent for _, sent, _ in attempts(mail)] == [False] * 4
    with (
        post.mail_server() as (box, port),
        post.letters_leave(world, post.to_server(port)),
    ):
        mail.run(MONDAY_9 + 2 * HOUR)
        assert len(box.letters) == 1


def test_a_retry_that_falls_into_the_night_waits_for_morning(mail, mailbox):
    evening = datetime(2021, 8, 23, 9, 59, tzinfo=UTC)  # 16:59
    mailbox.answer = "451 try later"
    mail.say(notice(at=evening, urgency=Urgency.URGENT))
    mail.run(evening)
    mailbox.answer = "250 OK"
    mail.run(evening + HOUR)
    assert mailbox.letters == []
    mail.run(evening + 15 * HOUR)
    assert len(mailbox.letters) == 1


def test_an_address_that_does_not_exist_is_given_up_at_once_in_the_open(mail, mailbox):
    mailbox.answer = "550 no such user"
    mail.say(notice(urgency=Urgency.URGENT))
    mail.run()
    assert [row.state for row in mail.rows(MailRow)] == [MailState.DEAD]
    assert attempts(mail) == [(1, False, "550")]
    mail.run()
    kinds = [row.kind for row in mail.rows(MessageRow)]
    assert kinds == ["job.dead", "job.dead"]


def test_a_letter_whose_reader_is_gone_is_dropped(world, mail, mailbox):
    mail.say(notice())
    mail.run()
    with world.unit() as unit:
        unit.connection.execute(update(AccountRow).values(email=None))
    mail.run(MONDAY_9 + DAY)
    assert [row.state for row in mail.rows(MailRow)] == [MailState.DROPPED]
    assert mailbox.letters == []


def test_a_worker_killed_while_sending_sends_again_under_the_same_name(world, mail, mailbox):
    """The attempt without an answer stays in the ledger."""
    mail.say(notice(urgency=Urgency.URGENT))
    mailbox.answer = "451 first"
    mail.run()
    [row] = mail.rows(MailRow)
    with world.unit() as unit:
        unit.mails.begin_attempt(row.id, MONDAY_9)
    mailbox.answer = "250 OK"
    mail.run(MONDAY_9 + HOUR)
    assert [letter["Message-ID"] for letter in mailbox.letters] == [row.message_id]
    assert [(serial, sent) for serial, sent, _ in attempts(mail)] == [
        (1, False),
        (2, False),
        (3, True),
    ]


def test_letters_and_logs_tell_no_address_and_no_password(world, mail, mailbox, caplog):
    mailbox.answer = "550 no such user"
    mail.say(notice(urgency=Urgency.URGENT))
    mail.run()
    assert "@" not in caplog.text
    assert all("@" not in answer for _, _, answer in attempts(mail))
    secret = post.MailSettings(by="smtp", user="u", password="bí mật")
    assert "bí mật" not in repr(secret)
