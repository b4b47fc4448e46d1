"""One letter for each agency with all its late work, and words ready for a chat."""

import io
import re
import zipfile
from datetime import UTC, date, datetime

import docx
import pytest
import standing
from forms import filled, form_on
from world import PASSWORD, csrf_of

from workflow.directives.records import Action

LATE = datetime(2021, 10, 11, 2, 0, tzinfo=UTC)


@pytest.fixture
def numbers(world):
    """Two late clauses of one agency, one of another, one that is not late."""
    made = world.issue(
        world.clause(1), world.clause(2), world.clause(3, lead="H32.11", coordinating=()),
        world.clause(4, deadline="30/12/2021"),
    )  # fmt: skip
    world.clock.at = LATE
    return [one.number for one in made]


def send(client, query="", **typed):
    address = f"/papers/remind{query}"
    data = filled(form_on(client.get(address).text, "/remind"), **typed)
    return client.post(address, data=data)


def reminders(world, numbers):
    return [world.directive(n).reminders for n in numbers]


def test_every_late_agency_gets_one_letter_in_one_press(world, numbers):
    client = world.sign_in("office")
    page = client.get("/papers/remind").text
    assert "3 nhiệm vụ" in page
    assert "2 cơ quan, mỗi cơ quan một văn bản" in page
    assert "chỉ gồm nhiệm vụ, kỳ báo cáo quá hạn của danh sách đang xem" in page
    assert send(client).status_code == 303
    assert reminders(world, numbers) == [1, 1, 1, 0]
    letters = client.get("/papers/letters").text
    assert len(re.findall(r"/papers/letters/\d+\"", letters)) == 2


def test_a_letter_names_every_line_with_deadline_and_link_ready_to_copy(world, numbers):
    client = world.sign_in("office")
    agency = world.agencies["H32.03"].id
    answer = send(client, "?agency=H32.03", **{f"to-{agency}-number": "12/VP"})
    assert "/papers/letters/" in answer.location
    page = client.get(answer.location).text
    words = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "Kính gửi: Sở Tài nguyên và Môi trường" in words
    for number in numbers[:2]:
        assert f"http://localhost/directives/{number}" in words
    assert words.count("Hạn 29/09/2021, quá 12 ngày") == 2
    assert 'data-copy="letter-text"' in page
    assert "12/VP" in page


def test_the_letters_are_vietnamese_whoever_sends_them(world, numbers):
    client = world.sign_in("office")
    client.post(
        "/language", data={"language": "en", "csrf_token": csrf_of(client.get("/account").text)}
    )
    answer = send(client, "?agency=H32.03")
    words = client.get(answer.location).text.partition("<textarea")[2]
    assert "Kính gửi" in words
    assert "quá 12 ngày" in words


def test_lines_and_letters_that_are_not_ticked_stay_and_are_told(world, numbers):
    client = world.sign_in("office")
    other = world.agencies["H32.11"].id
    answer = send(client, **{f"{numbers[0]}-include": [], f"to-{other}-include": []})
    assert reminders(world, numbers) == [0, 1, 0, 0]
    assert "Đã lập 1 công văn, 1 nhiệm vụ; 2 nhiệm vụ không gửi" in client.get(answer.location).text


def test_a_line_reported_meanwhile_is_told_and_the_letter_goes_without_it(world, numbers):
    client = world.sign_in("office")
    data = form_on(client.get("/papers/remind").text, "/remind")
    world.report(numbers[0])
    answer = client.post("/papers/remind", data=data)
    assert answer.status_code == 200
    assert "Việc này vừa đóng lại" in answer.text
    assert reminders(world, numbers) == [0, 1, 1, 0]


def test_what_is_missing_stands_at_its_field_and_nothing_goes(world, numbers):
    client, agency = world.sign_in("office"), world.agencies["H32.03"].id
    wrong = {f"to-{agency}-dated": "hôm qua"}
    answer = send(client, **wrong)
    assert answer.status_code == 422
    assert f'id="to-{agency}-dated-error"' in answer.text
    assert send(client, text=" ").status_code == 422
    assert reminders(world, numbers) == [0, 0, 0, 0]


def test_a_known_outgoing_number_dates_its_letter(world, numbers):
    client, agency = world.sign_in("office"), world.agencies["H32.03"].id
    data = form_on(client.get("/papers/list/new").text, "/new")
    row = "12/VP\t08/10/2021\tĐôn đốc\tSở Tài nguyên và Môi trường"
    data = filled(data, text=row, direction="outgoing")
    assert "1 văn bản mới" in client.post("/papers/list/new", data=data).text
    answer = send(client, "?agency=H32.03", **{f"to-{agency}-number": "12/vp"})
    assert "08/10/2021" in client.get(answer.location).text


