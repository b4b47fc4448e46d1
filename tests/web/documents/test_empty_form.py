"""A form in which nothing was typed leaves no draft behind."""

from __future__ import annotations

import pytest

from workflow.documents.records import DocumentHead
from workflow.documents.usecases import save_draft
from workflow.errors import Invalid


def test_a_form_with_nothing_typed_leaves_no_draft(world):
    head = DocumentHead(issuer="UBND tỉnh", overseer_id=world.agencies["H32.01"].id)
    with pytest.raises(Invalid) as refused, world.unit() as unit:
        save_draft(
            unit.documents, world.actor("office"), head, (), ground=world.office.ground(unit)
        )
    assert refused.value.errors == {"subject": "required"}


def test_one_word_is_enough_for_a_draft(world):
    head = DocumentHead(subject="Đôn đốc")
    with world.unit() as unit:
        key = save_draft(
            unit.documents, world.actor("office"), head, (), ground=world.office.ground(unit)
        )
    assert key
