"""An icon is decoration, or it is read aloud; what a person wrote never becomes markup in it."""

import pytest
from flask import render_template_string
from markupsafe import Markup

SAID = '{% from "macros/icons.html" import icon %}{{ icon("bell", label, extra) }}'


@pytest.mark.parametrize(
    ("label", "extra", "shown"),
    [
        (None, "", '<svg class="dd-icon" aria-hidden="true">'),
        (None, "dd-sort", '<svg class="dd-icon dd-sort" aria-hidden="true">'),
        ("Chuông", "", '<svg class="dd-icon" role="img" aria-label="Chuông">'),
        ('"><b>', "", '<svg class="dd-icon" role="img" aria-label="&#34;&gt;&lt;b&gt;">'),
        (Markup("a &amp; b"), "", '<svg class="dd-icon" role="img" aria-label="a &amp; b">'),
        ("a &amp; b", "", '<svg class="dd-icon" role="img" aria-label="a &amp;amp; b">'),
    ],
)
def test_an_icon_is_written_so(app, label, extra, shown):
    with app.test_request_context("/"):
        for _ in range(2):
            found = render_template_string(SAID, label=label, extra=extra)
            assert found.startswith(shown)
            assert '<use href="/static/vendor/icons.svg?v=' in found
            assert found.endswith('#bell"></use></svg>')