def test_an_agency_urges_the_units_it_handed_parts_to_and_nobody_else(world, numbers):
    [top] = world.issue(world.clause(lead="H32.10", coordinating=(), deadline="30/12/2021"))
    world.act("district", top.number, Action.ACCEPT)
    world.act(
        "district", top.number, Action.HAND_DOWN, agency=world.agencies["H32.10.1"].id,
        content="x", due_on=world.office.today(),
    )  # fmt: skip
    world.clock.at = LATE.replace(day=18)
    part = world.directive(top.number).parts[0].number
    client = world.sign_in("district")
    page = client.get("/papers/remind").text
    assert part in page
    assert not any(n in page for n in numbers)
    assert "UBND xã Cam Tân" in page
    assert "/papers/remind?parts=yes" in client.get("/directives/?parts=yes").text
    assert "/papers/remind" not in client.get("/directives/").text
    assert send(client).status_code == 303
    assert world.directive(part).reminders == 1


def test_who_urges_nobody_is_told_so(world, numbers):
    assert world.sign_in("leader").get("/papers/remind").status_code == 403
    assert "Không có nhiệm vụ nào cần đôn đốc" in world.sign_in("clerk").get("/papers/remind").text


def test_the_list_and_the_document_lead_to_the_letters_of_what_they_show(world, numbers):
    client = world.sign_in("office")
    assert "/papers/remind?agency=H32.03" in client.get("/directives/?agency=H32.03").text
    page = client.get("/papers/remind?agency=H32.03").text
    assert all(n in page for n in numbers[:2])
    assert numbers[2] not in page
    assert "/papers/remind?document=2021-0001" in client.get("/documents/2021-0001").text


def test_a_message_for_a_chat_opens_at_the_directive_after_sign_in(world, numbers):
    client = world.sign_in("office")
    page = client.get(f"/papers/copy/{numbers[0]}").text
    words = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "Hạn 29/09/2021, quá 12 ngày" in words
    [link] = re.findall(r"http://localhost(/directives/[\d.-]+)", words)
    assert f'href="/papers/copy/{numbers[0]}"' in client.get(link).text
    stranger = world.app.test_client()
    sent_to = stranger.get(link).location
    data = filled(form_on(stranger.get(sent_to).text, "/sign-in"), login="clerk", password=PASSWORD)
    assert stranger.post("/sign-in", data=data).location == link


def test_a_message_is_for_whom_reads_the_directive(world, numbers):
    assert world.sign_in("clerk").get(f"/papers/copy/{numbers[0]}").status_code == 200
    assert world.sign_in("foreign").get(f"/papers/copy/{numbers[0]}").status_code == 403
    assert world.sign_in("district").get(f"/papers/copy/{numbers[0]}").status_code == 404


def test_a_letter_is_given_its_number_on_its_own_page(world, numbers):
    client = world.sign_in("office")
    place = send(client, "?agency=H32.03").location
    assert "chưa có số" in client.get(place).text
    data = filled(form_on(client.get(place).text, "/number"), number="15/VP", dated="08/10/2021")
    assert client.post(f"{place}/number", data=data).status_code == 303
    page = client.get(place).text
    assert "15/VP" in page
    assert "08/10/2021" in page
    wrong = client.post(f"{place}/number", data=data | {"dated": ["hôm qua"]})
    assert wrong.status_code == 422
    assert 'id="dated-error"' in wrong.text
    assert "Ghi số" not in world.sign_in("clerk").get(place).text


def test_the_history_tells_letters_and_lists_in_words(world, numbers):
    client = world.sign_in("office")
    place = send(client, "?agency=H32.03").location
    data = filled(form_on(client.get(place).text, "/number"), number="15/VP")
    client.post(f"{place}/number", data=data)
    data = form_on(client.get("/papers/list/new").text, "/new")
    client.post("/papers/list/new", data=filled(data, text="9/VP\t08/10/2021\tx\tSở Xây dựng"))
    page = world.sign_in("admin").get("/history/").text
    for words in ("Gửi công văn đôn đốc", "Ghi số công văn đôn đốc", "Nhập sổ công văn",
                  "Nhiệm vụ được đôn đốc", "Văn bản mới", "Sổ công văn", "Công văn đôn đốc"):  # fmt: skip
        assert words in page


def ticked(page, name):
    return re.search(rf'name="{re.escape(name)}" value="y" checked', page) is not None


