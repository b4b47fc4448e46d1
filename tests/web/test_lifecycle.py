"""The drawing of states reads as it looks: words cut into two lines stay two words."""

import re

from flask import render_template_string

DRAWN = '{% from "macros/lifecycle.html" import diagram %}{{ diagram(nodes, edges, "begun") }}'
NODES = [{"code": "begun", "label": "Đang làm"}, {"code": "told", "label": "Đã báo cáo"}]
WORDS = "Ghi nhận văn bản báo cáo"


def test_words_on_two_lines_are_read_with_a_space_between_them(app):
    edges = [{"source": "begun", "target": "told", "label": WORDS}]
    with app.test_request_context("/"):
        page = render_template_string(DRAWN, nodes=NODES, edges=edges)
    [said] = re.findall(r'<text class="dd-way-word".*?</text>', page)
    assert said.count("<tspan") == 2
    assert re.sub(r"<[^>]+>", "", said) == WORDS
