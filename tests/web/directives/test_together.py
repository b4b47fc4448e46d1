"""Rows chosen in the list: one act for all of them, a result for each."""

from __future__ import annotations

import io
import re

import pytest
from forms import form_on
from sqlalchemy import select
from world import csrf_of

from models.history.rows import HistoryRow
from workflow.directives.records import Action, State


@pytest.fixture
def made(world):
    issued = world.issue(*[world.clause(n, content=f"Việc số {n}") for n in range(1, 4)])
    return [one.number for one in issued]


def ask(client, action, *numbers):
    query = "&".join(f"chosen={number}" for number in numbers)
    return client.get(f"/directives/together?action={action}&{query}&back=/directives/?q=viec")


def act(client, page, action, **words):
    data = {
        "csrf_token": csrf_of(page.text),
        "action": action,
        "back": "/directives/?q=viec",
        "chosen": re.findall(r'name="chosen" value="([^"]+)"', page.text),
    }
    data |= dict(re.findall(r'name="(version-[^"]+)" value="(\d+)"', page.text))
    return client.post("/directives/together", data=data | words)


def states(world, numbers):
    return [world.directive(number).state for number in numbers]


def test_the_list_lets_each_role_choose_what_it_may_do(world, made):
    def offered(who):
        page = world.sign_in(who).get("/directives/").text
        return page.count('name="chosen"'), "dd-choose-bar" in page

    assert offered("clerk") == (3, True)
    assert offered("office") == (3, True)
    assert offered("foreign") == (0, False)
    page = world.sign_in("office").get("/directives/").text
    assert re.findall(r'<option value="(remind|verify|return|direct|accept)"', page) == [
        "remind", "verify", "return", "direct",
    ]  # fmt: skip


def test_a_clerk_accepts_what_was_chosen_in_one_go(world, made):
    client = world.sign_in("clerk")
    page = ask(client, "accept", *made[:2])
    assert "2 trên 2 nhiệm vụ đã chọn làm được." in page.text
    answer = act(client, page, "accept")
    assert (answer.status_code, answer.location) == (303, "/directives/?q=viec")
    assert states(world, made) == [State.IN_PROGRESS, State.IN_PROGRESS, State.ASSIGNED]
    with world.office.reading() as unit:
        done = [s.entry for s in unit.history.walk() if s.entry.action == "accept"]
        assert unit.history.verify().ok
    assert [entry.subject_key for entry in done] == made[:2]


def test_a_clerk_routes_what_was_chosen_to_one_officer(world, made):
    client = world.sign_in("clerk")
    page = ask(client, "route", *made[:2])
    officer = world.accounts["officer"]
    assert f'<option value="{officer}">' in page.text
    answer = act(client, page, "route", person=str(officer), note="Làm trước thứ Sáu")
    assert answer.status_code == 303
    mine = world.sign_in("officer").get("/directives/?routed=me").text
    assert [number in mine for number in made] == [True, True, False]
    assert "route" not in world.sign_in("officer").get("/directives/").text.partition("choose")[2]


def test_what_is_shut_is_said_before_anyone_clicks_and_left_out(world, made):
    world.report(made[0])
    client = world.sign_in("office")
    page = ask(client, "verify", *made)
    assert "1 trên 3 nhiệm vụ đã chọn làm được." in page.text
    assert "Không làm được khi nhiệm vụ ở trạng thái “Chờ tiếp nhận”" in page.text
    assert act(client, page, "verify", verdict="met").status_code == 303
    assert states(world, made) == [State.VERIFIED, State.ASSIGNED, State.ASSIGNED]


def test_a_missing_word_keeps_the_form_and_does_nothing(world, made):
    client = world.sign_in("office")
    page = ask(client, "direct", *made)
    versions = [world.directive(number).version for number in made]
    answer = act(client, page, "direct", reference="12/TB-UBND")
    assert answer.status_code == 422
    assert "Cần điền mục này." in answer.text
    assert 'value="12/TB-UBND"' in answer.text
    assert [world.directive(number).version for number in made] == versions
    again = act(client, page, "direct", text="Báo cáo ngay", reference="12/TB-UBND")
    assert again.status_code == 303
    assert [world.directive(number).version for number in made] == [v + 1 for v in versions]