def test_who_was_urged_today_is_not_ticked_again(world, numbers):
    client = world.sign_in("office")
    assert send(client).status_code == 303
    page = client.get("/papers/remind").text
    assert not any(ticked(page, f"{n}-include") for n in numbers)
    assert not ticked(page, f"to-{world.agencies['H32.03'].id}-include")
    assert "đã đôn đốc 11/10/2021, lần 1" in page
    assert send(client).status_code == 422
    again = {f"{numbers[0]}-include": "y", "text": "Nhắc lần hai"}
    assert send(client, **again).status_code == 303
    assert reminders(world, numbers) == [2, 1, 1, 0]


def test_what_was_chosen_and_is_not_urged_is_told_with_its_reason(world, numbers):
    world.act("office", numbers[3], Action.WITHDRAW, paper="1/UBND", reason="Hết hiệu lực")
    asked = "&".join(f"number={n}" for n in numbers[2:])
    page = world.sign_in("office").get(f"/papers/remind?{asked}").text
    assert "1 nhiệm vụ đã chọn không đôn đốc được" in page
    assert numbers[3] in page.partition("dd-closed")[2].partition("</ul>")[0]


def test_work_that_waits_for_the_office_itself_is_marked_and_not_ticked(world):
    made = [one.number for one in world.issue(world.clause(1), world.clause(2))]
    given = {"paper": "1/CV", "ask": "part", "reason": "x", "files": (world.file(),)}
    world.act("clerk", made[0], Action.DECLINE, **given)
    world.report(made[1])
    world.clock.at = LATE
    page = world.sign_in("office").get("/papers/remind").text
    assert not ticked(page, f"{made[0]}-include")
    assert "đang đề nghị giao lại" in page


def test_the_page_says_what_of_the_late_is_reported_and_not_urged(world, numbers):
    world.report(numbers[0])
    page = world.sign_in("office").get("/papers/remind").text
    assert "1 nhiệm vụ đã báo cáo, không đôn đốc" in page


def test_a_letter_names_the_document_who_sends_and_by_when_to_answer(world, numbers):
    client = world.sign_in("office")
    answer = send(client, "?agency=H32.03", answer_by="20/10/2021")
    words = client.get(answer.location).text.partition("<textarea")[2].partition("</textarea>")[0]
    assert words.count("Giao tại văn bản 1/UBND-KSTTHC ngày 23/08/2021") == 2
    assert "Đề nghị trả lời chậm nhất ngày 20/10/2021." in words
    assert "Nơi gửi: Văn phòng UBND tỉnh" in words
    chat = client.get(f"/papers/copy/{numbers[0]}").text
    assert "Giao tại văn bản 1/UBND-KSTTHC ngày 23/08/2021" in chat
    assert "Đề nghị trả lời chậm nhất ngày 18/10/2021." in chat
    assert send(client, "?agency=H32.11", answer_by="01/10/2021").status_code == 422


def drafts_in(answer):
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return [docx.Document(io.BytesIO(archive.read(name))) for name in archive.namelist()]


def text_of(draft):
    cells = [c.text for t in draft.tables for row in t.rows for c in row.cells]
    return "\n".join([*cells, *(line.text for line in draft.paragraphs)])


def test_letters_are_drafts_in_the_official_layout_their_number_blank(world, numbers):
    client, agency = world.sign_in("office"), world.agencies["H32.03"].id
    answer = send(client, **{f"to-{agency}-number": "12/VP-TH", f"to-{agency}-dated": "11/10/2021"})
    page = client.get(answer.location).text
    assert "Đã lập 2 công văn, 3 nhiệm vụ." in page
    sent = {name: values[0] for name, values in form_on(page, "/files.zip").items()}
    told = [
        text_of(one)
        for one in drafts_in(client.get("/papers/letters/files.zip", query_string=sent))
    ]
    sent |= {"sign": "deputy"}
    signed = drafts_in(client.get("/papers/letters/files.zip", query_string=sent))
    assert all("KT. CHÁNH VĂN PHÒNG" in text_of(one) for one in signed)
    [numbered] = [one for one in told if "Kính gửi: Sở Tài nguyên và Môi trường" in one]
    [blank] = [one for one in told if one is not numbered]
    files = client.get("/papers/letters/files.zip", query_string=sent)
    names = sorted(zipfile.ZipFile(io.BytesIO(files.data)).namelist())
    assert any(name.endswith("-so-tai-nguyen-va-moi-truong.docx") for name in names)
    assert "Số: 12/VP-TH" in numbered
    assert "ngày 11 tháng 10 năm 2021" in numbered
    assert "V/v đôn đốc thực hiện nhiệm vụ" in numbered
    assert "http" not in numbered
    assert "Số:          /VP" in blank
    assert all("có ý kiến như sau:" in one for one in told)
    letter = re.search(r'"(/papers/letters/\d+)"', page)[1]
    chat = client.get(letter).text.partition('id="letter-chat"')[2].partition("</textarea>")[0]
    assert "Công văn đôn đốc ngày" in chat
    assert re.search(r"2021-0001-0\d: .+ \(quá \d+ ngày\)", chat)
    assert f"http://localhost{letter}" in chat
    one = client.get(f"{letter}/draft.docx?sign=deputy")
    assert "KT. " in text_of(docx.Document(io.BytesIO(one.data)))
    read = client.get(re.search(r'"(/papers/letters/\d+)"', page)[1] + "/draft.pdf")
    assert (read.mimetype, read.data[:5]) == ("application/pdf", b"%PDF-")


