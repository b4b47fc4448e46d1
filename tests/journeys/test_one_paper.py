"""One paper for nine clauses, counted: fewer clicks and fewer typed fields than two reports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from someone import Someone

from workflow.directives.records import State


@dataclass
class Hand:
    """A person's hand: every click and every field filled is counted."""

    of: Someone
    clicks: int = 0
    typed: int = 0

    def follow(self, name: str) -> None:
        self._press("link", name)

    def press(self, name: str) -> None:
        self._press("button", name)

    def _press(self, role: str, name: str) -> None:
        with self.of.page.expect_navigation():
            self.of.page.get_by_role(role, name=name).first.click()
        self.clicks += 1

    def fill(self, name: str, words: str) -> None:
        self.of.page.fill(f"[name='{name}']", words)
        self.typed += 1

    def tick(self, name: str) -> None:
        self.of.page.get_by_label(name, exact=True).check()
        self.clicks += 1

    def choose(self, path: Path) -> None:
        self.of.page.set_input_files("[name=files]", path)
        self.clicks += 1


def say_once(hand: Hand, file: Path) -> None:
    hand.fill("report_number", "45/BC-STNMT")
    hand.fill("report_date", "20/08/2021")
    hand.fill("signer", "Võ Thủ Trưởng")
    hand.fill("result", "Đã xử lý xong")
    hand.choose(file)
    hand.press("Báo cáo kết quả")


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "bao-cao.csv"
    path.write_text("Tháng,Đúng hạn\n08/2021,97\n", encoding="utf-8")
    return path


def clauses(world, many: int):
    made = world.issue(
        *(world.clause(n, content=f"Việc số {n} của {many}", expected_output="Báo cáo")
          for n in range(1, many + 1)),
        subject=f"Văn bản có {many} việc",
    )  # fmt: skip
    return [one.number for one in made]


def test_nine_clauses_by_one_paper_cost_less_than_two_reports(world, person, file):
    nine, two = clauses(world, 9), clauses(world, 2)
    clerk = person("clerk")

    together = Hand(clerk)
    clerk.go("/")
    together.follow("Văn bản")
    together.follow("Văn bản có 9 việc")
    together.follow("Báo cáo kết quả")
    together.tick("Chọn tất cả")
    say_once(together, file)
    assert "xong 9 nhiệm vụ" in clerk.page.locator("#flashes").inner_text()
    assert {world.directive(n).state for n in nine} == {State.REPORTED}

    apart = Hand(clerk)
    for number in two:
        clerk.go("/")
        apart.follow("Nhiệm vụ")
        apart.follow(f"Việc số {number[-1]} của 2")
        apart.follow("Báo cáo kết quả")
        say_once(apart, file)
    assert {world.directive(n).state for n in two} == {State.REPORTED}

    assert together.clicks < apart.clicks, (together.clicks, apart.clicks)
    assert together.typed < apart.typed


def _press_slowly(page, button):
    """Hold the button until whatever leaving the field set off has come back, as a hand does."""
    box = button.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    with page.expect_response(lambda answer: "/papers/known" in answer.url):
        page.mouse.down()
    page.wait_for_timeout(100)
    page.mouse.up()


def test_a_letter_is_copied_by_one_press_and_a_known_number_fills_its_fields(world, person):
    number = clauses(world, 1)[0]
    mai = person("office")
    mai.go("/papers/list/new")
    mai.page.fill(
        "[name=text]",
        "45/BC-STNMT\t20/08/2021\tBáo cáo\tSở Tài nguyên và Môi trường\tVõ Thủ Trưởng",
    )
    Hand(mai).press("Nhập danh mục")
    mai.go(f"/directives/{number}/record_report")
    mai.page.locator("[name=report_number]").press_sequentially("45")
    _press_slowly(mai.page, mai.page.get_by_role("button", name="45/BC-STNMT"))
    assert mai.page.input_value("[name=report_number]") == "45/BC-STNMT"
    assert mai.page.input_value("[name=report_date]") == "20/08/2021"
    assert mai.page.input_value("[name=signer]") == "Võ Thủ Trưởng"

    mai.go(f"/papers/copy/{number}")
    mai.page.get_by_role("button", name="Sao chép").click()
    mai.page.get_by_role("button", name="Đã sao chép").wait_for()


def test_who_writes_in_a_line_has_it_ticked(world, person):
    first, second = clauses(world, 2)
    page = person("clerk").go(f"/papers/{first.rpartition('-')[0]}/report")
    page.fill(f"[name='{first}-result']", "Đã xử lý xong")
    assert page.locator(f"[name='{first}-include']").is_checked()
    assert not page.locator(f"[name='{second}-include']").is_checked()
