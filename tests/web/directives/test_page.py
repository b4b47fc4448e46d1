"""The page of one directive, as each person sees it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event

from workflow.directives.records import Action

SCRIPT = "<script>alert('x')</script>"


def page(world, who, number, status=200):
    answer = world.sign_in(who).get(f"/directives/{number}")
    assert answer.status_code == status
    return answer.text


def doors(text: str) -> set[str]:
    """The actions that the page offers."""
    return set(re.findall(r'class="btn[^"]*"[^>]*data-action="([a-z_]+)"', text))


def shut(text: str) -> dict[str, str]:
    """The actions that the page shows as closed, with the sentence."""
    doors_shut = re.findall(r"<li>(?:(?!</li>).)*dd-closed-word.*?</li>", text, re.DOTALL)
    return {
        code: re.sub(r"<[^>]+>|\s+", " ", words)
        for words in doors_shut
        for code in re.findall(r'data-action="([a-z_]+)"', words)
    }


def bare(text: str, number: str) -> str:
    """A page without the number asked for and the tokens that change by the second."""
    return re.sub(r'(content|value)="[\w.-]{40,}"', "", text.replace(number, ""))


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("office", 200), ("leader", 200), ("inspector", 200), ("head", 200), ("clerk", 200),
        ("officer", 200), ("other_clerk", 200), ("admin", 404), ("foreign", 404),
        ("district", 404), ("commune", 404),
    ],
)  # fmt: skip
def test_who_reads_a_directive(world, who, status):
    (directive,) = world.issue()
    text = page(world, who, directive.number, status)
    assert ("Lịch sử" in text) == (status == 200)


def test_a_number_that_is_none_answers_as_one_that_may_not_be_read(world):
    (directive,) = world.issue()
    client = world.sign_in("foreign")
    known = client.get(f"/directives/{directive.number}")
    unknown = client.get("/directives/2021-9999-01")
    assert known.status_code == unknown.status_code == 404
    assert bare(known.text, directive.number) == bare(unknown.text, "2021-9999-01")


def test_who_holds_a_clause_reads_the_others_without_their_reports(world):
    mine, other = world.issue(
        world.clause(1, lead="H32.11", coordinating=()),
        world.clause(2, lead="H32.03", coordinating=(), content="Việc của Sở khác"),
    )
    world.report(other.number, result="Kết quả không dành cho người khác")
    text = page(world, "foreign", other.number)
    assert "Chỉ đọc được phần giao việc" in text
    assert "Việc của Sở khác" in text
    assert "Kết quả không dành cho người khác" not in text
    assert "bao-cao.pdf" not in text
    assert not doors(text)
    assert page(world, "foreign", mine.number)


def test_a_clause_that_may_only_be_read_has_no_forms(world):
    _, other = world.issue(
        world.clause(1, lead="H32.11", coordinating=()), world.clause(2, coordinating=())
    )
    client = world.sign_in("foreign")
    assert client.get(f"/directives/{other.number}/report").status_code == 403


def test_the_lead_finds_its_doors_and_the_reason_of_those_that_are_shut(world):
    (directive,) = world.issue()
    text = page(world, "clerk", directive.number)
    assert {"accept", "report", "decline", "request_extension"} <= doors(text)
    assert not {"verify", "reassign", "correct"} & doors(text)
    assert "Không làm được khi nhiệm vụ ở trạng thái" in shut(text)["recall"]
    assert 'data-action="recall" data-reason="wrong_state"' in text


def test_an_officer_may_accept_and_update_but_not_submit(world):
    (directive,) = world.issue()
    text = page(world, "officer", directive.number)
    assert {"accept", "update"} <= doors(text)
    assert "report" not in doors(text)
    world.act("officer", directive.number, Action.ACCEPT)
    assert "thủ trưởng hoặc đầu mối" in shut(page(world, "officer", directive.number))["report"]


def test_four_eyes_are_told_at_the_door(world):
    (directive,) = world.issue()
    world.report(directive.number)
    assert "verify" in doors(page(world, "office", directive.number))
    assert (
        "cơ quan theo dõi hoặc người kiểm tra"
        in shut(page(world, "clerk", directive.number))["verify"]
    )


def test_an_office_that_leads_cannot_verify_itself_and_reads_why(world):
    (directive,) = world.issue(world.clause(lead="H32.01", coordinating=()))
    from workflow.accounts.records import Membership, Role

    with world.unit() as unit:
        unit.accounts.add_membership(
            world.accounts["admin"],
            Membership(
                role=Role.AGENCY_CLERK, agency_id=world.agencies["H32.01"].id,
                valid_from=date(2020, 1, 1),
            ),
        )  # fmt: skip
    actor = world.actor("admin")
    from dataclasses import replace

    clerk = replace(
        actor, role=Role.AGENCY_CLERK, agency_id=world.agencies["H32.01"].id,
        agency_path=world.agencies["H32.01"].path,
    )  # fmt: skip
    world.act(clerk, directive.number, Action.REPORT, result="Xong")
    text = page(world, "office", directive.number)
    assert "verify" not in doors(text)
    assert "Văn phòng UBND tỉnh, cơ quan chủ trì" in shut(text)["verify"]


def test_the_page_tells_the_date_and_what_it_means(world):
    (directive,) = world.issue()
    text = page(world, "clerk", directive.number)
    assert "29/09/2021" in text
    assert "còn 25 ngày làm việc" in text
    world.clock.at += timedelta(days=45)
    assert "quá 8 ngày" in page(world, "clerk", directive.number)


def test_the_due_date_shows_both_readings_and_every_later_step(world):
    (directive,) = world.issue()
    world.act("clerk", directive.number, Action.ACCEPT)
    world.act(
        "clerk", directive.number, Action.REQUEST_EXTENSION, due_on=date(2021, 10, 15),
        reason="Chờ số liệu",
    )  # fmt: skip
    world.act("leader", directive.number, Action.DECIDE_EXTENSION, decision="granted")
    text = page(world, "clerk", directive.number)
    assert "không gồm ngày nêu trong văn bản" in text
    assert "Hạn đầu tiên" in text
    assert re.search(r"29/09/2021</time> → <time[^>]*>15/10/2021", text)
    assert "Chờ số liệu" in text


def test_a_counted_date_shows_its_ledger(world):
    (directive,) = world.issue(world.clause(deadline="Trong 10 ngày làm việc kể từ ngày ký"))
    text = page(world, "clerk", directive.number)
    assert "Đếm 10 ngày làm việc từ ngày 23/08/2021" in text
    assert "Quốc khánh" in text
    assert "Ngày làm việc thứ" in text


def test_the_history_is_told_in_words(world):
    (directive,) = world.issue()
    world.report(directive.number)
    world.act("office", directive.number, Action.RETURN, reason="Thiếu số liệu")
    text = page(world, "office", directive.number)
    assert "Yêu cầu bổ sung, thực hiện lại" in text
    assert "Thiếu số liệu" in text
    assert "Trần Thị Mai" in text
    assert "Bị trả lại" in text


def test_a_reassigned_directive_names_both_leads(world):
    (directive,) = world.issue(world.clause(coordinating=()))
    world.act(
        "office", directive.number, Action.REASSIGN, agency=world.agencies["H32.11"].id,
        reason="Đúng lĩnh vực",
    )  # fmt: skip
    text = page(world, "office", directive.number)
    assert re.search(
        r"Sở Tài nguyên và Môi trường</del>.*UBND huyện Vạn Ninh</ins>", text, re.DOTALL
    )


def test_parts_stand_on_the_page_and_the_silent_ones_are_named(world):
    (directive,) = world.issue(world.clause(lead="H32.10", coordinating=()))
    world.act("district", directive.number, Action.ACCEPT)
    for code in ("H32.10.1", "H32.10.2"):
        world.act(
            "district", directive.number, Action.HAND_DOWN, agency=world.agencies[code].id,
            content="Phần của xã", due_on=date(2021, 9, 10),
        )  # fmt: skip
    world.report(f"{directive.number}-01", "commune")
    text = page(world, "district", directive.number)
    assert "2 đơn vị, 1 chưa báo cáo" in text
    part = page(world, "commune", f"{directive.number}-01")
    assert directive.number in part
    assert "đặt hạn khi giao phần việc" in part
    assert "verify" in doors(page(world, "district", f"{directive.number}-01"))


def test_directives_of_one_clause_are_tied(world):
    one, two = world.issue(world.clause(lead=("H32.03", "H32.11"), coordinating=()))
    assert two.number in page(world, "clerk", one.number)


def test_evidence_can_be_judged_at_each_piece(world):
    (directive,) = world.issue()
    world.report(directive.number)
    assert "accept_evidence" in page(world, "inspector", directive.number)
    assert "accept_evidence" not in page(world, "clerk", directive.number)


def test_script_in_every_field_stays_words(world):
    (directive,) = world.issue(
        world.clause(
            content=f"{SCRIPT} việc", expected_output=SCRIPT, target_indicator=SCRIPT,
            source_text=SCRIPT, index_refs=SCRIPT,
        ),
        subject=SCRIPT, signer=SCRIPT,
    )  # fmt: skip
    world.report(
        directive.number, result=SCRIPT, signer=SCRIPT, report_number=SCRIPT,
        files=(world.file(name=f"{SCRIPT}.pdf"),),
    )  # fmt: skip
    world.act("office", directive.number, Action.RETURN, reason=SCRIPT)
    text = page(world, "office", directive.number)
    assert SCRIPT not in text
    assert "&lt;script&gt;" in text


def test_names_of_five_hundred_letters_are_shown_whole(world):
    long = "Nhiệm vụ rất dài " * 60
    (directive,) = world.issue(world.clause(content=long.strip()))
    text = page(world, "office", directive.number)
    assert long.strip() in text
    assert "…</h1>" in text.replace("\n", "")


def test_the_page_asks_the_database_the_same_however_much_it_shows(world):
    leads = ("H32.03", "H32.04", "H32.10", "H32.11")
    small, *_ = world.issue(world.clause(coordinating=()))
    large, *_ = world.issue(world.clause(lead=leads, coordinating=("H32.02", "H32.05")))
    for turn in range(3):
        world.report(large.number, files=tuple(world.file(str(n), f"{n}.pdf") for n in range(5)))
        world.act("office", large.number, Action.RETURN, reason=f"Lần {turn}")
    client = world.sign_in("office")
    client.get(f"/directives/{small.number}")
    counts = []
    for number in (small.number, large.number):
        said: list[str] = []
        engine = world.office.engine

        @event.listens_for(engine, "before_cursor_execute")
        def note(conn, cursor, statement, *rest, said=said):
            said.append(statement)

        assert client.get(f"/directives/{number}").status_code == 200
        event.remove(engine, "before_cursor_execute", note)
        counts.append(len([s for s in said if not s.startswith("BEGIN")]))
    assert counts[0] == counts[1] <= 8


def test_a_page_of_refusal_says_why_in_words_and_folds_its_codes_away(world):
    text = world.sign_in("clerk").get("/directives/2021-0099-01").text
    main = text.partition("<main")[2].partition("</main>")[0]
    said, _fold, folded = main.partition("<details")
    assert "Không tìm thấy trang" in said
    assert "404" not in said
    assert "404" in folded


def test_a_date_set_for_a_count_from_another_day_shows_no_count_from_the_signing(world):
    [made] = world.issue(
        replace(
            world.clause(deadline="Trong 5 ngày làm việc kể từ ngày nhận được văn bản"),
            due_set_on=date(2021, 9, 15),
            due_set_reason="nhận ngày 08/09",
        )
    )
    page = world.sign_in("clerk").get(f"/directives/{made.number}").text
    assert "nhận ngày 08/09" in page
    assert "ngày đầu không tính" not in page