def test_an_archive_holds_the_letters_of_every_page(world, numbers, monkeypatch):
    monkeypatch.setattr("web.papers.letters.PAGE", 1)
    client = world.sign_in("office")
    page = client.get(send(client).location).text
    assert "Trang sau" in page
    sent = {name: values[0] for name, values in form_on(page, "/files.zip").items()}
    assert len(drafts_in(client.get("/papers/letters/files.zip", query_string=sent))) == 2


def test_a_draft_is_for_who_sends_the_letter(world, numbers):
    answer = send(world.sign_in("office"), "?agency=H32.03")
    theirs = world.sign_in("clerk")
    assert (
        theirs.get(answer.location.partition("localhost")[2] or answer.location).status_code == 200
    )
    assert theirs.get(f"{answer.location}/draft.docx").status_code == 404
    assert theirs.get("/papers/letters/files.zip").status_code == 404


def test_letters_are_counted_and_narrowed_to_an_agency_and_days(world, numbers):
    client = world.sign_in("office")
    send(client)
    assert "2 công văn" in client.get("/papers/letters").text
    page = client.get("/papers/letters?agency=H32.03&since=01/10/2021").text
    assert "1 công văn" in page
    assert form_on(page, "/files.zip")["agency"] == ["H32.03"]
    assert "Không có công văn nào khớp" in client.get("/papers/letters?until=01/10/2021").text


def test_letters_are_numbered_from_their_list_one_press_each(world, numbers):
    client = world.sign_in("office")
    send(client)
    listed = "/papers/letters?agency=H32.03"
    page = client.get(listed).text
    data = filled(form_on(page, "/number"), number="21/VP-TH")
    where = re.search(r'action="(/papers/letters/\d+/number)"', page)[1]
    answer = client.post(where, data=data)
    assert (answer.status_code, answer.location) == (303, listed)
    page = client.get(listed).text
    assert "21/VP-TH" in page
    assert not re.search(r'action="/papers/letters/\d+/number"', page)
    away = client.post(where, data=data | {"back": ["//example.org/"], "number": ["22/VP"]})
    assert away.location == where.removesuffix("/number")
    assert "/number" not in world.sign_in("clerk").get("/papers/letters").text


def test_a_number_replaced_is_told(world, numbers):
    client, agency = world.sign_in("office"), world.agencies["H32.03"].id
    place = send(client, "?agency=H32.03", **{f"to-{agency}-number": "12/VP"}).location
    page = client.get(place).text
    assert "Văn bản đã có số 12/VP" in page
    data = filled(form_on(page, "/number"), number="15/VP")
    assert client.post(f"{place}/number", data=data).status_code == 303
    assert "Đã thay số 12/VP bằng 15/VP" in client.get(place).text


def test_one_letter_says_what_is_late_and_which_periods_are_missing_counted(world, numbers):
    standing_number = standing.standing(world, "Hằng tháng, trước ngày 20", lead="H32.11")
    standing.go_to(world, date(2021, 11, 25))
    client = world.sign_in("office")
    page = client.get("/papers/remind?agency=H32.11&alone=yes").text
    assert "2 nhiệm vụ, có 2 kỳ báo cáo quá hạn" in page
    assert send(client, "?agency=H32.11&alone=yes").status_code == 303
    letters = client.get("/papers/letters").text
    [address] = set(re.findall(r"/papers/letters/\d+(?=\")", letters))
    words = client.get(address).text.partition("<textarea")[2].partition("</textarea>")[0]
    assert "Nhiệm vụ được đôn đốc (2), có 2 kỳ báo cáo quá hạn:" in words
    assert "hạn 19/10/2021" in words
    assert "hạn 19/11/2021" in words
    assert reminders(world, [numbers[2], standing_number]) == [1, 1]