def test_who_urges_what_was_chosen_goes_on_to_a_letter_for_each_agency(world, made):
    client = world.sign_in("office")
    answer = ask(client, "remind", *made[:2])
    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert [number in page for number in made] == [True, True, False]
    data = form_on(page, "/remind")
    assert client.post(answer.location, data=data).status_code == 303
    assert [world.directive(number).reminders for number in made] == [1, 1, 0]


def test_what_somebody_changed_meanwhile_is_told_and_the_rest_is_done(world, made):
    client = world.sign_in("clerk")
    page = ask(client, "accept", *made)
    world.act("head", made[0], Action.ACCEPT)
    answer = act(client, page, "accept")
    assert answer.status_code == 200
    assert "1 chưa làm được" in answer.text
    assert states(world, made) == [State.IN_PROGRESS] * 3


def test_outside_the_scope_there_is_nothing_to_choose(world, made):
    client = world.sign_in("foreign")
    page = ask(client, "accept", *made)
    assert "0 trên 0 nhiệm vụ đã chọn làm được." in page.text
    data = {"csrf_token": csrf_of(page.text), "action": "accept", "chosen": made[:1]}
    answer = client.post("/directives/together", data=data | {f"version-{made[0]}": "1"})
    assert answer.status_code == 409
    assert states(world, made) == [State.ASSIGNED] * 3


def test_only_acts_that_can_be_said_once_for_many_are_there(world, made):
    client = world.sign_in("office")
    answers = [ask(client, action, *made).status_code for action in ("withdraw", "x", "")]
    assert answers == [404, 404, 404]


def test_without_a_choice_one_goes_back(world, made):
    answer = ask(world.sign_in("office"), "remind")
    assert (answer.status_code, answer.location) == (302, "/directives/?q=viec")


def test_the_list_marks_what_others_changed_since_the_last_look(world, made, clock):
    client = world.sign_in("office")
    page = client.get("/account").text
    clock.at = clock.at.replace(minute=5)
    client.post("/looked", data={"csrf_token": csrf_of(page)})
    assert "mới thay đổi" not in client.get("/directives/").text
    clock.at = clock.at.replace(minute=10)
    world.act("clerk", made[1], Action.ACCEPT)
    world.act("office2", made[2], Action.REMIND, text="Đề nghị báo cáo")
    page = client.get("/directives/").text
    assert page.count("mới thay đổi") == 2
    assert "2 nhiệm vụ ở trang này có thay đổi" in page
    own = world.sign_in("office2").get("/directives/").text
    assert own.count("mới thay đổi") >= 1
    data = {"csrf_token": csrf_of(page), "next": "/directives/?q=viec"}
    clock.at = clock.at.replace(minute=15)
    assert client.post("/looked", data=data).location == "/directives/?q=viec"
    assert "mới thay đổi" not in client.get("/directives/").text


def test_who_judges_many_reads_each_report_and_its_files(world, made):
    world.report(made[0], result="Đã trả 120 hồ sơ", report_number="45/BC-STNMT")
    page = ask(world.sign_in("office"), "verify", made[0]).text
    assert "Đã trả 120 hồ sơ" in page
    assert "45/BC-STNMT" in page
    assert "bao-cao.pdf" in page


def test_an_instruction_for_many_asks_as_it_asks_for_one(world, made):
    page = ask(world.sign_in("office"), "direct", made[0]).text
    assert "Cuộc họp hoặc văn bản" in page


def test_standing_work_among_those_chosen_tells_its_rhythm_instead_of_no_deadline(world):
    words = "Hằng tháng, trước ngày 20"
    [made] = world.issue(world.clause(deadline=words))
    page = ask(world.sign_in("clerk"), "accept", made.number).text
    assert words in page
    assert "Không thời hạn" not in page


PDF = b"%PDF-1.4\nx\n%%EOF\n"


def decline(client, page, **more):
    paper = {"paper": "312/STNMT-VP", "ask": "other_lead", "reason": "Không thuộc chức năng."}
    return act(client, page, "decline", **(paper | more))


def test_one_letter_asks_for_another_lead_of_several_directives(world, made):
    client = world.sign_in("clerk")
    page = ask(client, "decline", *made[:2])
    assert 'enctype="multipart/form-data"' in page.text
    agency = str(world.agencies["H32.04"].id)
    answer = decline(client, page, agency=agency, files=(io.BytesIO(PDF), "cv312.pdf"))
    assert answer.status_code == 303
    assert [world.directive(n).decline_standing for n in made] == [True, True, False]
    for number in made[:2]:
        told = client.get(f"/directives/{number}").text
        assert "312/STNMT-VP" in told
        assert "cv312.pdf" in told


