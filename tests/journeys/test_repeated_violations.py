"""From a case that fired to the directive that answers it, in real browsers; and a retraction."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from backends import ON_ONE_DATABASE
from desking import act as act_in_memory
from desking import (
    add_case,
    add_violations,
    bring_to,
    case_of,
    climb_now,
    furnish_desk,
    letter,
    put,
    raise_again,
)
from someone import Someone
from sound import Looks

from workflow.review.records import EscalationState, ReviewAction

PICTURES = os.environ.get("DONDOC_PICTURES")  # where to leave pictures of the pages, when asked


def picture(someone: Someone, name: str) -> None:
    if PICTURES:
        someone.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def press(someone: Someone, name: str) -> None:
    """Press a button and wait for the page that follows."""
    with someone.page.expect_navigation():
        someone.page.get_by_role("button", name=name, exact=True).first.click()


def follow(someone: Someone, name: str) -> None:
    with someone.page.expect_navigation():
        someone.page.get_by_role("link", name=name, exact=True).first.click()


def choose(someone: Someone, field: str, value: str) -> None:
    """Choose in a select, whether or not the script made it one to search in."""
    someone.page.locator(f"select[name={field}]").select_option(value, force=True)


def paper(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("Kỳ,Số hồ sơ\n08/2021,12\n", encoding="utf-8")
    return path


def test_a_case_goes_from_the_desk_to_a_directive(world, person, tmp_path):
    furnish_desk(world)
    number = add_case(world, level=2)
    other = add_case(world, level=1)
    climb_now(world)
    inspector = person("inspector")
    inspector.go("/")
    follow(inspector, "2 vụ vi phạm nhiều lần chờ tôi xử lý")
    picture(inspector, "desk")
    assert inspector.page.locator("table#cases tbody tr").count() == 2
    for one in (number, other):
        inspector.go(f"/review/{one}")
        press(inspector, "Nhận xử lý")
    inspector.go(f"/review/{number}")
    follow(inspector, "Yêu cầu giải trình")
    inspector.page.fill("[name=paper]", "15/VP-KSTTHC")
    inspector.page.fill("[name=working_days]", "3")
    inspector.page.check("#also-1")
    picture(inspector, "letter")
    press(inspector, "Yêu cầu giải trình")
    assert case_of(world, other).state is EscalationState.EXPLANATION_REQUESTED

    head = person("unit_head")
    head.go("/")
    follow(head, "2 vụ vi phạm nhiều lần chờ giải trình")
    head.go(f"/review/{number}")
    follow(head, "Giải trình")
    head.page.fill("[name=text]", "Thiếu người đo đạc; đã bổ sung hai người từ tháng 9.")
    head.page.set_input_files("[name=files]", str(paper(tmp_path, "so-lieu.csv")))
    press(head, "Giải trình")
    picture(head, "agency")
    assert head.page.get_by_text("so-lieu.csv").count() == 1

    inspector.go(f"/review/{number}")
    assert inspector.page.get_by_text("đã bổ sung hai người").count() >= 1
    follow(inspector, "Đề xuất xử lý")
    choose(inspector, "measure", "criticism")
    inspector.page.fill("[name=reason]", "Lặp lại lần thứ hai trong năm.")
    press(inspector, "Đề xuất xử lý")

    leader = person("leader")
    leader.go("/")
    follow(leader, "1 vụ vi phạm nhiều lần chờ tôi quyết định hoặc xử lý")
    leader.go(f"/review/{number}")
    follow(leader, "Quyết định xử lý")
    leader.page.fill("[name=reason]", "Đồng ý, phê bình bằng văn bản.")
    press(leader, "Quyết định xử lý")

    office = person("office")
    office.go(f"/review/{number}")
    follow(office, "Giao nhiệm vụ khắc phục")
    office.page.fill("[name=paper]", "100/UBND-NC")
    office.page.fill("[name=signer]", "Nguyễn Hữu Thành")
    office.page.fill("[name=deadline_text]", "trước ngày 30/9/2021")
    picture(office, "order")
    press(office, "Giao nhiệm vụ khắc phục")
    (made,) = case_of(world, number).directives
    picture(office, "case")
    follow(office, made)
    follow(office, number)
    assert number in office.page.url


def test_an_overturned_basis_shows_its_notice_and_the_directive_stands(world, person):
    furnish_desk(world)
    number = bring_to(world, EscalationState.DECIDED)
    put(
        world,
        number,
        state=EscalationState.RETRACTED,
        state_before_retraction=EscalationState.DECIDED,
        retracted_at=world.clock(),
        retracted_reason="basis_fell",
    )
    inspector = person("inspector")
    page = inspector.go(f"/review/{number}")
    picture(inspector, "retracted")
    assert page.get_by_text("vi phạm làm căn cứ không còn được tính").count() == 1
    assert page.get_by_role("button", name="Nhận xử lý").count() == 0


def test_the_second_person_keeps_what_they_typed(world, person):
    furnish_desk(world)
    number = bring_to(world, EscalationState.EXPLAINED)
    inspector = person("inspector")
    inspector.go(f"/review/{number}/propose")
    choose(inspector, "measure", "admonition")
    inspector.page.fill("[name=reason]", "Điều tôi đã cân nhắc")
    raise_again(world, number, 2, add_violations(world, 5))
    press(inspector, "Đề xuất xử lý")
    picture(inspector, "stale")
    assert inspector.page.get_by_text("Vụ việc vừa được thay đổi").count() == 1
    assert inspector.page.input_value("[name=reason]") == "Điều tôi đã cân nhắc"


PEOPLE = ("inspector", "leader", "office", "unit_head")


@ON_ONE_DATABASE
def test_the_desk_is_sound_wide_and_narrow(world, person):
    furnish_desk(world)
    numbers = [
        bring_to(world, state, level=1 + place % 3)
        for place, state in enumerate(EscalationState)
        if state is not EscalationState.RETRACTED
    ]
    yesterday = world.office.today() - timedelta(days=1)
    basis = add_violations(world, 30)
    climbing = add_case(world, violations=basis, holder="inspector2", answer_by=yesterday)
    climb_now(world)
    late = add_case(world, holder="inspector", answer_by=yesterday)
    asked = bring_to(world, EscalationState.ACKNOWLEDGED)
    act_in_memory(world, "inspector", asked, ReviewAction.REQUEST_EXPLANATION, **letter(world))
    places = [
        "/review/?tab=all&state=all",
        *(f"/review/{n}" for n in (*numbers, climbing, asked, late)),
    ]
    acts = {
        "inspector": [(numbers[3], "propose"), (numbers[1], "request_explanation"),
                      (numbers[3], "hand_on"), (numbers[5], "close")],
        "leader": [(numbers[4], "decide"), (numbers[4], "send_back")],
        "office": [(numbers[4], "record_decision"), (numbers[5], "issue_directive")],
        "unit_head": [(asked, "explain")],
    }  # fmt: skip
    looks, found = Looks(), {}
    for who in PEOPLE:
        someone, known = person(), world.sign_in(who)
        someone.take_the_session_of(known)
        for place in (*places, *(f"/review/{n}/{action}" for n, action in acts[who])):
            if troubles := looks.troubles(someone, known, place):
                found[who, place] = troubles
            picture(someone, f"{who}_{place.strip('/').replace('/', '_').replace('?', '_')}")
    assert found == {}


def test_the_order_is_kept_by_the_admin(world, person):
    furnish_desk(world)
    admin = person("admin")
    admin.go("/review/order")
    picture(admin, "order_of_inspectors")
    key = world.accounts["inspector3"]
    for place in admin.page.locator("input[name^=position]").all():
        place.fill("5")
    admin.page.fill(f"[name=position-{key}]", "1")
    admin.page.fill(f"[name=away_from-{world.accounts['inspector']}]", "24/08/2021")
    press(admin, "Lưu thứ tự")
    first = admin.page.locator("table#order tbody tr").first
    assert first.get_by_text("Phan Nội Vụ").count() == 1
    assert Looks().troubles_before(admin) == []