def test_a_letter_without_its_reason_keeps_the_file_for_the_second_try(world, made):
    client = world.sign_in("clerk")
    page = ask(client, "decline", *made[:2])
    again = decline(client, page, reason="", files=(io.BytesIO(PDF), "cv312.pdf"))
    assert again.status_code == 422
    assert "cv312.pdf" in again.text
    kept = form_on(again.text, "/directives/together")["kept_files"]
    assert decline(client, again, kept_files=kept).status_code == 303
    assert all(world.directive(n).decline_standing for n in made[:2])


def test_a_letter_that_nobody_signed_is_refused_at_its_field(world, made):
    client = world.sign_in("clerk")
    page = ask(client, "decline", *made[:2])
    assert decline(client, page).status_code == 422
    assert not any(world.directive(n).decline_standing for n in made)


def test_accepting_is_offered_only_where_something_waits_for_it(world, made):
    def offered(who):
        page = world.sign_in(who).get("/directives/").text
        return re.findall(r'<option value="(accept|route|give_back)"', page)

    assert offered("clerk") == ["accept", "route", "give_back"]
    for number in made:
        world.act("clerk", number, Action.ACCEPT)
    assert offered("clerk") == ["route", "give_back"]
    assert "dd-choose-bar" not in world.sign_in("officer").get("/directives/").text


def test_a_clerk_who_accepted_all_is_led_to_what_is_to_be_routed(world, made):
    client = world.sign_in("clerk")
    for number in made:
        world.act("clerk", number, Action.ACCEPT)
    page = client.get("/directives/?state=assigned&agency=H32.03").text
    [way] = re.findall(r'href="([^"]+)">Việc chưa phân công hoặc của tôi', page)
    found = client.get(way.replace("&amp;", "&")).text
    assert all(number in found for number in made)
    assert "chưa phân công hoặc của tôi" not in client.get("/directives/?routed=open&q=xyz").text
    assert (
        "chưa phân công hoặc của tôi" not in world.sign_in("officer").get("/directives/?q=x").text
    )


def test_where_nothing_can_be_done_nothing_is_asked(world, made):
    world.report(made[0])
    client = world.sign_in("clerk")
    page = ask(client, "decline", made[0]).text
    assert "0 trên 1 nhiệm vụ đã chọn làm được." in page
    assert 'name="reason"' not in page
    assert 'name="reason"' in ask(client, "decline", made[1]).text


def test_one_letter_may_ask_another_lead_for_each_task(world, made):
    client = world.sign_in("clerk")
    peer, other = (world.agencies[code].id for code in ("H32.04", "H32.02"))
    page = ask(client, "decline", *made[:2])
    assert f'name="agency-{made[1]}"' in page.text
    own = {f"agency-{made[1]}": str(other)}
    again = decline(client, page, agency=str(peer), **own)
    assert again.status_code == 422, "the letter comes along"
    assert f'<option value="{other}" selected>' in again.text, "what was picked stands there"
    answer = decline(client, page, agency=str(peer), files=(io.BytesIO(PDF), "cv312.pdf"), **own)
    assert answer.status_code == 303
    with world.office.reading() as unit:
        rows = unit.connection.execute(
            select(HistoryRow.subject_key, HistoryRow.given).where(HistoryRow.action == "decline")
        )
        asked = {number: given["agency"]["id"] for number, given in rows}
    assert asked == {made[0]: peer, made[1]: other}


def test_the_office_lets_several_tasks_stay_where_they_are_with_one_reason(world, made):
    clerk = world.sign_in("clerk")
    agency = str(world.agencies["H32.04"].id)
    client = world.sign_in("office")
    assert '<option value="insist"' not in client.get("/directives/").text
    decline(
        clerk, ask(clerk, "decline", *made[:2]),
        agency=agency, files=(io.BytesIO(PDF), "cv312.pdf"),
    )  # fmt: skip
    assert '<option value="insist"' in client.get("/directives/").text
    page = ask(client, "insist", *made)
    assert "2 trên 3 nhiệm vụ đã chọn làm được." in page.text
    answer = act(client, page, "insist", reason="Đúng chức năng của Sở")
    assert answer.status_code == 303
    assert not any(world.directive(n).decline_standing for n in made)
    told = clerk.get(f"/directives/{made[0]}").text
    assert "Đúng chức năng của Sở" in told
